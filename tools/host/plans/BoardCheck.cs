using Escapement.Safety;

namespace Escapement.Host;

/// <summary>Compares a protocol with a board's limits, so that a refusal is no surprise at arming.</summary>
public static class BoardCheck
{
    /// <summary>All limits that the protocol exceeds.</summary>
    /// <param name="protocol">A protocol that can be played.</param>
    /// <param name="maxTransactionPulses">Pulses of its largest transaction; 0 when it was not planned.</param>
    /// <param name="limits">The board's limits.</param>
    public static IReadOnlyList<PlanRefusal> Refusals(Protocol protocol, int maxTransactionPulses, Limits limits)
    {
        var refusals = new List<PlanRefusal>();
        foreach (var width in protocol.Blocks.Select(block => block.PulseWidthUs).Distinct().Where(width => width < limits.MinWidthUs || width > limits.MaxWidthUs))
        {
            refusals.Add(new("PulseWidth", $"a pulse of {width} us is outside the board's {limits.MinWidthUs} to {limits.MaxWidthUs} us; change pulseWidthUs."));
        }

        Above(refusals, "MaxTrainPulses", maxTransactionPulses, limits.MaxTrainPulses, "pulses in one transaction", "shorten the trains");
        Above(refusals, "MaxSessionPulses", protocol.TotalPulses, limits.MaxSessionPulses, "pulses in the session", "split the session");
        Above(refusals, "MaxSessionS", (long)(protocol.LastPulseOnsetUs / 1_000_000).Ceiling(), limits.MaxSessionS, "seconds from first to last pulse", "split the session");
        refusals.AddRange(Gaps(protocol, limits));
        return refusals;
    }

    private static void Above(List<PlanRefusal> refusals, string limit, long value, long most, string what, string cure)
    {
        if (value > most)
        {
            refusals.Add(new(limit, $"{value} {what} are more than the board's {most}; {cure}."));
        }
    }

    private static IEnumerable<PlanRefusal> Gaps(Protocol protocol, Limits limits)
    {
        // The last is the duty: the second window, with every pulse as wide as the widest.
        var widest = protocol.Blocks.Max(block => block.PulseWidthUs);
        (int Us, int Pulses)[] windows =
        [
            (limits.Window1Us, limits.Window1Pulses), (limits.Window2Us, limits.Window2Pulses), (limits.Window3Us, limits.Window3Pulses),
            (limits.Window2Us, Math.Min(limits.Window2Pulses, limits.MaxHighUs / widest)),
        ];
        var ring = new long[windows.Max(window => window.Pulses) + 1];
        var found = new bool[windows.Length];
        var shortest = long.MaxValue;
        foreach (var pulse in new ExactSchedule(protocol).Pulses())
        {
            if (pulse.Index > 0)
            {
                shortest = Math.Min(shortest, pulse.TickUs - ring[(pulse.Index - 1) % ring.Length]);
            }

            for (var i = 0; i < windows.Length; i++)
            {
                var (us, pulses) = windows[i];
                found[i] |= pulse.Index >= pulses && pulse.TickUs - ring[(pulse.Index - pulses) % ring.Length] < us;
            }

            ring[pulse.Index % ring.Length] = pulse.TickUs;
        }

        if (shortest < limits.MinGapUs)
        {
            yield return new("MinGapUs", $"an interval of {shortest} us is shorter than the board's {limits.MinGapUs} us; lengthen it.");
        }

        if (found[3] && !found[1])
        {
            yield return new("MaxHighUs", $"pulses of {widest} us keep the trigger line high for more than {limits.MaxHighUs} us in {limits.Window2Us} us, the most that the board allows; shorten pulseWidthUs or lengthen the intervals.");
        }

        for (var i = 0; i < 3; i++)
        {
            if (found[i])
            {
                yield return new($"Window{i + 1}", $"more than {windows[i].Pulses} pulses fall within {windows[i].Us} us, the most that the board lets through; lengthen the intervals.");
            }
        }
    }
}
