using Escapement.Boards.Wiring;

namespace Escapement.Rig.Tests.Circuit;

/// <summary>
/// Runs a net list from the truth tables of its parts: gates, flip-flops, monostables, isolator and supply; resistors, capacitors and
/// contacts by their node voltages. Gates take no time, capacitors charge exactly. It knows nothing of the simulated bench.
/// Times are ticks of 12.5 ns.
/// </summary>
internal sealed class CircuitSim
{
    private readonly Nodes _nodes;
    private readonly List<Unit> _units = [];
    private readonly Dictionary<string, bool> _watched = [];

    public CircuitSim(GateCircuit circuit, Fault? fault = null)
    {
        _nodes = new Nodes(circuit, fault);
        foreach ((string part, _) in circuit.Parts)
        {
            foreach (PartUnit unit in circuit.TypeOf(part).Units) { _units.Add(Make(circuit, part, unit)); }
        }
        AdvanceTo(0);
    }

    /// <summary>Called at each change of a watched pin.</summary>
    public Action<string, bool, long>? Changed { get; set; }

    public long Now80 { get; private set; } = -80_000_000;

    /// <summary>Watches a pin from now on.</summary>
    public void Watch(string pin) => _watched[pin] = Level(pin);

    /// <summary>Level of a pin to ground; of the BNC as a whole (no pin named) its core to its shell.</summary>
    public bool Level(string pin) => pin == "J4" ? _nodes.IsHigh(_nodes.NetOf("J4.CORE"), _nodes.NetOf("J4.SHELL")) : _nodes.Level(_nodes.NetOf(pin), 0);

    /// <summary>The board drives one of its pins.</summary>
    public void Set(string pin, bool level)
    {
        _nodes.DriveFromOutside(pin, level ? 3300 : 0);
        Settle();
    }

    public void Contact(string part, bool closed)
    {
        _nodes.Contact(part, closed);
        Settle();
    }

    public void AdvanceTo(long t80)
    {
        Settle();
        for (long next = Next(); next <= t80; next = Next())
        {
            _nodes.Now80 = Now80 = next;
            Settle();
        }
        _nodes.Now80 = Now80 = t80;
    }

    private Unit Make(GateCircuit circuit, string part, PartUnit unit) => unit.Kind switch
    {
        "buffer" or "and" => new AndUnit(_nodes, circuit, part, unit),
        "flipFlop" => new FlipFlopUnit(_nodes, circuit, part, unit),
        "monostable" => new MonostableUnit(_nodes, circuit, part, unit),
        "isolator" => new IsolatorUnit(_nodes, circuit, part, unit),
        "isolatedSupply" => new SupplyUnit(_nodes, circuit, part, unit),
        _ => throw new NotSupportedException(unit.Kind),
    };

    private long Next()
    {
        long next = long.MaxValue;
        foreach (Unit unit in _units) { next = Math.Min(next, unit.Next80); }
        return next;
    }

    private void Settle()
    {
        int rounds = 0;
        do
        {
            if (++rounds > 200) { throw new InvalidOperationException("The net list does not come to rest."); }
            _nodes.Renew();
            foreach (Unit unit in _units) { unit.Read(); }
        }
        while (Drive());
        foreach ((string pin, bool before) in _watched)
        {
            bool level = Level(pin);
            if (level == before) { continue; }
            _watched[pin] = level;
            Changed?.Invoke(pin, level, Now80);
        }
    }

    private bool Drive()
    {
        bool changed = false;
        foreach (Unit unit in _units) { changed |= unit.Drive(); }
        return changed;
    }
}
