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
        CollectionAssert.AreEqual(new[] { Ms(50) + EnableDelay80 }, Analysis.Onsets80(bench.Referee.Span, RefereeSignal.Gate));
        Assert.IsTrue(bench.Level(RigSignal.GateOpen));
    }

    [TestMethod]
    [DataRow(ContactName.EStopA)]
    [DataRow(ContactName.EStopB)]
    [DataRow(ContactName.Interlock)]
    public void EachContactAloneClosesTheGateWithinAMillisecondAndKeepsItClosed(ContactName term)
    {
        Bench bench = Open();
        bench.Contact(term).Open(Ms(99) + 7);
        bench.Contact(term).Close(Ms(100));
        bench.Feed(100, 200);
        bench.AdvanceTo(Ms(200));
        Assert.IsFalse(bench.Level(RigSignal.Latch), "a term that comes back never opens the gate again");
        Assert.AreEqual(new Edge(Ms(99) + 7 + ContactOpens80, RefereeSignal.Gate, false), bench.Referee.Edges[^1]);
        Assert.IsLessThan(Ms(1), ContactOpens80);
    }

    [TestMethod]
    [DataRow(ContactName.EStopA)]
    [DataRow(ContactName.EStopB)]
    [DataRow(ContactName.Interlock)]
    public void AContactThatLiftsForLessThanItsFilterDropsNothing(ContactName term)
    {
        Bench bench = Open();
        bench.Contact(term).Open(Ms(99));
        bench.Contact(term).Close(Ms(99) + ContactOpens80 - 1);
        bench.AdvanceTo(Ms(100));
        Assert.IsTrue(bench.Level(RigSignal.Latch));
    }

    [TestMethod]
    public void ALatchThatIsStuckSetPassesNothingWhileATermIsBad()
    {
        Bench bench = Open();
        bench.Force(RigSignal.Latch, true, Ms(99));
        bench.Contact(ContactName.EStopB).Open(Ms(99));
        bench.Pulse(Ms(99) + Us(500));
        bench.AdvanceTo(Ms(101));
        Assert.AreEqual(0, bench.Referee.Pulses(RefereeSignal.Stimulator));
        Assert.IsTrue(bench.Level(RigSignal.GateOpen), "the read-back shows it");
    }

    [TestMethod]
    public void AnEnableThatDipsForLessThanItsDelayClosesTheGateAndDoesNotOpenItAgain()
    {
        Bench bench = Open();
        bench.SetEnable(false, Ms(99));
        bench.SetEnable(true, Ms(99) + 40);
        bench.AdvanceTo(Ms(100));
        Assert.IsFalse(bench.Level(RigSignal.Latch));
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
        bench.AdvanceTo(Ms(102));
        Assert.IsTrue(bench.Level(RigSignal.Latch), "a new edge with all terms good opens");
    }

    [TestMethod]
    public void TheWatchdogAloneClosesTheGateAndKeepsItClosed()
    {
        Bench bench = Open();
        bench.AdvanceTo(Ms(80 + 249));
        Assert.IsTrue(bench.Level(RigSignal.Latch), "last fed a little after 80 ms");
        bench.AdvanceTo(Ms(80 + 254));
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
        bench.Contact(ContactName.EStopA).Open(Ms(99) + Us(400) - ContactOpens80);
        bench.SetTrigger(true, Ms(99) + Us(370));
        bench.AdvanceTo(Ms(100));
        CollectionAssert.AreEqual(new[] { Us(30) }, Analysis.Widths80(bench.Referee.Span, RefereeSignal.Stimulator));
    }
}
