using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>For every verdict a list that is just inside and one that is just outside.</summary>
[TestClass]
public class GuardVerdictTests
{
    private static int Judge(long[] gaps, int width = 100, Limits? limits = null) => Guard().JudgeGaps(gaps, width, ClearUs, limits);

    private static Limits With(Action<Limits> change)
    {
        var limits = Ceilings();
        change(limits);
        return limits;
    }

    [TestMethod]
    public void A_theta_burst_train_passes()
    {
        var burst = new long[] { 20_000, 20_000, 160_000 };
        var gaps = Enumerable.Repeat(burst, 10).SelectMany(gap => gap).Take(29).ToArray();
        Assert.AreEqual(GuardVerdict.None, Judge(gaps));
    }

    [TestMethod]
    public void A_single_pulse_passes() => Assert.AreEqual(GuardVerdict.None, Judge([]));

    [TestMethod]
    public void Gaps_of_1000_us_pass_and_of_999_us_do_not()
    {
        Assert.AreEqual(GuardVerdict.None, Judge([1000]));
        Assert.AreEqual(GuardVerdict.MinGap, Judge([999]));
        Assert.AreEqual(GuardVerdict.MinGap, Judge([30_000, 999, 70_000]));
    }

    [TestMethod]
    public void A_tighter_gap_holds()
    {
        var limits = With(l => l.MinGapUs = 5000);
        Assert.AreEqual(GuardVerdict.None, Judge([5000], limits: limits));
        Assert.AreEqual(GuardVerdict.MinGap, Judge([4999], limits: limits));
    }

    [TestMethod]
    public void Widths_from_10_to_1000_us_pass_and_no_others()
    {
        Assert.AreEqual(GuardVerdict.WidthShort, Judge([50_000], 9));
        Assert.AreEqual(GuardVerdict.None, Judge([50_000], 10));
        Assert.AreEqual(GuardVerdict.None, Judge([50_000], 1000));
        Assert.AreEqual(GuardVerdict.WidthLong, Judge([50_000], 1001));
    }

    [TestMethod]
    public void A_last_pulse_too_short_or_too_long_is_rejected()
    {
        Assert.AreEqual(GuardVerdict.WidthShort, Judge([], 9));
        Assert.AreEqual(GuardVerdict.None, Judge([], 10));
        Assert.AreEqual(GuardVerdict.None, Judge([], 1000));
        Assert.AreEqual(GuardVerdict.WidthLong, Judge([], 1001));
    }

