using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Runtime.SelfTest;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>The gate's terms, each tested alone with the others good, and never where a pulse could reach a stimulator.</summary>
[TestClass]
public class GateTestTests
{
    private const int Steps = SelfTestSteps.PulsesBlocked | SelfTestSteps.EnableTerm | SelfTestSteps.PulsesPass | SelfTestSteps.WatchdogTerm | SelfTestSteps.LatchStays;

    private static Bench Tested(Action<FakeBoard>? prepare = null)
    {
        Bench bench = new(prepare: prepare);
        bench.Connect();
        bench.Ask(RegisterAddress.SelfTestState, 8, 0);
        return bench;
    }

    [TestMethod]
    public void At_power_up_with_the_key_off_every_term_is_tested_and_the_board_lands_in_idle()
    {
        Bench bench = Tested();
        Assert.AreEqual(SupervisorState.Idle, bench.State);
        Assert.AreEqual(Steps, (int)bench.U64(RegisterAddress.SelfTestState, 0) & Steps);
        Assert.AreEqual(0, bench.U64(RegisterAddress.SelfTestState, 1));
        Assert.AreNotEqual(0, (int)bench.U64(RegisterAddress.SelfTestState, 0) & SelfTestSteps.EmergencyStops);
        Assert.IsFalse(bench.Board.IsLatched);
    }

    [TestMethod]
    [DataRow("gate sticks open", SelfTestSteps.GateClosed, FaultCode.GateMismatch)]
    [DataRow("gate sticks closed", SelfTestSteps.EnableTerm, FaultCode.GateMismatch)]
    [DataRow("watchdog never expires", SelfTestSteps.WatchdogTerm, FaultCode.GateMismatch)]
    [DataRow("latch comes back", SelfTestSteps.LatchStays, FaultCode.GateMismatch)]
    [DataRow("nothing behind the gate", SelfTestSteps.PulsesPass, FaultCode.GatedCountMismatch)]
    [DataRow("memory refused", SelfTestSteps.PulsesBlocked, FaultCode.SendFailed)]
    [DataRow("send refused", SelfTestSteps.TriggerOpens, FaultCode.SendFailed)]
    public void Each_broken_term_is_found_by_its_own_step_and_nothing_arms(string broken, int step, int fault)
    {
        Bench bench = Tested(board =>
        {
            board.GateSticksOpen = broken == "gate sticks open";
            board.GateSticksClosed = broken == "gate sticks closed";
            board.WatchdogNeverExpires = broken == "watchdog never expires";
            board.LatchComesBack = broken == "latch comes back";
            board.LoseGated = broken == "nothing behind the gate";
            board.RefuseMemory = broken == "memory refused";
            board.RefuseSend = broken == "send refused";
        });
        Assert.AreEqual(step, (int)bench.U64(RegisterAddress.SelfTestState, 1));
        Assert.AreEqual((uint)fault, bench.Faults & (uint)fault);
        Assert.AreEqual(SupervisorState.Fault, bench.State);
    }

    [TestMethod]
    public void With_the_key_on_no_pulse_is_made_until_an_operator_says_that_nothing_is_connected()
    {
        Bench bench = new(bootPasses: 0);
        bench.Connect();
        Assert.IsEmpty(bench.Board.Edges);
        Assert.AreEqual((uint)CommandResults.BadArgument, bench.Do(RegisterAddress.GateTest, 0));
        bench.RunFor(1_000_000);
        Assert.IsEmpty(bench.Board.Edges);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.GateTest, 1));
        bench.RunFor(1_500_000);
        Assert.HasCount(2 * GateTest.Pulses, bench.Board.Edges);
        Assert.AreEqual(GateTest.Pulses, bench.Board.Edges.Count(edge => edge.Gated));
        Assert.AreEqual(Steps, (int)bench.U64(RegisterAddress.SelfTestState, 0) & Steps);
        Assert.AreNotEqual(0, bench.U64(RegisterAddress.SelfTestState, 2));
    }

    [TestMethod]
    public void A_key_that_is_turned_on_in_the_middle_ends_the_test_at_once_and_the_gate_stays_untested()
    {
        Bench bench = Tested();
        bench.Board.InputLevels &= ~InputBits.Key;
        bench.RunFor(100_000);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.GateTest, 0));
        Assert.IsTrue(bench.RunUntil(() => bench.Board.IsLatched, 500_000));
        bench.Board.InputLevels |= InputBits.Key;
        bench.Pass();
        Assert.IsFalse(bench.Board.IsLatched);
        int edges = bench.Board.Edges.Count(edge => edge.Gated);
        bench.RunFor(2_000_000);
        Assert.AreEqual(edges, bench.Board.Edges.Count(edge => edge.Gated));
        Assert.AreEqual(SupervisorState.Idle, bench.State);
        bench.Load(Programs.ShortBursts);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        Assert.AreEqual((uint)InhibitReason.GateUntested, bench.U32(RegisterAddress.CommandResult, 3));
    }

    [TestMethod]
    [DataRow("stop")]
    [DataRow("emergency stop")]
    [DataRow("lease")]
    public void Whatever_stops_a_session_stops_the_test(string what)
    {
        Bench bench = Tested();
        bench.Board.InputLevels &= ~InputBits.Key;
        bench.RunFor(100_000);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.GateTest, 0));
        Assert.IsTrue(bench.RunUntil(() => bench.Board.IsLatched, 500_000));
        if (what == "stop")
        {
            bench.Write(RegisterAddress.Stop, 1, 1);
        }
        else if (what == "emergency stop")
        {
            bench.Board.InputLevels &= ~InputBits.EmergencyStops;
        }
        else
        {
            bench.Write(RegisterAddress.ReleaseLease, 4, BitConverter.GetBytes(bench.Nonce));
        }

        bench.Pass();
        bench.Pass();
        Assert.IsFalse(bench.Board.IsLatched);
        int feeds = bench.Board.Feeds;
        bench.RunFor(1_000_000);
        Assert.AreEqual(feeds, bench.Board.Feeds);
        Assert.AreEqual(what == "emergency stop" ? SupervisorState.EmergencyStop : SupervisorState.Idle, bench.State);
    }

    [TestMethod]
    public void A_gate_that_was_tested_a_day_ago_counts_as_untested()
    {
        GateTest test = new(new FakeBoard(), new FakeBoard(), null!, new FakeBoard()) { TestedAtUs = 1_000_000 };
        Assert.IsTrue(test.IsFresh(1_000_000 + GateTest.LifeUs));
        Assert.IsFalse(test.IsFresh(1_000_001 + GateTest.LifeUs));
        Assert.IsFalse(new GateTest(new FakeBoard(), new FakeBoard(), null!, new FakeBoard()).IsFresh(5));
    }

    [TestMethod]
    public void A_collection_that_takes_longer_than_100_ms_forbids_arming()
    {
        Bench bench = new(prepare: board => board.CollectionCostUs = 100_001);
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        Assert.AreEqual((uint)InhibitReason.CollectionTooLong, bench.U32(RegisterAddress.CommandResult, 3));
    }
}
