using System.Reflection;
using Escapement.Kernel;
using Escapement.Link;
using Escapement.Runtime.Host;
using Escapement.Runtime.Ports;
using Escapement.Runtime.Run;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>
/// Every fault, one after the other: raised by its cause, latched, told first with its time, train and pulse; neither Stop nor a wrong Clear
/// takes it away, nor Clear while its cause stands; with the cause gone Clear leads to Idle, and nothing goes on. A fault without a case
/// fails the walk.
/// </summary>
[TestClass]
public class FaultWalkTests
{
    private sealed record Case(int Bit, Action<Bench> Cause)
    {
        /// <summary>Takes the cause away; null where it was an event that is over.</summary>
        public Action<Bench>? Cure { get; init; }

        public Action<FakeBoard>? Prepare { get; init; }
        public byte[] Program { get; init; } = Programs.ShortBursts;

        /// <summary>How far the session is when the cause comes: gated pulses, 0 armed and not started, -1 nothing armed.</summary>
        public int AfterPulses { get; init; } = 2;

        /// <summary>How long until it must be latched, us.</summary>
        public long WithinUs { get; init; } = 3_000_000;

        /// <summary>Other faults that belong to the same cause.</summary>
        public int Others { get; init; }
    }

    private static Case Contact(int fault, int bit) => new(fault, bench => bench.Board.InputLevels &= ~bit) { Cure = bench => bench.Board.InputLevels |= bit, WithinUs = 30_000 };

