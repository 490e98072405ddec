namespace Escapement.Kernel.Tests;

/// <summary>The planning rules of docs/program-format.md, stated over the whole list of pulses instead of walked.</summary>
public static class ReferencePlan
{
    /// <summary>Words of a pulse before the next one: the pulse with up to 32,767 ticks of low, then words of up to 65,534.</summary>
    public static long Words(ReferencePulse pulse, ReferencePulse next)
    {
        long low = next.OnsetUs - pulse.OnsetUs - pulse.WidthUs;
        return 1 + Math.Max(0, (low - 32767 + 65533) / 65534);
    }

    /// <summary>First pulse, pulses and words of every transaction; null when a stretch cannot be cut.</summary>
    public static List<(int First, int Pulses, int Words)>? Cut(List<ReferencePulse> pulses, PlanLimits limits)
    {
        var plan = new List<(int, int, int)>();
        for (int first = 0; first < pulses.Count;)
        {
            int cap = plan.Count == 0 ? limits.FirstListWords : limits.ListWords;
            cap = cap % limits.ChannelWords == 0 ? cap - 1 : cap;
            if (Best(pulses, first, cap, limits) is not { } found)
            {
                return null;
            }

            plan.Add((first, found.Pulses, found.Words));
            first += found.Pulses;
        }

        return plan;
    }

    private static (int Pulses, int Words)? Best(List<ReferencePulse> pulses, int first, int cap, PlanLimits limits)
    {
        // Every end that fits the cap, with the level of the gap after it; the list is over at a train's end that can be cut.
        var ends = new List<(int Level, int Pulses, int Words)>();
        long before = limits.HeadWords;
        for (int last = first; last < pulses.Count && before + 1 <= cap; last++)
        {
            int words = (int)before + 1, count = last - first + 1;
            if (last == pulses.Count - 1)
            {
                return (count, words);
            }

            var next = pulses[last + 1];
            if (next.OnsetUs - pulses[last].OnsetUs - pulses[last].WidthUs >= limits.MinCutGapUs)
            {
                if (next.Level < next.TrainDepth)
                {
                    return (count, words);
                }

                ends.Add((next.Level, count, words));
            }

            before += Words(pulses[last], next);
        }

        if (ends.Count == 0)
        {
            return null;
        }

        int outermost = ends.Min(end => end.Level);
        var best = ends.Last(end => end.Level == outermost);
        return (best.Pulses, best.Words);
    }

    /// <summary>Random limits that make sense.</summary>
    public static PlanLimits RandomLimits(Random random)
    {
        int head = random.Next(1, 6), list = head + random.Next(10, 600), lead = Math.Min(random.Next(30_000, 200_001), head * 65_534);
        return new PlanLimits
        {
            HeadWords = head, ListWords = list, FirstListWords = random.Next(3) == 0 ? 32768 : list + random.Next(0, 2000),
            ChannelWords = random.Next(2) == 0 ? 48 : random.Next(2, 65), LeadInUs = lead, MinCutGapUs = lead + 1000 + random.Next(1, 200_000),
        };
    }
}
