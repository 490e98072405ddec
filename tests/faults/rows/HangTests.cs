using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Rows 5 and 6: the firmware stands still.</summary>
[TestClass]
public sealed class HangTests
{
    private const long HangUs = 30_000_000;
    private const int PulsesOfThetaBurst = 6;
    private const int PulsesAt25Hz = 8;

    private static readonly Scenario theta = new(Sessions.Theta);
    private static readonly Scenario fast = new(Sessions.At25Hz);

    [TestMethod]
    [Hazard(5)]
    [DataRow(Place.Armed)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.BetweenTrains)]
    [DataRow(Place.Held)]
    public void A_firmware_that_hangs_loses_the_gate_within_300_ms_and_six_pulses_of_theta_burst(Place place) =>
        Hang("row 5 hang, theta burst (W)", theta, place, PulsesOfThetaBurst);

    [TestMethod]
    [Hazard(5)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenTrains)]
    public void A_firmware_that_hangs_loses_the_gate_within_300_ms_and_eight_pulses_at_25_Hz(Place place) =>
        Hang("row 5 hang, 25 Hz (W)", fast, place, PulsesAt25Hz);

    [TestMethod]
    [Hazard(5)]
    [DataRow(210)]
    [DataRow(290)]
    public void With_the_shortest_and_the_longest_watchdog_that_the_parts_allow_a_hang_still_keeps_its_budget(int watchdogMs)
    {
        VirtualBoardOptions options = new() { Seed = 7, Bench = new BenchOptions { WatchdogNs = watchdogMs * 1_000_000L } };
        Hang($"row 5 hang, theta burst, watchdog {watchdogMs} ms (W)", new Scenario(Sessions.Theta, options), Place.InBurst, PulsesOfThetaBurst);
        Hang($"row 5 hang, 25 Hz, watchdog {watchdogMs} ms (W)", new Scenario(Sessions.At25Hz, options), Place.InBurst, PulsesAt25Hz);
    }

    [TestMethod]
    [Hazard(6)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    public void A_firmware_that_hangs_with_the_trigger_high_makes_one_pulse_of_100_us_and_no_other(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 12))
        {
            string note = $"row 6 hang with the line high (H): {instant}";
            Incident run = theta.Run(instant, stage =>
            {
                stage.Board.Faults.PauseAt(stage.AtUs, HangUs);
                stage.Bench.Force(RigSignal.Trigger, true, stage.At80);
            });
            run.PulsesAfterAtMost(1, note);
            Assert.IsInRange(0, 200, run.LineLowAfterUs, note);
            run.GateClosesWithin(Expect.WatchdogUs, note);
        }
    }

    private static void Hang(string row, Scenario session, Place place, int pulses)
    {
        foreach (Instant instant in session.Calm(place).Instants(place, 12, leftUs: place is Place.InBurst or Place.BetweenBursts ? 300_000 : 0))
        {
            string note = $"{row}: {instant}";
            Incident run = session.Run(instant, stage => stage.Board.Faults.PauseAt(stage.AtUs, HangUs));
            run.GateClosesWithin(Expect.WatchdogUs, note);
            run.PulsesAfterAtMost(pulses, note);
            run.RecordSaysSo(note);

            // The scenario ends a hold with Stop; when that is what the first pass after the hang reads, the session is over and nothing is left to latch.
            bool wasStopped = place == Place.Held && run.Result!.StopConfirmed && run.Status!.State == SupervisorStates.Idle;
            if (!wasStopped) { run.HasLatchedOneOf(note, "PassOverrun", "LeaseLost", "GateMismatch"); }
        }
    }
}
