namespace Escapement.Rig;

/// <summary>Questions that a referee's record answers by itself.</summary>
public static class Analysis
{
    /// <summary>Times of the rising edges of a line, in ticks of 12.5 ns.</summary>
    public static List<long> Onsets80(ReadOnlySpan<Edge> edges, RefereeSignal signal)
    {
        List<long> onsets = [];
        bool level = false;
        foreach (Edge edge in edges)
        {
            if (edge.Signal != signal) { continue; }
            if (edge.Level && !level) { onsets.Add(edge.T80); }
            level = edge.Level;
        }
        return onsets;
    }

    /// <summary>Widths of the whole pulses of a line, in ticks of 12.5 ns.</summary>
    public static List<long> Widths80(ReadOnlySpan<Edge> edges, RefereeSignal signal)
    {
        List<long> widths = [];
        long onset = Ticks80.Never;
        foreach (Edge edge in edges)
        {
            if (edge.Signal != signal) { continue; }
            if (edge.Level) { onset = edge.T80; }
            else if (onset != Ticks80.Never) { widths.Add(edge.T80 - onset); }
        }
        return widths;
    }

    /// <summary>Rising edges of a line that came while the gate was closed. For the stimulator line this must be 0.</summary>
    public static int PulsesWithGateClosed(ReadOnlySpan<Edge> edges, RefereeSignal signal)
    {
        int pulses = 0;
        bool open = false;
        bool level = false;
        foreach (Edge edge in edges)
        {
            if (edge.Signal == RefereeSignal.Gate) { open = edge.Level; }
            if (edge.Signal != signal) { continue; }
            if (edge.Level && !level && !open) { pulses++; }
            level = edge.Level;
        }
        return pulses;
    }

    /// <summary>Smallest time from one rising edge of a line to the next, in ticks of 12.5 ns; <see cref="Ticks80.Never"/> with fewer than two.</summary>
    public static long MinGap80(ReadOnlySpan<Edge> edges, RefereeSignal signal)
    {
        long least = Ticks80.Never;
        List<long> onsets = Onsets80(edges, signal);
        for (int i = 1; i < onsets.Count; i++) { least = Math.Min(least, onsets[i] - onsets[i - 1]); }
        return least;
    }

    /// <summary>Most rising edges of a line in any window of that length (a window holds its start and not its end).</summary>
    public static int MostInWindow(ReadOnlySpan<Edge> edges, RefereeSignal signal, long window80)
    {
        List<long> onsets = Onsets80(edges, signal);
        int most = 0;
        int first = 0;
        for (int i = 0; i < onsets.Count; i++)
        {
            while (onsets[i] - onsets[first] >= window80) { first++; }
            most = Math.Max(most, i - first + 1);
        }
        return most;
    }
}
