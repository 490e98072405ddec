using Escapement.Rig;

namespace Escapement.Faults.Tests;

/// <summary>Rows 41 to 43, 45 and 57: the stimulator's answers, and the lack of them.</summary>
[TestClass]
public sealed class StimulatorTests
{
    private const int Times = 8;

    // An answer is due within 2 ms; then two passes.
    private const double AnswerUs = 2_000 + Expect.TwoPassesUs;

    private static readonly Scenario theta = new(Sessions.Theta);

    [TestMethod]
    [Hazard(41)]
    [DataRow(false)]
    [DataRow(true)]
    public void A_stimulator_that_is_not_ready_before_a_train_ends_the_session_before_its_first_pulse(bool comesBackLate)
    {
        foreach (Instant instant in theta.Calm().Instants(Place.BetweenTrains, Times))
        {
            string note = $"row 41 stimulator not ready before a train (S): {instant}";
            long next80 = theta.Calm().Onsets80.First(onset => onset > instant.At80);
            Incident run = theta.Run(instant, stage =>
            {
                stage.Bench.Force(RigSignal.StimulatorReady, false, stage.At80);
                if (comesBackLate) { stage.Bench.Release(RigSignal.StimulatorReady, next80 + Ticks80.FromMs(300)); }
            });
            run.PulsesAfterAtMost(0, note);
            run.GateClosesWithin(next80, note); // it was closed and stays so
            Assert.AreEqual(0, run.GateClosedAfterUs, note);
            run.HasLatched(note, "StimulatorNotReady");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(41)]
    public void A_stimulator_that_charges_longer_than_the_interval_is_found_by_its_missing_answer()
    {
        foreach (Instant instant in JustBeforeABurst(Times))
        {
            string note = $"row 41 charges longer than the interval (S): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.At(stage.At80, () => stage.Bench.Stimulator.RechargeUs = 30_000));
            run.GateClosesWithin(20_000 + AnswerUs, note);
            run.HasLatchedOneOf(note, "TriggerOutMismatch", "StimulatorNotReady");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(42)]
    public void One_pulse_that_the_stimulator_drops_stops_the_train()
    {
        foreach (Instant instant in JustBeforeABurst(Times * 2))
        {
            string note = $"row 42 a pulse dropped (S): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.At(stage.At80, () => stage.Bench.Stimulator.SkipDischarges = 1));
            run.GateClosesWithin(AnswerUs, note);
            run.PulsesAfterAtMost(2, note); // the dropped one and at most one more
            run.HasLatched(note, "TriggerOutMismatch");
            run.LatchedWithin(AnswerUs, note);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(43)]
    [DataRow(1)]
    [DataRow(9)]
    public void A_stimulator_that_answers_one_trigger_with_more_pulses_loses_the_gate(int extra)
    {
        foreach (Instant instant in JustBeforeABurst(Times * 2))
        {
            string note = $"row 43 one trigger, {extra + 1} pulses (S): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.At(stage.At80, () => stage.Bench.AddPulses(RigSignal.TriggerOut, 1, 1, extra, Ticks80.FromUs(500))));
            run.GateClosesWithin(AnswerUs + (extra * 500), note);
            run.PulsesAfterAtMost(2, note); // the one that was answered and at most one more
            run.HasLatched(note, "TriggerOutMismatch");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(45)]
    public void A_stimulator_that_disarms_itself_in_a_long_silence_gets_no_trigger()
    {
        Scenario session = new(Sessions.Of("90s", 3, 20_000, 10, 200_000, 3, 90_000_000));
        foreach (Instant instant in session.Calm().Instants(Place.BetweenTrains, Times))
        {
            string note = $"row 45 stimulator switches itself off (S): {instant}";
            Incident run = session.Run(instant, stage => stage.Bench.Stimulator.Switch(false, stage.At80));
            run.PulsesAfterAtMost(0, note);
            Assert.AreEqual(0, run.GateClosedAfterUs, note);
            run.HasLatched(note, "StimulatorNotReady");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(57)]
    [DataRow(Place.Armed)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenTrains)]
    public void A_flood_of_100_kHz_on_the_only_line_that_counts_pulses_from_outside_makes_none_and_closes_the_gate(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 4))
        {
            string note = $"row 57 flood on trigger-out (S): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.Chatter(RigSignal.TriggerOut, true, stage.At80, 20_000, Ticks80.FromUs(5), Ticks80.FromUs(10)));
            run.GateClosesWithin(Expect.TwoPassesUs, note);
            run.PulsesAfterAtMost(1, note);
            run.HasLatched(note, "TriggerOutMismatch");
            run.RecordSaysSo(note);
        }
    }

    private static IEnumerable<Instant> JustBeforeABurst(int count)
    {
        List<long> onsets = theta.Calm().Onsets80;
        Random random = new(count);
        for (int i = 0; i < count; i++)
        {
            int at = random.Next(onsets.Count / 3) * 3; // the first of a burst: others follow 20 ms apart
            yield return new Instant(Place.InBurst, onsets[at] - Ticks80.FromUs(random.Next(1, 300)));
        }
    }
}
