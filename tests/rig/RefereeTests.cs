using Escapement.Rig;
using static Escapement.Rig.Tests.Drive;

namespace Escapement.Rig.Tests;

[TestClass]
public sealed class RefereeTests
{
    [TestMethod]
    public void TheRecordBeginsWithTheThreeStartingLevelsAndHoldsOnlyTransitions()
    {
        Bench bench = new();
        bench.SetTrigger(false, 5);
        bench.SetTrigger(true, 7);
        bench.SetTrigger(true, 8);
        bench.SetTrigger(false, 9);
        CollectionAssert.AreEqual(
            new Edge[]
            {
                new(0, RefereeSignal.Trigger, false), new(0, RefereeSignal.Gate, false), new(0, RefereeSignal.Stimulator, false),
                new(7, RefereeSignal.Trigger, true), new(9, RefereeSignal.Trigger, false),
            },
            bench.Referee.Edges.ToArray());
    }

    [TestMethod]
    public void TheFileGivesNanosecondsWithOneDecimalWhereTheTickNeedsIt()
    {
        StringWriter text = new();
        EdgesCsv.Write(text, [new(0, RefereeSignal.Gate, false), new(3, RefereeSignal.Trigger, true), new(80, RefereeSignal.Stimulator, false)]);
        Assert.AreEqual("time_ns,signal,level\n0,gate,0\n37.5,trigger,1\n1000,stimulator,0\n", text.ToString());
    }

    [TestMethod]
    public void TimesOfManyHoursAreWrittenExactly()
    {
        StringWriter text = new();
        EdgesCsv.Write(text, [new((24L * 3_600_000_000 * 80) + 1, RefereeSignal.Trigger, true)]);
        StringAssert.EndsWith(text.ToString(), "\n86400000000012.5,trigger,1\n");
    }

    [TestMethod]
    public void AnalysisFindsPulsesThroughAClosedGateGapsAndWindows()
    {
        Edge[] edges =
        [
            new(0, RefereeSignal.Stimulator, false), new(0, RefereeSignal.Gate, false),
            new(10, RefereeSignal.Stimulator, true), new(11, RefereeSignal.Stimulator, false),
            new(15, RefereeSignal.Gate, true),
            new(20, RefereeSignal.Stimulator, true), new(21, RefereeSignal.Stimulator, false),
            new(24, RefereeSignal.Stimulator, true), new(26, RefereeSignal.Stimulator, false),
        ];
        CollectionAssert.AreEqual(new long[] { 10, 20, 24 }, Analysis.Onsets80(edges, RefereeSignal.Stimulator));
        CollectionAssert.AreEqual(new long[] { 1, 1, 2 }, Analysis.Widths80(edges, RefereeSignal.Stimulator));
        Assert.AreEqual(1, Analysis.PulsesWithGateClosed(edges, RefereeSignal.Stimulator));
        Assert.AreEqual(4, Analysis.MinGap80(edges, RefereeSignal.Stimulator));
        Assert.AreEqual(2, Analysis.MostInWindow(edges, RefereeSignal.Stimulator, 14));
        Assert.AreEqual(3, Analysis.MostInWindow(edges, RefereeSignal.Stimulator, 15));
        Assert.AreEqual(Ticks80.Never, Analysis.MinGap80(edges, RefereeSignal.Gate));
    }

    [TestMethod]
    public void ForcedWiresActOnlyBehindTheirOwnPlace()
    {
        Bench bench = Open();
        bench.Force(RigSignal.GateOpen, false, Ms(99));
        Assert.IsTrue(bench.Level(RigSignal.Latch), "a stuck read-back is not the latch");
        bench.Spike(RigSignal.GatedTrigger, true, Ms(99) + 1, Us(10));
        bench.AdvanceTo(Ms(100));
        Assert.AreEqual(0, bench.Referee.Pulses(RefereeSignal.Stimulator), "a counter that counts too much emits nothing");
        bench.Force(RigSignal.EStopA, true, Ms(100));
        bench.Contact(ContactName.EStopA).Open(Ms(100));
        bench.AdvanceTo(Ms(101));
        Assert.IsFalse(bench.Level(RigSignal.Latch), "a board input stuck at safe does not hold the hardware term");
    }

    [TestMethod]
    public void TimeThatHasPassedIsRefused()
    {
        Bench bench = new();
        bench.AdvanceTo(100);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => bench.AdvanceTo(99));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => bench.SetTrigger(true, 99));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => bench.Contact(ContactName.Key).Open(99));
        Assert.AreEqual(100, bench.Now80);
    }

    [TestMethod]
    public void AnEdgeCostsNoAllocationBesideTheRecordItself()
    {
        Bench bench = Open();
        long t80 = Ms(99);
        for (int i = 0; i < 200; i++) { bench.Pulse(t80 += Us(1_000)); }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) { bench.Pulse(t80 += Us(1_000)); }
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
