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
    [DataRow(0x00010000, DisplayName = "a low half of zero")]
    public void A_word_with_a_zero_half_is_refused_before_any_ordinary_pulse_was_seen(int word)
    {
        // The first pulse fills a word, so none has been kept in mind when the odd word comes; the time since it would do for a pulse.
        var writer = new ListWriter().Lows(200_000, 8).Half(true, 50).Half(true, 50).Lows(65_534, 2);
        writer.Half((word & 0x8000) != 0, word & 0x7FFF).Half(word < 0, (word >> 16) & 0x7FFF);
        writer.Lows(65_534, 2).Half(true, 100).Half(false, 1);
        long odd = (word & 0x7FFF) + ((word >> 16) & 0x7FFF);
        Assert.AreEqual(GuardVerdict.ZeroHalf, Bench.Guard().Judge(writer, 3, 100 + 65_534 + odd + 65_534));

        // Nor when the limits say nothing about the shortest pulse.
        var ceilings = Bench.Ceilings();
        ceilings.MinWidthUs = 0;
        var guard = new OutputGuard(Bench.ChannelWords, ceilings);
        guard.Boot(Bench.BootUs);
        guard.BeginSession(0);
        Assert.AreEqual(GuardVerdict.ZeroHalf, guard.Judge(writer, 3, 100 + 65_534 + odd + 65_534, limits: ceilings));
    }

    // 100 us and 900 low in one word, then the shortest pulse that can be, 10 us and 1 low: whichever word was kept in mind, each keeps its own length.
    [TestMethod]
    [DataRow(1)]
    [DataRow(1000)]
    public void The_shortest_word_keeps_its_length_beside_another_one(int budget)
    {
        var writer = new ListWriter().Lows(200_000, 8);
        for (int i = 0; i < 3; i++)
        {
            writer.Half(true, 100).Half(false, 900).Lows(65_534, 2).Half(true, 10).Half(false, 1).Lows(65_534, 2);
        }

        var bytes = writer.Half(true, 100).Half(false, 1).PadAway(Bench.ChannelWords).Bytes();
        var guard = Bench.Guard();
        guard.Begin(bytes, bytes.Length / 4, Bench.HeadWords, Bench.ClearUs, 7, 3 * (1_000 + 11 + (2 * 65_534)), Bench.Ceilings());
        Assert.AreEqual(GuardVerdict.None, guard.Finish(budget));
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
