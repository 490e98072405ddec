using Escapement.Rig;
using static Escapement.Rig.Tests.Drive;

namespace Escapement.Rig.Tests;

[TestClass]
public sealed class WatchdogTests
{
    private static readonly long Rise = Rise80(CircuitFigures.HeartbeatFilter);

    [TestMethod]
    [DataRow(CircuitFigures.WatchdogLeastNs)]
    [DataRow(CircuitFigures.WatchdogNs)]
    [DataRow(CircuitFigures.WatchdogMostNs)]
    public void ItExpiresExactlyItsPeriodAfterTheLastFeed(long periodNs)
    {
        Bench bench = new(new BenchOptions { WatchdogNs = periodNs });
        long expiry80 = Ms(10) + Rise + periodNs * 80 / 1000;
        bench.SetHeartbeat(true, Ms(10));
        bench.AdvanceTo(Ms(10) + Rise - 1);
        Assert.IsFalse(bench.Level(RigSignal.Watchdog), "the filter holds the edge back");
        bench.AdvanceTo(Ms(10) + Rise);
        Assert.IsTrue(bench.Level(RigSignal.Watchdog));
        bench.AdvanceTo(expiry80 - 1);
        Assert.IsTrue(bench.Level(RigSignal.Watchdog));
        bench.AdvanceTo(expiry80);
        Assert.IsFalse(bench.Level(RigSignal.Watchdog));
    }

    [TestMethod]
    public void TheTimeIs250MsWithin20PercentOverAllTolerances()
    {
        Assert.IsGreaterThanOrEqualTo(200_000_000, CircuitFigures.WatchdogLeastNs);
        Assert.IsLessThanOrEqualTo(300_000_000, CircuitFigures.WatchdogMostNs);
        long typicalNs = CircuitFigures.WatchdogNs;
        Assert.AreEqual(250e6, typicalNs, 1e6);
    }

    [TestMethod]
    public void AFeedJustBeforeExpiryKeepsTheGateAndOneAtExpiryDoesNot()
    {
        Assert.IsTrue(RunsThroughAfterFeedsApart(CircuitFigures.WatchdogNs * 80 / 1000 - 1));
        Assert.IsFalse(RunsThroughAfterFeedsApart(CircuitFigures.WatchdogNs * 80 / 1000));
    }

    [TestMethod]
    public void OnlyTheRisingEdgeOfTheHeartbeatFeeds()
    {
        Bench bench = new();
        bench.SetHeartbeat(true, Ms(0));
        bench.SetHeartbeat(false, Ms(200));
        bench.AdvanceTo(Ms(250));
        Assert.IsTrue(bench.Level(RigSignal.Watchdog));
        bench.AdvanceTo(Ms(254));
        Assert.IsFalse(bench.Level(RigSignal.Watchdog));
    }

    [TestMethod]
    public void ALevelThatLastsItsFiltersTimeFeedsAndAShorterOneDoesNot()
    {
        Assert.IsFalse(RunsAfterPulseOf(Rise - 1));
        Assert.IsTrue(RunsAfterPulseOf(Rise));
        Assert.IsGreaterThan(Ms(2), Rise);
    }

    [TestMethod]
    public void CrossTalkNeverFeeds()
    {
        Bench bench = Open();
        for (long us = 99_100; us < 400_000; us += 2_100) { bench.Spike(RigSignal.Heartbeat, us % 4_200 < 2_100, Us(us), Us(1_000)); }
        bench.AdvanceTo(Ms(335));
        Assert.IsFalse(bench.Level(RigSignal.Latch), "250 ms after the last true feed the gate is closed");
        bench.AdvanceTo(Ms(450));
        Assert.IsFalse(bench.Level(RigSignal.Watchdog));
    }

    [TestMethod]
    public void AStuckHeartbeatFeedsOnceAtMost()
    {
        Bench bench = Open();
        bench.Force(RigSignal.Heartbeat, true, Ms(99));
        bench.Feed(100, 600);
        Assert.IsFalse(bench.Level(RigSignal.Watchdog));
    }

    [TestMethod]
    public void AnInterpreterPauseOf150MsKeepsTheGateOnTheFastestWatchdogThatToleranceAllows()
    {
        Bench bench = Open(new BenchOptions { WatchdogNs = CircuitFigures.WatchdogLeastNs });
        bench.Feed(100, 200);
        bench.Feed(350, 400);
        Assert.IsTrue(bench.Level(RigSignal.Latch));
    }

    private static bool RunsThroughAfterFeedsApart(long apart80)
    {
        Bench bench = new();
        bool expired = false;
        bench.Changed = (signal, level, _) => expired |= signal == RigSignal.Watchdog && !level;
        bench.SetHeartbeat(true, 0);
        bench.SetHeartbeat(false, Ms(20));
        bench.SetHeartbeat(true, apart80);
        bench.AdvanceTo(apart80 + Ms(10));
        return !expired;
    }

    private static bool RunsAfterPulseOf(long length80)
    {
        Bench bench = new();
        bench.SetHeartbeat(true, Ms(1));
        bench.SetHeartbeat(false, Ms(1) + length80);
        bench.AdvanceTo(Ms(100));
        return bench.Level(RigSignal.Watchdog);
    }
}
