using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>Edges that no session reaches: the latest time there is, the longest list, the smallest delay, the emptiest limits.</summary>
[TestClass]
public sealed class GuardEdgeTests
{
    private const long Never = long.MaxValue / 4;

    private static OutputGuard With(Action<Limits> change)
    {
        var ceilings = Ceilings();
        change(ceilings);
        var guard = new OutputGuard(ChannelWords, ceilings);
        guard.Boot(BootUs);
        guard.BeginSession(0);
        return guard;
    }

    [TestMethod]
    [DataRow(-1L, Never)]
    [DataRow(0L, 0L)]
    [DataRow(Never, Never)]
    [DataRow(Never + 1, Never)]
    [DataRow(long.MaxValue, Never)]
    public void Power_up_at_an_impossible_time_is_as_late_as_can_be(long nowUs, long lastUs)
    {
        var guard = new OutputGuard(ChannelWords, Ceilings());
        Assert.AreEqual(Never, guard.LastOnsetUs);
        guard.Boot(nowUs);
        Assert.AreEqual(lastUs, guard.LastOnsetUs);
    }

    [TestMethod]
    [DataRow(Never, 0L, GuardVerdict.None)]
    [DataRow(Never + 1, 0L, GuardVerdict.BadPlan)]
    [DataRow(ClearUs, Never, GuardVerdict.SessionTime)]
    [DataRow(ClearUs, Never + 1, GuardVerdict.BadPlan)]
    public void Plan_later_than_the_latest_time_makes_no_sense(long first, long span, int verdict) =>
        Assert.AreEqual(verdict, Guard().Judge(ListWriter.Good([], 100), 1, span, first));

    [TestMethod]
    [DataRow(OutputGuard.MaxListWords, GuardVerdict.ListLength)]
    [DataRow(OutputGuard.MaxListWords + 1, GuardVerdict.BadPlan)]
    public void Lead_in_longer_than_the_longest_list_makes_no_sense(int headWords, int verdict)
    {
        var guard = Guard();
        var bytes = ListWriter.Good([], 100).Bytes();
        guard.Begin(bytes, bytes.Length / 4, headWords, ClearUs, 1, 0, Ceilings());
        Assert.AreEqual(verdict, guard.Verdict);
    }

    [TestMethod]
    [DataRow(OutputGuard.MaxListWords, true)]
    [DataRow(OutputGuard.MaxListWords + 1, false)]
    public void Lead_in_agrees_up_to_the_longest_list(int headWords, bool agrees)
    {
        var list = new ListWriter().PadTo(OutputGuard.MaxListWords + 1).Bytes();
        Assert.AreEqual(agrees, Guard().HeadAgrees(list, headWords, 0, headWords * 2));
    }

    [TestMethod]
    [DataRow(Never, true)]
    [DataRow(Never + 1, false)]
    public void List_may_start_up_to_the_latest_time(long atUs, bool maySend)
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([]));
        Assert.AreEqual(maySend, guard.MaySend(atUs));
    }

    [TestMethod]
    public void Window_without_pulses_is_clear_at_the_latest_time()
    {
        var limits = Ceilings();
        limits.Window2Pulses = 0;
        Assert.AreEqual(Never, Guard().EarliestUs(limits));
    }

    [TestMethod]
    [DataRow(1L)]
    [DataRow(2L)]
    public void Delay_of_a_microsecond_is_kept(long laterUs)
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([10_000]));
        guard.Commit(ClearUs + laterUs);
        Assert.AreEqual(ClearUs + 10_000 + laterUs, guard.LastOnsetUs);
        Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([], 100, ClearUs + 10_999 + laterUs));
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([], 100, ClearUs + 11_000 + laterUs));
    }

    [TestMethod]
    public void Planned_end_of_what_never_passed_counts_to_the_microsecond()
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.Count, guard.Judge(ListWriter.Good([], 100), 2, 1));
        guard.Commit(ClearUs);
        Assert.AreEqual(ClearUs + 1, guard.LastOnsetUs);
    }

    // 256 pulses are all that is kept; those sent late are moved once and only once, and the last of the ring is one of them.
    [TestMethod]
    [DataRow(254, 0L)]
    [DataRow(255, 0L)]
    [DataRow(256, 0L)]
    [DataRow(257, 0L)]
    [DataRow(254, 5_000_000L)]
    [DataRow(255, 5_000_000L)]
    [DataRow(256, 5_000_000L)]
    [DataRow(257, 5_000_000L)]
    [DataRow(300, 5_000_000L)]
    public void History_is_whole_at_the_ends_of_its_ring(int pulses, long laterUs)
    {
        var guard = With(ceilings => { ceilings.Window3Pulses = 255; ceilings.Window3Us = 20_000_000; });
        var limits = Ceilings();
        limits.Window3Pulses = 255;
        var start = ClearUs + 20_000_000;
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps(Gaps(pulses - 1, 100_000), 100, start, limits));
        guard.Commit(start + laterUs);
        var last = start + laterUs + ((pulses - 1) * 100_000L);
        limits.Window1Us = 50_000;
        limits.Window1Pulses = 1;
        Assert.AreEqual(GuardVerdict.Window1, guard.JudgeGaps([], 100, last + 49_999, limits));
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([], 100, last + 50_000, limits));
        Assert.AreEqual(last, guard.LastOnsetUs);
        Assert.AreEqual(GuardVerdict.None, guard.Send([], last + 100_000, limits));
        Assert.AreEqual(GuardVerdict.Window1, guard.JudgeGaps([], 100, last + 149_999, limits));
    }

    // A first pulse before the last one is refused even where the limits allow no gap at all between pulses.
    [TestMethod]
    [DataRow(-1_000L, GuardVerdict.MinGap)]
    [DataRow(-2L, GuardVerdict.MinGap)]
    [DataRow(-1L, GuardVerdict.MinGap)]
    [DataRow(0L, GuardVerdict.None)]
    [DataRow(1L, GuardVerdict.None)]
    public void Nothing_goes_back_in_time(long later, int verdict)
    {
        var guard = With(ceilings => ceilings.MinGapUs = 0);
        var limits = Ceilings();
        limits.MinGapUs = 0;
        Assert.AreEqual(GuardVerdict.None, guard.Send([], ClearUs, limits));
        Assert.AreEqual(verdict, guard.JudgeGaps([], 100, ClearUs + later, limits));
    }

    // A gap is counted up to 1,000 s: a longer one asked for is never found.
    [TestMethod]
    [DataRow(1_000_000_000, GuardVerdict.None)]
    [DataRow(1_000_000_001, GuardVerdict.MinGap)]
    public void Gaps_count_up_to_a_thousand_seconds(int minGapUs, int verdict)
    {
        var limits = Ceilings();
        limits.MinGapUs = minGapUs;
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.Send([], ClearUs));
        Assert.AreEqual(verdict, guard.JudgeGaps([], 100, ClearUs + 1_000_000_000, limits));
        Assert.AreEqual(verdict, guard.JudgeGaps([], 100, ClearUs + 1_000_000_001, limits));
        Assert.AreEqual(GuardVerdict.MinGap, guard.JudgeGaps([], 100, ClearUs + minGapUs - 1, limits));
    }
}