    [TestMethod]
    public void What_passed_under_wider_limits_is_judged_anew_under_tighter_ones()
    {
        var guard = Guard();
        var gaps = new long[] { 20_000, 20_000, 160_000, 20_000, 20_000, 160_000 };
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps(gaps));
        Assert.AreEqual(GuardVerdict.WidthLong, guard.JudgeGaps(gaps, limits: With(l => l.MaxWidthUs = 99)));
        Assert.AreEqual(GuardVerdict.WidthShort, guard.JudgeGaps(gaps, limits: With(l => l.MinWidthUs = 101)));
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps(gaps));

        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([]));
        Assert.AreEqual(GuardVerdict.WidthLong, guard.JudgeGaps([], limits: With(l => l.MaxWidthUs = 99)));
        Assert.AreEqual(GuardVerdict.WidthShort, guard.JudgeGaps([], limits: With(l => l.MinWidthUs = 101)));
    }

    [TestMethod]
    public void The_guard_keeps_the_ceilings_it_was_made_with()
    {
        var given = Ceilings();
        var guard = new OutputGuard(ChannelWords, given);
        guard.Boot(BootUs);
        guard.BeginSession(0);
        given.MinGapUs = 1;
        given.MaxTrainPulses = 60_000;
        Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([999], limits: given));
        Assert.AreEqual(GuardVerdict.TrainTotal, guard.JudgeGaps(Gaps(6000, 40_000), limits: given));
    }

    [TestMethod]
    public void A_window_filled_by_the_list_alone_is_not_blamed_on_history()
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.Window1, guard.JudgeGaps([12_500, 12_500, 12_500, 12_499]));
        Assert.IsFalse(guard.HistoryToBlame);
        Assert.AreEqual(GuardVerdict.None, guard.Send([], ClearUs));
        Assert.AreEqual(GuardVerdict.Window1, guard.JudgeGaps([12_500, 12_500, 12_500], first: ClearUs + 12_499));
        Assert.IsTrue(guard.HistoryToBlame);
    }

    [TestMethod]
    public void High_halves_in_a_row_are_one_pulse()
    {
        ListWriter Split(int early, int late) => new ListWriter().Lows(200_000, 8).Half(true, early).Half(true, late).Half(false, 30_000).Half(false, 69_000 - 30_000 - 10_000).Half(true, 100).Half(false, 1);

        long Span(int early, int late) => early + late + 59_000;
        Assert.AreEqual(GuardVerdict.None, Guard().Judge(Split(500, 500), 2, Span(500, 500)));
        Assert.AreEqual(GuardVerdict.WidthLong, Guard().Judge(Split(500, 501), 2, Span(500, 501)));
        Assert.AreEqual(GuardVerdict.None, Guard().Judge(Split(5, 5), 2, Span(5, 5)));
        Assert.AreEqual(GuardVerdict.WidthShort, Guard().Judge(Split(4, 5), 2, Span(4, 5)));
    }

    [TestMethod]
    public void A_pulse_in_the_second_half_of_a_word_is_seen()
    {
        ListWriter List(int gap) => new ListWriter().Lows(200_000, 8).Half(true, 100).Half(false, 100).Half(false, gap - 200).Half(true, 50).Half(false, 1);

        Assert.AreEqual(GuardVerdict.None, Guard().Judge(List(1000), 2, 1000));
        Assert.AreEqual(GuardVerdict.MinGap, Guard().Judge(List(999), 2, 999));
    }

    [TestMethod]
    public void Four_pulses_in_50_ms_pass_and_five_do_not()
    {
        Assert.AreEqual(GuardVerdict.None, Judge([12_500, 12_500, 12_500, 12_500, 12_500]));
        Assert.AreEqual(GuardVerdict.Window1, Judge([12_500, 12_500, 12_500, 12_499]));
        Assert.AreEqual(GuardVerdict.None, Judge([1000, 1000, 1000, 47_000, 1000, 1000]));
        Assert.AreEqual(GuardVerdict.Window1, Judge([1000, 1000, 1000, 46_999]));
    }

    [TestMethod]
    public void Fifty_pulses_in_a_second_pass_and_fifty_one_do_not()
    {
        Assert.AreEqual(GuardVerdict.None, Judge(Gaps(60, 20_000), limits: With(l => l.Window3Pulses = 150)));
        Assert.AreEqual(GuardVerdict.Window2, Judge([.. Gaps(49, 20_000), 19_999]));
    }

    [TestMethod]
    public void A_hundred_and_fifty_pulses_in_5_s_pass_and_one_more_does_not()
    {
        // 33,333 us is 150 gaps in 4,999,950 us; 33,334 us is 5,000,100.
        Assert.AreEqual(GuardVerdict.None, Judge(Gaps(300, 33_334)));
        Assert.AreEqual(GuardVerdict.Window3, Judge(Gaps(150, 33_333)));
        Assert.AreEqual(GuardVerdict.None, Judge(Gaps(149, 33_333)));
        Assert.AreEqual(GuardVerdict.None, Judge([.. Gaps(149, 33_333), 33_383]));
        Assert.AreEqual(GuardVerdict.Window3, Judge([.. Gaps(149, 33_333), 33_382]));
    }

    [TestMethod]
    public void A_window_of_no_pulses_lets_nothing_pass()
        => Assert.AreEqual(GuardVerdict.Window2, Judge([], limits: With(l => l.Window2Pulses = 0)));

    [TestMethod]
    public void One_pulse_more_or_fewer_than_planned_is_rejected()
    {
        var list = ListWriter.Good(Gaps(4, 100_000), 100);
        Assert.AreEqual(GuardVerdict.None, Guard().Judge(list, 5, 400_000));
        Assert.AreEqual(GuardVerdict.Count, Guard().Judge(list, 6, 400_000));

        // With one fewer the low that follows the planned last pulse is what is seen first.
        Assert.AreEqual(GuardVerdict.Padding, Guard().Judge(list, 4, 300_000));
        var doubled = new ListWriter().Lows(200_000, 8).Half(true, 100).Half(false, 1).Half(true, 100).Half(false, 1);
        Assert.AreEqual(GuardVerdict.Count, Guard().Judge(doubled, 1, 0));
    }

    [TestMethod]
    public void The_span_is_exact_to_the_tick()
    {
        var list = ListWriter.Good(Gaps(4, 100_000), 100);
        Assert.AreEqual(GuardVerdict.Span, Guard().Judge(list, 5, 399_999));
        Assert.AreEqual(GuardVerdict.None, Guard().Judge(list, 5, 400_000));
        Assert.AreEqual(GuardVerdict.Span, Guard().Judge(list, 5, 400_001));
    }

    [TestMethod]
    public void A_zero_half_anywhere_is_rejected()
    {
        var good = ListWriter.Good([20_000, 20_000, 160_000, 20_000], 100).PadTo(30).Bytes();
        Assert.AreEqual(GuardVerdict.None, Guard().JudgeBytes(good, 5, 220_000));
        for (var half = 0; half < good.Length / 2; half++)
        {
            foreach (var level in new byte[] { 0x00, 0x80 })
            {
                var bad = (byte[])good.Clone();
                bad[half * 2] = 0;
                bad[(half * 2) + 1] = level;
                Assert.AreNotEqual(GuardVerdict.None, Guard().JudgeBytes(bad, 5, 220_000), $"half {half}");
                bad[(half * 2) + 1] = (byte)(good[(half * 2) + 1] & 0x80);
                Assert.AreEqual(GuardVerdict.ZeroHalf, Guard().JudgeBytes(bad, 5, 220_000), $"half {half}");
            }
        }
    }

    [TestMethod]
    public void A_word_of_two_zero_halves_is_rejected_for_what_it_is_wherever_it_stands()
    {
        ListWriter Usual() => ListWriter.Good([20_000, 20_000, 160_000, 20_000], 100);
        ListWriter Split() => new ListWriter().Lows(200_000, 8).Half(true, 50).Half(true, 50).Lows(60_000, 2).Lows(60_000, 2).Lows(60_000, 2).Half(true, 100).Half(false, 1);
        foreach (var (list, pulses, span) in new[] { (Usual(), 5, 220_000L), (Split(), 2, 180_100L) })
        {
            var good = list.PadTo(30).Bytes();
            Assert.AreEqual(GuardVerdict.None, Guard().JudgeBytes(good, pulses, span));
            for (var word = 0; word < good.Length / 4; word++)
            {
                foreach (var planned in new[] { pulses, pulses + 1 })
                {
                    var bad = (byte[])good.Clone();
                    Array.Clear(bad, word * 4, 4);
                    var expected = word == HeadWords ? GuardVerdict.FirstOnset : GuardVerdict.ZeroHalf;
                    Assert.AreEqual(expected, Guard().JudgeBytes(bad, planned, span), $"word {word}");
                }
            }
        }
    }

    [TestMethod]
    public void Widths_that_contradict_each_other_let_nothing_pass()
    {
        Assert.AreEqual(GuardVerdict.None, Judge([], 500, With(l => l.MinWidthUs = l.MaxWidthUs = 500)));
        Assert.AreEqual(GuardVerdict.BadPlan, Judge([], 500, With(l => (l.MinWidthUs, l.MaxWidthUs) = (501, 500))));
        Assert.AreEqual(GuardVerdict.BadPlan, Judge([], 500, With(l => l.MinWidthUs = 40_000)));
    }

    [TestMethod]
    public void A_high_half_in_the_head_is_rejected()
    {
        for (var half = 0; half < HeadWords * 2; half++)
        {
            var list = ListWriter.Good([20_000], 100);
            list.Halves[half] = (true, list.Halves[half].Ticks);
            Assert.AreEqual(GuardVerdict.HeadNotLow, Guard().Judge(list, 2, 20_000));
        }
    }

    [TestMethod]
    public void A_low_between_head_and_first_pulse_is_rejected()
    {
        var list = new ListWriter().Lows(200_000, 8).Half(false, 1).Half(true, 100).Half(false, 1).Half(false, 1);
        Assert.AreEqual(GuardVerdict.FirstOnset, Guard().Judge(list, 1, 0));
        var words = new ListWriter().Lows(200_000, 8).Lows(65534, 2).Half(true, 100).Half(false, 1);
        Assert.AreEqual(GuardVerdict.FirstOnset, Guard().Judge(words, 1, 0));
    }

    [TestMethod]
    public void A_list_that_ends_high_is_rejected()
    {
        var list = new ListWriter().Lows(200_000, 8).Half(true, 100).Half(false, 30_000).Half(false, 1).Half(true, 100);
        Assert.AreEqual(GuardVerdict.EndsHigh, Guard().Judge(list, 2, 30_101));
    }

    [TestMethod]
    public void Padding_is_low_and_of_one_tick()
    {
        for (var half = 9; half < 19; half++)
        {
            var list = ListWriter.Good([], 100).PadTo(10);
            Assert.AreEqual(GuardVerdict.None, Guard().Judge(list, 1, 0));
            list.Halves[half] = (false, 2);
            Assert.AreEqual(GuardVerdict.Padding, Guard().Judge(list, 1, 0));
            list.Halves[half] = (true, 1);

            // High at once after the pulse is one tick more of its width; anywhere else a pulse too many.
            Assert.AreEqual(half == 9 ? GuardVerdict.None : GuardVerdict.Count, Guard().Judge(list, 1, 0));
        }
    }

    [TestMethod]
    public void A_list_of_exactly_the_channel_memory_is_rejected()
    {
        foreach (var words in new[] { 48, 96, 480 })
        {
            var exact = ListWriter.Good([], 100).PadTo(words).Bytes();
            var more = ListWriter.Good([], 100).PadTo(words + 1).Bytes();
            var fewer = ListWriter.Good([], 100).PadTo(words - 1).Bytes();
            Assert.AreEqual(GuardVerdict.ChannelMultiple, Guard().JudgeBytes(exact, 1, 0));
            Assert.AreEqual(GuardVerdict.None, Guard().JudgeBytes(more, 1, 0));
            Assert.AreEqual(GuardVerdict.None, Guard().JudgeBytes(fewer, 1, 0));
        }
    }

    [TestMethod]
    public void The_list_is_judged_whole_or_not_at_all()
    {
        var bytes = ListWriter.Good([], 100).PadTo(10).Bytes();
        var guard = Guard();
        foreach (var (words, head, verdict) in new[]
        {
            (10, 4, GuardVerdict.None), (9, 4, GuardVerdict.ListLength), (11, 4, GuardVerdict.ListLength), (0, 4, GuardVerdict.ListLength),
            (-1, 4, GuardVerdict.ListLength), (10, 10, GuardVerdict.ListLength), (10, 0, GuardVerdict.BadPlan), (10, -1, GuardVerdict.BadPlan),
        })
        {
            guard.Begin(bytes, words, head, ClearUs, 1, 0, Ceilings());
            Assert.AreEqual(verdict, guard.Finish(int.MaxValue), $"{words} words, head {head}");
        }

        guard.Begin(null, 10, 4, ClearUs, 1, 0, Ceilings());
        Assert.AreEqual(GuardVerdict.ListLength, guard.Finish(1));
        var longest = ListWriter.Good([], 100).PadTo(OutputGuard.MaxListWords).Bytes();
        Assert.AreEqual(GuardVerdict.None, Guard().JudgeBytes(longest, 1, 0));
        var tooLong = ListWriter.Good([], 100).PadTo(OutputGuard.MaxListWords + 1).Bytes();
        Assert.AreEqual(GuardVerdict.ListLength, Guard().JudgeBytes(tooLong, 1, 0));
    }

    [TestMethod]
    public void A_plan_without_sense_is_rejected()
    {
        var bytes = ListWriter.Good([], 100).PadTo(10).Bytes();
        var guard = Guard();
        foreach (var (first, pulses, span) in new[] { (ClearUs, 0, 0L), (ClearUs, -1, 0L), (ClearUs, 1, -1L), (-1L, 1, 0L), (long.MaxValue, 1, 0L), (long.MinValue, 1, 0L), (ClearUs, 1, long.MaxValue) })
        {
            guard.Begin(bytes, 10, 4, first, pulses, span, Ceilings());
            Assert.AreEqual(GuardVerdict.BadPlan, guard.Finish(int.MaxValue));
        }

        guard.Begin(bytes, 10, 4, ClearUs, 1, 0, null);
        Assert.AreEqual(GuardVerdict.BadPlan, guard.Finish(int.MaxValue));
    }

    [TestMethod]
    public void The_longest_list_of_the_longest_silence_does_not_wrap()
    {
        // 32,762 words of 65,534 us are 2,147,023,... us: just within 31 bits; one session may last that long.
        var list = new ListWriter().Lows(200_000, 8).Half(true, 100).Half(false, 32_767);
        for (var word = 0; word < 32_762; word++)
        {
            list.Half(false, 32_767).Half(false, 32_767);
        }

        list.Half(true, 100).Half(false, 1);
        var span = 32_867L + (32_762L * 65_534L);
        Assert.IsTrue(span > int.MaxValue - 1_000_000 && list.Halves.Count == 2 * 32_768);
        Assert.AreEqual(GuardVerdict.None, new Func<int>(() =>
        {
            var guard = new OutputGuard(47, Ceilings());
            guard.Boot(BootUs);
            guard.BeginSession(0);
            return guard.JudgeBytes(list.Bytes(), 2, span);
        })());
    }

    [TestMethod]
    public void Train_total_counts_every_pulse()
    {
        var limits = With(l => l.MaxTrainPulses = 10);
        Assert.AreEqual(GuardVerdict.None, Judge(Gaps(9, 100_000), limits: limits));
        Assert.AreEqual(GuardVerdict.TrainTotal, Judge(Gaps(10, 100_000), limits: limits));
        Assert.AreEqual(GuardVerdict.None, Judge(Gaps(5999, 40_000)));
        Assert.AreEqual(GuardVerdict.TrainTotal, Judge(Gaps(6000, 40_000)));
    }

    [TestMethod]
    public void Session_total_counts_what_was_sent()
    {
        var limits = With(l => l.MaxSessionPulses = 25);
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.Send(Gaps(9, 100_000), ClearUs, limits));
        Assert.AreEqual(GuardVerdict.None, guard.Send(Gaps(9, 100_000), ClearUs + 10_000_000, limits));
        Assert.AreEqual(20, guard.SessionPulses);
        Assert.AreEqual(GuardVerdict.SessionTotal, guard.JudgeGaps(Gaps(5, 100_000), 100, ClearUs + 20_000_000, limits));
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps(Gaps(4, 100_000), 100, ClearUs + 20_000_000, limits));
        guard.BeginSession(0);
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps(Gaps(5, 100_000), 100, ClearUs + 20_000_000, limits));
    }

    [TestMethod]
    public void Session_time_runs_from_first_to_last_onset_with_holds()
    {
        var limits = With(l => l.MaxSessionS = 60);
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.Send(Gaps(9, 100_000), ClearUs, limits));
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps(Gaps(10, 100_000), 100, ClearUs + 59_000_000, limits));
        Assert.IsTrue(guard.MaySend(ClearUs + 59_000_000));
        Assert.IsFalse(guard.MaySend(ClearUs + 59_000_001), "A hold made the session too long.");
        Assert.AreEqual(GuardVerdict.SessionTime, guard.JudgeGaps(Gaps(10, 100_000), 100, ClearUs + 59_000_001, limits));
    }

    [TestMethod]
    public void Every_verdict_has_a_name_a_sentence_and_a_cure()
    {
        var consts = typeof(GuardVerdict).GetFields().ToDictionary(field => (int)field.GetRawConstantValue()!, field => field.Name);
        Assert.AreEqual(consts.Count, GuardTable.Count);
        for (var verdict = 0; verdict < GuardTable.Count; verdict++)
        {
            var row = GuardTable.At(verdict);
            Assert.AreEqual(verdict, row.Code);
            Assert.AreEqual(consts[verdict], row.Name);
            Assert.IsTrue(row.Sentence.EndsWith('.') && row.Cure.EndsWith('.'), row.Name);
        }

        Assert.IsNull(GuardTable.At(-1));
        Assert.IsNull(GuardTable.At(GuardTable.Count));
    }
}
