using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

[TestClass]
public class FaultTests
{
    private static void AssertFault(Bench bench, int fault, int state = SupervisorState.Fault)
    {
        bench.RunFor(3_000_000);
        Assert.AreEqual((uint)fault, bench.Faults & (uint)fault, $"faults {bench.Faults:x}");
        Assert.AreEqual(state, bench.State);
        Assert.IsFalse(bench.Board.IsLatched && !bench.Board.GateSticksOpen, "gate still open");
        int edges = bench.Board.Edges.Count;
        int feeds = bench.Board.Feeds;
        bench.RunFor(3_000_000);
        Assert.HasCount(edges, bench.Board.Edges, "something left after the fault");
        Assert.AreEqual(feeds, bench.Board.Feeds, "fed after the fault");
    }

    [TestMethod]
    public void Start_beyond_its_bound_is_disposed_before_its_first_pulse()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 6));
        bench.Board.SendCostUs = 1_500;
        AssertFault(bench, FaultCode.StartLate);
        Assert.HasCount(6, bench.Board.Edges);
        Assert.AreEqual(FaultLatchCode(FaultCode.StartLate), bench.U64(RegisterAddress.FirstFault, 0));
    }

    [TestMethod]
    public void Gate_that_opens_too_close_to_the_first_pulse_faults_before_it()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 6));
        bench.Board.EnableCostUs = 196_000;
        AssertFault(bench, FaultCode.GateLate);
        Assert.IsTrue(bench.Board.Edges.Count <= 6 || !bench.Board.Edges[6].Gated);
    }

    [TestMethod]
    public void Gate_that_does_not_open_faults_before_the_first_pulse()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        bench.Board.GateSticksClosed = true;
        bench.StartSession();
        AssertFault(bench, FaultCode.GateMismatch);
        Assert.IsEmpty(bench.Board.Edges);
    }

    [TestMethod]
    public void Gate_that_drops_in_a_train_faults_within_two_passes()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Board.GateSticksClosed = true;
        bench.Pass();
        bench.Pass();
        Assert.AreEqual(SupervisorState.Fault, bench.State);
        bench.Board.GateSticksClosed = false;
        AssertFault(bench, FaultCode.GateMismatch);
    }

    [TestMethod]
    public void Gate_that_stays_open_after_an_abort_bars_feeding_until_power_off()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Board.GateSticksOpen = true;
        bench.Write(RegisterAddress.Stop, 1, 1);
        AssertFault(bench, FaultCode.GateMismatch);
        bench.Board.GateSticksOpen = false;
        bench.RunFor(300_000);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Do(RegisterAddress.Clear, bench.Faults));
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.GateNotClosed);
    }

    [TestMethod]
    public void Pulse_on_the_trigger_line_while_armed_faults()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        bench.Board.StrayRaw = 1;
        AssertFault(bench, FaultCode.TriggerNotQuiet);
    }

    [TestMethod]
    public void Pulses_that_go_on_after_a_stop_bar_feeding_until_power_off()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Write(RegisterAddress.Stop, 1, 1);
        bench.RunFor(100_000);
        bench.Board.StrayRaw = 1;
        AssertFault(bench, FaultCode.TriggerNotQuiet);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Do(RegisterAddress.Clear, bench.Faults));
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.GateNotClosed);
    }

    [TestMethod]
    public void Gate_that_opens_by_itself_faults_in_any_state()
    {
        Bench bench = new();
        bench.Connect();
        bench.Board.GateSticksOpen = true;
        bench.RunFor(50_000);
        Assert.AreEqual(SupervisorState.Fault, bench.State);
        Assert.AreEqual((uint)FaultCode.GateMismatch, bench.Faults);
    }

    [TestMethod]
    public void Pulse_behind_the_gate_while_idle_faults()
    {
        Bench bench = new();
        bench.Connect();
        bench.Board.StrayGated = 1;
        bench.RunFor(50_000);
        Assert.AreEqual(SupervisorState.Fault, bench.State);
    }

    [TestMethod]
    public void Pulse_on_the_trigger_line_while_idle_forbids_arming_until_somebody_stops()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.Board.StrayRaw = 1;
        bench.RunFor(6_000_000);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        Assert.AreEqual((uint)InhibitReason.TriggerNotQuiet, bench.U32(RegisterAddress.CommandResult, 3));
        bench.Write(RegisterAddress.Stop, 1, 1);
        bench.RunFor(700_000);
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
    }

    [TestMethod]
    public void Link_that_fails_starves_the_watchdog_and_ends_the_lease()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Board.LinkFails = true;
        int feeds = bench.Board.Feeds;
        bench.RunFor(600_000);
        Assert.AreEqual(feeds, bench.Board.Feeds);
        Assert.AreEqual(SupervisorState.Fault, bench.State);
    }

    [TestMethod]
    public void Pulse_between_two_trains_faults_before_the_next()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Trains.Any()));
        bench.Board.StrayRaw = 1;
        AssertFault(bench, FaultCode.TriggerNotQuiet);
        Assert.HasCount(6, bench.Board.Edges);
    }

    [TestMethod]
    [DataRow(2, DisplayName = "two too many")]
    public void Excess_pulses_fault_within_a_pass(int stray)
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Board.StrayRaw = stray;
        bench.Pass();
        Assert.AreEqual(SupervisorState.Fault, bench.State);
        AssertFault(bench, FaultCode.RawCountMismatch);
    }

    [TestMethod]
    public void One_pulse_more_than_planned_faults_at_the_end_of_the_train()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Board.StrayRaw = 1;
        AssertFault(bench, FaultCode.RawCountMismatch);
        Assert.IsLessThanOrEqualTo(6, bench.Board.Edges.Count);
    }

    [TestMethod]
    public void Pulses_lost_behind_the_gate_fault()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        bench.Board.LoseGated = true;
        AssertFault(bench, FaultCode.GatedCountMismatch);
        Assert.IsLessThanOrEqualTo(3, bench.Board.Edges.Count);
    }

    [TestMethod]
    public void Counter_that_fails_faults()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Board.StrayGated = -1;
        AssertFault(bench, FaultCode.CounterFailed);
    }

    [TestMethod]
    public void Trigger_hardware_that_refuses_faults_and_nothing_leaves()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        bench.Board.RefuseSend = true;
        bench.StartSession();
        AssertFault(bench, FaultCode.SendFailed);
        Assert.IsEmpty(bench.Board.Edges);
    }

    [TestMethod]
    public void List_that_changes_after_it_was_judged_is_never_sent()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Trains.Any()));
        bench.RunFor(300_000);
        ((ITriggerOutput)bench.Board).Buffer(0)[20] ^= 1;
        AssertFault(bench, FaultCode.ListChanged);
        Assert.HasCount(6, bench.Board.Edges);
    }

    [TestMethod]
    [DataRow(InputBits.EmergencyStopA, FaultCode.EmergencyStop, SupervisorState.EmergencyStop)]
    [DataRow(InputBits.EmergencyStopB, FaultCode.EmergencyStop, SupervisorState.EmergencyStop)]
    [DataRow(InputBits.Interlock, FaultCode.InterlockOpened, SupervisorState.Fault)]
    [DataRow(InputBits.Key, FaultCode.KeyTurnedOff, SupervisorState.Fault)]
    [DataRow(InputBits.Coil, FaultCode.CoilLost, SupervisorState.Fault)]
    public void Input_that_opens_stops_within_two_passes_and_closing_it_restarts_nothing(int input, int fault, int state)
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Board.InputLevels &= ~input;
        bench.Pass();
        Assert.AreEqual(state, bench.State);
        bench.Board.InputLevels = InputBits.Levels;
        AssertFault(bench, fault, state);
        bench.RunFor(60_000_000);
        Assert.AreEqual(state, bench.State);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Clear, bench.Faults));
        bench.RunFor(100_000);
        Assert.AreEqual(SupervisorState.Idle, bench.State);
    }

    [TestMethod]
    public void Further_fault_never_hides_an_emergency_stop()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Board.InputLevels &= ~InputBits.EmergencyStopA;
        bench.RunFor(50_000);
        bench.Board.StrayGated = -1;
        bench.RunFor(700_000);
        bench.Board.StrayGated = 0;
        bench.Board.GateSticksOpen = true;
        bench.RunFor(100_000);
        Assert.AreEqual(SupervisorState.EmergencyStop, bench.State);
        Assert.AreNotEqual(0u, bench.Faults & FaultCode.GateMismatch);
    }

    [TestMethod]
    public void Stimulator_that_is_not_ready_faults_before_the_train()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Trains.Any()));
        bench.Board.InputLevels &= ~InputBits.StimulatorReady;
        AssertFault(bench, FaultCode.StimulatorNotReady);
        Assert.HasCount(6, bench.Board.Edges);
    }

    [TestMethod]
    public void Host_that_falls_silent_loses_the_lease_and_the_run_faults_within_500_ms_and_two_passes()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.RenewLease = false;
        long silentSinceUs = bench.Now;
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Fault));
        Assert.IsLessThanOrEqualTo(520_100, bench.Now - silentSinceUs);
        AssertFault(bench, FaultCode.LeaseLost);
    }

    [TestMethod]
    [DataRow((byte)0xE4, DisplayName = "standby")]
    [DataRow((byte)0xF5, DisplayName = "muted")]
    public void Link_that_is_silenced_stops_the_run(byte control)
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Write(RegisterAddress.OperationControl, 1, control);
        bench.Pass();
        Assert.AreEqual(SupervisorState.Fault, bench.State);
        Assert.IsFalse(bench.Board.IsLatched);
    }

    [TestMethod]
    public void Pause_of_150_ms_in_a_train_moves_nothing()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Board.Advance(150_000);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"faults {bench.Faults:x}");
        Assert.HasCount(18, bench.Board.Edges);
    }

    [TestMethod]
    public void Longer_pause_in_a_train_faults()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Board.Advance(200_000);
        AssertFault(bench, FaultCode.PassOverrun);
    }

    [TestMethod]
    public void Pause_just_before_a_start_is_absorbed_by_the_lead_in()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 6));
        long nextStartUs = bench.Board.Edges[0].TimeUs + 2_000_000;
        Assert.IsTrue(bench.RunUntil(() => nextStartUs - bench.Now < 211_000));
        bench.Board.Advance(150_000);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"faults {bench.Faults:x}");
        Assert.IsInRange(-5, 5, bench.Board.Edges[6].TimeUs - nextStartUs);
    }

    private static long FaultLatchCode(int mask) => System.Numerics.BitOperations.TrailingZeroCount(mask) + 1;
}
