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
    private readonly int[] _pulsesBefore = new int[Lines];
    private readonly bool[] _levels = new bool[Lines];
    private int _from;

    internal Referee() => Begin(0);

    /// <summary>The starting levels, then every transition in the order of time, since the record began.</summary>
    public IReadOnlyList<Edge> Edges => _edges.GetRange(_from, _edges.Count - _from);

    /// <summary>The same without a copy; valid until the next transition.</summary>
    public ReadOnlySpan<Edge> Span => CollectionsMarshal.AsSpan(_edges)[_from..];

    /// <summary>Everything since power-up, what lies before the record too.</summary>
    public ReadOnlySpan<Edge> All => CollectionsMarshal.AsSpan(_edges);

    /// <summary>Rising edges of the line since the record began; counted as they come.</summary>
    public int Pulses(RefereeSignal signal) => _pulses[(int)signal] - _pulsesBefore[(int)signal];

    /// <summary>A record begins here, with the levels as they stand: what the board did to test itself is no session's.</summary>
    public void Begin(long t80)
    {
        _from = _edges.Count;
        _pulses.CopyTo(_pulsesBefore, 0);
        for (int line = 0; line < Lines; line++) { _edges.Add(new Edge(t80, (RefereeSignal)line, _levels[line])); }
    }

    internal void Record(RefereeSignal signal, bool level, long t80)
    {
        _edges.Add(new Edge(t80, signal, level));
        _levels[(int)signal] = level;
        if (level) { _pulses[(int)signal]++; }
    }
}
