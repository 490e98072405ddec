namespace Escapement.Host;

/// <summary>Compares a protocol with the ceilings compiled into every board, so that a refusal is no surprise at arming.</summary>
public static class BoardCheck
{
    private const int MinGapUs = 1_000;
    private const int MinWidthUs = 10;
    private const int MaxWidthUs = 1_000;
    private const int MaxTrainPulses = 6_000;
    private const int MaxSessionPulses = 6_000;
    private const int MaxSessionS = 14_400;
    private static readonly (int Us, int Pulses)[] Windows = [(50_000, 4), (1_000_000, 50), (5_000_000, 150)];

    /// <summary>All ceilings that the protocol exceeds.</summary>
    /// <param name="protocol">A protocol that can be played.</param>
    /// <param name="maxTransactionPulses">Pulses of its largest transaction; 0 when it was not planned.</param>
    public static IReadOnlyList<PlanRefusal> Refusals(Protocol protocol, int maxTransactionPulses)
    {
        var refusals = new List<PlanRefusal>();
        foreach (var width in protocol.Blocks.Select(block => block.PulseWidthUs).Distinct().Where(width => width is < MinWidthUs or > MaxWidthUs))
        {
            refusals.Add(new("PulseWidth", $"a pulse of {width} us is outside the board's {MinWidthUs} to {MaxWidthUs} us; change pulseWidthUs."));
        }

        Above(refusals, "MaxTrainPulses", maxTransactionPulses, MaxTrainPulses, "pulses in one transaction", "shorten the trains");
        Above(refusals, "MaxSessionPulses", protocol.TotalPulses, MaxSessionPulses, "pulses in the session", "split the session");
        Above(refusals, "MaxSessionS", (long)(protocol.LastPulseOnsetUs / 1_000_000).Ceiling(), MaxSessionS, "seconds from first to last pulse", "split the session");
        refusals.AddRange(Gaps(protocol));
        return refusals;
    }

    private static void Above(List<PlanRefusal> refusals, string limit, long value, long most, string what, string cure)
    {
        if (value > most)
        {
            refusals.Add(new(limit, $"{value} {what} are more than the board's {most}; {cure}."));
        }
    }

    private static IEnumerable<PlanRefusal> Gaps(Protocol protocol)
    {
        var ring = new long[Windows.Max(window => window.Pulses)];
        var found = new bool[Windows.Length];
        var shortest = long.MaxValue;
        foreach (var pulse in new ExactSchedule(protocol).Pulses())
        {
            if (pulse.Index > 0)
            {
                shortest = Math.Min(shortest, pulse.TickUs - ring[(pulse.Index - 1) % ring.Length]);
            }

            for (var i = 0; i < Windows.Length; i++)
            {
                var (us, pulses) = Windows[i];
                found[i] |= pulse.Index >= pulses && pulse.TickUs - ring[(pulse.Index - pulses) % ring.Length] < us;
            }

            ring[pulse.Index % ring.Length] = pulse.TickUs;
        }

        if (shortest < MinGapUs)
        {
            yield return new("MinGapUs", $"an interval of {shortest} us is shorter than the board's {MinGapUs} us; lengthen it.");
        }

        for (var i = 0; i < Windows.Length; i++)
        {
            if (found[i])
            {
                yield return new($"Window{i + 1}", $"more than {Windows[i].Pulses} pulses fall within {Windows[i].Us} us, the most that the board lets through; lengthen the intervals.");
            }
        }
    }
}
