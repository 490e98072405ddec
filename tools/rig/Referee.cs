using System.Runtime.InteropServices;

namespace Escapement.Rig;

/// <summary>
/// Records every transition of trigger, gate and stimulator line at 12.5 ns, the starting levels first.
/// It sees wires only and shares nothing with what drives them.
/// </summary>
public sealed class Referee
{
    private const int Lines = 3;
    private readonly List<Edge> _edges = new(4096);
    private readonly int[] _pulses = new int[Lines];

    internal Referee()
    {
        for (int line = 0; line < Lines; line++) { _edges.Add(new Edge(0, (RefereeSignal)line, false)); }
    }

    /// <summary>The starting levels, then every transition in the order of time.</summary>
    public IReadOnlyList<Edge> Edges => _edges;

    /// <summary>The same without a copy; valid until the next transition.</summary>
    public ReadOnlySpan<Edge> Span => CollectionsMarshal.AsSpan(_edges);

    /// <summary>Rising edges of the line since the beginning; counted as they come.</summary>
    public int Pulses(RefereeSignal signal) => _pulses[(int)signal];

    internal void Record(RefereeSignal signal, bool level, long t80)
    {
        _edges.Add(new Edge(t80, signal, level));
        if (level) { _pulses[(int)signal]++; }
    }
}
