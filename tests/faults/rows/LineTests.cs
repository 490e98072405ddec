using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Rows 1 to 4: what the trigger line can do that nobody asked for.</summary>
[TestClass]
public sealed class LineTests
{
    private const double LimiterUs = 200;
    private const double WithAPause = 170_000;

    private static readonly string[] counted = ["RawCountMismatch", "GatedCountMismatch", "TriggerOutMismatch", "TriggerNotQuiet"];
    private static readonly Scenario theta = new(Sessions.Theta);
    private static readonly Scenario level = new(Sessions.Theta, new VirtualBoardOptions { Seed = 7, Bench = new BenchOptions { Stimulator = new StimulatorOptions { LevelTriggered = true } } });

    [TestMethod]
    [Hazard(1)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    public void A_trigger_line_that_sticks_high_in_a_train_is_one_pulse_of_100_us_at_most(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 16))
        {
            string note = $"row 1 stuck high in a train (H): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.Force(RigSignal.Trigger, true, stage.At80));
            run.PulsesAfterAtMost(1, note);
            Assert.IsInRange(0, LimiterUs, run.LineLowAfterUs, note);
            Figures.Note(note, "line low, us", run.LineLowAfterUs);
            run.NothingPassesAClosedGate(note);
            run.HasLatchedOneOf(note, counted);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(1)]
    public void A_stimulator_that_fires_on_a_level_is_fired_once_by_a_line_that_sticks_high()
    {
        foreach (Instant instant in level.Calm().Instants(Place.BetweenBursts, 8))
        {
            string note = $"row 1 stuck high, level-triggered stimulator (H): {instant}";
            int before = level.Calm().Onsets80.Count(onset => onset < instant.At80);
            Incident run = level.Run(instant, stage => stage.Bench.Force(RigSignal.Trigger, true, stage.At80));
            int selfTest = run.Board.Bench.Stimulator.Discharges - run.Emitted;
            Assert.AreEqual(0, selfTest, note);
            Assert.IsInRange(before, before + 1, run.Board.Bench.Stimulator.Discharges, note);
        }
    }

