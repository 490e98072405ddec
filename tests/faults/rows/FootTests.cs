using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Row 54: the foot switch.</summary>
[TestClass]
public sealed class FootTests
{
    private const int Times = 8;

    private static readonly VirtualBoardOptions bench = new() { Seed = 7, BoardId = "esp32-s3-devkitc-1-bench" };
    private static readonly Scenario theta = new(Sessions.Theta, bench);

    [TestMethod]
    [Hazard(54)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.BetweenTrains)]
    public void A_foot_that_leaves_the_switch_stops_within_two_passes(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, Times))
        {
            string note = $"row 54 foot switch released (S): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.Contact(ContactName.FootSwitch).Fail(ContactFault.Open, stage.At80));
            run.GateClosesWithin(Expect.TwoPassesUs, note);
            run.PulsesAfterAtMost(1, note);
            run.HasLatched(note, "FootSwitchReleased");
            run.LatchedWithin(Expect.TwoPassesUs, note);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(54)]
    public void A_foot_switch_that_chatters_at_1_kHz_stops_and_does_not_start_again()
    {
        foreach (Instant instant in theta.Calm().Instants(Place.BetweenBursts, Times))
        {
            string note = $"row 54 foot switch chatters at 1 kHz (S): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.Contact(ContactName.FootSwitch).Chatter(stage.At80, 500, Ticks80.FromUs(500), Ticks80.FromUs(500)));
            run.GateClosesWithin(Expect.TwoPassesUs, note);
            run.PulsesAfterAtMost(1, note);
            run.HasLatched(note, "FootSwitchReleased");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(54)]
    [DataRow(0)]
    [DataRow(5_000)]
    public void A_foot_switch_that_is_held_before_arming_arms_nothing(int fromMs)
    {
        VirtualBoard board = new(bench with { Foot = false });
        board.Bench.Contact(ContactName.FootSwitch).Close(Ticks80.FromMs(fromMs));
        SessionResult result = Sessions.RunOn(board);
        Assert.AreEqual(SessionVerdict.Refused, result.Verdict, result.Message);
        Assert.IsTrue(result.Inhibits.Any(one => one.Name == "FootSwitchNotReady"), result.Message);
        Assert.AreEqual(0, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
    }
}
