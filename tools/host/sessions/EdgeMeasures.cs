namespace Escapement.Host;

/// <summary>What a referee's onsets say about a session.</summary>
/// <param name="PulsesEmitted">Pulses that the referee saw.</param>
/// <param name="MaxEdgeErrorNs">Largest distance of an edge from the exact schedule, inside transactions, in nanoseconds; null when none could be judged.</param>
/// <param name="MaxStartErrorUs">Largest distance of a transaction's first edge from its planned onset, in microseconds, both from the session's first edge; null when none could be judged.</param>
public sealed record EdgeFigures(long PulsesEmitted, double? MaxEdgeErrorNs, double? MaxStartErrorUs);

/// <summary>Compares the onsets that a referee recorded with the exact rational schedule. Whole numbers until the last division.</summary>
public static class EdgeMeasures
{
    private const long PicosecondsPerUs = 1_000_000;

    /// <summary>
    /// Measures. Each transaction is aligned by its first edge's planned tick, so that what is left is what happened inside it;
    /// the first edges are compared with the planned starts, aligned by the first of the session.
    /// </summary>
    /// <param name="onsets">Rising edges in order, in units of the referee's clock.</param>
    /// <param name="unitPs">That unit in picoseconds.</param>
    /// <param name="emitted">Pulses that left the board.</param>
    /// <param name="schedule">The exact schedule.</param>
    /// <param name="trains">The board's report of each transaction, in order.</param>
    /// <param name="isDry">Transactions counted on the trigger line instead of behind the gate.</param>
    public static EdgeFigures Of(ReadOnlySpan<long> onsets, long unitPs, long emitted, ExactSchedule schedule, IReadOnlyList<TrainReading> trains, bool isDry = false)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(trains);
        if (trains.Count == 0 || onsets.IsEmpty)
        {
            return new EdgeFigures(emitted, null, null);
        }

        PlannedPulse[] planned = [.. schedule.Pulses()];
        var unitsPerUs = (Int128)schedule.UnitsPerUs;
        double? edgeNs = null;
        double? startUs = null;
        int edge = 0;
        long firstPs = onsets[0] * unitPs;
        foreach (TrainReading train in trains)
        {
            int first = (int)train.FirstPulse;
            int count = (int)Math.Min(isDry ? train.RawPulses : train.GatedPulses, train.PlannedPulses);
            count = Math.Min(count, Math.Min(onsets.Length - edge, planned.Length - first));
            if (count <= 0)
            {
                continue;
            }

            double inside = Inside(onsets.Slice(edge, count), unitPs, planned.AsSpan(first, count), unitsPerUs);
            edgeNs = Math.Max(edgeNs ?? 0, inside);
            long startErrorPs = (onsets[edge] * unitPs) - firstPs - ((train.PlannedStartUs - trains[0].PlannedStartUs) * PicosecondsPerUs);
            startUs = Math.Max(startUs ?? 0, Math.Abs(startErrorPs) / (double)PicosecondsPerUs);
            edge += count;
        }

        return new EdgeFigures(emitted, edgeNs, startUs);
    }

    /// <summary>Largest error in nanoseconds within one transaction.</summary>
    private static double Inside(ReadOnlySpan<long> onsets, long unitPs, ReadOnlySpan<PlannedPulse> planned, Int128 unitsPerUs)
    {
        Int128 worst = 0;
        long originPs = onsets[0] * unitPs;
        long originTickPs = planned[0].TickUs * PicosecondsPerUs;
        for (int i = 0; i < onsets.Length; i++)
        {
            Int128 actual = ((onsets[i] * unitPs) - originPs + originTickPs) * unitsPerUs;
            Int128 exact = (Int128)planned[i].Units * PicosecondsPerUs;
            worst = Int128.Max(worst, Int128.Abs(actual - exact));
        }

        return (double)worst / (double)unitsPerUs / 1000;
    }
}
