using Escapement.Rig;

namespace Escapement.Faults.Tests;

/// <summary>Rows 46 and 49: what a discharge does to wires, feed, processor and cable, and what could delay an edge.</summary>
[TestClass]
public sealed class DisturbanceTests
{
    private const int Times = 8;

    private static readonly Scenario theta = new(Sessions.Theta);

    [TestMethod]
    [Hazard(46)]
    [DataRow(Place.Armed)]
    [DataRow(Place.BetweenTrains)]
    [DataRow(Place.Held)]
    public void A_false_edge_on_the_trigger_line_with_the_gate_closed_reaches_nothing_and_is_latched(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, Times))
        {
            string note = $"row 46 false edge, gate closed (S): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.Spike(RigSignal.Trigger, true, stage.At80, Ticks80.FromUs(40)));
            run.PulsesAfterAtMost(0, note);
            run.GateClosesWithin(Expect.TwoPassesUs, note);
            run.HasLatched(note, "TriggerNotQuiet");
            run.LatchedWithin(Expect.TwoPassesUs, note);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(46)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    public void A_false_edge_in_a_train_makes_one_pulse_at_most_and_the_session_does_not_complete(Place place)
    {
        Calm calm = theta.Calm(place);
        foreach (Instant instant in calm.Instants(place, Times))
        {
            string note = $"row 46 false edge in a train (S): {instant}";
            long trainEnd80 = calm.Onsets80.Where((onset, i) => onset > instant.At80 && (i + 1 == calm.Onsets80.Count || calm.Onsets80[i + 1] - onset > Ticks80.FromMs(1_000))).First();
            Incident run = theta.Run(instant, stage => stage.Bench.Spike(RigSignal.Trigger, true, stage.At80, Ticks80.FromUs(40)));
            Assert.IsLessThanOrEqualTo(calm.Onsets80.Count(onset => onset <= trainEnd80) + 1, run.Emitted, $"{note}: one more than planned until the train's end");
            Assert.AreEqual(0, run.PulsesAfter(trainEnd80 + Ticks80.FromMs(21)), $"{note}: no other train");
            run.NothingPassesAClosedGate(note);
            if (run.Emitted > calm.Onsets80.Count(onset => onset <= instant.At80) || run.Faults.Length > 0)
            {
                run.HasLatchedOneOf(note, "RawCountMismatch", "GatedCountMismatch", "TriggerOutMismatch", "TriggerNotQuiet");
            }

            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(46)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    public void A_trigger_that_couples_into_the_heartbeat_does_not_feed_the_watchdog_of_a_firmware_that_hangs(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, Times))
        {
            string note = $"row 46 trigger couples into the heartbeat (W): {instant}";
            Incident run = theta.Run(instant, stage =>
            {
                stage.Bench.Couple(RigSignal.Trigger, RigSignal.Heartbeat, Ticks80.FromUs(1_500), stage.At80 - Ticks80.FromMs(50));
                stage.Board.Faults.PauseAt(stage.AtUs, 30_000_000);
            });
            run.GateClosesWithin(Expect.WatchdogUs, note);
            run.PulsesAfterAtMost(6, note);
        }
    }

    [TestMethod]
    [Hazard(46)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.BetweenTrains)]
    public void A_processor_that_is_reset_by_a_discharge_leaves_a_closed_gate_and_resumes_nothing(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, Times))
        {
            string note = $"row 46 processor reset (H): {instant}";
            Incident run = theta.Run(instant, stage => stage.Board.Faults.CutPowerAt(stage.AtUs, 100));
            run.GateClosesWithin(Expect.HardwareUs, note);
            run.PulsesAfterAtMost(1, note);
            run.HasLatchedOneOf(note, "AbnormalEnd");
        }
    }

    [TestMethod]
    [Hazard(49)]
    public void A_pause_of_up_to_150_ms_anywhere_in_a_train_moves_no_edge()
    {
        Random random = new(49);
        Calm calm = theta.Calm();
        foreach (Instant instant in calm.Instants(Place.InBurst, Times).Concat(calm.Instants(Place.BetweenBursts, Times)))
        {
            int pauseUs = random.Next(1_000, 150_001);
            string note = $"row 49 interpreter stands still in a train: for {pauseUs} us, {instant}";
            Incident run = theta.Run(instant, stage => stage.Board.Faults.PauseAt(stage.AtUs, pauseUs));
            run.TrainIsAsPlanned(calm, note);
        }
    }
}
