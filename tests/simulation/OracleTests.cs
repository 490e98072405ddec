using Escapement.Host;

namespace Escapement.Simulation;

/// <summary>The oracle itself: a good recording passes, and each rule is named for a recording that breaks just it.</summary>
[TestClass]
public sealed class OracleTests
{
    private const long MiddleUs = Forge.FirstUs + (4 * Forge.GapUs) + 50_000;

    [TestMethod]
    public void AGoodRecordingBreaksNoRule()
    {
        CollectionAssert.AreEqual(Array.Empty<string>(), Forge.Good().Claim(8_000_000, Forge.Pulses).Judge());
        CollectionAssert.AreEqual(Array.Empty<string>(), Forge.Good(dry: true).Claim(8_000_000, 0).Judge());
    }

    [TestMethod]
    public void APulseWithTheGateClosed() => Breaks(Rules.GateClosed, Forge.Good().Without(edge => edge.Wire == Wire.Gate));

    [TestMethod]
    public void APulseWithEnableLow() => Breaks(Rules.GateClosed, Forge.Good().Without(edge => edge.Wire == Wire.Enable));

    [TestMethod]
    public void AGateThatOpensWithoutASession() => Breaks(Rules.GateOpen, Forge.Good().Edge(4_000_000, Wire.Gate, true).Edge(4_001_000, Wire.Gate, false));

    [TestMethod]
    public void APulseBeforeTheStart() => Breaks(Rules.BeforeStart, Forge.Good().Edge(3_990_000, Wire.Enable, true).Edge(4_001_000, Wire.Enable, false)
        .Edge(3_990_000, Wire.Key, false).Edge(3_990_001, Wire.Gate, true).Edge(3_990_002, Wire.Key, true).Pulse(4_000_000).Edge(4_000_900, Wire.Key, false).Edge(4_001_000, Wire.Gate, false).Edge(4_001_100, Wire.Key, true));

    [TestMethod]
    public void AStartThatFollowsNoArm() => Assert.Contains(Rules.BeforeStart, Named(Forge.Good(arm: false).Judge()));

    [TestMethod]
    public void APulseInADryRun() => Breaks(Rules.DryRun, Forge.Good(dry: true, done: false).Edge(Forge.StartUs + 50_000, Wire.Enable, true).Edge(Forge.StartUs + 50_000, Wire.Gate, true).Pulse(Forge.FirstUs + 50_000));

    [TestMethod]
    public void PulsesAfterAStop() => Breaks(Rules.AfterStop, Forge.Good(done: false).ToBoard(MiddleUs, Reg.Stop, HarpFrames.U8, [1]));

    [TestMethod]
    [DataRow(Wire.EStopA, Rules.AfterEmergencyStop), DataRow(Wire.EStopB, Rules.AfterEmergencyStop), DataRow(Wire.Interlock, Rules.AfterInterlock), DataRow(Wire.Key, Rules.AfterKey), DataRow(Wire.Coil, Rules.AfterCoil)]
    public void PulsesAfterAContactHasOpened(Wire contact, string rule) => Breaks(rule, Forge.Good(done: false).Edge(MiddleUs, contact, false));

    [TestMethod]
    [DataRow(Wire.EStopA, Rules.AfterEmergencyStop), DataRow(Wire.Interlock, Rules.AfterInterlock), DataRow(Wire.Key, Rules.AfterKey), DataRow(Wire.Coil, Rules.AfterCoil)]
    public void PulsesAfterAContactHasOpenedAndClosedAgain(Wire contact, string rule) =>
        Breaks(rule, Forge.Good(done: false).Edge(MiddleUs, contact, false).Edge(MiddleUs + 20_000, contact, true));

    [TestMethod]
    public void AGlitchThatNoFilterSeesIsNoOpening() => CollectionAssert.AreEqual(Array.Empty<string>(), Forge.Good().Edge(MiddleUs, Wire.EStopA, false).Edge(MiddleUs + 100, Wire.EStopA, true).Judge());

    [TestMethod]
    public void PulsesAfterTheFootHasLeft()
    {
        Forge forge = Forge.Good(done: false).Edge(MiddleUs, Wire.FootSwitch, false);
        Breaks(Rules.AfterFoot, forge, Conditions.Whole with { HasFoot = true });
    }

    [TestMethod]
    public void PulsesWithAHotCoil() => Breaks(Rules.AfterHeat, Forge.Good(done: false).Edge(4_000_000, Wire.CoilCool, false));

