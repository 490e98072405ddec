using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>No sequence of commands goes round a rule.</summary>
[TestClass]
public class ArmingRuleTests
{
    private static Bench Loaded()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        return bench;
    }

    [TestMethod]
    [DataRow(long.MinValue)]
    [DataRow(long.MinValue + 1_000_000)]
    [DataRow(-1L)]
    public void Command_issued_before_time_began_is_refused(long issuedUs)
    {
        Bench bench = Loaded();
        uint sequence = bench.Sequence;
        bench.SendCommand(RegisterAddress.RequestChallenge, issuedUs == -1 ? bench.Now - 2_100_000 : issuedUs);
        bench.RunFor(50_000);
        Assert.AreEqual(sequence, bench.U32(RegisterAddress.CommandResult, 1));
        Assert.AreEqual((uint)CommandResults.Expired, bench.U32(RegisterAddress.CommandResult, 2));
    }

    [TestMethod]
    [DataRow(InputBits.Key, InhibitReason.KeyOff)]
    [DataRow(InputBits.Coil, InhibitReason.CoilAbsent)]
    [DataRow(InputBits.Interlock, InhibitReason.InterlockOpen)]
    public void Reason_that_arises_while_arming_refuses_and_never_arms(int input, int reason)
    {
        Bench bench = Loaded();
        Assert.AreEqual(0u, bench.Arm());
        Assert.AreEqual(SupervisorState.Loaded, bench.State, "armed within a pass: nothing can be tested");
        bench.Board.InputLevels &= ~input;
        bool armed = false;
        int feeds = bench.Board.Feeds;
        bench.RunUntil(() => armed |= bench.State == SupervisorState.Armed, 2_000_000);
        Assert.IsFalse(armed);
        Assert.AreEqual(feeds, bench.Board.Feeds);
        Assert.AreEqual(0u, bench.Faults);
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.U32(RegisterAddress.CommandResult, 2));
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.CommandResult, 3) & (uint)reason);
        bench.Board.InputLevels = InputBits.Levels;
        bench.RunFor(100_000);
        bench.ArmAndWait();
    }

    [TestMethod]
    public void Standby_entered_while_arming_refuses_and_never_arms()
    {
        Bench bench = Loaded();
        Assert.AreEqual(0u, bench.Arm());
        bench.Write(RegisterAddress.OperationControl, 1, 0xE4);
        bool armed = false;
        bench.RunUntil(() => armed |= bench.State == SupervisorState.Armed, 2_000_000);
        Assert.IsFalse(armed);
    }

    [TestMethod]
    public void Start_is_refused_while_the_stimulator_is_not_ready()
    {
        Bench bench = Loaded();
        bench.ArmAndWait();
        bench.Board.InputLevels &= ~InputBits.StimulatorReady;
        bench.RunFor(50_000);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Do(RegisterAddress.Start, bench.U32(RegisterAddress.Digest, 0)));
        Assert.AreEqual((uint)InhibitReason.StimulatorNotReady, bench.U32(RegisterAddress.CommandResult, 3));
        Assert.AreEqual(SupervisorState.Armed, bench.State);
        bench.Board.InputLevels = InputBits.Levels;
        bench.RunFor(50_000);
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"faults {bench.Faults:x}");
    }

    [TestMethod]
    [DataRow((byte)0, (byte)0, DisplayName = "no content")]
    [DataRow((byte)65, (byte)0, DisplayName = "more than a part holds")]
    [DataRow((byte)64, (byte)1, DisplayName = "reserved byte")]
    public void Part_that_is_refused_leaves_the_loaded_program_as_it_was(byte count, byte reserved)
    {
        Bench bench = Loaded();
        byte[] part = new byte[68];
        part[2] = count;
        part[3] = reserved;
        bench.Write(RegisterAddress.UploadChunk, 1, part);
        bench.RunFor(200_000);
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
        bench.ArmAndWait();
    }

    [TestMethod]
    public void Hold_is_refused_before_the_only_train_of_a_session()
    {
        Bench bench = Bench.Running(Programs.Repeats(0, 100, (5, 100_000)));
        bench.Write(RegisterAddress.Hold, 1, 1);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"state {bench.State}, {bench.Board.Edges.Count} pulses");
        Assert.AreEqual(0, bench.Seen[RegisterAddress.Hold][0]);
    }

    /// <summary>A session of one list of 15 minutes, stopped in its first minute: windows count as full when the board has seen silence, not until the list would have ended.</summary>
    [TestMethod]
    public void After_a_stop_in_a_long_list_the_next_session_waits_for_the_windows_and_no_longer()
    {
        byte[] slow = Programs.Repeats(0, 100, (900, 1_000_000));
        Bench bench = Bench.Running(slow);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 20, 30_000_000));
        long stoppedUs = bench.Now;
        bench.Write(RegisterAddress.Stop, 1, 1);
        bench.RunFor(100_000);
        Assert.AreEqual(SupervisorState.Idle, bench.State);
        bench.RunFor(4_800_000);
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.HistoryFull);
        Assert.IsTrue(bench.RunUntil(() => (bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.HistoryFull) == 0, 2_000_000), "the reason stays");
        Assert.HasCount(20, bench.Board.Edges);
        bench.Load(slow);
        bench.ArmAndWait();
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 21, 30_000_000));
        Assert.IsGreaterThan(5_500_000, bench.Board.Edges[20].TimeUs - stoppedUs);
    }

    [TestMethod]
    public void Refusal_for_full_windows_goes_when_the_windows_are_empty()
    {
        byte[] dense = Programs.Repeats(0, 100, (140, 21_000));
        Bench bench = Bench.Running(dense);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"faults {bench.Faults:x}");
        bench.Load(dense);
        Assert.AreEqual(0u, bench.Arm());
        Assert.IsTrue(bench.RunUntil(() => bench.U32(RegisterAddress.CommandResult, 2) == CommandResults.Inhibited));
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.HistoryFull);
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
        Assert.IsTrue(bench.RunUntil(() => (bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.HistoryFull) == 0), "the reason never goes");
        bench.ArmAndWait();
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"faults {bench.Faults:x}");
        Assert.HasCount(280, bench.Board.Edges);
        for (int i = 150; i < 280; i++)
        {
            Assert.IsGreaterThanOrEqualTo(5_000_000 - 1_000, bench.Board.Edges[i].TimeUs - bench.Board.Edges[i - 150].TimeUs);
        }
    }

    [TestMethod]
    public void Timestamp_is_locked_from_the_moment_the_board_is_armed()
    {
        Bench bench = Loaded();
        bench.ArmAndWait();
        bench.Write(8, 4, 1, 2, 3, 0);
        bench.RunFor(50_000);
        Assert.AreEqual(SupervisorState.Armed, bench.State);
        Assert.IsLessThan(1_000u, BitConverter.ToUInt32(bench.Seen[8]), "the timestamp was taken while armed");
    }

    [TestMethod]
    public void Nothing_arms_after_seven_days_and_49_days_of_milliseconds()
    {
        Bench bench = new(prepare: board => board.TimeUs = (1L << 32) * 1000 - 3_000_000);
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        Assert.AreEqual((uint)InhibitReason.UptimeTooLong, bench.U32(RegisterAddress.CommandResult, 3));
    }

    [TestMethod]
    [DataRow(31)]
    [DataRow(32)]
    [DataRow(33)]
    [DataRow(39)]
    public void Session_across_a_wrap_of_the_clock_is_the_same_session(int bit)
    {
        // Boot, 5 s of full windows, load, arm: the first train lies before the wrap, the last behind it.
        Bench bench = new(prepare: board => board.TimeUs = (1L << bit) - 8_000_000);
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        bench.RunFor((1L << bit) - 2_500_000 - bench.Now);
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"faults {bench.Faults:x}");
        Assert.HasCount(18, bench.Board.Edges);
        Assert.IsTrue(bench.Board.Edges[0].TimeUs < 1L << bit && bench.Board.Edges[^1].TimeUs > 1L << bit);
        for (int i = 0; i < 18; i++)
        {
            Assert.IsInRange(-5, 5, bench.Board.Edges[i].TimeUs - bench.Board.Edges[0].TimeUs - Programs.ShortBurstOnsets[i]);
            Assert.IsTrue(bench.Board.Edges[i].Gated);
        }
    }
}
