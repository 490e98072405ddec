using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>A list that was broken off: what of it lay ahead no longer counts, and nothing else is forgotten.</summary>
[TestClass]
public sealed class GuardSilenceTests
{
    private const long Never = long.MaxValue / 4;

    private static OutputGuard Sent(long first)
    {
        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([10_000], 100, first));
        guard.Commit(first);
        return guard;
    }

    // 10,000 us from the list's first onset to its last.
    [TestMethod]
    [DataRow(-1L, false)]
    [DataRow(0L, true)]
    [DataRow(1L, true)]
    [DataRow(ClearUs + 9_999, true)]
    [DataRow(ClearUs + 10_000, false)]
    [DataRow(ClearUs + 10_001, false)]
    public void Windows_are_full_at_the_silence_when_a_pulse_lay_ahead_and_else_nothing_changes(long nowUs, bool ahead)
    {
        var guard = Sent(ClearUs);
        guard.Silence(nowUs);
        Assert.AreEqual(ahead ? nowUs : ClearUs + 10_000, guard.LastOnsetUs);
        Assert.AreEqual(ahead ? nowUs + 5_000_000 : ClearUs + 11_000, guard.EarliestUs(Ceilings()));
    }

    [TestMethod]
    public void Latest_time_of_all_is_no_pulse_and_the_one_before_it_is()
    {
        var unknown = new OutputGuard(ChannelWords, Ceilings());
        unknown.Silence(ClearUs);
        Assert.AreEqual(Never, unknown.LastOnsetUs);

        var guard = Guard();
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([], 100, Never - 1));
        guard.Commit(Never - 1);
        guard.Silence(ClearUs);
        Assert.AreEqual(ClearUs, guard.LastOnsetUs);
    }

    [TestMethod]
    public void List_that_was_judged_before_the_silence_is_not_sent_after_it()
    {
        var guard = Sent(ClearUs);
        Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps([], 100, ClearUs + 20_000));
        Assert.IsTrue(guard.MaySend(ClearUs + 20_000));
        guard.Silence(ClearUs);
        Assert.IsFalse(guard.MaySend(ClearUs + 20_000));
        Assert.AreEqual(GuardVerdict.NotJudged, guard.Verdict);
    }
}
