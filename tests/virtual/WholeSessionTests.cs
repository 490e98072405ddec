using System.Numerics;
using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Virtual.Tests;

/// <summary>Whole sessions: host, link, firmware, chip and bench together; judged by the referee against schedules computed here.</summary>
[TestClass]
public class WholeSessionTests
{
    internal static IEnumerable<object[]> Rows => ProtocolLibrary.All.Select(row => new object[] { row.Id });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Every_library_row_runs_to_its_end_with_every_edge_in_its_place(string id)
    {
        Outcome run = Outcome.Of(id);
        Protocol protocol = ProtocolLibrary.Find(id);
        Assert.AreEqual(SessionVerdict.Completed, run.Result.Verdict, run.Result.Message);
        Assert.AreEqual(protocol.TotalPulses, run.Onsets80.Count, "emitted");
        Assert.AreEqual(protocol.TotalPulses, run.Result.PulsesCounted, "counted");
        Assert.AreEqual(protocol.TotalPulses, run.Board.Bench.Referee.Pulses(RefereeSignal.Stimulator), "at the stimulator");
        long trains = protocol.TotalTrains;
        Assert.HasCount((int)trains, run.Result.Trains, "every train, and every session without trains, is one transaction");
        run.AssertEdges(Schedule.Of(protocol), run.Result.Trains.Select(train => (int)train.PlannedPulses).ToArray());
    }

    [TestMethod]
    public void Odd_intervals_are_right_at_the_last_pulse()
    {
        // 1/7 s between bursts of two pulses 1,333.25 us apart, in trains 2 1/3 s apart.
        RepeatBlock block = new() { PulsesPerBurst = 2, InterPulseUs = new Rational(5333, 4), BurstsPerTrain = 11, InterBurstUs = new Rational(1_000_000, 7), Trains = 9, TrainPeriodUs = new Rational(7_000_000, 3) };
        Protocol protocol = new() { Id = "odd", Blocks = [block] };
        Outcome run = Outcome.Of(protocol);
        Assert.AreEqual(SessionVerdict.Completed, run.Result.Verdict, run.Result.Message);
        Assert.HasCount(198, run.Onsets80);
        run.AssertEdges(Schedule.Of(protocol), Enumerable.Repeat(22, 9).ToArray());
    }

    [TestMethod]
    [DataRow(1ul)]
    [DataRow(2ul)]
    [DataRow(3ul)]
    [DataRow(4ul)]
    public void Pauses_up_to_150_ms_move_no_edge_inside_a_transaction(ulong seed)
    {
        Outcome run = Outcome.Of("itbs600", new VirtualBoardOptions { Seed = seed, MaxPauseMs = 150, MeanPauseIntervalMs = 400 });
        run.AssertEdges(Schedule.Of(ProtocolLibrary.Find("itbs600")), Enumerable.Repeat(30, 20).ToArray());
        Assert.AreEqual(run.Onsets80.Count, run.Result.PulsesRaw);
        if (run.Result.Verdict == SessionVerdict.Completed)
        {
            Assert.HasCount(600, run.Onsets80);
            Assert.IsGreaterThan(150, run.Board.Pauses);
        }
        else
        {
            // A pause can fall between the two clock readings of a start; then, and only then, nothing of that train leaves.
            Assert.IsTrue(run.Result.Faults.All(fault => fault.Name is "StartLate" or "GateLate"), run.Result.Message);
            Assert.AreEqual(0, run.Onsets80.Count % 30);
        }
    }

    [TestMethod]
    public void Start_that_takes_longer_than_its_bound_is_refused_before_its_first_pulse()
    {
        Outcome calm = Outcome.Of("itbs600");
        TrainReading third = calm.Result.Trains[2];
        Outcome run = Outcome.Of("itbs600", new VirtualBoardOptions { Pauses = [new ScheduledPause(third.BeforeSendUs + 1, 1_500)] });
        Assert.AreEqual(SessionVerdict.Faulted, run.Result.Verdict, run.Result.Message);
        Assert.AreEqual("StartLate", run.Result.Faults.Single().Name);
        Assert.HasCount(60, run.Onsets80);
        Assert.AreEqual(60, run.Result.PulsesCounted);
    }

