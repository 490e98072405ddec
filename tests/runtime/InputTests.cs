using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Runtime.Watch;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>Inputs: present or absent, debounced without symmetry, seen both ways, compared with each other.</summary>
[TestClass]
public class InputTests
{
    private static Bench Running(Action<FakeBoard>? prepare = null)
    {
        Bench bench = Bench.Running(Programs.ShortBursts, prepare: prepare);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count > 0));
        return bench;
    }

    private static Bench Connected(Action<FakeBoard>? prepare = null, int bootPasses = 200)
    {
        Bench bench = new(prepare: prepare, bootPasses: bootPasses);
        bench.Connect();
        return bench;
    }

    private static int ReasonsNow(Bench bench) => (int)(uint)bench.U64(RegisterAddress.Status, 7);

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(60_000, 0)]
    [DataRow(70_000, InputBits.Interlock)]
    public void An_input_counts_as_safe_only_after_65_ms_without_a_bad_sample(int goodForUs, int safe)
    {
        InputWatch watch = new(InputBits.Levels);
        watch.Take(InputBits.Levels & ~InputBits.Interlock, 1_000_000);
        for (int us = 10_000; us <= 10_000 + goodForUs; us += 10_000)
        {
            watch.Take(InputBits.Levels, 1_000_000 + us);
        }

        Assert.AreEqual(safe, watch.Safe & InputBits.Interlock);
    }

    [TestMethod]
    public void One_bad_sample_takes_it_away_at_once_and_65_ms_begin_anew()
    {
        InputWatch watch = new(InputBits.Levels);
        for (int us = 0; us <= 100_000; us += 10_000)
        {
            watch.Take(InputBits.Levels, us);
        }

        Assert.AreEqual(InputBits.Levels, watch.Safe);
        watch.Take(InputBits.Levels & ~InputBits.Key, 110_000);
        Assert.AreEqual(InputBits.Levels & ~InputBits.Key, watch.Safe);
        watch.Take(InputBits.Levels, 120_000);
        watch.Take(InputBits.Levels & ~InputBits.Key, 170_000);
        for (int us = 180_000; us < 245_000; us += 10_000)
        {
            watch.Take(InputBits.Levels, us);
            Assert.AreEqual(0, watch.Safe & InputBits.Key, $"at {us}");
        }

        watch.Take(InputBits.Levels, 245_000);
        Assert.AreEqual(InputBits.Key, watch.Safe & InputBits.Key);
    }

    [TestMethod]
    public void Two_good_samples_around_a_long_pause_prove_nothing()
    {
        InputWatch watch = new(InputBits.Levels);
        watch.Take(0, 1_000);
        watch.Take(InputBits.Levels, 10_000);
        watch.Take(InputBits.Levels, 160_000);
        Assert.AreEqual(0, watch.Safe & ~InputBits.StimulatorReady);
    }

    [TestMethod]
    public void An_absent_input_is_said_to_be_absent_and_stands_in_nobody_s_way()
    {
        Bench bench = Running(board => board.Present = InputBits.EmergencyStops | InputBits.Key);
        Assert.AreEqual((uint)(InputBits.EmergencyStops | InputBits.Key), bench.Ask(RegisterAddress.Inputs, 4, 0));
        bench.Board.InputLevels &= ~(InputBits.Coil | InputBits.Interlock);
        bench.RunFor(50_000);
        Assert.AreEqual(SupervisorState.Running, bench.State);
    }

    [TestMethod]
    [DataRow(InputBits.EmergencyStopA)]
    [DataRow(InputBits.EmergencyStopB)]
    [DataRow(InputBits.Interlock)]
    [DataRow(InputBits.Key)]
    [DataRow(InputBits.Coil)]
    public void A_switch_that_floats_in_a_build_that_has_it_stops(int input)
    {
        Bench bench = Running();
        bench.Board.InputLevels &= ~input;
        bench.Pass();
        bench.Pass();
        Assert.IsTrue(bench.State is SupervisorState.Fault or SupervisorState.EmergencyStop, $"state {bench.State}");
    }

    [TestMethod]
    public void Without_having_seen_both_channels_open_nothing_arms()
    {
        Bench bench = Connected(bootPasses: 0);
        bench.Load(Programs.ShortBursts);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        Assert.AreEqual((uint)(InhibitReason.EmergencyStopUntested | InhibitReason.GateUntested), bench.U32(RegisterAddress.CommandResult, 3));
        Press(bench, InputBits.EmergencyStops, 200_000);
        Assert.AreEqual(SupervisorState.EmergencyStop, bench.State);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Clear, FaultCode.EmergencyStop));
        bench.RunFor(100_000);
        Assert.AreEqual(0, ReasonsNow(bench) & InhibitReason.EmergencyStopUntested);
    }

    [TestMethod]
    [DataRow(InputBits.EmergencyStopA)]
    [DataRow(InputBits.EmergencyStopB)]
    public void A_welded_channel_of_the_emergency_stop_latches_and_cannot_arm_again(int follows)
    {
        Bench bench = Connected();
        Press(bench, follows, 300_000);
        Assert.AreEqual((uint)(FaultCode.EmergencyStop | FaultCode.EmergencyStopDiscrepancy), bench.Faults);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Clear, FaultCode.EmergencyStop | FaultCode.EmergencyStopDiscrepancy));
        bench.Load(Programs.ShortBursts);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        Assert.AreEqual((uint)InhibitReason.EmergencyStopUntested, bench.U32(RegisterAddress.CommandResult, 3));
    }

    [TestMethod]
    public void Channels_that_open_50_ms_apart_are_one_button()
    {
        Bench bench = Connected();
        bench.Board.InputLevels &= ~InputBits.EmergencyStopA;
        bench.RunFor(50_000);
        Press(bench, InputBits.EmergencyStopB, 200_000);
        bench.RunFor(200_000);
        Assert.AreEqual((uint)FaultCode.EmergencyStop, bench.Faults);
    }

    [TestMethod]
    public void The_foot_switch_must_be_seen_released_before_arming_and_be_held_from_the_start_on()
    {
        Action<FakeBoard> withFootSwitch = board => board.Present |= InputBits.FootSwitch;
        Bench held = Connected(board => { withFootSwitch(board); board.InputLevels |= InputBits.FootSwitch; });
        held.Load(Programs.ShortBursts);
        Assert.AreEqual((uint)CommandResults.Inhibited, held.Arm(), "taped down");
        Assert.AreEqual((uint)InhibitReason.FootSwitchNotReady, held.U32(RegisterAddress.CommandResult, 3));

        Bench bench = Connected(withFootSwitch);
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Do(RegisterAddress.Start, bench.U32(RegisterAddress.Digest, 0)));
        Assert.AreEqual((uint)InhibitReason.FootSwitchNotReady, bench.U32(RegisterAddress.CommandResult, 3));
        bench.Board.InputLevels |= InputBits.FootSwitch;
        bench.RunFor(100_000);
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count > 0));
        bench.Board.InputLevels &= ~InputBits.FootSwitch;
        bench.Pass();
        bench.Pass();
        Assert.AreEqual((uint)FaultCode.FootSwitchReleased, bench.Faults);
        int edges = bench.Board.Edges.Count(edge => edge.Gated);
        bench.Board.InputLevels |= InputBits.FootSwitch;
        bench.RunFor(60_000_000);
        Assert.AreEqual(edges, bench.Board.Edges.Count(edge => edge.Gated), "stepping on it again resumes nothing");
    }

    [TestMethod]
    public void Every_answer_of_the_stimulator_as_planned_ends_a_session_as_planned()
    {
        Bench bench = Running(board => { board.Present |= InputBits.TriggerOut; board.AnswersLeft = int.MaxValue; });
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done, 60_000_000), $"state {bench.State}, faults {bench.Faults:X}");
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(1)]
    public void One_answer_too_few_or_too_many_stops_the_train(int stray)
    {
        Bench bench = Running(board => { board.Present |= InputBits.TriggerOut; board.AnswersLeft = int.MaxValue; });
        bench.RunUntil(() => bench.Board.Edges.Count(edge => edge.Gated) >= 2);
        bench.RunFor(10_000);
        int before = bench.Board.Edges.Count(edge => edge.Gated);
        bench.Board.StrayOut = stray > 0 ? 1 : 0;
        bench.Board.AnswersLeft = stray > 0 ? int.MaxValue : before;
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Fault, 1_000_000));
        int after = bench.Board.Edges.Count(edge => edge.Gated);
        Assert.IsLessThanOrEqualTo(before + 2, after, "no more than the pulse that went unanswered and those of two passes");
        bench.RunFor(50_000);
        Assert.AreEqual((uint)FaultCode.TriggerOutMismatch, bench.Faults);
    }

    [TestMethod]
    public void An_answer_while_armed_is_a_fault()
    {
        Bench bench = Connected(board => board.Present |= InputBits.TriggerOut);
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        bench.Board.StrayOut = 1;
        bench.RunFor(20_000);
        Assert.AreEqual((uint)FaultCode.TriggerOutMismatch, bench.Faults);
    }

    private static void Press(Bench bench, int channels, long us)
    {
        int levels = bench.Board.InputLevels;
        bench.Board.InputLevels &= ~channels;
        bench.RunFor(us);
        bench.Board.InputLevels = levels | InputBits.EmergencyStops;
        bench.RunFor(200_000);
    }
}
