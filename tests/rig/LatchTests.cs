using Escapement.Rig;
using static Escapement.Rig.Tests.Drive;

namespace Escapement.Rig.Tests;

[TestClass]
public sealed class LatchTests
{
    [TestMethod]
    public void RisingEnableOpensTheGateWhileAllTermsAreGood()
    {
        Bench bench = Open();
        CollectionAssert.AreEqual(new[] { Ms(50) }, Analysis.Onsets80(bench.Referee.Span, RefereeSignal.Gate));
        Assert.IsTrue(bench.Level(RigSignal.GateOpen));
    }

    [TestMethod]
    [DataRow(ContactName.EStopA)]
    [DataRow(ContactName.EStopB)]
    [DataRow(ContactName.Interlock)]
    public void EachContactAloneClosesTheGateAtOnceAndKeepsItClosed(ContactName term)
    {
        Bench bench = Open();
        bench.Contact(term).Open(Ms(99) + 7);
        bench.Contact(term).Close(Ms(99) + 8);
        bench.AdvanceTo(Ms(99) + 7);
        Assert.IsFalse(bench.Level(RigSignal.Latch));
        bench.Feed(100, 200);
        bench.AdvanceTo(Ms(200));
        Assert.IsFalse(bench.Level(RigSignal.Latch), "a term that comes back never opens the gate again");
        Assert.AreEqual(new Edge(Ms(99) + 7, RefereeSignal.Gate, false), bench.Referee.Edges[^1]);
    }

    [TestMethod]
    [DataRow(ContactName.EStopA)]
    [DataRow(ContactName.EStopB)]
    [DataRow(ContactName.Interlock)]
    public void EachContactAloneKeepsAnEnableEdgeFromOpeningTheGate(ContactName term)
    {
        Bench bench = new();
        bench.Contact(term).Open(0);
        bench.Feed(0, 50);
        bench.SetEnable(true, Ms(50));
        bench.Contact(term).Close(Ms(51));
        bench.Feed(60, 100);
        Assert.IsFalse(bench.Level(RigSignal.Latch), "enable was already high when the term became good");
        bench.SetEnable(false, Ms(100));
        bench.SetEnable(true, Ms(101));
        Assert.IsTrue(bench.Level(RigSignal.Latch), "a new edge with all terms good opens");
    }

    [TestMethod]
    public void TheWatchdogAloneClosesTheGateAndKeepsItClosed()
    {
        Bench bench = Open();
        bench.AdvanceTo(Ms(92 + 250) - 1);
        Assert.IsTrue(bench.Level(RigSignal.Latch));
        bench.AdvanceTo(Ms(92 + 250));
        Assert.IsFalse(bench.Level(RigSignal.Latch));
        bench.Feed(400, 500);
        Assert.IsTrue(bench.Level(RigSignal.Watchdog));
        Assert.IsFalse(bench.Level(RigSignal.Latch));
    }

    [TestMethod]
    public void AnEnableEdgeWithoutAWatchdogOpensNothing()
    {
        Bench bench = new();
        bench.SetEnable(true, Ms(1));
        bench.Feed(10, 50);
        Assert.IsTrue(bench.Level(RigSignal.Watchdog));
        Assert.IsFalse(bench.Level(RigSignal.Latch));
    }

    [TestMethod]
    public void EnableLowClosesTheGateAtOnce()
    {
        Bench bench = Open();
        bench.SetEnable(false, Ms(99) + 1);
        Assert.AreEqual(new Edge(Ms(99) + 1, RefereeSignal.Gate, false), bench.Referee.Edges[^1]);
    }

    [TestMethod]
    [DataRow(ContactName.Key)]
    [DataRow(ContactName.Coil)]
    public void KeyAndCoilAreNoTermsOfTheGate(ContactName contact)
    {
        Bench bench = Open();
        bench.Contact(contact).Open(Ms(99) + 1);
        bench.AdvanceTo(Ms(100));
        Assert.IsTrue(bench.Level(RigSignal.Latch));
    }

    [TestMethod]
    public void ADisturbanceDropsTheLatchUntilANewEnableEdge()
    {
        Bench bench = Open();
        bench.DropLatch(Ms(99) + 5);
        bench.AdvanceTo(Ms(100));
        Assert.IsFalse(bench.Level(RigSignal.GateOpen));
        Assert.AreEqual(Ms(99) + 5, bench.Referee.Edges[^1].T80);
    }

    [TestMethod]
    [DataRow(GateTerms.EStopA, ContactName.EStopA)]
    [DataRow(GateTerms.EStopB, ContactName.EStopB)]
    [DataRow(GateTerms.Interlock, ContactName.Interlock)]
    public void ABrokenTermIsTheOnlyOneThatNoLongerCloses(GateTerms broken, ContactName itsContact)
    {
        foreach (ContactName contact in (ContactName[])[ContactName.EStopA, ContactName.EStopB, ContactName.Interlock])
        {
            Bench bench = Open(new BenchOptions { BrokenTerms = broken });
            bench.Contact(contact).Open(Ms(99) + 1);
            bench.AdvanceTo(Ms(100));
            Assert.AreEqual(contact == itsContact, bench.Level(RigSignal.Latch), contact.ToString());
        }
    }

    [TestMethod]
    public void AGateThatClosesInsideAPulseCutsThePulse()
    {
        Bench bench = Open();
        bench.SetTrigger(true, Ms(99) + Us(10));
        bench.Contact(ContactName.EStopA).Open(Ms(99) + Us(40));
        bench.AdvanceTo(Ms(100));
        CollectionAssert.AreEqual(new[] { Us(30) }, Analysis.Widths80(bench.Referee.Span, RefereeSignal.Stimulator));
    }
}
