using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Virtual.Tests;

/// <summary>The real firmware on the virtual board.</summary>
[TestClass]
public sealed class FirmwareTests
{
    // Opening, writing and closing the record after a session: the caches are off each time.
    private const int PausesOfOneWriting = 2;

    private const int U8 = 1, U16 = 2, U32 = 4, WhoAmI = 0, Identity = 32, SupervisorState = 35, Idle = 2;

    [TestMethod]
    public void ItBootsToIdleAndAnswersHarpReadsOfRegisters0And32()
    {
        VirtualBoard board = new();
        RegisterHost host = new(board.Connect(), 4_000_000, (WhoAmI, U16), (Identity, U32), (SupervisorState, U8));
        Assert.AreEqual(LockStepEnd.HostFinished, board.RunLockStep(host, 10_000_000));
        Assert.IsTrue(host.Answers.All(a => a.State == HarpRequestState.Answered));
        CollectionAssert.AreEqual(new byte[] { 0, 0 }, host.Answers[0].Reply!.Payload);
        Assert.AreEqual(BoardIdentity.Magic, host.Answers[1].Reply!.U32(0));
        Assert.AreEqual(1u, host.Answers[1].Reply!.U32(3), "it says that it is virtual");
        CollectionAssert.AreEqual(new byte[] { Idle }, host.Answers[2].Reply!.Payload);
        Assert.AreEqual(3, board.Bench.Referee.Edges.Count, "from here on nothing moves");
    }

    [TestMethod]
    [DataRow("ctbs600")]
    [DataRow("itbs600-30hz")]
    [DataRow("qtbs-666hz")]
    public void BoardTimeAndTheRefereesTimeAgreeOnEveryStartAndEveryEdge(string id)
    {
        (SessionResult result, VirtualBoard board) = Play(id, new());
        Assert.AreEqual(SessionVerdict.Completed, result.Verdict, result.Message);
        AssertEdges(id, board, result);
    }

    [TestMethod]
    public void PausesOf150MsInsideATransactionMoveNoEdgeAndKeepTheGate()
    {
        VirtualBoard board = new();
        SessionRunner host = Session(board, "ctbs600");
        int before = 0;
        board.RunLockStep(new During(host, _ => FirstPulse80(board) > 0, () =>
        {
            before = board.Pauses;
            for (int s = 1; s < 39; s++) { board.Faults.PauseAt(board.NowUs + s * 1_000_000L + s * 777, 150_000); }
        }));
        Assert.AreEqual(SessionVerdict.Completed, host.Result!.Verdict, host.Result.Message);
        Assert.AreEqual(38 + PausesOfOneWriting, board.Pauses - before);
        AssertEdges("ctbs600", board, host.Result);
    }

    [TestMethod]
    public void AStartBeyondItsBoundIsRefusedBeforeItsFirstPulse()
    {
        VirtualBoard board = new();
        board.Faults.PauseAtCall(FirmwareCall.RmtSend, 3, 2_000); // the first two are of the gate test;
        SessionRunner host = Session(board, "ctbs600");
        board.RunLockStep(host);
        Assert.AreEqual(SessionVerdict.Faulted, host.Result!.Verdict, host.Result.Message);
        Assert.AreEqual("StartLate", host.Result.Faults.Single().Name);
        Assert.AreEqual(3, board.Bench.Referee.Edges.Count, "nothing moved: no trigger, no gate, no pulse");
    }

    [TestMethod]
    [DataRow(ContactName.EStopA)]
    [DataRow(ContactName.EStopB)]
    [DataRow(ContactName.Interlock)]
    public void AContactThatOpensInARunStopsThePulsesWithinAMillisecondAndForGood(ContactName contact)
    {
        VirtualBoard board = new();
        SessionRunner host = Session(board, "ctbs600");
        long openedAt80 = 0;
        board.RunLockStep(new During(host, nowUs => FirstPulse80(board) > 0, () =>
        {
            openedAt80 = board.Bench.Now80 + Ticks80.FromUs(2_345_678);
            board.Bench.Contact(contact).Open(openedAt80);
            board.Bench.Contact(contact).Close(openedAt80 + Ticks80.FromMs(200));
        }));
        Assert.AreEqual(SessionVerdict.Faulted, host.Result!.Verdict, host.Result.Message);
        Edge closed = board.Bench.Referee.Edges.Last(e => e.Signal == RefereeSignal.Gate);
        Assert.IsFalse(closed.Level);
        Assert.IsInRange(openedAt80, openedAt80 + Ticks80.FromMs(1), closed.T80);
        Assert.IsTrue(board.Bench.Referee.Edges.All(e => e.Signal != RefereeSignal.Stimulator || !e.Level || e.T80 < closed.T80));
    }

