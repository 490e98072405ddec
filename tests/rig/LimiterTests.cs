using Escapement.Rig;
using static Escapement.Rig.Tests.Drive;

namespace Escapement.Rig.Tests;

[TestClass]
public sealed class LimiterTests
{
    private static readonly long Pulse80 = CircuitFigures.LimiterPulseNs * 80 / 1000;
    private static readonly long Dead80 = CircuitFigures.LimiterDeadNs * 80 / 1000;

    [TestMethod]
    [DataRow(1)]
    [DataRow(99)]
    [DataRow(100)]
    [DataRow(5_000)]
    public void EveryPulseLeavesWithTheFixedWidthHoweverLongTheTriggerIs(int widthUs)
    {
        Bench bench = Open();
        bench.Pulse(Ms(99), widthUs);
        bench.AdvanceTo(Ms(110));
        CollectionAssert.AreEqual(new[] { Pulse80 }, Analysis.Widths80(bench.Referee.Span, RefereeSignal.Stimulator));
    }

    [TestMethod]
    public void TheDeadTimeEndsExactlyItsTimeAfterTheFirstEdge()
    {
        Assert.AreEqual(1, GatedAfterTwoEdges(Dead80 - 1));
        Assert.AreEqual(2, GatedAfterTwoEdges(Dead80));
    }

    [TestMethod]
    public void AnIgnoredEdgeDoesNotLengthenTheDeadTime()
    {
        Bench bench = Open();
        bench.Pulse(Ms(99));
        bench.Pulse(Ms(99) + Us(700));
        bench.Pulse(Ms(99) + Dead80);
        bench.AdvanceTo(Ms(101));
        CollectionAssert.AreEqual(
            new[] { Ms(99), Ms(99) + Dead80 }, Analysis.Onsets80(bench.Referee.Span, RefereeSignal.Stimulator));
        Assert.AreEqual(3, bench.Referee.Pulses(RefereeSignal.Trigger), "the referee sees every raw edge");
    }

    [TestMethod]
    public void AStuckTriggerLineMakesOnePulse()
    {
        Bench bench = Open();
        bench.Force(RigSignal.Trigger, true, Ms(99));
        bench.AdvanceTo(Ms(300));
        Assert.AreEqual(1, bench.Referee.Pulses(RefereeSignal.Stimulator));
    }

    [TestMethod]
    public void WidthAndDeadTimeAreSettable()
    {
        Bench bench = Open(new BenchOptions { LimiterPulseNs = 30_000, LimiterDeadNs = 200_000 });
        bench.Pulse(Ms(99));
        bench.Pulse(Ms(99) + Us(200));
        bench.AdvanceTo(Ms(101));
        CollectionAssert.AreEqual(new[] { Us(30), Us(30) }, Analysis.Widths80(bench.Referee.Span, RefereeSignal.Stimulator));
    }

    [TestMethod]
    [DataRow(0, 800, 250_000, "LimiterPulseNs")]
    [DataRow(100, 99, 250_000, "LimiterDeadNs")]
    [DataRow(100, 800, 0, "WatchdogNs")]
    public void ImpossibleFiguresAreRefusedByName(int pulseNs, int deadNs, int watchdogNs, string name)
    {
        BenchOptions options = new() { LimiterPulseNs = pulseNs, LimiterDeadNs = deadNs, WatchdogNs = watchdogNs };
        Assert.AreEqual(name, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Bench(options)).ParamName);
    }

    [TestMethod]
    [DataRow(1_000, 2_000)]
    [DataRow(3_300, 1_902)]
    public void ThresholdsThatCannotBeAreRefusedByName(int risingMillivolts, int fallingMillivolts)
    {
        BenchOptions options = new() { HeartbeatFilter = new(1_000, 1_000, 3_300, risingMillivolts, fallingMillivolts) };
        Assert.AreEqual("HeartbeatFilter", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Bench(options)).ParamName);
    }

    private static int GatedAfterTwoEdges(long gap80)
    {
        Bench bench = Open();
        bench.Pulse(Ms(99));
        bench.Pulse(Ms(99) + gap80);
        bench.AdvanceTo(Ms(102));
        return bench.Referee.Pulses(RefereeSignal.Stimulator);
    }
}
