using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Virtual.Tests;

/// <summary>The real firmware on the virtual board.</summary>
[TestClass]
public sealed class FirmwareTests
{
    private const int U8 = 1, U16 = 2, U32 = 4, WhoAmI = 0, Identity = 32, SupervisorState = 35, Idle = 2;

    [TestMethod]
    public void ItBootsToIdleAndAnswersHarpReadsOfRegisters0And32()
    {
        VirtualBoard board = new();
        RegisterHost host = new(board.Connect(), 1_500_000, (WhoAmI, U16), (Identity, U32), (SupervisorState, U8));
        Assert.AreEqual(LockStepEnd.HostFinished, board.RunLockStep(host, 10_000_000));
        Assert.IsTrue(host.Answers.All(a => a.State == HarpRequestState.Answered));
        CollectionAssert.AreEqual(new byte[] { 0, 0 }, host.Answers[0].Reply!.Payload);
        Assert.AreEqual(BoardIdentity.Magic, host.Answers[1].Reply!.U32(0));
        Assert.AreEqual(1u, host.Answers[1].Reply!.U32(3), "it says that it is virtual");
        CollectionAssert.AreEqual(new byte[] { Idle }, host.Answers[2].Reply!.Payload);
        Assert.AreEqual(3, board.Bench.Referee.Edges.Count, "booting moves no line");
    }

    [TestMethod]
    [DataRow("itbs600")]
    [DataRow("ctbs600")]
    public void AWholeSessionPutsEveryEdgeWhereTheExactScheduleHasIt(string id)
    {
        (SessionResult result, VirtualBoard board) = Play(id, new());
        Assert.AreEqual(SessionVerdict.Completed, result.Verdict, result.Message);
        AssertEdges(id, board, result);
    }

    [TestMethod]
    public void PausesOfTheInterpreterMoveNoEdgeInsideATransaction()
    {
        (SessionResult result, VirtualBoard board) = Play("itbs600", new() { Seed = 5, MaxPauseMs = 100, MeanPauseIntervalMs = 400 });
        Assert.IsGreaterThan(50, board.Pauses);
        Assert.AreEqual(0, Analysis.PulsesWithGateClosed(board.Bench.Referee.Span, RefereeSignal.Stimulator));
        if (result.Verdict == SessionVerdict.Completed) { AssertEdges("itbs600", board, result); }
        else { Assert.AreNotEqual(0, result.Faults.Count, result.Message); }
    }

    [TestMethod]
    public void TheSameSeedAndHostGiveTheSameEdgesByteForByte()
    {
        VirtualBoardOptions options = new() { Seed = 11, MaxPauseMs = 40, MeanPauseIntervalMs = 300 };
        Assert.AreEqual(Csv(Play("itbs600", options).Board), Csv(Play("itbs600", options).Board));
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

    private static (SessionResult Result, VirtualBoard Board) Play(string id, VirtualBoardOptions options)
    {
        VirtualBoard board = new(options);
        SessionOrder order = new(id, ProgramBuilder.Build(ProtocolLibrary.Find(id)));
        SessionRunner host = new(board.Connect(), order);
        board.RunLockStep(host, 5L * 3600 * 1_000_000);
        Assert.IsNotNull(host.Result, "the session ended in time");
        return (host.Result, board);
    }

    /// <summary>Each transaction is moved as a whole by its start; inside it every edge is within half a tick.</summary>
    private static void AssertEdges(string id, VirtualBoard board, SessionResult result)
    {
        ReadOnlySpan<Edge> edges = board.Bench.Referee.Span;
        List<long> emitted = Analysis.Onsets80(edges, RefereeSignal.Stimulator);
        ExactSchedule schedule = new(ProtocolLibrary.Find(id));
        List<PlannedPulse> planned = [.. schedule.Pulses()];
        Assert.AreEqual(planned.Count, emitted.Count);
        Assert.AreEqual(planned.Count, result.PulsesCounted);
        Assert.AreEqual(planned.Count, result.PulsesRaw);
        Assert.AreEqual(0, Analysis.PulsesWithGateClosed(edges, RefereeSignal.Stimulator));
        foreach (TrainReading train in result.Trains)
        {
            int first = (int)train.FirstPulse;
            for (int i = first; i < first + train.PlannedPulses; i++)
            {
                Rational exactUs = schedule.OnsetUs(planned[i]) - schedule.OnsetUs(planned[first]);
                Rational errorUs = new Rational(emitted[i] - emitted[first], Ticks80.PerUs) - exactUs;
                // Half a tick each for this edge and for the first one, which is the origin here.
                Assert.IsTrue(errorUs <= new Rational(1, 1) && errorUs >= new Rational(-1, 1), $"pulse {i}: {errorUs} us");
            }
        }
    }

    private static string Csv(VirtualBoard board)
    {
        StringWriter text = new();
        EdgesCsv.Write(text, board.Bench.Referee.Span);
        return text.ToString();
    }
}
