using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>What happened, by the edges of the referee and by what the board says of itself. Times in ticks of 12.5 ns since power-up, or microseconds.</summary>
internal sealed class Incident(VirtualBoard board, SessionResult? result, Inspector inspector, Wire wire, Watcher watcher, long at80, bool isSwitchedOn)
{
    public VirtualBoard Board { get; } = board;

    /// <summary>The host's verdict; null when it never came to one.</summary>
    public SessionResult? Result { get; } = result;

    /// <summary>The cable.</summary>
    public Wire Wire { get; } = wire;

    /// <summary>What the host saw.</summary>
    public Watcher Watcher { get; } = watcher;

    /// <summary>When the fault happened.</summary>
    public long At80 { get; } = at80;

    /// <summary>The board a minute later; null when it does not answer.</summary>
    public BoardStatus? Status { get; } = inspector.Status;

    /// <summary>Its first fault; null when there is none.</summary>
    public FirstFaultReading? FirstFault { get; } = inspector.FirstFault;

    /// <summary>Names of all faults that it has latched.</summary>
    public string[] Faults { get; } = [.. BoardNames.Faults(inspector.Faults).Select(fault => fault.Name)];

    /// <summary>Every edge, from the moment on that the bench was switched on.</summary>
    public Edge[] Edges { get; } = isSwitchedOn ? board.Bench.Referee.Span.ToArray() : board.Bench.Referee.All.ToArray();

    /// <summary>Pulses at the stimulator since the bench was switched on.</summary>
    public int Emitted => Onsets80(RefereeSignal.Stimulator).Count;

    /// <summary>Rising edges of a line.</summary>
    public List<long> Onsets80(RefereeSignal signal) => Analysis.Onsets80(Edges, signal);

    /// <summary>Pulses at the stimulator after an instant.</summary>
    public int PulsesAfter(long t80) => Onsets80(RefereeSignal.Stimulator).Count(onset => onset > t80);

    /// <summary>From the fault to the gate that is closed from then on, in microseconds; 0 when it was closed and stayed so; -1 when it never closed.</summary>
    public double GateClosedAfterUs => SettledAfterUs(RefereeSignal.Gate);

    /// <summary>From the fault to the stimulator's line that is low from then on, in microseconds.</summary>
    public double LineLowAfterUs => SettledAfterUs(RefereeSignal.Stimulator);

    /// <summary>From the fault to the moment that the board latched it, in microseconds of its own clock.</summary>
    public double LatchedAfterUs => FirstFault is { } first ? first.BoardTimeUs - (At80 / 80.0) : double.NaN;

    /// <summary>
    /// The first pulse at the stimulator that is one more than planned until then; <see cref="Ticks80.Never"/> when there is none.
    /// One that comes less than the limiter's dead time early takes the place of the planned one.
    /// </summary>
    public long FirstExcess80(Calm calm)
    {
        List<long> emitted = Onsets80(RefereeSignal.Stimulator);
        int first = emitted.FindIndex(onset => emitted.Count(one => one <= onset) > calm.Onsets80.Count(one => one <= onset + Ticks80.FromUs(810)));
        return first < 0 ? Ticks80.Never : emitted[first];
    }

    /// <summary>Longest time that the stimulator's line was high, in microseconds.</summary>
    public double LongestPulseUs => Analysis.Widths80(Edges, RefereeSignal.Stimulator).DefaultIfEmpty().Max() / 80.0;

    /// <summary>Least time between two pulses at the stimulator, in microseconds.</summary>
    public double LeastGapUs
    {
        get
        {
            List<long> onsets = Onsets80(RefereeSignal.Stimulator);
            return onsets.Count < 2 ? double.MaxValue : onsets.Zip(onsets.Skip(1), (a, b) => b - a).Min() / 80.0;
        }
    }

    private double SettledAfterUs(RefereeSignal signal)
    {
        long last80 = At80;
        bool level = false;
        foreach (Edge edge in Edges.Where(edge => edge.Signal == signal))
        {
            level = edge.Level;
            if (!edge.Level) { last80 = Math.Max(At80, edge.T80); }
        }

        return level ? -1 : (last80 - At80) / 80.0;
    }
}
