using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>Every single bit of good lists, flipped. Three kinds of flip may pass, and all are harmless.</summary>
[TestClass]
public class GuardFlipTests
{
    [TestMethod]
    public void Every_flipped_bit_is_rejected_or_harmless()
    {
        foreach (var (gaps, width) in new (long[] Gaps, int Width)[]
        {
            ([], 100), ([1000, 1000, 1000, 100_000], 10), ([20_000, 20_000, 160_000, 20_000, 20_000], 100), ([1_000_000, 1_000_000], 1000), ([166_667, 166_666], 300),
        })
        {
            var writer = ListWriter.Good(gaps, width);
            var lastPulse = writer.Halves.FindLastIndex(half => half.High);
            var good = writer.PadTo((writer.Halves.Count / 2) + 3).PadAway(ChannelWords).Bytes();
            Assert.AreEqual(GuardVerdict.None, Guard().JudgeBytes(good, gaps.Length + 1, gaps.Sum()));
            for (var bit = 0; bit < good.Length * 8; bit++)
            {
                var bad = (byte[])good.Clone();
                bad[bit / 8] ^= (byte)(1 << (bit % 8));
                var half = bit / 16;
                var ticks = BitConverter.ToUInt16(bad, half * 2) & 0x7FFF;
                var isLevel = bit % 16 == 15;

                // Harmless: the lead-in's length (checked against the clock after the send); another width, within the limits, of the
                // last pulse, which moves no onset; a low half made high that touches one pulse and leaves it within the limits, which
                // moves at most that one onset, by that half; never the last one, which changes the span. The body's CRC shows them all to the runtime.
                bool IsHigh(int at) => at >= 0 && at < writer.Halves.Count && writer.Halves[at].High;
                var joinsOne = !IsHigh(half) && IsHigh(half - 1) != IsHigh(half + 1);
                var harmless = isLevel
                    ? half >= HeadWords * 2 && joinsOne && half + 1 != lastPulse && width + ticks <= 1000
                    : (half < HeadWords * 2 && ticks > 0) || (half == lastPulse && ticks is >= 10 and <= 1000);
                var passed = Guard().JudgeBytes(bad, gaps.Length + 1, gaps.Sum()) == GuardVerdict.None;
                Assert.AreEqual(harmless, passed, $"bit {bit % 16} of half {half} of {good.Length / 2}");
            }
        }
    }

    [TestMethod]
    public void A_flip_in_the_head_never_agrees_with_the_clock()
    {
        var good = ListWriter.Good([], 100).Bytes();
        var guard = Guard();
        Assert.IsTrue(guard.HeadAgrees(good, HeadWords, 0, 200_000));
        for (var bit = 0; bit < HeadWords * 32; bit++)
        {
            var bad = (byte[])good.Clone();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(guard.HeadAgrees(bad, HeadWords, 0, 200_000), $"bit {bit}");
        }
    }
}
