using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>What was sent stays in the windows: across transactions, holds, stops, re-arms and power-up.</summary>
[TestClass]
public class GuardHistoryTests
{
    private static readonly long[] hundred = Gaps(99, 40_000);
    private static readonly long hundredSpan = hundred.Sum();

    [TestMethod]
    public void Nothing_passes_before_boot()
    {
        var guard = new OutputGuard(ChannelWords, Ceilings());
        Assert.AreEqual(-1, guard.Step(10));
        Assert.AreEqual(GuardVerdict.NotJudged, guard.Verdict);
        foreach (var first in new[] { 0L, ClearUs, long.MaxValue / 4 })
        {
            Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([], 100, first));
            Assert.IsTrue(guard.HistoryToBlame);
        }
    }

    [TestMethod]
    public void Unknown_history_counts_as_full_until_exactly_5_s_after_power_up()
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([], 100, BootUs + 999));
        Assert.AreEqual(GuardVerdict.Window1, guard.JudgeGaps([], 100, BootUs + 1000));
        Assert.AreEqual(GuardVerdict.Window1, guard.JudgeGaps([], 100, BootUs + 49_999));
        Assert.AreEqual(GuardVerdict.Window2, guard.JudgeGaps([], 100, BootUs + 50_000));
        Assert.AreEqual(GuardVerdict.Window2, guard.JudgeGaps([], 100, BootUs + 999_999));
        Assert.AreEqual(GuardVerdict.Window3, guard.JudgeGaps([], 100, BootUs + 1_000_000));
        Assert.AreEqual(GuardVerdict.Window3, guard.JudgeGaps([], 100, BootUs + 4_999_999));
        Assert.IsTrue(guard.HistoryToBlame);
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([], 100, BootUs + 5_000_000));
        Assert.AreEqual(BootUs + 5_000_000, guard.EarliestUs(Ceilings()));
    }

    [TestMethod]
    public void Window_2_is_exact_across_two_transactions()
    {
        // 50 pulses 20 ms apart, twice: each of the second lies 50 pulses after its twin in the first.
        var fifty = Gaps(49, 20_000);
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.Send(fifty, ClearUs));
        Assert.AreEqual(GuardVerdict.Window2, guard.JudgeGaps(fifty, 100, ClearUs + 999_999));
        Assert.IsTrue(guard.HistoryToBlame);
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps(fifty, 100, ClearUs + 1_000_000));
    }

    [TestMethod]
    public void Window_3_is_exact_across_two_transactions()
    {
        // 100 pulses 40 ms apart, then 60 pulses 20 ms apart. The last of them, 1,180 ms after its train's first, follows
        // by 150 the tenth of the first train, at 360 ms: the trains must be 5,000 + 360 - 1,180 ms apart.
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.Send(hundred, ClearUs));
        Assert.AreEqual(GuardVerdict.Window3, guard.JudgeGaps(Gaps(59, 20_000), 100, ClearUs + 4_179_999));
        Assert.IsTrue(guard.HistoryToBlame);
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps(Gaps(59, 20_000), 100, ClearUs + 4_180_000));
    }

    [TestMethod]
    public void A_tightened_window_holds_for_pulses_already_sent()
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.Send(hundred, ClearUs));
        var limits = Ceilings();
        limits.Window3Pulses = 100;
        Assert.AreEqual(GuardVerdict.Window3, guard.JudgeGaps([], 100, ClearUs + 4_999_999, limits));
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([40_000], 100, ClearUs + 5_000_000, limits));
        Assert.AreEqual(GuardVerdict.Window3, guard.JudgeGaps([39_999], 100, ClearUs + 5_000_000, limits));
        Assert.AreEqual(ClearUs + 5_000_000, guard.EarliestUs(limits));
    }

    [TestMethod]
    public void The_gap_to_the_pulse_before_is_judged_across_transactions()
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.Send([10_000], ClearUs));
        Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([], 100, ClearUs + 10_999));
        Assert.IsTrue(guard.HistoryToBlame);
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([], 100, ClearUs + 11_000));
        Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([], 100, ClearUs + 10_000), "At the same time as the last.");
        Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([], 100, ClearUs), "Before the last.");
        Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([999], 100, ClearUs + 20_000));
        Assert.IsFalse(guard.HistoryToBlame);
    }

    [TestMethod]
    public void A_stop_and_a_new_session_do_not_empty_the_windows()
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.Send(hundred, ClearUs));
        guard.BeginSession(0);
        Assert.AreEqual(0, guard.SessionPulses);
        Assert.AreEqual(ClearUs + hundredSpan, guard.LastOnsetUs);
        Assert.AreEqual(GuardVerdict.Window3, guard.JudgeGaps(Gaps(59, 20_000), 100, ClearUs + 4_179_999));
        Assert.IsTrue(guard.HistoryToBlame);
    }

    [TestMethod]
    public void What_was_judged_and_never_sent_leaves_no_trace()
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.Send([10_000], ClearUs));
        var last = guard.LastOnsetUs;
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps(hundred, 100, ClearUs + 20_000));
        Assert.AreEqual(GuardVerdict.Window3, guard.JudgeGaps(Gaps(299, 33_000), 100, ClearUs + 60_000));
        Assert.AreEqual(last, guard.LastOnsetUs);
        Assert.AreEqual(2, guard.SessionPulses);
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([], 100, ClearUs + 11_000));
    }

    [TestMethod]
    public void A_list_sent_later_than_judged_stands_in_history_where_it_was_sent()
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps(Gaps(299, 40_000), 100, ClearUs));
        Assert.IsFalse(guard.MaySend(ClearUs - 1));
        Assert.IsTrue(guard.MaySend(ClearUs + 7_777_777));
        guard.Commit(ClearUs + 7_777_777);
        var last = ClearUs + 7_777_777 + (299 * 40_000);
        Assert.AreEqual(last, guard.LastOnsetUs);
        Assert.AreEqual(last + 1000, guard.EarliestUs(Ceilings()));

        // Four pulses back lies 120 ms before the last: a window of 130 ms frees 10 ms after the last.
        Assert.AreEqual(GuardVerdict.Window1, Guarded(last + 9_999));
        Assert.AreEqual(GuardVerdict.None, Guarded(last + 10_000));

        int Guarded(long first)
        {
            // One entry moved a step: slices do not matter.
            var bytes = ListWriter.Good([], 100).PadTo(10).Bytes();
            var limits = Ceilings();
            limits.Window1Us = 130_000;
            guard.Begin(bytes, 10, HeadWords, first, 1, 0, limits);
            return guard.Finish(1);
        }
    }

    [TestMethod]
    public void A_list_is_sent_once()
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.Send([10_000], ClearUs));
        Assert.IsFalse(guard.MaySend(ClearUs + 10_000_000));
        Assert.IsFalse(guard.BodyAgrees(1));
        Assert.AreEqual(-1, guard.Step(10));
        Assert.AreEqual(GuardVerdict.NotJudged, guard.Verdict);
    }

    [TestMethod]
    public void What_was_sent_without_passing_fills_every_window_and_the_session()
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([500], 100, ClearUs));
        guard.Commit(ClearUs);
        Assert.AreEqual(ClearUs + 500, guard.LastOnsetUs);
        Assert.AreEqual(GuardVerdict.SessionTotal, guard.JudgeGaps([], 100, ClearUs + 10_000_000));
        guard.BeginSession(0);
        Assert.AreEqual(GuardVerdict.Window3, guard.JudgeGaps([], 100, ClearUs + 500 + 4_999_999));
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([], 100, ClearUs + 500 + 5_000_000));
    }

    [TestMethod]
    public void Full_windows_stand_at_their_own_instant_whatever_was_sent_late_before()
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([10_000], 100, ClearUs));
        guard.Commit(ClearUs + 3_000_000);
        guard.Commit(ClearUs + 4_000_000);
        Assert.AreEqual(ClearUs + 4_010_000, guard.LastOnsetUs);
        guard.Boot(7);
        guard.BeginSession(0);
        Assert.AreEqual(7, guard.LastOnsetUs);
        Assert.AreEqual(5_000_007, guard.EarliestUs(Ceilings()));
    }

    [TestMethod]
    public void Nothing_may_be_sent_that_has_not_passed_with_its_crc()
    {
        var guard = Guard();
        var bytes = ListWriter.Good([10_000, 10_000], 100).PadTo(100).Bytes();
        guard.Begin(bytes, 100, HeadWords, ClearUs, 3, 20_000, Ceilings());
        Assert.IsFalse(guard.MaySend(ClearUs));
        Assert.AreEqual(0, guard.Step(50));
        Assert.IsFalse(guard.MaySend(ClearUs));
        Assert.AreEqual(1, guard.Step(50));
        Assert.IsFalse(guard.MaySend(ClearUs), "Nobody gave the body's CRC.");
        guard.BodyCrc = 0xDEADBEEF;
        Assert.IsTrue(guard.MaySend(ClearUs));
        Assert.IsTrue(guard.BodyAgrees(0xDEADBEEF));
        Assert.IsFalse(guard.BodyAgrees(0xDEADBEEE));
        guard.BeginSession(0);
        Assert.IsFalse(guard.MaySend(ClearUs), "A judgement of the last session is void.");
    }

    [TestMethod]
    public void The_count_of_pulses_may_pass_every_ring_boundary()
    {
        var guard = Guard();
        var first = ClearUs;
        for (var train = 0; train < 600; train++)
        {
            if (train % 50 == 0)
            {
                guard.BeginSession(0);
            }

            Assert.AreEqual(GuardVerdict.None, guard.Send(Gaps(6, 100_000), first), $"train {train}");
            Assert.AreEqual(first + 600_000, guard.LastOnsetUs);
            first += 1_000_000;
        }
    }

    [TestMethod]
    public void Far_times_do_not_wrap()
    {
        var guard = new OutputGuard(ChannelWords, Ceilings());
        guard.Boot(0);
        guard.BeginSession(0);
        var first = 1L << 60;
        Assert.AreEqual(GuardVerdict.None, guard.Send([10_000], first));
        Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([], 100, first + 10_999));
        Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([], 100, 0));
        foreach (var wrap in new[] { 1L << 31, 1L << 32, 1000L << 32 })
        {
            guard.Boot(wrap - 6_000_000);
            guard.BeginSession(0);
            Assert.AreEqual(GuardVerdict.None, guard.Send(Gaps(99, 40_000), wrap - 1_000_000));
            Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([], 100, wrap - 1_000_000 + (99 * 40_000) + 999));
            Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([], 100, wrap - 1_000_000 + (99 * 40_000) + 1000));
        }
    }
}
