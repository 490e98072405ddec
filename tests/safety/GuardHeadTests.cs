using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>The check of the patched lead-in after the send.</summary>
[TestClass]
public class GuardHeadTests
{
    private static byte[] Head(params int[] halves)
    {
        var writer = new ListWriter();
        foreach (var half in halves)
        {
            writer.Half(half < 0, Math.Abs(half));
        }

        return writer.Half(true, 100).Half(false, 1).Bytes();
    }

    [TestMethod]
    public void The_head_agrees_exactly_when_its_sum_is_the_wait()
    {
        var guard = Guard();
        var list = Head(32_767, 32_767, 16_000, 12_345);
        const long sum = 32_767 + 32_767 + 16_000 + 12_345;
        Assert.IsTrue(guard.HeadAgrees(list, 2, 1_000_000, 1_000_000 + sum));
        Assert.IsFalse(guard.HeadAgrees(list, 2, 1_000_000, 1_000_000 + sum + 1));
        Assert.IsFalse(guard.HeadAgrees(list, 2, 1_000_000, 1_000_000 + sum - 1));
        Assert.IsFalse(guard.HeadAgrees(list, 1, 1_000_000, 1_000_000 + sum));
        Assert.IsFalse(guard.HeadAgrees(list, 2, 1_000_000, 1_000_000 - sum));
        Assert.IsTrue(guard.HeadAgrees(list, 2, (1L << 40) - 5, (1L << 40) - 5 + sum));
    }

    [TestMethod]
    public void A_high_or_zero_half_in_the_head_never_agrees()
    {
        var guard = Guard();
        Assert.IsFalse(guard.HeadAgrees(Head(100, -100, 100, 100), 2, 0, 400));
        Assert.IsFalse(guard.HeadAgrees(Head(100, 100, -100, 100), 2, 0, 400));
        Assert.IsFalse(guard.HeadAgrees(Head(100, 0, 100, 100), 2, 0, 300));
        Assert.IsFalse(guard.HeadAgrees(Head(100, 100, 0, 100), 2, 0, 300));
    }

    [TestMethod]
    public void A_head_that_is_not_there_never_agrees()
    {
        var guard = Guard();
        Assert.IsFalse(guard.HeadAgrees(null, 2, 0, 0));
        Assert.IsFalse(guard.HeadAgrees(Head(1, 1), 0, 0, 0));
        Assert.IsFalse(guard.HeadAgrees(Head(1, 1), -1, 0, 0));
        Assert.IsFalse(guard.HeadAgrees(Head(1, 1), 3, 0, 2));
        Assert.IsFalse(guard.HeadAgrees(Head(1, 1), int.MaxValue, 0, 2));
    }
}
