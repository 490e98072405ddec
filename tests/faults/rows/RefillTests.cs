using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Row 13: the output runs out of words, or the link becomes too slow.</summary>
[TestClass]
public sealed class RefillTests
{
    private static readonly Scenario theta = new(Sessions.Theta);
    private static readonly Scenario fast = new(Sessions.At25Hz);

    [TestMethod]
    [Hazard(13)]
    [DataRow(50_000)]
    [DataRow(300_000)]
    [DataRow(5_000_000)]
    public void Refills_that_do_not_come_close_the_gate_within_two_passes_of_the_first_pulse_too_many_or_too_few(int blockedUs)
    {
        foreach (Scenario session in new[] { theta, fast })
        {
            Calm calm = session.Calm();
            foreach (Instant instant in calm.Instants(session == theta ? Place.BetweenBursts : Place.InBurst, 10))
            {
                string note = $"row 13 refills blocked (S): {session.Protocol.Id}, {blockedUs} us, {instant}";
                Incident run = session.Run(instant, stage => stage.Board.Faults.BlockRefills(stage.AtUs, blockedUs));
                run.NothingPassesAClosedGate(note);
                if (run.Result!.Verdict == SessionVerdict.Completed)
                {
                    // The block fell between two refills.
                    run.IsAsPlanned(calm, note);
                    continue;
                }

                long wrong80 = FirstWrong80(run, calm);
                if (wrong80 == Ticks80.Never)
                {
                    // Stale words behind the last pulse: the gate was closed by then, and the session does not count as completed.
                    Assert.AreEqual(SessionVerdict.Faulted, run.Result.Verdict, note);
                    Assert.AreNotEqual(run.Result.PulsesPlanned, run.Result.PulsesRaw, note);
                    continue;
                }

                double wrongUs = (wrong80 - run.At80) / 80.0;
                run.GateClosesWithin(wrongUs + Expect.TwoPassesUs + 2_000, note);
                Figures.Note(note, "gate closed after the first wrong pulse, us", run.GateClosedAfterUs - wrongUs);
                Assert.IsLessThanOrEqualTo(3, run.Onsets80(RefereeSignal.Stimulator).Count(onset => onset >= wrong80), $"{note}: pulses");
                run.HasLatchedOneOf(note, "RawCountMismatch", "GatedCountMismatch", "TriggerOutMismatch", "TriggerNotQuiet");
                run.RecordSaysSo(note);
            }
        }
    }

    [TestMethod]
    [Hazard(13)]
    [DataRow(100)]
    [DataRow(300)]
    [DataRow(450)]
    [DataRow(1_000)]
    public void A_link_that_becomes_slow_in_a_session_moves_no_edge_and_catches_nothing_up(int delayMs)
    {
        foreach (Instant instant in theta.Calm().Instants(Place.InBurst, 5, leftUs: 1_000_000).Concat(theta.Calm().Instants(Place.BetweenTrains, 4)))
        {
            string note = $"row 13 slow link: {delayMs} ms, {instant}";
            Incident run = theta.Run(instant, stage => stage.Wire.Fate = frame => [(stage.Board.NowUs >= stage.AtUs ? delayMs * 1000L : 0, frame)]);
            run.IsPartOfThePlan(theta.Calm(), note);
            run.NothingPassesAClosedGate(note);
            if (delayMs >= 600)
            {
                run.GateClosesWithin(Expect.LeaseUs, note);
                run.HasLatched(note, "LeaseLost");
            }
        }
    }

    // The first pulse that is not in its place, or the first place without one.
    private static long FirstWrong80(Incident run, Calm calm)
    {
        HashSet<long> emitted = [.. run.Onsets80(RefereeSignal.Stimulator)];
        long extra = emitted.Except(calm.Onsets80).DefaultIfEmpty(Ticks80.Never).Min();
        long missing = calm.Onsets80.Except(emitted).DefaultIfEmpty(Ticks80.Never).Min();
        return Math.Min(extra, missing);
    }
}