    [TestMethod]
    public void PulsesLongAfterTheCrystalWentWrong()
    {
        Forge forge = Forge.Good(done: false, pulses: false);
        forge.LeasedUntilUs = forge.FedUntilUs = forge.EndsUs = 75_000_000;
        forge.Edge(7_000_000, Wire.ClockRight, false).Edge(6_700_000, Wire.Gate, true).Pulse(73_000_000);
        Assert.Contains(Rules.AfterClock, Named(forge.Judge()));
    }

    [TestMethod]
    public void PulsesAfterTheLeaseHasEnded()
    {
        Forge forge = Forge.Good(done: false);
        forge.LeasedUntilUs = 6_100_000;
        Breaks(Rules.AfterLease, forge);
    }

    [TestMethod]
    public void PulsesAfterTheLeaseWasGivenUp() => Breaks(Rules.AfterLease, Forge.Good(done: false).ToBoard(MiddleUs, Reg.ReleaseLease, HarpFrames.U32, BitConverter.GetBytes(7)));

    [TestMethod]
    [DataRow((byte)0xE4), DataRow((byte)0xF5)]
    public void PulsesAfterStandbyOrMutedReplies(byte mode) => Breaks(Rules.AfterSilence, Forge.Good(done: false).ToBoard(MiddleUs, Reg.OperationControl, HarpFrames.U8, [mode]));

    [TestMethod]
    public void PulsesAfterTheBoardHasSaidThatAFaultIsLatched() => Breaks(Rules.AfterFault, Forge.Good(done: false).Status(MiddleUs, 8, 5, 5, 4));

    [TestMethod]
    public void PulsesAfterAMissingAnswer() => Breaks(Rules.AfterAnswer, Forge.Good(done: false).Without(edge => edge.Wire == Wire.TriggerOut && edge.T80 > (Forge.FirstUs + 200_000) * 80 && edge.T80 < (Forge.FirstUs + 300_000) * 80));

    [TestMethod]
    public void PulsesAfterAnAnswerToNothing() => Breaks(Rules.AfterAnswer, Forge.Good(done: false).Edge(MiddleUs, Wire.TriggerOut, true).Edge(MiddleUs + 50, Wire.TriggerOut, false));

    [TestMethod]
    public void PulsesAfterTheProcessorStopped() => Breaks(Rules.AfterReset, Forge.Good(done: false).Edge(Forge.FirstUs + 50_000, Wire.Running, false));

    [TestMethod]
    public void PulsesAfterTheSupplyFailed() => Breaks(Rules.AfterReset, Forge.Good(done: false).Edge(MiddleUs, Wire.Supply, false));

    [TestMethod]
    public void PulsesWithoutAHeartbeat()
    {
        Forge forge = Forge.Good();
        forge.FedUntilUs = Forge.FirstUs;
        Breaks(Rules.Watchdog, forge);
    }

    [TestMethod]
    public void ShortPulsesOnTheHeartbeatFeedNothing()
    {
        Forge forge = Forge.Good();
        forge.FedUntilUs = Forge.FirstUs;
        for (long us = Forge.FirstUs; us < Forge.LastUs; us += 10_000) { forge.Edge(us, Wire.Heartbeat, true).Edge(us + 500, Wire.Heartbeat, false); }
        Breaks(Rules.Watchdog, forge);
    }

    [TestMethod]
    public void APulseWhileHeld() => Breaks(Rules.WhileHeld, Forge.Good(done: false).State(MiddleUs, 6));

    [TestMethod]
    public void APulseLongAfterTheEnd() => Breaks(Rules.Resumes, Forge.Good().Edge(10_000_000, Wire.Key, false).Edge(10_000_001, Wire.Enable, true).Edge(10_000_001, Wire.Gate, true).Edge(10_000_002, Wire.Key, true).Pulse(10_000_200));

    [TestMethod]
    public void TwoPulsesTooClose() => Assert.Contains(Rules.MinGap, Named(Forge.Good(done: false).Pulse(MiddleUs).Pulse(MiddleUs + 900).Judge()));

    [TestMethod]
    public void TooManyPulsesInAWindow() => Assert.Contains(Rules.Windows, Named(Crowd().Judge()));

    [TestMethod]
    [DataRow(2_000_000u, 0u, 0u), DataRow(0u, 9u, 0u), DataRow(0u, 0u, 3u)]
    public void AProgramThatIsArmedAgainstLimitsThatWereTightenedForIt(uint minGapUs, uint pulses, uint inASecond) =>
        Breaks(Rules.Limits, Forge.Good().Command(5_000_000, Reg.Limits, minGapUs, 0, pulses, 0, inASecond, 0));

    [TestMethod]
    public void AProcessorThatStandsStillForEver()
    {
        Forge forge = Forge.Good().Edge(10_000_000, Wire.Running, false);
        forge.EndsUs = 40_000_000;
        Breaks(Rules.Lives, forge);
    }

