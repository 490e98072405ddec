using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>Whose fault it is when the line would be high for too long: waiting cures what earlier lists did, and nothing else.</summary>
[TestClass]
public sealed class GuardBlameTests
{
    // 25 pulses of 1,000 us fill the second window.
    private const int Wide = 1_000;
    private const int Most = 25;

    private static OutputGuard After(int pulses, int width)
    {
        var guard = Guard();
        if (pulses > 0)
        {
            Assert.AreEqual(GuardVerdict.None, guard.JudgeGaps(Gaps(pulses - 1, 20_000), width));
            guard.Commit(ClearUs);
        }

        return guard;
    }

    private static void Judge(OutputGuard guard, int pulses, int width, long first, int verdict, bool blame)
    {
        Assert.AreEqual(verdict, guard.JudgeGaps(Gaps(pulses - 1, 35_000), width, first));
        Assert.AreEqual(blame, guard.HistoryToBlame);
    }

    [TestMethod]
    public void List_that_is_too_dense_by_itself_is_to_blame()
    {
        Judge(After(0, Wide), Most, Wide, ClearUs, GuardVerdict.None, false);
        Judge(After(0, Wide), Most + 1, Wide, ClearUs, GuardVerdict.Duty, false);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(7)]
    public void Pulse_before_the_list_is_to_blame(int before)
    {
        var after = ClearUs + ((before - 1) * 20_000) + 35_000;
        Judge(After(before, Wide), Most - before, Wide, after, GuardVerdict.None, false);
        Judge(After(before, Wide), Most - before + 1, Wide, after, GuardVerdict.Duty, true);
    }

    // The pulse sent before lies beyond the window when the list's 26th comes: as wide as that one the list is to blame, narrower it is not,
    // since only for that one's sake its own count as wide.
    [TestMethod]
    [DataRow(1_000, true, false)]
    [DataRow(999, true, true)]
    [DataRow(500, true, true)]
    [DataRow(500, false, false)]
    public void Narrow_list_is_not_to_blame_for_what_was_wide_before(int width, bool near, bool blame)
    {
        var first = ClearUs + (near ? 900_000 : 1_000_000);
        Judge(After(1, Wide), Most, width, first, GuardVerdict.None, false);
        Judge(After(1, Wide), Most + 1, width, first, near ? GuardVerdict.Duty : GuardVerdict.None, blame);
    }

    // Wider than what came before, and too dense: its own fault.
    [TestMethod]
    public void List_that_is_wider_than_all_before_is_to_blame() => Judge(After(1, 500), Most + 1, Wide, ClearUs + 900_000, GuardVerdict.Duty, false);
}
