namespace Escapement.Safety.Tests;

/// <summary>The decoder keeps words in mind that it found good. Nothing else may be taken for one of them.</summary>
[TestClass]
public sealed class GuardMemoryTests
{
    [TestMethod]
    [DataRow(0x00000000, DisplayName = "zero")]
    [DataRow(unchecked((int)0x80008000), DisplayName = "two high halves of zero")]
    [DataRow(0x00008000, DisplayName = "a high half of zero")]
    [DataRow(0x00018000, DisplayName = "a pulse of no width")]
    public void A_word_with_a_zero_half_is_refused_before_any_ordinary_pulse_was_seen(int word)
    {
        // The first pulse fills a word, so none has been kept in mind when the odd word comes; the time since it would do for a pulse.
        var writer = new ListWriter().Lows(200_000, 8).Half(true, 50).Half(true, 50).Lows(65_534, 2);
        writer.Half((word & 0x8000) != 0, word & 0x7FFF).Half(word < 0, (word >> 16) & 0x7FFF);
        writer.Lows(65_534, 2).Half(true, 100).Half(false, 1);
        long odd = (word & 0x7FFF) + ((word >> 16) & 0x7FFF);
        Assert.AreEqual(GuardVerdict.ZeroHalf, Bench.Guard().Judge(writer, 3, 100 + 65_534 + odd + 65_534));
    }

    [TestMethod]
    public void A_window_that_fills_late_in_a_long_list_is_found()
    {
        // 100 pulses that keep far from every window, then 51 within a second: the 51st of these is one too many.
        long[] gaps = [.. Bench.Gaps(100, 200_000), .. Bench.Gaps(49, 19_900), 19_000, 200_000, 200_000];
        Assert.AreEqual(GuardVerdict.Window2, Bench.Guard().JudgeGaps(gaps));
        gaps[149] = 1_000_000 - (49 * 19_900);
        Assert.AreEqual(GuardVerdict.None, Bench.Guard().JudgeGaps(gaps));
    }
}
