using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>
/// A command frame that comes twice, out of order, from an older session or too late is refused with its reason, whatever the command. Two boards
/// live through the same, one with the frame and one without: same calls at the ports at the same times, same state, same registers.
/// </summary>
[TestClass]
public class StaleCommandTests
{
    private const uint OlderNonce = 76;

    /// <summary>A command that a board brought so far would accept, and its arguments.</summary>
    private sealed record Case(int Address, Action<Bench> Bring, Func<Bench, uint[]> Arguments);

    private static readonly Case[] cases =
    [
        new(RegisterAddress.Lease, _ => { }, Echo),
        new(RegisterAddress.Seal, bench => bench.Upload(Programs.ShortBursts), _ => [(uint)Programs.ShortBursts.Length, FakeBoard.Crc(Programs.ShortBursts, 0, Programs.ShortBursts.Length)]),
        new(RegisterAddress.Limits, Load, _ => [2_000]),
        new(RegisterAddress.RequestChallenge, Load, _ => []),
        new(RegisterAddress.Arm, bench => { Load(bench); Challenge(bench); }, bench => [(uint)bench.U64(RegisterAddress.Challenge, 0), (uint)(bench.U64(RegisterAddress.Challenge, 0) >> 32), bench.U32(RegisterAddress.Digest, 0)]),
        new(RegisterAddress.Start, bench => { Load(bench); bench.ArmAndWait(); }, bench => [bench.U32(RegisterAddress.Digest, 0)]),
        new(RegisterAddress.Resume, Hold, bench => [bench.U32(RegisterAddress.Digest, 0)]),
        new(RegisterAddress.Clear, Fault, _ => [FaultCode.EmergencyStop]),
        new(RegisterAddress.GateTest, _ => { }, _ => [1]),
        new(RegisterAddress.FurtherLimits, Load, _ => [20]),
    ];

    private static readonly int[] compared =
    [
        RegisterAddress.InhibitReasons, RegisterAddress.Faults, RegisterAddress.Digest, RegisterAddress.ProgramTotals,
        RegisterAddress.Challenge, RegisterAddress.EffectiveLimits, RegisterAddress.LeaseState, .. Enumerable.Range(RegisterAddress.Lease, 10),
    ];

    public static IEnumerable<object[]> Commands => cases.Select(row => new object[] { NameOf(row.Address) });

    private static string NameOf(int address) => typeof(RegisterAddress).GetFields().Single(field => (int)field.GetRawConstantValue()! == address).Name;

    private static Case Of(string command) => cases.Single(row => NameOf(row.Address) == command);

    private static uint[] Echo(Bench bench) => [(uint)bench.Now, (uint)(bench.Now >> 32), (uint)bench.HostUs, (uint)(bench.HostUs >> 32)];

    private static void Load(Bench bench)
    {
        bench.Load(Programs.ShortBursts);
        bench.RunFor(5_000_000); // until nothing but the challenge is missing
    }

    private static void Challenge(Bench bench)
    {
        Assert.AreEqual(0u, bench.Do(RegisterAddress.RequestChallenge));
        bench.RunFor(30_000);
    }