    [TestMethod]
    [Hazard(1)]
    [DataRow(Place.Armed)]
    [DataRow(Place.BetweenTrains)]
    [DataRow(Place.Held)]
    public void A_trigger_line_that_sticks_high_with_the_gate_closed_passes_nothing_and_is_latched(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 12))
        {
            string note = $"row 1 stuck high, gate closed (S): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.Force(RigSignal.Trigger, true, stage.At80));
            run.PulsesAfterAtMost(0, note);
            run.HasLatched(note, "TriggerNotQuiet");
            run.LatchedWithin(Expect.TwoPassesUs, note);
        }
    }

    [TestMethod]
    [Hazard(2)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    public void A_trigger_line_that_sticks_low_is_latched_two_passes_after_the_first_pulse_that_is_not_answered(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 16))
        {
            string note = $"row 2 stuck low (S): {instant}";
            long missed80 = theta.Calm().Onsets80.First(onset => onset > instant.At80);
            Incident run = theta.Run(instant, stage => stage.Bench.Force(RigSignal.Trigger, false, stage.At80));
            run.PulsesAfterAtMost(0, note);
            run.HasLatchedOneOf(note, counted);
            double afterMissedUs = run.LatchedAfterUs - ((missed80 - instant.At80) / 80.0);
            Assert.IsInRange(0, Expect.TwoPassesUs + 2_000, afterMissedUs, note);
            Figures.Note(note, "latched after the missed pulse, us", afterMissedUs);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(2)]
    public void A_trigger_wire_that_is_open_between_trains_is_latched_at_the_next_pulse()
    {
        foreach (Instant instant in theta.Calm().Instants(Place.BetweenTrains, 12))
        {
            string note = $"row 2 open between trains (S): {instant}";
            long missed80 = theta.Calm().Onsets80.First(onset => onset > instant.At80);
            Incident run = theta.Run(instant, stage => stage.Bench.Force(RigSignal.Trigger, false, stage.At80));
            run.PulsesAfterAtMost(0, note);
            run.HasLatchedOneOf(note, counted);
            Assert.IsInRange(0, Expect.TwoPassesUs + 2_000, run.LatchedAfterUs - ((missed80 - instant.At80) / 80.0), note);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(3)]
    public void A_second_edge_within_the_limiter_s_dead_time_reaches_no_stimulator()
    {
        Random random = new(3);
        foreach (long onset80 in Picked(random, 24))
        {
            long after80 = random.NextInt64(101 * 80, 800 * 80);
            string note = $"row 3 second edge after {after80 / 80.0} us of {onset80} (H)";
            Incident run = theta.Run(new Instant(Place.InBurst, onset80 + after80), stage => stage.Bench.Spike(RigSignal.Trigger, true, stage.At80, 400));
            List<long> emitted = run.Onsets80(RefereeSignal.Stimulator);
            CollectionAssert.AreEqual(theta.Calm().Onsets80.Take(emitted.Count).ToList(), emitted, note);
            run.NothingPassesAClosedGate("row 3 second edge early (H)");
            run.HasLatched(note, "RawCountMismatch");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(3)]
    public void A_second_edge_after_the_dead_time_is_one_pulse_and_a_latched_fault_within_two_passes()
    {
        Random random = new(4);
        foreach (long onset80 in Picked(random, 24))
        {
            long after80 = random.NextInt64(810 * 80, 5_000 * 80);
            string note = $"row 3 second edge late (S): {after80 / 80.0} us after {onset80}";
            Incident run = theta.Run(new Instant(Place.InBurst, onset80 + after80), stage => stage.Bench.Spike(RigSignal.Trigger, true, stage.At80, 400));
            run.GateClosesWithin(Expect.TwoPassesUs, note);
            run.LatchedWithin(Expect.TwoPassesUs, note);
            int planned = theta.Calm().Onsets80.Count(one => one > run.At80 && one <= run.At80 + (20_000 * 80));
            run.PulsesAfterAtMost(1 + planned, note);
            run.HasLatchedOneOf(note, counted);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(4)]
    [DataRow(1_000)]
    [DataRow(5_000)]
    [DataRow(20_000)]
    [DataRow(100_000)]
    public void Edges_that_do_not_end_close_the_gate_within_two_passes(int everyUs)
    {
        foreach (Place place in new[] { Place.InBurst, Place.BetweenBursts })
        {
            foreach (Instant instant in theta.Calm(place).Instants(place, 8))
            {
                string note = $"row 4 edges every {everyUs} us (S): {instant}";
                Incident run = theta.Run(instant, stage => Repeat(stage, everyUs));

                // The first edge that reaches the stimulator as one too many is the fault; one that the limiter swallows is not.
                long excess80 = run.FirstExcess80(theta.Calm());
                double untilUs = excess80 == Ticks80.Never ? (3 * everyUs) + Expect.TwoPassesUs : ((excess80 - instant.At80) / 80.0) + Expect.TwoPassesUs;
                run.GateClosesWithin(untilUs, note);
                if (excess80 != Ticks80.Never) { Figures.Note(note, "gate closed after the first pulse too many, us", run.GateClosedAfterUs - untilUs + Expect.TwoPassesUs); }
                run.PulsesAfterAtMost((int)(untilUs / everyUs) + 1 + theta.Calm().Onsets80.Count(onset => onset > run.At80 && onset <= run.At80 + (untilUs * 80)), note);
                run.HasLatchedOneOf(note, counted);
                run.RecordSaysSo(note);
            }
        }
    }

    [TestMethod]
    [Hazard(4)]
    public void Edges_that_do_not_end_during_a_pause_of_150_ms_close_the_gate_when_it_is_over()
    {
        foreach (Instant instant in theta.Calm().Instants(Place.InBurst, 8))
        {
            string note = $"row 4 edges every 20 ms in a pause of 150 ms (S): {instant}";
            Incident run = theta.Run(instant, stage =>
            {
                stage.Board.Faults.PauseAt(stage.AtUs, 150_000);
                Repeat(stage, 20_000);
            });
            run.GateClosesWithin(WithAPause, note);
            run.HasLatchedOneOf(note, counted);
        }
    }

    [TestMethod]
    [Hazard(4)]
    [DataRow(Place.Armed)]
    [DataRow(Place.BetweenTrains)]
    [DataRow(Place.Held)]
    public void Edges_outside_a_train_pass_nothing_and_are_latched_within_two_passes(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 8))
        {
            string note = $"row 4 edges outside a train (S): {instant}";
            Incident run = theta.Run(instant, stage => Repeat(stage, 5_000));
            run.PulsesAfterAtMost(0, note);
            run.HasLatched(note, "TriggerNotQuiet");
            run.LatchedWithin(Expect.TwoPassesUs, note);
        }
    }

    private static void Repeat(Stage stage, int everyUs)
    {
        for (int i = 0; i < 1_000_000 / everyUs; i++)
        {
            stage.Bench.Spike(RigSignal.Trigger, true, stage.At80 + Ticks80.FromUs((long)i * everyUs), 400);
        }
    }

    // Not the last pulse of a train: what follows it is another test's.
    private static IEnumerable<long> Picked(Random random, int count)
    {
        List<long> onsets = theta.Calm().Onsets80;
        for (int i = 0; i < count; i++) { yield return onsets[(random.Next(3) * 30) + random.Next(29)]; }
    }
}
