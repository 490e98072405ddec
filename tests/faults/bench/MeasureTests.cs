using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>What measures here is not blind: with a second fault that takes a protection away, each of its figures breaks its budget.</summary>
[TestClass]
public sealed class MeasureTests
{
    private static readonly Scenario theta = new(Sessions.Theta);

    [TestMethod]
    public void Without_the_watchdog_a_hang_breaks_the_budgets_of_time_and_pulses()
    {
        foreach (Instant instant in theta.Calm().Instants(Place.InBurst, 4, leftUs: 1_000_000))
        {
            Incident run = theta.Run(instant, stage =>
            {
                stage.Bench.Force(RigSignal.Watchdog, true, stage.At80);
                stage.Board.Faults.PauseAt(stage.AtUs, 30_000_000);
            });
            Assert.IsTrue(run.GateClosedAfterUs is < 0 or > Expect.WatchdogUs, instant.ToString());
            Assert.ThrowsExactly<AssertFailedException>(() => run.GateClosesWithin(Expect.WatchdogUs, "measure"));
        }
    }

    [TestMethod]
    public void With_a_latch_that_sticks_open_a_lost_host_breaks_the_budget_of_the_lease()
    {
        foreach (Instant instant in theta.Calm().Instants(Place.InBurst, 4, leftUs: 1_000_000))
        {
            Incident run = theta.Run(instant, stage =>
            {
                stage.Bench.Force(RigSignal.Latch, true, stage.At80);
                stage.Leader.DeadFromUs = stage.AtUs;
            });
            Assert.ThrowsExactly<AssertFailedException>(() => run.GateClosesWithin(Expect.LeaseUs, "measure"));
        }
    }

    [TestMethod]
    public void With_a_limiter_that_lets_everything_through_a_second_edge_is_seen_at_the_stimulator()
    {
        Scenario open = new(Sessions.Theta, new VirtualBoardOptions { Seed = 7, Bench = new BenchOptions { LimiterDeadNs = CircuitFigures.LimiterPulseNs } });
        Instant instant = open.Calm().Instants(Place.InBurst, 1).Single();
        long onset80 = open.Calm().Onsets80.Last(onset => onset < instant.At80);
        Incident run = open.Run(new Instant(Place.InBurst, onset80 + Ticks80.FromUs(400)), stage => stage.Bench.Spike(RigSignal.Trigger, true, stage.At80, 400));
        Assert.ThrowsExactly<AssertFailedException>(() => run.NothingPassesAClosedGate("measure"));
    }

    [TestMethod]
    public void A_pulse_that_moves_by_a_tick_inside_a_train_is_not_as_planned()
    {
        Calm calm = theta.Calm();
        calm.Run.IsAsPlanned(calm, "measure");
        Protocol other = Sessions.Of("theta", pulses: 3, 20_001, bursts: 10, 200_000, trains: 3, 8_000_000);
        Calm moved = new Scenario(other).Calm();
        Assert.ThrowsExactly<AssertFailedException>(() => moved.Run.IsAsPlanned(calm, "measure"));
    }

    [TestMethod]
    public void A_bench_that_is_switched_on_again_after_a_restart_runs_a_session_of_its_own()
    {
        const long OffUs = 40_000_000;
        const long OnUs = 41_000_000;
        SessionRunner? second = null;
        Incident run = theta.Run(new Instant(Place.InBurst, 0), stage =>
        {
            stage.Board.Faults.CutPowerAt(OffUs, OnUs - OffUs);
            Operator.SwitchesOnAgain(stage.Bench, OffUs, OnUs);
            second = new SessionRunner(stage.Wire.Open(), new SessionOrder("theta", ProgramBuilder.Build(Sessions.Theta)) { InVirtualTime = true });
            stage.Leader.Then = new Later(second, OnUs + 10_000_000);
        });
        Assert.AreEqual(1, run.Board.Restarts);
        Assert.AreEqual(SessionVerdict.Completed, second!.Result!.Verdict, second.Result.Message);
        Assert.AreEqual(180, run.Emitted);
    }

    private sealed class Later(SessionRunner host, long fromUs) : ITransportStep
    {
        public bool IsFinished => host.IsFinished;

        public bool Step(long nowUs) => nowUs >= fromUs && host.Step(nowUs);
    }
}
