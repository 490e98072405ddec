using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Virtual.Tests;

[TestClass]
public sealed class LockStepTests
{
    [TestMethod]
    public void TriggerPulsesPassTheGateThatTheBoardOpenedByItsPins()
    {
        VirtualBoard board = Run(2_000_000);
        ReadOnlySpan<Edge> edges = board.Bench.Referee.Span;
        // Asleep for 0.3 s, then a pass each 10 ms; the gate opens in the fourth.
        Assert.AreEqual(340, Analysis.Onsets80(edges, RefereeSignal.Gate).Single() / Ticks80.FromMs(1), 10);
        Assert.AreEqual(board.Bench.Referee.Pulses(RefereeSignal.Trigger), board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
        Assert.AreEqual(165, board.Bench.Referee.Pulses(RefereeSignal.Trigger), 2);
        Assert.AreEqual(0, Analysis.PulsesWithGateClosed(edges, RefereeSignal.Stimulator));
    }

    [TestMethod]
    public void TheSameSeedGivesTheSameEdgesByteForByte()
    {
        string first = EdgesWith(seed: 7);
        Assert.AreEqual(first, EdgesWith(seed: 7));
        Assert.AreNotEqual(first, EdgesWith(seed: 8));
    }

    [TestMethod]
    public void TimeStandsStillWhileTheHostHasSomethingToDo()
    {
        byte[] message = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
        VirtualBoard board = Board();
        EchoHost host = new(board.Connect(), message, 1_100_000);
        Assert.AreEqual(LockStepEnd.HostFinished, board.RunLockStep(host, 5_000_000));
        CollectionAssert.AreEqual(message, host.Received);
        Assert.IsTrue(host.StepTimesUs.GroupBy(us => us).Any(g => g.Count() > 1), "several steps at one instant");
        // There in one pass, back in the next, at 10 us a byte.
        Assert.IsLessThanOrEqualTo(1_100_000 + 40_000, host.StepTimesUs[^1]);
    }

    [TestMethod]
    public void ARunEndsAtItsLimitOfTime()
    {
        VirtualBoard board = Board();
        Assert.AreEqual(LockStepEnd.TimeLimit, board.RunLockStep(new Watcher(long.MaxValue), 1_500_000));
        Assert.AreEqual(1_500_000, board.NowUs, 10_000);
    }

    [TestMethod]
    public void AHostThatNeverRestsIsNamed()
    {
        VirtualBoardException e = Assert.ThrowsExactly<VirtualBoardException>(() => Board().RunLockStep(new Restless()));
        StringAssert.Contains(e.Message, "never becomes idle");
    }

    [TestMethod]
    public void AContactOpenedByTheHostClosesTheGateWithinAMillisecond()
    {
        VirtualBoard board = Board();
        long openedAt80 = 0;
        board.RunLockStep(new Watcher(2_000_000, nowUs =>
        {
            if (nowUs < 1_500_000 || openedAt80 != 0) { return; }
            openedAt80 = board.Bench.Now80 + 12_345;
            board.Bench.Contact(ContactName.EStopB).Open(openedAt80);
        }));
        Edge closed = board.Bench.Referee.Edges.Last(e => e.Signal == RefereeSignal.Gate);
        Assert.IsFalse(closed.Level);
        Assert.IsInRange(openedAt80, openedAt80 + Ticks80.FromMs(1), closed.T80);
    }

    [TestMethod]
    public void APauseLongerThanTheWatchdogClosesTheGate()
    {
        VirtualBoard board = Run(2_500_000, new VirtualBoardOptions { Firmware = StandIn.Run, Pauses = [new ScheduledPause(1_500_000, 400_000)] });
        Edge last = board.Bench.Referee.Edges.Last(e => e.Signal == RefereeSignal.Gate);
        Assert.IsFalse(last.Level);
        Assert.AreEqual(1_750, last.T80 / Ticks80.FromMs(1), 15);
        Assert.IsGreaterThanOrEqualTo(1, board.Pauses);
    }

    [TestMethod]
    public void ContactsCanStartOpen()
    {
        VirtualBoard board = Run(2_000_000, new VirtualBoardOptions { Firmware = StandIn.Run, Bench = new() { ContactsClosed = false } });
        Assert.AreEqual(0, board.Bench.Referee.Pulses(RefereeSignal.Gate));
    }

    [TestMethod]
    public void AfterACutSupplyTheGateIsClosedAndTheFirmwareBootsAgain()
    {
        VirtualBoard board = Board();
        int boots = StandIn.Boots;
        board.Faults.CutPowerAt(1_500_000, 200_000);
        board.RunLockStep(new Watcher(4_000_000));
        Assert.AreEqual(1, board.Restarts);
        Assert.IsGreaterThanOrEqualTo(boots + 2, StandIn.Boots);
        List<Edge> gate = [.. board.Bench.Referee.Edges.Where(e => e.Signal == RefereeSignal.Gate)];
        Assert.AreEqual(new Edge(Ticks80.FromUs(1_500_000), RefereeSignal.Gate, false), gate[2]);
        Assert.AreEqual(2_040, gate[3].T80 / Ticks80.FromMs(1), 15, "1.5 s + 0.2 s off + 0.34 s of boot");
    }

    [TestMethod]
    public void AFaultCanBePlacedInsideACall()
    {
        VirtualBoard board = Board();
        board.Faults.CutPowerAtCall(FirmwareCall.PinWrite, 20, 100_000);
        board.RunLockStep(new Watcher(1_300_000));
        Assert.AreEqual(1, board.Restarts);
    }

    [TestMethod]
    public void AnExceptionThatTheFirmwareLetsGoEndsTheRunByName()
    {
        VirtualBoard board = Board();
        board.Faults.ThrowAtCall(FirmwareCall.PinWrite, 5, new InvalidOperationException("as ordered"));
        VirtualBoardException e = Assert.ThrowsExactly<VirtualBoardException>(() => board.RunLockStep(new Watcher(2_000_000)));
        StringAssert.Contains(e.Message, "as ordered");
    }

    [TestMethod]
    public void AFirmwareThatReturnsIsAnError() =>
        Assert.ThrowsExactly<VirtualBoardException>(() => new VirtualBoard(new() { Firmware = () => { } }).RunLockStep(new Watcher(1)));

    [TestMethod]
    [DataRow(-1, 1_000, "MaxPauseMs")]
    [DataRow(60_001, 1_000, "MaxPauseMs")]
    [DataRow(10, 0, "MeanPauseIntervalMs")]
    public void ImpossibleOptionsAreRefusedByName(int maxMs, int meanMs, string name)
    {
        VirtualBoardOptions options = new() { MaxPauseMs = maxMs, MeanPauseIntervalMs = meanMs };
        Assert.AreEqual(name, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new VirtualBoard(options)).ParamName);
    }

