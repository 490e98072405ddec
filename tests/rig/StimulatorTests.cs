using Escapement.Rig;
using static Escapement.Rig.Tests.Drive;

namespace Escapement.Rig.Tests;

[TestClass]
public sealed class StimulatorTests
{
    [TestMethod]
    public void KeyOffLetsNothingReachTheStimulatorWhileTheGatedCounterStillSeesIt()
    {
        Bench bench = Open();
        int gated = 0;
        bench.Changed = (signal, level, _) => gated += signal == RigSignal.GatedTrigger && level ? 1 : 0;
        bench.Contact(ContactName.Key).Open(Ms(99));
        bench.Pulse(Ms(99) + CircuitFigures.KeyOffNs * 80 / 1000);
        bench.AdvanceTo(Ms(101));
        Assert.AreEqual(1, gated);
        Assert.AreEqual(0, bench.Referee.Pulses(RefereeSignal.Stimulator));
        Assert.AreEqual(0, bench.Stimulator.Discharges);
    }

    [TestMethod]
    public void TheLineIsDeadTheReservoirsTimeAfterTheKeyEvenInsideAPulse()
    {
        Bench bench = Open();
        bench.Contact(ContactName.Key).Open(Ms(99));
        bench.SetTrigger(true, Ms(99) + CircuitFigures.KeyOffNs * 80 / 1000 - Us(5));
        bench.AdvanceTo(Ms(101));
        Assert.AreEqual(0, bench.Stimulator.Discharges, "5 us are shorter than it takes");
        Assert.AreEqual(1, bench.Stimulator.PulsesTooShort);
        Assert.IsLessThan(1_000_000, CircuitFigures.KeyOffNs);
    }

    [TestMethod]
    public void AfterKeyOnTheLineIsDeadUntilTheSupplyHasCome()
    {
        Bench bench = Open(new BenchOptions { WatchdogNs = 10_000_000_000 });
        bench.Contact(ContactName.Key).Open(Ms(99));
        bench.Contact(ContactName.Key).Close(Ms(110));
        bench.Pulse(Ms(110) + CircuitFigures.KeyOnNs * 80 / 1000 - Us(110));
        bench.Pulse(Ms(110) + CircuitFigures.KeyOnNs * 80 / 1000 + Us(1_000));
        bench.AdvanceTo(Ms(120));
        Assert.AreEqual(1, bench.Stimulator.Discharges);
    }

    [TestMethod]
    public void TriggerOutFollowsTheTriggerEdgeBy215Microseconds()
    {
        Bench bench = Open();
        List<(bool Level, long T80)> triggerOut = [];
        bench.Changed = (signal, level, t80) => { if (signal == RigSignal.TriggerOut) { triggerOut.Add((level, t80)); } };
        bench.Pulse(Ms(99));
        bench.AdvanceTo(Ms(101));
        CollectionAssert.AreEqual(new[] { (true, Ms(99) + Us(215)), (false, Ms(99) + Us(265)) }, triggerOut);
        Assert.AreEqual(1, bench.Stimulator.TriggerOuts);
    }

    [TestMethod]
    public void ReadyDropsForTheRechargeTimeAndComesBack()
    {
        Bench bench = Open();
        List<(bool Level, long T80)> ready = [];
        bench.Changed = (signal, level, t80) => { if (signal == RigSignal.StimulatorReady) { ready.Add((level, t80)); } };
        bench.Pulse(Ms(99));
        bench.AdvanceTo(Ms(101));
        CollectionAssert.AreEqual(new[] { (false, Ms(99) + Us(10)), (true, Ms(99) + Us(510)) }, ready);
    }

    [TestMethod]
    public void APulseMustLastItsMinimumWidth()
    {
        Assert.AreEqual(1, DischargesFor(new StimulatorOptions { MinWidthUs = 100 }));
        Assert.AreEqual(0, DischargesFor(new StimulatorOptions { MinWidthUs = 101 }));
    }

    [TestMethod]
    public void ATriggerDuringRechargeIsIgnoredAndCounted()
    {
        Bench bench = Open(new BenchOptions { Stimulator = new() { RechargeUs = 2_000 } });
        bench.Pulse(Ms(99));
        bench.Pulse(Ms(100));
        bench.AdvanceTo(Ms(105));
        Assert.AreEqual(1, bench.Stimulator.Discharges);
        Assert.AreEqual(1, bench.Stimulator.EdgesNotReady);
    }

    [TestMethod]
    public void InLevelModeAStuckLineFiresAgainAfterEachRecharge()
    {
        Bench bench = Open(new BenchOptions { Stimulator = new() { LevelTriggered = true } });
        bench.Force(RigSignal.Stimulator, true, Ms(99));
        bench.AdvanceTo(Ms(99) + Us(2_049));
        Assert.AreEqual(4, bench.Stimulator.Discharges, "at 10, 520, 1030 and 1540 us");
        bench.AdvanceTo(Ms(99) + Us(2_050));
        Assert.AreEqual(5, bench.Stimulator.Discharges);
    }

    [TestMethod]
    public void SwitchedOffItIsNotReadyAndIgnoresItsLine()
    {
        Bench bench = Open();
        bench.Stimulator.Switch(false, Ms(99) + 1);
        bench.Pulse(Ms(99) + 2);
        bench.AdvanceTo(Ms(100));
        Assert.IsFalse(bench.Level(RigSignal.StimulatorReady));
        bench.Stimulator.Switch(true, Ms(100));
        Assert.IsTrue(bench.Level(RigSignal.StimulatorReady));
        Assert.AreEqual(0, bench.Stimulator.Discharges);
    }

    [TestMethod]
    public void DischargesAndTriggerOutsCanBeSkippedAndDoubled()
    {
        Assert.AreEqual((0, 0), After(s => s.SkipDischarges = 1));
        Assert.AreEqual((2, 2), After(s => s.DoubleDischarges = 1));
        Assert.AreEqual((1, 0), After(s => s.SkipTriggerOuts = 1));
        Assert.AreEqual((1, 2), After(s => s.DoubleTriggerOuts = 1));
        Assert.AreEqual((1, 1), After(_ => { }));
    }

    private static (int Discharges, int TriggerOuts) After(Action<Stimulator> fault)
    {
        Bench bench = Open();
        fault(bench.Stimulator);
        bench.Pulse(Ms(99));
        bench.AdvanceTo(Ms(105));
        return (bench.Stimulator.Discharges, bench.Stimulator.TriggerOuts);
    }

    private static int DischargesFor(StimulatorOptions options)
    {
        Bench bench = Open(new BenchOptions { Stimulator = options });
        bench.Pulse(Ms(99));
        bench.AdvanceTo(Ms(101));
        return bench.Stimulator.Discharges;
    }
}
