using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Rows 7 and 8: the watchdog that does not watch, and what feeds it though it should not be fed.</summary>
[TestClass]
public sealed class WatchdogTests
{
    private const int PulsesOfThetaBurst = 6;

    private static readonly Scenario theta = new(Sessions.Theta);

    [TestMethod]
    [Hazard(7)]
    [DataRow(GateTerms.Watchdog, 250)]
    [DataRow(GateTerms.None, 150)]
    [DataRow(GateTerms.None, 340)]
    [DataRow(GateTerms.None, 5_000)]
    public void A_watchdog_that_never_expires_or_at_a_wrong_time_lets_nothing_arm(GateTerms broken, int watchdogMs)
    {
        VirtualBoardOptions options = new() { Seed = 7, Bench = new BenchOptions { BrokenTerms = broken, WatchdogNs = watchdogMs * 1_000_000L } };
        Incident run = new Scenario(Sessions.Theta, options).Run(new Instant(Place.InBurst, 0), _ => { });
        string note = $"row 7 watchdog {broken} {watchdogMs} ms (R)";
        Assert.AreEqual(SessionVerdict.Refused, run.Result!.Verdict, $"{note}: {run.Result.Message}");
        Assert.AreEqual(0, Analysis.Onsets80(run.Board.Bench.Referee.All, RefereeSignal.Stimulator).Count, note);
        Assert.AreEqual(-1, run.Watcher.FirstUs(SupervisorStates.Armed), note);
        Assert.AreNotEqual(SupervisorStates.Armed, run.Status!.State, note);
    }

    [TestMethod]
    [Hazard(8)]
    [DataRow(true)]
    [DataRow(false)]
    public void A_heartbeat_that_sticks_closes_the_gate_within_300_ms(bool high)
    {
        foreach (Instant instant in theta.Calm().Instants(Place.InBurst, 8, leftUs: 400_000).Concat(theta.Calm().Instants(Place.BetweenBursts, 8, leftUs: 400_000)))
        {
            string note = $"row 8 heartbeat stuck (W): {high}, {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.Force(RigSignal.Heartbeat, high, stage.At80));
            run.GateClosesWithin(Expect.WatchdogUs, note);
            run.PulsesAfterAtMost(PulsesOfThetaBurst, note);
            run.HasLatched(note, "GateMismatch");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(8)]
    [DataRow(50, 1_000)]
    [DataRow(3_000, 1_500)]
    [DataRow(1_900, 500)]
    public void Pulses_of_under_2_ms_on_the_heartbeat_do_not_feed_a_watchdog_whose_supervisor_is_dead(int widthUs, int pauseUs)
    {
        foreach (Instant instant in theta.Calm().Instants(Place.InBurst, 6))
        {
            string note = $"row 8 cross-talk on the heartbeat of a dead supervisor (W): {instant}, {widthUs} us";
            Incident run = theta.Run(instant, stage =>
            {
                stage.Board.Faults.PauseAt(stage.AtUs, 3_000_000);
                Crosstalk(stage, Math.Min(widthUs, 1_900), pauseUs);
            });
            run.GateClosesWithin(Expect.WatchdogUs, note);
            run.PulsesAfterAtMost(PulsesOfThetaBurst, note);
        }
    }

    [TestMethod]
    [Hazard(8)]
    [DataRow(FirmwareCall.SerialRead)]
    [DataRow(FirmwareCall.Counter)]
    [DataRow(FirmwareCall.ClockRead)]
    [DataRow(FirmwareCall.PinRead)]
    public void A_pass_that_breaks_off_in_any_of_its_checks_closes_the_gate_within_300_ms(FirmwareCall call)
    {
        foreach (Instant instant in theta.Calm().Instants(Place.InBurst, 8, leftUs: 400_000))
        {
            string note = $"row 8 a check that throws (W): {call}, {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.At(stage.At80, () => Break(stage.Board, call, stage.AtUs + 2_000_000)));
            run.GateClosesWithin(Expect.WatchdogUs, note);
            run.PulsesAfterAtMost(PulsesOfThetaBurst, note);
            Assert.AreNotEqual(SupervisorStates.Running, run.Status!.State, note);
            run.RecordSaysSo(note, lostSight: true);
        }
    }

    // Again and again: a link that fails once is read again in the next pass.
    private static void Break(VirtualBoard board, FirmwareCall call, long untilUs) => board.Faults.AtCall(call, 1, () =>
    {
        if (board.NowUs < untilUs) { Break(board, call, untilUs); }
        throw new InvalidOperationException("as ordered");
    });

    private static void Crosstalk(Stage stage, int widthUs, int pauseUs)
    {
        long t80 = stage.At80 + Ticks80.FromMs(20);
        stage.Bench.Force(RigSignal.Heartbeat, false, t80);
        for (int i = 0; i < 500; i++)
        {
            t80 += Ticks80.FromUs(pauseUs);
            stage.Bench.Force(RigSignal.Heartbeat, true, t80);
            t80 += Ticks80.FromUs(widthUs);
            stage.Bench.Force(RigSignal.Heartbeat, false, t80);
        }
    }
}
