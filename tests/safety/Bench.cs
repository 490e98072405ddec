namespace Escapement.Safety.Tests;

/// <summary>Short hands for the tests.</summary>
internal static class Bench
{
    public const int ChannelWords = 48;
    public const int HeadWords = 4;
    public const long BootUs = 1_000_000;

    /// <summary>First moment at which the unknown past no longer counts.</summary>
    public const long ClearUs = BootUs + 5_000_000;

    public static Limits Ceilings()
    {
        var limits = new Limits();
        LimitTable.SetCeilings(limits);
        return limits;
    }

    public static OutputGuard Guard()
    {
        var guard = new OutputGuard(ChannelWords, Ceilings());
        guard.Boot(BootUs);
        guard.BeginSession(0);
        return guard;
    }

    /// <summary>Judges a list in one go; the planned figures are the gaps' own unless given.</summary>
    public static int Judge(this OutputGuard guard, ListWriter writer, int pulses, long span, long first = ClearUs, Limits? limits = null)
        => guard.JudgeBytes(writer.PadAway(ChannelWords).Bytes(), pulses, span, first, limits);

    public static int JudgeBytes(this OutputGuard guard, byte[] bytes, int pulses, long span, long first = ClearUs, Limits? limits = null)
    {
        guard.Begin(bytes, bytes.Length / 4, HeadWords, first, pulses, span, limits ?? Ceilings());
        guard.BodyCrc = 1;
        return guard.Finish(int.MaxValue);
    }

    /// <summary>Steps to the end and gives the verdict; -1 stands for nothing else.</summary>
    public static int Finish(this OutputGuard guard, int budget)
    {
        var steps = 0;
        int result;
        while ((result = guard.Step(budget)) == 0)
        {
            Assert.AreEqual(GuardVerdict.None, guard.Verdict);
            Assert.IsTrue(++steps < 200_000, "The guard does not come to an end.");
        }

        Assert.AreEqual(result == 1, guard.Verdict == GuardVerdict.None);
        return guard.Verdict;
    }

    public static int JudgeGaps(this OutputGuard guard, IReadOnlyList<long> gaps, int width = 100, long first = ClearUs, Limits? limits = null)
        => guard.Judge(ListWriter.Good(gaps, width), gaps.Count + 1, gaps.Sum(), first, limits);

    public static long[] Gaps(int count, long gap) => Enumerable.Repeat(gap, count).ToArray();

    /// <summary>Judges equal gaps and, when they pass, sends them as judged.</summary>
    public static int Send(this OutputGuard guard, IReadOnlyList<long> gaps, long first, Limits? limits = null)
    {
        var verdict = guard.JudgeGaps(gaps, 100, first, limits);
        if (verdict == GuardVerdict.None)
        {
            Assert.IsTrue(guard.MaySend(first));
            guard.Commit(first);
        }

        return verdict;
    }

    /// <summary>The repository's root, found by its solution.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "nf.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No nf.sln above the tests.");
        }

        return folder.FullName;
    }
}