    private static void Hold(Bench bench)
    {
        Load(bench);
        bench.ArmAndWait();
        bench.StartSession();
        bench.Write(RegisterAddress.Hold, 1, 1);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Held));
    }

    private static void Fault(Bench bench)
    {
        bench.Board.InputLevels &= ~InputBits.EmergencyStops;
        bench.RunFor(200_000);
        bench.Board.InputLevels |= InputBits.EmergencyStops;
        bench.RunFor(700_000);
    }

    /// <summary>One of the two boards, with everything it calls from now on.</summary>
    private sealed class Twin
    {
        private readonly List<string> calls = [];

        public Twin(Case row)
        {
            Bench.Nonce = OlderNonce;
            Bench.Connect();
            Bench.Write(RegisterAddress.ReleaseLease, 4, BitConverter.GetBytes(OlderNonce));
            Bench.Nonce = 77;
            Bench.RunFor(300_000);
            row.Bring(Bench);
            Row = row;
            Bench.Board.OnCall = name =>
            {
                if (name is not ("LinkRead" or "Write")) // how many bytes come and go is the one difference
                {
                    calls.Add($"{Bench.Now} {name}");
                }
            };
        }

        public Bench Bench { get; } = new();

        public Case Row { get; }

        public IReadOnlyList<string> Calls => calls;

        /// <summary>The command as its host would send it now.</summary>
        public byte[] Fresh(uint nonce = 77, uint ahead = 0) => Bench.Command(Row.Address, Bench.Now, nonce, ahead == 0 ? Bench.Sequence++ : Bench.Sequence + ahead, Row.Arguments(Bench));

        public void Send(byte[] frame) => Bench.Write(Row.Address, 4, frame);

        public uint[] ResultsOf(byte[] frame) => [.. Bench.Frames
            .Where(one => one.Type == 3 && one.Address == RegisterAddress.CommandResult && Word(one.Payload, 0) == Row.Address && Word(one.Payload, 1) == Word(frame, 1))
            .Select(one => Word(one.Payload, 2))];

        public static uint Word(byte[] bytes, int index) => BitConverter.ToUInt32(bytes, index * 4);
    }

    // What both live through, but the frame under test, which only the first gets.
    private static (Twin With, Twin Without) Both(string command, Func<Twin, bool, byte[]> script, int result)
    {
        Twin with = new(Of(command)), without = new(Of(command));
        byte[] frame = script(with, true);
        script(without, false);
        foreach (Twin twin in new[] { with, without })
        {
            twin.Bench.RunFor(300_000);
            foreach (int address in compared)
            {
                twin.Bench.Ask(address, RegisterTable.TypeOf(address), 0);
            }
        }

        Assert.AreEqual((uint)result, with.ResultsOf(frame).Last());
        CollectionAssert.DoesNotContain(without.ResultsOf(frame), (uint)result);
        CollectionAssert.AreEqual(without.Calls.ToList(), with.Calls.ToList(), "a call at a port, or another time of one");
        Assert.AreEqual(without.Bench.State, with.Bench.State);
        CollectionAssert.AreEqual(without.Bench.Board.Edges, with.Bench.Board.Edges);
        foreach (int address in compared)
        {
            CollectionAssert.AreEqual(without.Bench.Seen[address], with.Bench.Seen[address], NameOf(address));
        }

        return (with, without);
    }

    // The refusal spent nothing: the same command, sent as it should be, is taken.
    private static void AssertStillTaken(Twin twin)
    {
        twin.Bench.RenewLease = true;
        twin.Bench.RunFor(200_000);
        if (twin.Row.Address == RegisterAddress.Arm && twin.Bench.U64(RegisterAddress.Challenge, 0) == 0)
        {
            Challenge(twin.Bench);
        }

        byte[] frame = twin.Fresh();
        twin.Send(frame);
        twin.Bench.RunFor(50_000);
        CollectionAssert.AreEqual(twin.Row.Address == RegisterAddress.Lease ? [] : new[] { 0u }, twin.ResultsOf(frame));
    }

    [TestMethod]
    public void Every_command_register_has_its_case() => CollectionAssert.AreEqual(Enumerable.Range(RegisterAddress.Lease, RegisterTable.Addresses - RegisterAddress.Lease).Where(RegisterTable.Exists).ToList(), cases.Select(row => row.Address).ToList());

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void Fresh_and_in_order_it_is_taken(string command) => AssertStillTaken(new Twin(Of(command)));

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void Sent_first_and_received_after_the_next_one_it_is_stale(string command)
    {
        (Twin with, _) = Both(command, (twin, sent) =>
        {
            byte[] first = twin.Fresh();
            byte[] second = Bench.Command(RegisterAddress.Lease, twin.Bench.Now, twin.Bench.Nonce, twin.Bench.Sequence++, Echo(twin.Bench));
            twin.Bench.Write(RegisterAddress.Lease, 4, second);
            if (sent)
            {
                twin.Send(first);
            }

            twin.Bench.Pass();
            return first;
        }, CommandResults.StaleSequence);
        AssertStillTaken(with);
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void Received_twice_at_once_it_is_carried_out_once(string command)
    {
        Both(command, (twin, sent) =>
        {
            byte[] frame = twin.Fresh();
            twin.Send(frame);
            if (sent)
            {
                twin.Send(frame);
            }

            twin.Bench.Pass();
            return frame;
        }, CommandResults.StaleSequence);
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void Received_again_later_it_is_stale(string command)
    {
        Both(command, (twin, sent) =>
        {
            byte[] frame = twin.Fresh();
            twin.Send(frame);
            twin.Bench.RunFor(900_000);
            if (sent)
            {
                twin.Send(frame);
            }

            return frame;
        }, CommandResults.StaleSequence);
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void From_the_holder_before_it_is_refused_however_fresh_and_high_its_number(string command)
    {
        (Twin with, _) = Both(command, (twin, sent) =>
        {
            byte[] frame = twin.Fresh(OlderNonce, 1_000);
            if (sent)
            {
                twin.Send(frame);
            }

            return frame;
        }, command == "Lease" ? CommandResults.LeaseTaken : CommandResults.NotHolder);
        AssertStillTaken(with);
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void Delayed_by_more_than_two_seconds_it_has_expired(string command)
    {
        (Twin with, _) = Both(command, (twin, sent) =>
        {
            byte[] frame = twin.Fresh();
            long issuedUs = twin.Bench.Now;
            twin.Bench.RunFor(1_950_000);
            while (twin.Bench.Now < issuedUs + 2_000_000)
            {
                twin.Bench.Pass(1);
            }

            if (sent)
            {
                twin.Send(frame);
            }

            return frame;
        }, CommandResults.Expired);
        AssertStillTaken(with);
    }

    [TestMethod]
    public void Replayed_when_its_lease_is_over_it_gets_nothing()
    {
        foreach (Case row in cases)
        {
            Twin twin = new(row);
            byte[] frame = twin.Fresh();
            twin.Bench.RenewLease = false;
            twin.Bench.Write(RegisterAddress.ReleaseLease, 4, BitConverter.GetBytes(twin.Bench.Nonce));
            twin.Bench.RunFor(30_000);
            int state = twin.Bench.State;
            twin.Send(frame);
            twin.Bench.RunFor(30_000);
            if (row.Address != RegisterAddress.Lease) // never used before: not a replay
            {
                CollectionAssert.AreEqual(new[] { (uint)CommandResults.NotHolder }, twin.ResultsOf(frame));
            }

            Assert.AreEqual(state, twin.Bench.State);
        }
    }

    [TestMethod]
    public void A_renewal_that_is_replayed_when_its_lease_was_released_does_not_take_it_back()
    {
        Bench bench = new();
        bench.Connect();
        bench.RenewLease = false;
        bench.RunFor(20_000);
        byte[] renewal = Bench.Command(RegisterAddress.Lease, bench.Now, bench.Nonce, bench.Sequence++, Echo(bench));
        bench.Write(RegisterAddress.Lease, 4, renewal);
        bench.RunFor(30_000);
        bench.Write(RegisterAddress.ReleaseLease, 4, BitConverter.GetBytes(bench.Nonce));
        bench.RunFor(30_000);
        bench.Ask(RegisterAddress.LeaseState, 8, 0);
        Assert.AreEqual(0, bench.U64(RegisterAddress.LeaseState, 0), "not released");
        bench.Write(RegisterAddress.Lease, 4, renewal);
        bench.RunFor(30_000);
        bench.Ask(RegisterAddress.LeaseState, 8, 0);
        Assert.AreEqual(0, bench.U64(RegisterAddress.LeaseState, 0), "taken back by a replay");
        Assert.AreEqual((uint)CommandResults.Expired, bench.U32(RegisterAddress.CommandResult, 2));
        bench.RenewLease = true;
        bench.RunFor(200_000);
        bench.Ask(RegisterAddress.LeaseState, 8, 0);
        Assert.AreEqual(bench.Nonce, (uint)bench.U64(RegisterAddress.LeaseState, 0), "the holder cannot come back");
    }
}
