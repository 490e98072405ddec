using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Virtual.Tests;

/// <summary>A clock that goes wrong while the board runs, and one that is about to wrap.</summary>
[TestClass]
public sealed class ClockFaultTests
{
    [TestMethod]
    [DataRow(2_000_000)]
    [DataRow(-2_000_000)]
    public void Crystal_that_changes_its_rate_in_a_run_is_found_within_a_minute(int ppb)
    {
        VirtualBoard board = new(new VirtualBoardOptions());
        SessionRunner host = Session(board, "rtms1-600");
        long fromUs = 0;
        board.RunLockStep(new During(host, _ => board.Bench.Referee.Pulses(RefereeSignal.Stimulator) > 30, () =>
        {
            fromUs = board.NowUs + 1_000_000;
            board.Faults.ClockErrorAt(fromUs, ppb);
        }));
        Assert.AreEqual(SessionVerdict.Faulted, host.Result!.Verdict, host.Result.Message);
        CollectionAssert.Contains(host.Result.Faults.Select(fault => fault.Name).ToArray(), "ClockDisagrees");
        long last80 = Analysis.Onsets80(board.Bench.Referee.Span, RefereeSignal.Stimulator)[^1];
        Assert.IsLessThan(Ticks80.FromUs(fromUs + 60_000_000), last80);
    }

    [TestMethod]
    [DataRow(2_000_000, "LeaseLost")]
    [DataRow(-1_000_000, "ClockFailed")]
    public void Clock_that_jumps_in_a_run_ends_it_forward_as_a_pause_would_and_back_as_a_fault_of_its_own(long byUs, string name)
    {
        VirtualBoard board = new(new VirtualBoardOptions());
        SessionRunner host = Session(board, "itbs600");
        board.RunLockStep(new During(host, _ => board.Bench.Referee.Pulses(RefereeSignal.Stimulator) > 30, () => board.Faults.JumpClockAt(board.NowUs + 500_000, byUs)));
        Assert.AreEqual(SessionVerdict.Faulted, host.Result!.Verdict, host.Result.Message);
        CollectionAssert.Contains(host.Result.Faults.Select(fault => fault.Name).ToArray(), name);
    }

    /// <summary>32 bits of microseconds (71.6 minutes), and their half, wrap in the middle of the session.</summary>
    [TestMethod]
    [DataRow(1L << 32)]
    [DataRow(1L << 31)]
    public void Session_across_a_wrap_of_32_bits_is_the_same_as_any_other(long wrapUs)
    {
        Outcome plain = Outcome.Of("itbs600", new VirtualBoardOptions { CallJitterNs = 0 });
        Outcome wrapped = Outcome.Of("itbs600", new VirtualBoardOptions { CallJitterNs = 0, ClockStartUs = wrapUs - 100_000_000 });
        Assert.AreEqual(SessionVerdict.Completed, wrapped.Result.Verdict, wrapped.Result.Message);
        Assert.HasCount(plain.Onsets80.Count, wrapped.Onsets80);
    }

    /// <summary>32 bits of milliseconds wrap after 49.7 days: before and after it a board that has run so long wants a fresh self-test.</summary>
    [TestMethod]
    [DataRow((1L << 31) * 1000)]
    [DataRow((1L << 32) * 1000)]
    public void Board_that_has_run_for_weeks_arms_neither_before_nor_after_the_wrap(long wrapUs)
    {
        foreach (long startUs in new[] { wrapUs - 60_000_000, wrapUs - 3_000_000, wrapUs })
        {
            Outcome run = Outcome.Of("itbs600", new VirtualBoardOptions { ClockStartUs = startUs });
            Assert.AreEqual(SessionVerdict.Refused, run.Result.Verdict, run.Result.Message);
            CollectionAssert.Contains(run.Result.Inhibits.Select(reason => reason.Name).ToArray(), "UptimeTooLong");
        }
    }

    private static SessionRunner Session(VirtualBoard board, string id) =>
        new(board.Connect(), new SessionOrder(id, ProgramBuilder.Build(ProtocolLibrary.Find(id))) { InVirtualTime = true });
}
