using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

[TestClass]
public class CommandTests
{
    private static Bench Loaded()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        return bench;
    }

    [TestMethod]
    public void Command_with_any_bit_flipped_is_not_carried_out()
    {
        Bench bench = Loaded();
        bench.ArmAndWait();
        bench.RenewLease = false;
        byte[] start = Bench.Command(RegisterAddress.Start, bench.Now, bench.Nonce, bench.Sequence + 1000, bench.U32(RegisterAddress.Digest, 0));
        for (int bit = 0; bit < 48 * 8; bit++)
        {
            byte[] broken = (byte[])start.Clone();
            broken[bit / 8] ^= (byte)(1 << (bit % 8));
            bench.Write(RegisterAddress.Start, 4, broken);
            if (bit % 8 == 7)
            {
                bench.Pass(1_000);
            }
        }

        Assert.AreEqual(SupervisorState.Armed, bench.State);
        Assert.IsEmpty(bench.Board.Edges);
    }

    [TestMethod]
    public void Start_sent_to_the_arm_register_is_refused_because_the_address_is_covered()
    {
        Bench bench = Loaded();
        byte[] arm = Bench.Command(RegisterAddress.Start, bench.Now, bench.Nonce, bench.Sequence++, 1, 2, 3);
        bench.Write(RegisterAddress.Arm, 4, arm);
        bench.RunFor(50_000);
        Assert.AreEqual((uint)CommandResults.BadCrc, bench.U32(RegisterAddress.CommandResult, 2));
    }

    [TestMethod]
    public void Replayed_start_is_refused()
    {
        Bench bench = Loaded();
        bench.ArmAndWait();
        byte[] start = Bench.Command(RegisterAddress.Start, bench.Now, bench.Nonce, bench.Sequence++, bench.U32(RegisterAddress.Digest, 0));
        bench.Write(RegisterAddress.Start, 4, start);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Running));
        bench.Write(RegisterAddress.Stop, 1, 1);
        bench.RunFor(100_000);
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        bench.Write(RegisterAddress.Start, 4, start);
        bench.RunFor(1_000_000);
        Assert.AreEqual(SupervisorState.Armed, bench.State);
        Assert.IsEmpty(bench.Board.Edges);
    }

    [TestMethod]
    public void Command_older_than_two_seconds_is_refused()
    {
        Bench bench = Loaded();
        bench.ArmAndWait();
        bench.SendCommand(RegisterAddress.Start, bench.Now - 2_100_000, bench.U32(RegisterAddress.Digest, 0));
        bench.RunFor(50_000);
        Assert.AreEqual((uint)CommandResults.Expired, bench.U32(RegisterAddress.CommandResult, 2));
        Assert.AreEqual(SupervisorState.Armed, bench.State);
    }

    [TestMethod]
    public void Command_from_the_future_is_refused()
    {
        Bench bench = Loaded();
        bench.ArmAndWait();
        bench.SendCommand(RegisterAddress.Start, bench.Now + 1_000_000, bench.U32(RegisterAddress.Digest, 0));
        bench.RunFor(50_000);
        Assert.AreEqual((uint)CommandResults.Expired, bench.U32(RegisterAddress.CommandResult, 2));
    }

    [TestMethod]
    public void Second_host_gets_nothing_while_the_first_holds_the_lease()
    {
        Bench bench = Loaded();
        byte[] lease = Bench.Command(RegisterAddress.Lease, bench.Now, 99, 1, (uint)bench.Now, (uint)(bench.Now >> 32), 1, 0);
        bench.Write(RegisterAddress.Lease, 4, lease);
        bench.RunFor(30_000);
        Assert.AreEqual((uint)CommandResults.LeaseTaken, bench.U32(RegisterAddress.CommandResult, 2));
        byte[] challenge = Bench.Command(RegisterAddress.RequestChallenge, bench.Now, 99, 2);
        bench.Write(RegisterAddress.RequestChallenge, 4, challenge);
        bench.RunFor(30_000);
        Assert.AreEqual((uint)CommandResults.NotHolder, bench.U32(RegisterAddress.CommandResult, 2));
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
    }

    [TestMethod]
    public void Challenge_serves_once()
    {
        Bench bench = Loaded();
        bench.ArmAndWait();
        long challenge = bench.U64(RegisterAddress.Challenge, 0);
        bench.Write(RegisterAddress.Disarm, 1, 1);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Loaded));
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Do(RegisterAddress.Arm, (uint)challenge, (uint)(challenge >> 32), bench.U32(RegisterAddress.Digest, 0), 0));
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.CommandResult, 3) & InhibitReason.ChallengeMissing);
    }

    [TestMethod]
    public void Challenge_is_void_after_two_seconds()
    {
        Bench bench = Loaded();
        bench.RunFor(6_000_000);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.RequestChallenge));
        bench.RunFor(30_000);
        long challenge = bench.U64(RegisterAddress.Challenge, 0);
        Assert.AreNotEqual(0, challenge);
        bench.RunFor(2_000_000);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Do(RegisterAddress.Arm, (uint)challenge, (uint)(challenge >> 32), bench.U32(RegisterAddress.Digest, 0), 0));
    }

    [TestMethod]
    public void Wrong_digest_does_not_arm()
    {
        Bench bench = Loaded();
        bench.RunFor(6_000_000);
        bench.Do(RegisterAddress.RequestChallenge);
        bench.RunFor(30_000);
        long challenge = bench.U64(RegisterAddress.Challenge, 0);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Do(RegisterAddress.Arm, (uint)challenge, (uint)(challenge >> 32), bench.U32(RegisterAddress.Digest, 0) ^ 1, 0));
        Assert.AreEqual((uint)InhibitReason.DigestMismatch, bench.U32(RegisterAddress.CommandResult, 3));
    }

    [TestMethod]
    public void Refusal_names_every_reason_at_once()
    {
        Bench bench = Loaded();
        bench.RunFor(6_000_000);
        bench.Board.InputLevels = InputBits.Levels & ~(InputBits.Interlock | InputBits.Key | InputBits.Coil | InputBits.StimulatorReady);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        uint expected = InhibitReason.InterlockOpen | InhibitReason.KeyOff | InhibitReason.CoilAbsent | InhibitReason.StimulatorNotReady;
        Assert.AreEqual(expected, bench.U32(RegisterAddress.CommandResult, 3));
        bench.Board.InputLevels = InputBits.Levels;
        bench.RunFor(1_000_000);
        Assert.AreEqual(SupervisorState.Loaded, bench.State, "it armed by itself");
    }

    [TestMethod]
    public void Nothing_is_armed_in_the_first_five_seconds_because_the_past_is_unknown()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        Assert.IsLessThan(4_000_000, bench.Now);
        bench.Do(RegisterAddress.RequestChallenge);
        bench.RunFor(30_000);
        long challenge = bench.U64(RegisterAddress.Challenge, 0);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Do(RegisterAddress.Arm, (uint)challenge, (uint)(challenge >> 32), bench.U32(RegisterAddress.Digest, 0), 0));
        Assert.AreEqual((uint)InhibitReason.HistoryFull, bench.U32(RegisterAddress.CommandResult, 3));
    }

    [TestMethod]
    public void Limits_tighten_change_the_digest_and_never_loosen()
    {
        Bench bench = Loaded();
        uint digest = bench.U32(RegisterAddress.Digest, 0);
        Assert.AreEqual((uint)CommandResults.BadArgument, bench.Do(RegisterAddress.Limits, 500));
        Assert.AreEqual((uint)CommandResults.BadArgument, bench.Do(RegisterAddress.Limits, 0, 0, 7_000));
        Assert.AreEqual(2u, bench.U32(RegisterAddress.CommandResult, 3), "the index of the argument that would loosen");
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Limits, 0, 0, 17));
        bench.RunFor(6_000_000);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.CommandResult, 3) & InhibitReason.LimitsExceeded);
        Assert.AreNotEqual(digest, bench.U32(RegisterAddress.Digest, 0));
    }

    [TestMethod]
    public void Further_limits_tighten_change_the_digest_and_never_loosen()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        uint digest = bench.U32(RegisterAddress.Digest, 0);
        uint[][] refused = [[9], [0, 1_001], [0, 0, 14_401], [0, 0, 0, 12_001], [0, 0, 0, 0, 25_001], [0, 0, 0, 0, 0, 1]];
        for (int i = 0; i < refused.Length; i++)
        {
            Assert.AreEqual((uint)CommandResults.BadArgument, bench.Do(RegisterAddress.FurtherLimits, refused[i]));
            Assert.AreEqual((uint)i, bench.U32(RegisterAddress.CommandResult, 3));
            Assert.AreEqual(digest, bench.Ask(RegisterAddress.Digest, 4, 0));
        }

        Assert.AreEqual(0u, bench.Do(RegisterAddress.FurtherLimits, 100, 100, 5, 18, 600));
        CollectionAssert.AreEqual(new uint[] { 100, 100, 5, 18, 600 }, new[] { 1, 2, 5, 12, 13 }.Select(i => bench.U32(RegisterAddress.EffectiveLimits, i)).ToArray());
        Assert.AreNotEqual(digest, bench.U32(RegisterAddress.Digest, 0));
        bench.ArmAndWait();
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"faults {bench.Faults:x}");
        Assert.HasCount(18, bench.Board.Edges);
    }

    [TestMethod]
    [DataRow(0, 101u, InhibitReason.LimitsExceeded, DisplayName = "shortest pulse")]
    [DataRow(1, 99u, InhibitReason.LimitsExceeded, DisplayName = "longest pulse")]
    [DataRow(2, 4u, InhibitReason.LimitsExceeded, DisplayName = "length of the session")]
    [DataRow(3, 17u, InhibitReason.HourFull, DisplayName = "pulses in an hour")]
    [DataRow(4, 599u, InhibitReason.LimitsExceeded, DisplayName = "duty")]
    public void A_program_that_exceeds_a_further_limit_by_one_does_not_arm(int argument, uint value, int reason)
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts); // 18 pulses of 100 us, 6 in each train of 260 ms, 4.26 s in all
        uint[] arguments = new uint[6];
        arguments[argument] = value;
        Assert.AreEqual(0u, bench.Do(RegisterAddress.FurtherLimits, arguments));
        bench.RunFor(100_000);
        if (bench.Arm() == 0)
        {
            Assert.IsTrue(bench.RunUntil(() => bench.U32(RegisterAddress.CommandResult, 2) == CommandResults.Inhibited), "not refused"); // found while arming
        }

        Assert.AreEqual((uint)reason, bench.U32(RegisterAddress.CommandResult, 3) & ~(uint)InhibitReason.ChallengeMissing);
        bench.RunFor(2_000_000);
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
        Assert.IsEmpty(bench.Board.Edges);
    }

    [TestMethod]
    public void Window_that_only_a_later_train_would_break_refuses_to_arm()
    {
        // 6 pulses a train, trains 2 s apart: 18 pulses in the 5 s window, 12 of them allowed.
        Bench bench = Loaded();
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Limits, 0, 0, 0, 0, 0, 12));
        bench.RunFor(6_000_000);
        bench.Arm();
        bench.RunFor(1_000_000);
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.LimitsExceeded);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.U32(RegisterAddress.CommandResult, 2));
        Assert.IsEmpty(bench.Board.Edges);
    }

    // Trains of 6 pulses of 100 us, 0.7 s apart: 12 pulses, 1,200 us, in any second over two of them. No list by itself shows it.
    [TestMethod]
    [DataRow(12u, 1_200u, true)]
    [DataRow(11u, 1_200u, false, DisplayName = "pulses in the second window")]
    [DataRow(12u, 1_199u, false, DisplayName = "duty")]
    [DataRow(25u, 1_200u, true)]
    [DataRow(12u, 25_000u, true)]
    public void Second_window_and_duty_are_kept_across_trains(uint pulses, uint highUs, bool arms)
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.Repeats(1, 100, (3, 700_000), (6, 20_000)));
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Limits, 0, 0, 0, 0, pulses));
        Assert.AreEqual(0u, bench.Do(RegisterAddress.FurtherLimits, 0, 0, 0, 0, highUs));
        bench.RunFor(6_000_000);
        Assert.AreEqual(0u, bench.Arm());
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Armed || bench.U32(RegisterAddress.CommandResult, 2) == CommandResults.Inhibited));
        Assert.AreEqual(arms ? SupervisorState.Armed : SupervisorState.Loaded, bench.State);
        Assert.AreEqual(arms, (bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.LimitsExceeded) == 0);
    }

    [TestMethod]
    public void Window_that_is_just_kept_arms()
    {
        Bench bench = Loaded();
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Limits, 0, 0, 0, 0, 0, 18));
        bench.ArmAndWait();
    }

    [TestMethod]
    public void Host_that_begins_to_listen_is_told_what_it_missed()
    {
        Bench bench = new();
        bench.Board.InputLevels = 0;
        bench.RunFor(100_000);
        Assert.IsFalse(bench.Seen.ContainsKey(RegisterAddress.Faults), "an event in Standby");
        bench.Connect();
        Assert.AreEqual((uint)FaultCode.EmergencyStop, bench.Faults & FaultCode.EmergencyStop);
        Assert.AreEqual(SupervisorState.EmergencyStop, bench.Seen[RegisterAddress.SupervisorState][0]);
    }

    [TestMethod]
    public void Memory_that_does_not_suffice_refuses_to_arm()
    {
        Bench bench = Loaded();
        bench.Board.RefuseMemory = true;
        bench.Arm();
        bench.RunFor(500_000);
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.MemoryLow);
    }

    [TestMethod]
    public void Upload_while_armed_or_running_changes_nothing()
    {
        Bench bench = Loaded();
        bench.ArmAndWait();
        byte[] part = new byte[68];
        part[2] = 64;
        bench.Write(RegisterAddress.UploadChunk, 1, part);
        bench.RunFor(50_000);
        Assert.AreEqual(SupervisorState.Armed, bench.State);
        bench.StartSession();
        bench.Write(RegisterAddress.UploadChunk, 1, part);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done));
        Assert.HasCount(18, bench.Board.Edges);
    }

    [TestMethod]
    public void Damaged_program_is_refused_at_the_seal()
    {
        Bench bench = new();
        bench.Connect();
        byte[] program = Programs.ShortBursts;
        byte[] part = new byte[68];
        part[2] = 64;
        program.AsSpan(0, 64).CopyTo(part.AsSpan(4));
        part[30] ^= 4;
        bench.Write(RegisterAddress.UploadChunk, 1, part);
        byte[] second = new byte[68];
        second[0] = 64;
        second[2] = (byte)(program.Length - 64);
        program.AsSpan(64).CopyTo(second.AsSpan(4));
        bench.Write(RegisterAddress.UploadChunk, 1, second);
        Assert.AreEqual((uint)CommandResults.BadArgument, bench.Do(RegisterAddress.Seal, (uint)program.Length, FakeBoard.Crc(program, 0, program.Length)));
        Assert.AreEqual(SupervisorState.Idle, bench.State);
    }

    [TestMethod]
    public void Invalid_program_is_refused_with_its_error()
    {
        Bench bench = new();
        bench.Connect();
        byte[] program = Programs.ShortBursts;
        program[12] ^= 1; // states one pulse more or less than it holds
        for (int at = 0; at < program.Length; at += 64)
        {
            byte[] part = new byte[68];
            int count = Math.Min(64, program.Length - at);
            part[0] = (byte)at;
            part[2] = (byte)count;
            program.AsSpan(at, count).CopyTo(part.AsSpan(4));
            bench.Write(RegisterAddress.UploadChunk, 1, part);
        }

        Assert.AreEqual(0u, bench.Do(RegisterAddress.Seal, (uint)program.Length, FakeBoard.Crc(program, 0, program.Length)));
        bench.RunFor(500_000);
        Assert.AreEqual((uint)CommandResults.BadProgram, bench.U32(RegisterAddress.CommandResult, 2));
        Assert.AreEqual((uint)Escapement.Kernel.ProgramError.PulsesMismatch, bench.U32(RegisterAddress.CommandResult, 3));
        Assert.AreEqual(SupervisorState.Idle, bench.State);
    }

    [TestMethod]
    public void Reset_closes_the_gate_replies_and_then_resets()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Write(RegisterAddress.ResetDevice, 1, 1);
        bench.Pass();
        Assert.IsFalse(bench.Board.IsLatched);
        bench.RunFor(300_000);
        Assert.IsGreaterThan(0, bench.Board.Reboots);
        Assert.IsTrue(bench.Frames.Any(frame => frame.Type == 2 && frame.Address == RegisterAddress.ResetDevice));
    }

    [TestMethod]
    public void Every_register_can_be_read_and_reading_changes_nothing()
    {
        Bench bench = Loaded();
        int state = bench.State;
        for (int address = 32; address < RegisterTable.Addresses; address++)
        {
            if (!RegisterTable.Exists(address))
            {
                continue;
            }

            byte[] frame = new byte[128];
            int length = FrameWriter.Plain(frame, 0, 1, address, RegisterTable.TypeOf(address), [], 0, 0);
            bench.Board.Feed(frame[..length]);
            bench.RunFor(20_000);
            Assert.AreEqual(RegisterTable.BytesOf(address), bench.Seen[address].Length, $"register {address}");
            Assert.AreEqual(state, bench.State);
        }
    }
}
