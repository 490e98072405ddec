using Escapement.Rig;
using static Escapement.Rig.Tests.Drive;

namespace Escapement.Rig.Tests;

[TestClass]
public sealed class WatchdogTests
{
    [TestMethod]
    [DataRow(200)]
    [DataRow(250)]
    [DataRow(300)]
    public void ItExpiresExactlyItsPeriodAfterTheLastFeed(int periodMs)
    {
        Bench bench = new(new BenchOptions { WatchdogUs = periodMs * 1000 });
        bench.SetHeartbeat(true, Ms(10));
        bench.AdvanceTo(Ms(12) - 1);
        Assert.IsFalse(bench.Level(RigSignal.Watchdog), "the filter holds the edge back for 2 ms");
        bench.AdvanceTo(Ms(12));
        Assert.IsTrue(bench.Level(RigSignal.Watchdog));
        bench.AdvanceTo(Ms(12 + periodMs) - 1);
        Assert.IsTrue(bench.Level(RigSignal.Watchdog));
        bench.AdvanceTo(Ms(12 + periodMs));
        Assert.IsFalse(bench.Level(RigSignal.Watchdog));
    }

    [TestMethod]
    public void AFeedJustBeforeExpiryKeepsTheGateAndOneAtExpiryDoesNot()
    {
        Assert.IsTrue(OpenAfterFeedAt(Ms(92 + 250 - 2) - 1));
        Assert.IsFalse(OpenAfterFeedAt(Ms(92 + 250 - 2)));
    }

    [TestMethod]
    public void BothEdgesOfTheHeartbeatFeed()
    {
        Bench bench = new();
        bench.SetHeartbeat(true, Ms(0));
        bench.SetHeartbeat(false, Ms(200));
        bench.AdvanceTo(Ms(451));
        Assert.IsTrue(bench.Level(RigSignal.Watchdog));
        bench.AdvanceTo(Ms(452));
        Assert.IsFalse(bench.Level(RigSignal.Watchdog));
    }

    [TestMethod]
    public void ALevelOfExactlyTwoMillisecondsFeedsAndAShorterOneDoesNot()
    {
        Assert.IsFalse(RunsAfterPulseOf(Ms(2) - 1));
        Assert.IsTrue(RunsAfterPulseOf(Ms(2)));
    }

    [TestMethod]
    public void CrossTalkNeverFeeds()
    {
        Bench bench = Open();
        for (long us = 99_100; us < 400_000; us += 2_100) { bench.Spike(RigSignal.Heartbeat, us % 4_200 < 2_100, Us(us), Us(1_999)); }
        bench.AdvanceTo(Ms(342));
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
        Bench bench = Open(new BenchOptions { WatchdogUs = 200_000 });
        bench.Feed(100, 200);
        bench.Feed(350, 400);
        Assert.IsTrue(bench.Level(RigSignal.Latch));
    }

    private static bool OpenAfterFeedAt(long t80)
    {
        Bench bench = Open();
        bench.SetHeartbeat(!bench.Level(RigSignal.Heartbeat), t80);
        bench.AdvanceTo(Ms(400));
        return bench.Level(RigSignal.Latch);
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