    private static T Part<T>(object from, string field) => (T)from.GetType().GetField(field, BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(from)!;

    private static ProgramStore Program(Bench bench) => Part<ProgramStore>(Part<RunControl>(bench.Supervisor, "_run"), "_program");

    private static LimitsInForce Limits(Bench bench) => Part<LimitsInForce>(Part<RunControl>(bench.Supervisor, "_run"), "_limits");

    private static byte[] List(Bench bench) => ((ITriggerOutput)bench.Board).Buffer(0);

    private static readonly Case[] cases =
    [
        new(FaultCode.StartLate, bench => bench.Board.SendCostUs = 1_500),
        new(FaultCode.GateLate, bench => bench.Board.EnableCostUs = 196_000) { AfterPulses = 6 },
        new(FaultCode.GateMismatch, bench => bench.Board.GateSticksClosed = true) { WithinUs = 30_000 },
        new(FaultCode.TriggerNotQuiet, bench => bench.Board.StrayRaw = 1) { AfterPulses = 0, WithinUs = 30_000 },
        new(FaultCode.RawCountMismatch, bench => bench.Board.StrayRaw = 2) { WithinUs = 30_000 },
        new(FaultCode.GatedCountMismatch, bench => bench.Board.LoseGated = true) { Cure = bench => bench.Board.LoseGated = false },
        new(FaultCode.GuardRejected, bench => bench.Board.BeforeSend = () => bench.Board.BeforeCrc = buffer => Spoil(bench, buffer)) { WithinUs = 5_000_000 },
        new(FaultCode.ListChanged, bench => { bench.RunFor(700_000); List(bench)[20] ^= 1; }),
        new(FaultCode.HeadMismatch, bench => bench.Board.BeforeSend = () => List(bench)[0] ^= 1) { Cure = bench => bench.Board.BeforeSend = null },
        new(FaultCode.ProgramChanged, bench => Program(bench).Image[40] ^= 1),
        new(FaultCode.LimitsChanged, bench => Limits(bench).Values.MaxHourPulses ^= 1),
        new(FaultCode.LeaseLost, bench => bench.RenewLease = false) { Cure = bench => bench.RenewLease = true, WithinUs = 530_000 },
        new(FaultCode.LinkSilenced, bench => bench.Write(RegisterAddress.OperationControl, 1, 0xF5)) { Cure = bench => bench.Write(RegisterAddress.OperationControl, 1, 0xE5), WithinUs = 30_000 },
        Contact(FaultCode.InterlockOpened, InputBits.Interlock),
        Contact(FaultCode.KeyTurnedOff, InputBits.Key),
        Contact(FaultCode.CoilLost, InputBits.Coil),
        new(FaultCode.StimulatorNotReady, bench => bench.Board.InputLevels &= ~InputBits.StimulatorReady) { Cure = bench => bench.Board.InputLevels |= InputBits.StimulatorReady },
        new(FaultCode.PassOverrun, bench => bench.Board.Advance(200_000)) { WithinUs = 250_000 },
        new(FaultCode.SendFailed, bench => bench.Board.RefuseSend = true),
        new(FaultCode.CounterFailed, bench => bench.Board.StrayGated = -1) { Cure = bench => bench.Board.StrayGated = 0, WithinUs = 30_000 },
        new(FaultCode.ClockFailed, bench => bench.Board.TimeUs -= 50_000) { WithinUs = 30_000 },
        new(FaultCode.HeldTooLong, bench => bench.Write(RegisterAddress.Hold, 1, 1)) { WithinUs = RunControl.HeldLifeUs + 1_000_000 },
        new(FaultCode.ExpansionMismatch, bench => typeof(ProgramVerifier).GetField("pulses", BindingFlags.NonPublic | BindingFlags.Instance)!.SetValue(Program(bench).Found, 19)) { AfterPulses = 13 },
        new(FaultCode.EncodingLate, StartSlow) { Cure = bench => bench.Board.CallCostUs = 2, Program = Programs.ShortThenLong, AfterPulses = 0 },
        new(FaultCode.EmergencyStop, bench => bench.Board.InputLevels &= ~InputBits.EmergencyStops) { Cure = bench => bench.Board.InputLevels |= InputBits.EmergencyStops, WithinUs = 30_000 },
        new(FaultCode.Internal, _ => { }) { Prepare = board => board.CrcError = 1, Cure = bench => bench.Board.CrcError = 0, AfterPulses = -1 },
        new(FaultCode.EmergencyStopDiscrepancy, bench => bench.Board.InputLevels &= ~InputBits.EmergencyStopA) { Cure = bench => bench.Board.InputLevels |= InputBits.EmergencyStopA, Others = FaultCode.EmergencyStop, WithinUs = 130_000 },
        new(FaultCode.TriggerOutMismatch, bench => bench.Board.StrayOut = 1) { Prepare = board => (board.Present, board.AnswersLeft) = (board.Present | InputBits.TriggerOut, int.MaxValue), WithinUs = 30_000 },
        new(FaultCode.CoilTemperature, bench => bench.Board.TemperatureReading = 4_095) { Prepare = board => board.Present |= InputBits.CoilTemperature, Cure = bench => { bench.Board.TemperatureReading = 2_048; bench.RunFor(2_000_000); }, WithinUs = 130_000 },
        new(FaultCode.FootSwitchReleased, bench => bench.Board.InputLevels &= ~InputBits.FootSwitch) { Prepare = board => board.Present |= InputBits.FootSwitch, WithinUs = 30_000 },
        new(FaultCode.ClockDisagrees, bench => bench.HostPpm = 1_000) { AfterPulses = -1, WithinUs = 60_000_000, Cure = bench => bench.HostPpm = 0 },
        new(FaultCode.AbnormalEnd, _ => { }) { Prepare = board => board.Records = Interrupted(), AfterPulses = -1 },
    ];

    // The list after the one just sent is spoiled between encoder and guard, when its checksum is taken: its first pulse is gone.
    private static void Spoil(Bench bench, byte[] buffer)
    {
        if (ReferenceEquals(buffer, List(bench)))
        {
            buffer[17] ^= 0x80;
            bench.Board.BeforeCrc = null;
        }
    }

    // A board that becomes slow when its first train has been sent: the second list is not ready in time.
    private static void StartSlow(Bench bench)
    {
        bench.Board.OnCall = name => bench.Board.CallCostUs = name == "Enable" ? 3_000 : bench.Board.CallCostUs;
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.Board.CallCostUs != 2));
        bench.Board.OnCall = null;
    }

    // What the store holds when the power fails in a session.
    private static byte[]?[] Interrupted()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        return bench.Board.Records;
    }

    public static IEnumerable<object[]> Names => Enumerable.Range(0, FaultTable.Count).Select(bit => new object[] { FaultTable.At(bit).Name });

    [TestMethod]
    public void Every_fault_has_its_case() => CollectionAssert.AreEquivalent(Enumerable.Range(0, FaultTable.Count).Select(bit => FaultTable.At(bit).Code).ToList(), cases.Select(row => row.Bit).ToList());

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Raised_by_its_cause_it_is_latched_and_cleared_only_when_the_cause_is_gone_and_nothing_resumes(string name)
    {
        SafetyEntry entry = Enumerable.Range(0, FaultTable.Count).Select(FaultTable.At).Single(one => one.Name == name);
        Case row = cases.SingleOrDefault(one => one.Bit == entry.Code) ?? throw new AssertFailedException($"{name} has no case in this walk");
        Bench bench = Brought(row);
        long causedUs = bench.Now;
        int gatedBefore = Gated(bench);
        row.Cause(bench);
        int landsIn = FaultTable.LandsIn(row.Bit | row.Others);
        Assert.IsTrue(bench.RunUntil(() => bench.State == landsIn && (Latched(bench) & row.Bit) != 0, row.WithinUs), $"state {bench.State}, faults {Latched(bench):x}, edges {bench.Board.Edges.Count}, {bench.Now - causedUs} us, trains {bench.Trains.Count()}");
        Assert.IsFalse(bench.Board.IsLatched, "gate open");
        int gatedThen = Gated(bench);
        AssertStays(bench, row, landsIn);
        if (ClearNeedsCure(row))
        {
            row.Cure!(bench); // without a lease, an answer or a checksum no Clear can even be tried
            bench.RunFor(300_000);
        }

        AssertFirst(bench, row, causedUs, gatedBefore, gatedThen);
        AssertClears(bench, row);
        AssertNothingResumes(bench);
    }

    [TestMethod]
    public void The_first_fault_stays_the_first_whatever_follows()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 8));
        bench.Board.InputLevels &= ~InputBits.Key;
        bench.Pass();
        bench.Board.InputLevels &= ~InputBits.EmergencyStopB;
        bench.RunFor(300_000);
        Assert.AreEqual(FaultCode.KeyTurnedOff | FaultCode.EmergencyStop | FaultCode.EmergencyStopDiscrepancy, (int)bench.Faults);
        Assert.AreEqual(FaultTable.Number(FaultCode.KeyTurnedOff), bench.U64(RegisterAddress.FirstFault, 0));
        Assert.AreEqual(1, bench.U64(RegisterAddress.FirstFault, 2), "the second train");
        Assert.AreEqual(8, bench.U64(RegisterAddress.FirstFault, 3));
        Assert.AreEqual(SupervisorState.EmergencyStop, bench.State);
    }

    private static bool ClearNeedsCure(Case row) => row.Bit is FaultCode.LeaseLost or FaultCode.LinkSilenced or FaultCode.Internal;

    private static int Latched(Bench bench) => Part<Watch.FaultLatch>(bench.Supervisor, "_faults").Cumulative;

    private static int Gated(Bench bench) => bench.Board.Edges.Count(edge => edge.Gated);

    private static Bench Brought(Case row)
    {
        Bench bench = new(prepare: row.Prepare);
        bench.Connect();
        if (row.AfterPulses < 0)
        {
            return bench;
        }

        bench.Load(row.Program);
        bench.ArmAndWait();
        if (row.AfterPulses > 0)
        {
            bench.Board.InputLevels |= InputBits.FootSwitch;
            bench.RunFor(100_000);
            bench.StartSession();
            Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count >= row.AfterPulses), "not so far");
        }

        return bench;
    }

    // In its state, gate closed, nothing fed, nothing leaves; Stop does not take it away.
    private static void AssertStays(Bench bench, Case row, int state)
    {
        bench.RunFor(50_000);
        int gated = Gated(bench), feeds = bench.Board.Feeds, edges = bench.Board.Edges.Count;
        bench.Write(RegisterAddress.Stop, 1, 1);
        bench.RunFor(2_000_000);
        Assert.AreEqual(state, bench.State);
        Assert.AreEqual(row.Bit | row.Others, Latched(bench));
        Assert.AreEqual(gated, Gated(bench));
        Assert.HasCount(edges, bench.Board.Edges);
        Assert.AreEqual(feeds, bench.Board.Feeds);
    }

    private static void AssertFirst(Bench bench, Case row, long causedUs, int gatedBefore, int gatedThen)
    {
        long[] first = [.. Enumerable.Range(0, 4).Select(element => { bench.Ask(RegisterAddress.FirstFault, 8, 0); return bench.U64(RegisterAddress.FirstFault, element); })];
        int told = row.Others != 0 ? row.Others : row.Bit; // one channel alone is an emergency stop first
        Assert.AreEqual(FaultTable.Number(told), first[0]);
        Assert.IsInRange(row.AfterPulses < 0 ? 0 : causedUs - 60_000, causedUs + row.WithinUs + 20_000, first[1]);
        Assert.IsInRange(row.Bit == FaultCode.CounterFailed ? gatedBefore - 1 : gatedBefore, gatedThen, first[3]); // a counter that fails was last read a pass before
        int plannedTrain = gatedThen == 0 ? 0 : (gatedThen - 1) / 6;
        Assert.IsInRange(row.Bit == FaultCode.HeldTooLong ? 0 : plannedTrain, plannedTrain + 1, first[2]);
    }

    private static void AssertClears(Bench bench, Case row)
    {
        uint seen = bench.Ask(RegisterAddress.Faults, 4, 0);
        Assert.AreEqual((uint)Latched(bench), seen);
        int state = bench.State;
        Assert.AreEqual((uint)CommandResults.BadArgument, bench.Do(RegisterAddress.Clear, seen ^ (seen == 1 ? 2u : 1u)), "cleared unseen");
        if (row.Cure != null && !ClearNeedsCure(row))
        {
            bool stands = row.Bit is not (FaultCode.GatedCountMismatch or FaultCode.HeadMismatch or FaultCode.EncodingLate or FaultCode.ClockDisagrees);
            if (stands)
            {
                Assert.AreEqual((uint)CommandResults.Inhibited, bench.Do(RegisterAddress.Clear, seen), "cleared while the cause stood");
                Assert.AreEqual(state, bench.State);
            }

            row.Cure(bench);
            bench.RunFor(200_000);
            seen = (uint)Latched(bench); // a counter that counts again tells of a pulse that nobody saw: one more fault
            Assert.IsTrue(seen == (uint)(row.Bit | row.Others) || row.Bit == FaultCode.CounterFailed, $"faults {seen:x}");
        }

        Assert.AreEqual(state, bench.State, "left by itself");
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Clear, seen));
        Assert.AreEqual(SupervisorState.Idle, bench.State);
        Assert.AreEqual(0u, bench.Ask(RegisterAddress.Faults, 4, 0));
        Assert.AreEqual((uint)CommandResults.WrongState, bench.Do(RegisterAddress.Clear, 0));
    }

    private static void AssertNothingResumes(Bench bench)
    {
        int edges = bench.Board.Edges.Count, feeds = bench.Board.Feeds;
        bench.RunFor(5_000_000);
        Assert.AreEqual(SupervisorState.Idle, bench.State);
        Assert.HasCount(edges, bench.Board.Edges);
        Assert.AreEqual(feeds, bench.Board.Feeds);
        Assert.IsFalse(bench.Board.IsLatched);
        Assert.AreNotEqual(0u, bench.Ask(RegisterAddress.InhibitReasons, 4, 0) & InhibitReason.NoProgram, "the program is gone");
    }
}
