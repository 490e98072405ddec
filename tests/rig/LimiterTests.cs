using Escapement.Rig;
using static Escapement.Rig.Tests.Drive;

namespace Escapement.Rig.Tests;

[TestClass]
public sealed class LimiterTests
{
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
        CollectionAssert.AreEqual(new[] { Us(100) }, Analysis.Widths80(bench.Referee.Span, RefereeSignal.Stimulator));
    }

    [TestMethod]
    public void TheDeadTimeEndsExactlyEightHundredMicrosecondsAfterTheFirstEdge()
    {
        Assert.AreEqual(1, GatedAfterTwoEdges(Us(800) - 1));
        Assert.AreEqual(2, GatedAfterTwoEdges(Us(800)));
    }

    [TestMethod]
    public void AnIgnoredEdgeDoesNotLengthenTheDeadTime()
    {
        Bench bench = Open();
        bench.Pulse(Ms(99));
        bench.Pulse(Ms(99) + Us(700));
        bench.Pulse(Ms(99) + Us(800));
        bench.AdvanceTo(Ms(101));
        CollectionAssert.AreEqual(
            new[] { Ms(99), Ms(99) + Us(800) }, Analysis.Onsets80(bench.Referee.Span, RefereeSignal.Stimulator));
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
        Bench bench = Open(new BenchOptions { LimiterPulseUs = 30, LimiterDeadUs = 200 });
        bench.Pulse(Ms(99));
        bench.Pulse(Ms(99) + Us(200));
        bench.AdvanceTo(Ms(101));
        CollectionAssert.AreEqual(new[] { Us(30), Us(30) }, Analysis.Widths80(bench.Referee.Span, RefereeSignal.Stimulator));
    }

    [TestMethod]
    [DataRow(0, 800, 250_000, "LimiterPulseUs")]
    [DataRow(100, 99, 250_000, "LimiterDeadUs")]
    [DataRow(100, 800, 0, "WatchdogUs")]
    public void ImpossibleFiguresAreRefusedByName(int pulseUs, int deadUs, int watchdogUs, string name)
    {
        BenchOptions options = new() { LimiterPulseUs = pulseUs, LimiterDeadUs = deadUs, WatchdogUs = watchdogUs };
        Assert.AreEqual(name, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Bench(options)).ParamName);
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
