namespace Escapement.Simulation;

/// <summary>The board's ceilings as docs/interlocks.md states them, and what breaks them: a second opinion that shares nothing with the board.</summary>
public static class Ceilings
{
    /// <summary>Smallest interval between two onsets, in microseconds.</summary>
    public const int MinGapUs = 1_000;

    /// <summary>Most pulses of a session.</summary>
    public const int MaxPulses = 6_000;

    /// <summary>Sliding windows: length in microseconds and most pulses in it.</summary>
    public static readonly (int Us, int Pulses)[] Windows = [(50_000, 4), (1_000_000, 50), (5_000_000, 150)];

    private const int MaxHighUs = 25_000;
    private const int HighWindowUs = 1_000_000;
    private const long MaxSpanUs = 14_400_000_000;
    private const int MinWidthUs = 10;
    private const int MaxWidthUs = 1_000;

    /// <summary>The first ceiling that a plan breaks; null when none.</summary>
    public static string? Broken(PulsePlan plan) => Broken(plan, MinGapUs, MaxPulses, [.. Windows.Select(window => window.Pulses)]);

    /// <summary>The first limit that a plan breaks; null when none.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="minGapUs">Smallest gap, in microseconds.</param>
    /// <param name="maxPulses">Most pulses.</param>
    /// <param name="inWindows">Most pulses in each window.</param>
    public static string? Broken(PulsePlan plan, int minGapUs, int maxPulses, int[] inWindows)
    {
        if (plan.Count > maxPulses) { return "MaxSessionPulses"; }
        long[] onsets = plan.OnsetsUs;
        if (onsets[^1] > MaxSpanUs) { return "MaxSessionS"; }
        if (plan.WidthsUs.Any(width => width is < MinWidthUs or > MaxWidthUs)) { return "Width"; }
        for (int i = 1; i < onsets.Length; i++)
        {
            if (onsets[i] - onsets[i - 1] < minGapUs) { return "MinGapUs"; }
        }

        for (int i = 0, from = 0, high = 0; i < onsets.Length; i++)
        {
            high += plan.WidthsUs[i];
            for (; onsets[i] - onsets[from] >= HighWindowUs; from++) { high -= plan.WidthsUs[from]; }
            if (high > MaxHighUs) { return "MaxHighUs"; }
        }

        for (int window = 0; window < Windows.Length; window++)
        {
            int us = Windows[window].Us;
            int most = inWindows[window];
            for (int i = most; i < onsets.Length; i++)
            {
                if (onsets[i] - onsets[i - most] < us) { return $"window of {us} us"; }
            }
        }

        return null;
    }
}