    [TestMethod]
    public void APulseMoreThanPlanned() => Breaks(Rules.NeverMore, Forge.Good(done: false).Pulse(Forge.LastUs + Forge.GapUs));

    [TestMethod]
    public void APulseThatIsLate() => Breaks(Rules.Schedule, Moved(10));

    [TestMethod]
    public void APulseThatIsEarly() => Breaks(Rules.Schedule, Moved(-10));

    [TestMethod]
    public void APulseThatIsTooWide() => Breaks(Rules.Width, Wide(8_100));

    [TestMethod]
    public void APulseThatIsCutThoughNothingClosed() => Breaks(Rules.Width, Wide(7_000));

    [TestMethod]
    public void ATriggerPulseThatIsTooWide() => Breaks(Rules.Width, Forge.Good().Without(edge => edge.Wire == Wire.Trigger && !edge.Level && edge.T80 < (Forge.FirstUs + 1_000) * 80).Edge(Forge.FirstUs + 105, Wire.Trigger, false));

    [TestMethod]
    [DataRow(9, 10), DataRow(10, 9), DataRow(11, 10)]
    public void CountsThatAreNotWhatLeft(long gated, long raw) => Breaks(Rules.Counted, Forge.Good(done: false).Finish(gated: gated, raw: raw));

    [TestMethod]
    public void AStoppedSessionThatCountedOtherwise() => Breaks(Rules.Counted, Forge.Good(done: false).Finish(gated: 5, raw: 5, state: 2));

    [TestMethod]
    public void DoneWithPulsesMissing() => Breaks(Rules.Counted, Forge.Good(pulses: false).Pulse(Forge.FirstUs));

    [TestMethod]
    public void ARecordThatSaysCompletedWithPulsesMissing() => Breaks(Rules.Recorded, Forge.Good(pulses: false, done: false).Pulse(Forge.FirstUs).Finish(gated: 1, raw: 1, state: 2).Claim(9_000_000, Forge.Pulses));

    [TestMethod]
    public void ABoardThatComesBackArmed() => Breaks(Rules.BootDisarmed, Forge.Good().Edge(8_000_000, Wire.Running, false).Edge(9_000_000, Wire.Running, true).Status(9_500_000, 4));

    [TestMethod]
    public void ABoardThatWasResetInARunAndDoesNotSaySo() => Breaks(Rules.BootDisarmed, Forge.Good(pulses: false, done: false)
        .Edge(Forge.FirstUs - 50_000, Wire.Running, false).Edge(Forge.FirstUs - 50_000, Wire.Gate, false).Edge(9_000_000, Wire.Running, true).Status(9_500_000, 2));

    [TestMethod]
    public void EveryRuleThatJudgesARecordingHasAForgedRecordingHere()
    {
        // That one judges what a recording does not hold: that nothing was broken.
        HashSet<string> named = [.. typeof(OracleTests).GetMethods().Where(method => method.ReturnType == typeof(void)).Select(method => method.Name)];
        Assert.IsGreaterThan(30, named.Count);
        string source = File.ReadAllText(Path.Combine(SourceTree.Root, "tests", "simulation", "OracleTests.cs"));
        foreach (string rule in Rules.All.Except([Rules.Liveness]))
        {
            string field = typeof(Rules).GetFields().Single(one => one.IsLiteral && one.GetRawConstantValue() as string == rule).Name;
            Assert.Contains("Rules." + field, source, rule);
        }
    }

    private static void Breaks(string rule, Forge forge, Conditions? conditions = null) => CollectionAssert.AreEqual(new[] { rule }, forge.Judge(conditions));

    private static string[] Named(string[] rules) => rules;

    private static Forge Crowd()
    {
        Forge forge = Forge.Good(done: false);
        for (int i = 0; i < 5; i++) { forge.Pulse(MiddleUs + (i * 2_000)); }
        return forge;
    }

    private static Forge Moved(long byUs)
    {
        long us = Forge.FirstUs + (5 * Forge.GapUs);
        return Forge.Good().Without(edge => edge.Wire is Wire.Trigger or Wire.Stimulator or Wire.TriggerOut && edge.T80 >= us * 80 && edge.T80 < (us + 1_000) * 80).Pulse(us + byUs);
    }

    private static Forge Wide(int width80)
    {
        long us = Forge.FirstUs + (5 * Forge.GapUs);
        return Forge.Good().Without(edge => edge.Wire is Wire.Trigger or Wire.Stimulator or Wire.TriggerOut && edge.T80 >= us * 80 && edge.T80 < (us + 1_000) * 80).Pulse(us, width80: width80);
    }
}
