using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

[TestClass]
public class SessionTests
{
    [TestMethod]
    public void Board_boots_to_idle_and_nothing_is_armed()
    {
        Bench bench = new();
        Assert.AreEqual(SupervisorState.Idle, bench.State);
        Assert.AreEqual(0, bench.Board.Feeds);
        Assert.IsFalse(bench.Board.IsLatched);
    }

    [TestMethod]
    public void Session_plays_every_pulse_where_it_was_planned_through_the_gate()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"state {bench.State} faults {bench.Faults:x}");
        bench.RunFor(200_000);
        Assert.HasCount(18, bench.Board.Edges);
        Assert.IsTrue(bench.Board.Edges.All(edge => edge.Gated));

        long origin = bench.Board.Edges[0].TimeUs;
        long[] onsets = Programs.ShortBurstOnsets;
        for (int train = 0; train < 3; train++)
        {
            // Inside a transaction exact; its start late by what the clock reading before the send cost, never early.
            long first = bench.Board.Edges[train * 6].TimeUs;
            Assert.IsInRange(-5, 5, first - origin - onsets[train * 6]);
            for (int i = 0; i < 6; i++)
            {
                Assert.AreEqual(onsets[(train * 6) + i] - onsets[train * 6], bench.Board.Edges[(train * 6) + i].TimeUs - first);
            }
        }

        Assert.AreEqual(18, bench.U64(RegisterAddress.Status, StatusField.GatedPulses));
        Assert.HasCount(3, bench.Trains.ToList());
        Assert.IsTrue(bench.Trains.All(train => BitConverter.ToInt64(train, 8 * TrainReportField.Result) == 0));
        Assert.AreEqual(0u, bench.Faults);
    }

    [TestMethod]
    public void Dry_run_counts_on_the_trigger_line_and_never_opens_the_gate()
    {
        Bench bench = Bench.Running(Programs.ShortBursts, dry: true);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done));
        bench.RunFor(200_000);
        Assert.HasCount(18, bench.Board.Edges);
        Assert.IsTrue(bench.Board.Edges.All(edge => !edge.Gated));
        Assert.AreEqual(18, bench.U64(RegisterAddress.Status, StatusField.RawPulses));
        Assert.AreEqual(0, bench.U64(RegisterAddress.Status, StatusField.GatedPulses));
    }

    [TestMethod]
    public void Watchdog_is_fed_only_while_armed_or_running()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        Assert.AreEqual(0, bench.Board.Feeds);
        bench.ArmAndWait();
        bench.RunFor(500_000);
        Assert.IsGreaterThan(40, bench.Board.Feeds);
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done));
        int feeds = bench.Board.Feeds;
        bench.RunFor(500_000);
        Assert.AreEqual(feeds, bench.Board.Feeds);
    }

    [TestMethod]
    public void Armed_board_disarms_itself_after_sixty_seconds()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        bench.RunFor(59_000_000);
        Assert.AreEqual(SupervisorState.Armed, bench.State);
        bench.RunFor(1_500_000);
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
        Assert.IsEmpty(bench.Board.Edges);
    }

    [TestMethod]
    public void Program_is_gone_after_done_and_arming_needs_a_new_upload()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done));
        bench.RunFor(200_000);
        Assert.AreEqual(0u, bench.U32(RegisterAddress.Digest, 0));
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.NoProgram);
    }

    [TestMethod]
    public void Hold_waits_for_the_end_of_the_train_and_resume_never_comes_nearer_than_planned()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count >= 2));
        bench.Write(RegisterAddress.Hold, 1, 1);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Held));
        Assert.AreEqual(1, bench.Seen[RegisterAddress.Hold][0]);
        Assert.HasCount(6, bench.Board.Edges);
        Assert.IsFalse(bench.Board.IsLatched);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Resume, bench.U32(RegisterAddress.Digest, 0)));
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"faults {bench.Faults:x}");
        Assert.HasCount(18, bench.Board.Edges);
        Assert.IsGreaterThanOrEqualTo(2_000_000 - 5, bench.Board.Edges[6].TimeUs - bench.Board.Edges[0].TimeUs);
        Assert.IsInRange(-5, 5, bench.Board.Edges[12].TimeUs - bench.Board.Edges[6].TimeUs - 2_000_000);
    }

    [TestMethod]
    public void Long_hold_moves_the_rest_of_the_session_as_a_whole()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count >= 2));
        bench.Write(RegisterAddress.Hold, 1, 1);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Held));
        bench.RunFor(200_000);
        long leftUs = bench.U64(RegisterAddress.Status, StatusField.TimeLeftUs);
        Assert.IsInRange(3_000_000, 4_220_000, leftUs);
        bench.RunFor(19_800_000);
        Assert.AreEqual(leftUs, bench.U64(RegisterAddress.Status, StatusField.TimeLeftUs), "time left runs during a hold");
        Assert.HasCount(6, bench.Board.Edges);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Resume, bench.U32(RegisterAddress.Digest, 0)));
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"faults {bench.Faults:x}");
        Assert.HasCount(18, bench.Board.Edges);
        Assert.IsInRange(-5, 5, bench.Board.Edges[12].TimeUs - bench.Board.Edges[6].TimeUs - 2_000_000);
    }

    [TestMethod]
    public void Hold_is_refused_in_the_last_train()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count >= 13));
        bench.Write(RegisterAddress.Hold, 1, 1);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done));
        Assert.AreEqual(0, bench.Seen[RegisterAddress.Hold][0]);
    }

    [TestMethod]
    public void Stop_in_the_middle_of_a_train_ends_it_within_a_pass_and_says_how_far_it_came()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 8));
        bench.Write(RegisterAddress.Stop, 1, 1);
        bench.Pass();
        Assert.IsFalse(bench.Board.IsLatched);
        bench.RunFor(5_000_000);
        Assert.AreEqual(SupervisorState.Idle, bench.State);
        Assert.HasCount(8, bench.Board.Edges);
        byte[] train = bench.Trains.Last();
        Assert.AreEqual(255, BitConverter.ToInt64(train, 8 * TrainReportField.Result));
        Assert.AreEqual(2, BitConverter.ToInt64(train, 8 * TrainReportField.GatedPulses));
        Assert.AreEqual(0u, bench.Faults);
    }
}