    [TestMethod]
    [DataRow(260_000L)]
    [DataRow(1_000_000L)]
    public void Longer_pause_drops_the_gate_by_hardware_and_the_counts_say_so(long pauseUs)
    {
        Outcome calm = Outcome.Of("itbs600");
        long inTrainUs = calm.Result.Trains[2].PlannedStartUs + 300_000;
        Outcome run = Outcome.Of("itbs600", new VirtualBoardOptions { Pauses = [new ScheduledPause(inTrainUs, pauseUs)] });
        Assert.AreEqual(SessionVerdict.Faulted, run.Result.Verdict, run.Result.Message);
        int stimulated = run.Board.Bench.Referee.Pulses(RefereeSignal.Stimulator);
        Assert.AreEqual(stimulated, run.Result.PulsesCounted, "counted behind the gate");
        Assert.IsLessThan(90, stimulated);

        // The watchdog (250 ms) lets at most 300 ms of the train pass after the last feed: 6 pulses of theta burst.
        long last80 = Analysis.Onsets80(run.Board.Bench.Referee.Span, RefereeSignal.Stimulator)[^1];
        Assert.IsLessThanOrEqualTo((inTrainUs + 320_000) * 80, last80);
        Assert.AreEqual(0, Analysis.PulsesWithGateClosed(run.Board.Bench.Referee.Span, RefereeSignal.Stimulator));
    }

    [TestMethod]
    public void Same_seed_same_edges()
    {
        VirtualBoardOptions options = new() { Seed = 42, MaxPauseMs = 150 };
        Outcome first = Outcome.Of("imtbs600", options);
        Outcome second = Outcome.Of("imtbs600", options);
        CollectionAssert.AreEqual(first.Board.Bench.Referee.Edges.ToArray(), second.Board.Bench.Referee.Edges.ToArray());
    }

    [TestMethod]
    public void Dry_run_plays_every_pulse_on_the_trigger_line_and_none_at_the_stimulator()
    {
        Outcome run = Outcome.Of("itbs600", dry: true);
        Assert.AreEqual(SessionVerdict.Completed, run.Result.Verdict, run.Result.Message);
        Assert.AreEqual(600, run.Result.PulsesRaw);
        Assert.HasCount(600, run.Onsets80);
        Assert.AreEqual(0, run.Board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
        Assert.IsFalse(run.Board.Bench.Referee.Edges.Any(edge => edge.Signal == RefereeSignal.Gate && edge.Level));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    public void Noise_on_the_link_never_causes_a_pulse_that_was_not_asked_for(int seed)
    {
        long[] planned = Schedule.Of(ProtocolLibrary.Find("imtbs600")).Select(onset => onset.TickUs).ToArray();
        for (int round = 0; round < 5; round++)
        {
            int noise = (seed * 100) + round;
            Outcome run = Outcome.Of("imtbs600", noiseSeed: noise);
            string note = $"noise seed {noise}: {run.Result.Verdict} {run.Result.Message}";
            Assert.IsLessThanOrEqualTo(planned.Length, run.Onsets80.Count, note);
            for (int i = 1; i < run.Onsets80.Count; i++)
            {
                // A start may be late by its measured bound against the plan, an edge inside a train by nothing at all.
                double offUs = ((run.Onsets80[i] - run.Onsets80[0]) / 80.0) - (planned[i] - planned[0]);
                Assert.IsInRange(-1_000, 1_000, offUs, note);
            }

            if (run.Result.Verdict == SessionVerdict.Completed)
            {
                Assert.HasCount(planned.Length, run.Onsets80, note);
            }
        }
    }
}