    [TestMethod]
    public void ABrownOutInARunClosesTheGateAtThatInstantAndNothingResumes()
    {
        VirtualBoard board = new();
        SessionRunner host = Session(board, "ctbs600");
        long cutUs = 0;
        board.RunLockStep(new During(host, _ => FirstPulse80(board) > 0, () =>
        {
            cutUs = board.NowUs + 1_234_567;
            board.Faults.CutPowerAt(cutUs, 50_000);
        }), 300_000_000);
        Assert.AreEqual(1, board.Restarts);
        Assert.AreNotEqual(SessionVerdict.Completed, host.Result!.Verdict, host.Result.Message);
        Assert.AreEqual(Ticks80.FromUs(cutUs), board.Bench.Referee.Edges[^1].T80, "the last edges are those of the cut");
    }

    [TestMethod]
    public void AListWhoseNativeCopyWouldNotFitIsRefusedAtArmingAndNeverSent()
    {
        (SessionResult result, VirtualBoard board) = Play("rtms1-1800", new VirtualBoardOptions { NativeFreeBytes = 100_000 });
        Assert.AreEqual(SessionVerdict.Refused, result.Verdict, result.Message);
        Assert.IsTrue(result.Inhibits.Any(reason => reason.Name == "MemoryLow"), result.Message);
        Assert.AreEqual(0, board.Restarts);
    }

    [TestMethod]
    public void AnExceptionInsideTheFirmwareMakesSafeAndReboots()
    {
        VirtualBoard board = new();
        board.Faults.ThrowAtCall(FirmwareCall.ClockRead, 100, new InvalidOperationException("as ordered"));
        RegisterHost host = new(board.Connect(), 8_000_000, (SupervisorState, U8));
        board.RunLockStep(host, 20_000_000);
        Assert.AreEqual(1, board.Restarts);
        CollectionAssert.AreEqual(new byte[] { Idle }, host.Answers[0].Reply!.Payload);
    }

    private static SessionRunner Session(VirtualBoard board, string id) =>
        new(board.Connect(), new SessionOrder(id, ProgramBuilder.Build(ProtocolLibrary.Find(id))));

    private static long FirstPulse80(VirtualBoard board) =>
        board.Bench.Referee.Edges.FirstOrDefault(e => e.Signal == RefereeSignal.Stimulator && e.Level).T80;

    private static (SessionResult Result, VirtualBoard Board) Play(string id, VirtualBoardOptions options)
    {
        VirtualBoard board = new(options);
        SessionRunner host = Session(board, id);
        board.RunLockStep(host, 5L * 3600 * 1_000_000);
        Assert.IsNotNull(host.Result, "the session ended in time");
        return (host.Result, board);
    }

    /// <summary>Each transaction is moved as a whole by its start, within its bound; inside it every edge is on its tick.</summary>
    private static void AssertEdges(string id, VirtualBoard board, SessionResult result)
    {
        ReadOnlySpan<Edge> edges = board.Bench.Referee.Span;
        List<long> emitted80 = Analysis.Onsets80(edges, RefereeSignal.Stimulator);
        ExactSchedule schedule = new(ProtocolLibrary.Find(id));
        List<PlannedPulse> planned = [.. schedule.Pulses()];
        Assert.AreEqual(planned.Count, emitted80.Count);
        Assert.AreEqual(planned.Count, result.PulsesCounted);
        Assert.AreEqual(planned.Count, result.PulsesRaw);
        Assert.AreEqual(0, Analysis.PulsesWithGateClosed(edges, RefereeSignal.Stimulator));
        foreach (TrainReading train in result.Trains)
        {
            int first = (int)train.FirstPulse;
            // The board booted at 0 and its crystal is right here: board time is the referee's time.
            long startError80 = emitted80[first] - Ticks80.FromUs(train.PlannedStartUs);
            Assert.IsLessThanOrEqualTo(Ticks80.FromUs(train.StartBoundUs), Math.Abs(startError80));
            for (int i = first; i < first + train.PlannedPulses; i++)
            {
                AssertHalfATick(schedule, planned[i]);
                Assert.AreEqual(Ticks80.FromUs(planned[i].TickUs - planned[first].TickUs), emitted80[i] - emitted80[first], $"pulse {i}");
            }
        }
    }

    private static void AssertHalfATick(ExactSchedule schedule, PlannedPulse pulse)
    {
        Rational errorUs = new Rational(pulse.TickUs, 1) - schedule.OnsetUs(pulse);
        Assert.IsTrue(errorUs <= new Rational(1, 2) && errorUs >= new Rational(-1, 2), $"pulse {pulse.Index}: {errorUs} us");
    }
}