    [TestMethod]
    public void ABoardRunsOnceAndInItsOwnPace()
    {
        VirtualBoard board = Run(1_200_000);
        Assert.ThrowsExactly<InvalidOperationException>(() => board.RunLockStep(new Watcher(1)));
        Assert.ThrowsExactly<InvalidOperationException>(() => Board().Start());
        Assert.ThrowsExactly<InvalidOperationException>(() => new VirtualBoard(new() { RealTime = true }).RunLockStep(new Watcher(1)));
    }

    private static VirtualBoard Board() => new(new VirtualBoardOptions { Firmware = StandIn.Run });

    private static VirtualBoard Run(long untilUs, VirtualBoardOptions? options = null)
    {
        VirtualBoard board = new(options ?? new VirtualBoardOptions { Firmware = StandIn.Run });
        board.RunLockStep(new Watcher(untilUs));
        return board;
    }

    private static string EdgesWith(ulong seed)
    {
        VirtualBoard board = Run(20_000_000, new() { Firmware = StandIn.Run, Seed = seed, MaxPauseMs = 120, MeanPauseIntervalMs = 500 });
        StringWriter text = new();
        EdgesCsv.Write(text, board.Bench.Referee.Span);
        return text.ToString();
    }

    private sealed class Restless : ITransportStep
    {
        public bool IsFinished => false;

        public bool Step(long nowUs) => true;
    }
}
