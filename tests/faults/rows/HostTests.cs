using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Faults.Tests;

/// <summary>Rows 9 to 12: the host that crashes, is unplugged, sleeps or pauses.</summary>
[TestClass]
public sealed class HostTests
{
    // A lease that ends after the session's last pulse ends nothing.
    private const long LeftUs = 600_000;

    private static readonly Scenario theta = new(Sessions.Theta);

    [TestMethod]
    [Hazard(9)]
    [DataRow(Place.Armed)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.BetweenTrains)]
    [DataRow(Place.Held)]
    public void A_host_that_crashes_loses_the_gate_within_500_ms_and_two_passes_and_no_train_begins(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 12, leftUs: LeftUs))
        {
            string note = $"row 9 host crash (L): {instant}";
            Incident run = theta.Run(instant, stage => stage.Leader.DeadFromUs = stage.AtUs);
            run.GateClosesWithin(Expect.LeaseUs, note);
            run.HasLatched(note, "LeaseLost");
            run.LatchedWithin(Expect.LeaseUs, note);
            run.PulsesAfterAtMost(9, note);
            if (place is Place.Armed or Place.Held) { run.PulsesAfterAtMost(0, note); }
        }
    }

    [TestMethod]
    [Hazard(10)]
    [DataRow(Place.Armed)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.BetweenTrains)]
    [DataRow(Place.Held)]
    public void A_cable_that_is_pulled_out_closes_the_gate_within_500_ms_and_two_passes_and_putting_it_back_resumes_nothing(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 12, leftUs: LeftUs))
        {
            string note = $"row 10 cable out (L): {instant}";
            Incident run = theta.Run(instant, stage =>
            {
                stage.Wire.CutFromUs = stage.AtUs;
                stage.Wire.MendedFromUs = stage.AtUs + 5_000_000;
            });
            run.GateClosesWithin(Expect.LeaseUs, note);
            run.HasLatched(note, "LeaseLost");
            run.RecordSaysSo(note, lostSight: true);
        }
    }

    [TestMethod]
    [Hazard(10)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    public void A_cable_that_supplies_the_board_closes_the_gate_at_once(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 8))
        {
            string note = $"row 10 cable out with the supply (H): {instant}";
            Incident run = theta.Run(instant, stage =>
            {
                stage.Wire.CutFromUs = stage.AtUs;
                stage.Board.Faults.CutPowerAt(stage.AtUs, 3_000_000);
            });
            run.GateClosesWithin(Expect.HardwareUs, note);
            run.PulsesAfterAtMost(0, note);
            run.HasLatched(note, "AbnormalEnd");
        }
    }

    [TestMethod]
    [Hazard(11)]
    [DataRow(Place.Armed)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenTrains)]
    [DataRow(Place.Held)]
    public void A_host_that_sleeps_for_ten_minutes_finds_a_latched_fault_and_cannot_go_on(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 6, leftUs: LeftUs))
        {
            string note = $"row 11 host asleep (L): {instant}";
            Incident run = theta.Run(instant, stage =>
            {
                stage.Leader.DeadFromUs = stage.AtUs;
                stage.Leader.AliveFromUs = stage.AtUs + 600_000_000;
            });
            run.GateClosesWithin(Expect.LeaseUs, note);
            run.HasLatched(note, "LeaseLost");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(12)]
    [DataRow(100)]
    [DataRow(200)]
    [DataRow(250)]
    public void A_host_that_pauses_for_up_to_250_ms_changes_no_edge(int pauseMs)
    {
        foreach (Instant instant in theta.Calm().Instants(Place.InBurst, 8, leftUs: LeftUs).Concat(theta.Calm().Instants(Place.BetweenTrains, 4)))
        {
            Incident run = theta.Run(instant, stage => Pause(stage, pauseMs));
            run.IsAsPlanned(theta.Calm(), $"row 12 host paused for {pauseMs} ms: {instant}");
            Assert.IsEmpty(run.Faults, instant.ToString());
        }
    }

    [TestMethod]
    [Hazard(12)]
    [DataRow(600)]
    [DataRow(1_500)]
    public void A_host_that_pauses_for_more_than_500_ms_has_lost_its_lease(int pauseMs)
    {
        foreach (Instant instant in theta.Calm().Instants(Place.InBurst, 8, leftUs: LeftUs).Concat(theta.Calm().Instants(Place.BetweenTrains, 4)))
        {
            string note = $"row 12 host paused for long (L): {pauseMs} ms, {instant}";
            Incident run = theta.Run(instant, stage => Pause(stage, pauseMs));
            run.GateClosesWithin(Expect.LeaseUs, note);
            run.HasLatched(note, "LeaseLost");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(12)]
    public void A_host_that_pauses_for_400_ms_changes_no_edge_or_loses_its_lease_and_nothing_between()
    {
        foreach (Instant instant in theta.Calm().Instants(Place.InBurst, 12))
        {
            string note = $"row 12 host paused for 400 ms: {instant}";
            Incident run = theta.Run(instant, stage => Pause(stage, 400));
            if (run.Result!.Verdict == SessionVerdict.Completed) { run.IsAsPlanned(theta.Calm(), note); }
            else { run.HasLatched(note, "LeaseLost"); }
        }
    }

    private static void Pause(Stage stage, int pauseMs)
    {
        stage.Leader.DeadFromUs = stage.AtUs;
        stage.Leader.AliveFromUs = stage.AtUs + (pauseMs * 1000L);
    }
}
