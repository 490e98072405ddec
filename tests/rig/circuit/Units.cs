using Escapement.Boards.Wiring;

namespace Escapement.Rig.Tests.Circuit;

/// <summary>One function of a part, by its truth table. All units read, then all drive.</summary>
internal abstract class Unit(Nodes nodes, GateCircuit circuit, string part, PartUnit unit)
{
    private readonly (int Positive, int Ground) _rail = Rails(nodes, part, circuit.TypeOf(part).Supply);

    protected Nodes Nodes { get; } = nodes;

    protected PartUnit What { get; } = unit;

    public virtual long Next80 => long.MaxValue;

    protected long Now80 => Nodes.Now80;

    /// <summary>Millivolts of the part's supply; 0 without.</summary>
    protected double Rail => RailOf(_rail);

    protected SchmittThresholds? Thresholds { get; } = unit.Thresholds.Length == 0 ? null : circuit.Description.Thresholds[unit.Thresholds];

    public abstract void Read();

    public abstract bool Drive();

    /// <summary>Node of a pin; -1 for none.</summary>
    protected int Net(string pin) => pin.Length == 0 ? -1 : Nodes.NetOf($"{part}.{pin}");

    protected static (int Positive, int Ground) Rails(Nodes nodes, string part, IReadOnlyList<string> supply) =>
        supply.Count == 0 ? (-1, -1) : (nodes.NetOf($"{part}.{supply[0]}"), nodes.NetOf($"{part}.{supply[1]}"));

    protected double RailOf((int Positive, int Ground) supply) =>
        Nodes.Driven(supply.Positive) is var rail && rail > 1650 && Nodes.Driven(supply.Ground) == 0 ? rail : 0;

    protected bool Level(int net) => Nodes.Level(net, 0);

    /// <summary>Drives an output; a part without supply drives nothing.</summary>
    protected bool Put(int net, bool level, double rail) => Nodes.Drive(net, rail == 0 ? double.NaN : level ? rail : 0);
}

/// <summary>Buffer or AND gate, with plain or Schmitt inputs.</summary>
internal sealed class AndUnit(Nodes nodes, GateCircuit circuit, string part, PartUnit unit) : Unit(nodes, circuit, part, unit)
{
    private readonly bool[] _inputs = new bool[unit.In.Count];
    private readonly int[] _nets = [.. unit.In.Select(pin => nodes.NetOf($"{part}.{pin}"))];
    private readonly int _out = nodes.NetOf($"{part}.{unit.Out}");

    public override long Next80
    {
        get
        {
            long next = long.MaxValue;
            if (Thresholds is not { } limits) { return next; }
            for (int i = 0; i < _inputs.Length; i++)
            {
                next = Math.Min(next, Nodes.Crosses80(_nets[i], _inputs[i] ? limits.FallingMillivolts[1] : limits.RisingMillivolts[1], !_inputs[i]));
            }
            return next;
        }
    }

    public override void Read()
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            int net = _nets[i];
            if (Thresholds is not { } limits)
            {
                _inputs[i] = Nodes.Level(net, 0);
            }
            else if (Nodes.Crosses80(net, _inputs[i] ? limits.FallingMillivolts[1] : limits.RisingMillivolts[1], !_inputs[i]) <= Now80)
            {
                _inputs[i] = !_inputs[i];
            }
            else if (!Nodes.HasCharge(net))
            {
                _inputs[i] = Nodes.Level(net, _inputs[i] ? limits.FallingMillivolts[1] : limits.RisingMillivolts[1]);
            }
        }
    }

    public override bool Drive() => Put(_out, Array.TrueForAll(_inputs, one => one), Rail);
}

/// <summary>D flip-flop, set and reset low and at any time. Where it wakes up is not known; here it wakes up set.</summary>
internal sealed class FlipFlopUnit(Nodes nodes, GateCircuit circuit, string part, PartUnit unit) : Unit(nodes, circuit, part, unit)
{
    private readonly int _clockNet = nodes.NetOf($"{part}.{unit.Clock}"), _data = nodes.NetOf($"{part}.{unit.Data}");
    private readonly int _reset = nodes.NetOf($"{part}.{unit.Reset}"), _set = nodes.NetOf($"{part}.{unit.Set}");
    private readonly int _out = nodes.NetOf($"{part}.{unit.Out}"), _inverted = nodes.NetOf($"{part}.{unit.OutInverted}");
    private bool _state = true;
    private bool _clock;

    public override void Read()
    {
        bool clock = Level(_clockNet);
        if (clock && !_clock) { _state = Level(_data); }
        _clock = clock;
        if (!Level(_reset)) { _state = false; }
        if (!Level(_set)) { _state = true; }
    }

    public override bool Drive() => Put(_out, _state, Rail) | Put(_inverted, !_state, Rail);
}

/// <summary>
/// Monostable. Without its resistor the capacitor never charges and the pulse never ends; without its capacitor the pulse is a spike.
/// </summary>
internal sealed class MonostableUnit(Nodes nodes, GateCircuit circuit, string part, PartUnit unit) : Unit(nodes, circuit, part, unit)
{
    private const long Spike80 = 8;
    private readonly int _reset = nodes.NetOf($"{part}.{unit.Reset}"), _falling = nodes.NetOf($"{part}.{unit.Falling}"), _rising = nodes.NetOf($"{part}.{unit.Rising}");
    private readonly int _out = nodes.NetOf($"{part}.{unit.Out}"), _inverted = nodes.NetOf($"{part}.{unit.OutInverted}");
    private bool _before;
    private long _end80 = long.MinValue;

    public override long Next80 => _end80 > Now80 ? _end80 : long.MaxValue;

    public override void Read()
    {
        bool reset = !Level(_reset), falling = Level(_falling), rising = Level(_rising);
        bool condition = What.Trigger == "and" ? !reset && rising && !falling : rising || !falling;
        bool starts = condition && !_before && !reset;
        _before = condition;
        if (reset) { _end80 = long.MinValue; }
        else if (starts && (What.Retriggerable || _end80 <= Now80)) { _end80 = Now80 + Math.Min(Width80(), long.MaxValue / 4); }
    }

    public override bool Drive() => Put(_out, _end80 > Now80, Rail) | Put(_inverted, _end80 <= Now80, Rail);

    private long Width80()
    {
        int timing = Net(What.Timing);
        if (timing < 0) { return long.MaxValue; }
        if (Nodes.Driven(timing) is var held && !double.IsNaN(held)) { return held > 0 ? Spike80 : long.MaxValue; }
        double siemens = Nodes.ResistorsAt(timing).Where(one => Nodes.Driven(one.Other(timing)) > 1650).Sum(one => one.Siemens);
        double farad = Nodes.CapacitorsAt(timing).Where(one => one.Other == Net(What.Capacitor)).Sum(one => one.Farad);
        if (siemens == 0) { return long.MaxValue; }
        return Math.Max(Spike80, (long)Math.Round(What.FactorPermille / 1000.0 / siemens * farad * 80e6));
    }
}

/// <summary>One channel of the isolator: low while its input side has no supply.</summary>
internal sealed class IsolatorUnit(Nodes nodes, GateCircuit circuit, string part, PartUnit unit) : Unit(nodes, circuit, part, unit)
{
    private readonly (int Positive, int Ground) _inRail = Rails(nodes, part, unit.InSupply), _outRail = Rails(nodes, part, unit.OutSupply);
    private readonly int _in = nodes.NetOf($"{part}.{unit.In[0]}"), _enable = nodes.NetOf($"{part}.{unit.Enable}"), _out = nodes.NetOf($"{part}.{unit.Out}");
    private bool _level;
    private bool _enabled;

    public override void Read()
    {
        _level = RailOf(_inRail) > 0 && Level(_in);
        _enabled = Level(_enable);
    }

    public override bool Drive() => Put(_out, _level, _enabled ? RailOf(_outRail) : 0);
}

/// <summary>The isolated supply: comes some time after its input, and goes when its reservoir is empty.</summary>
internal sealed class SupplyUnit(Nodes nodes, GateCircuit circuit, string part, PartUnit unit) : Unit(nodes, circuit, part, unit)
{
    private readonly int _in = nodes.NetOf($"{part}.{unit.In[0]}"), _inReturn = nodes.NetOf($"{part}.{unit.In[1]}");
    private readonly int _out = nodes.NetOf($"{part}.{unit.Out}"), _outReturn = nodes.NetOf($"{part}.{unit.OutReturn}");
    private bool _isOn;
    private bool _input;
    private long _change80 = long.MaxValue;

    public override long Next80 => _change80;

    public override void Read()
    {
        bool input = Nodes.Millivolts(_in) >= What.WorksAboveMillivolts && Nodes.Driven(_inReturn) == 0;
        if (_change80 <= Now80) { (_isOn, _change80) = (!_isOn, long.MaxValue); }
        if (input == _input) { return; }
        _input = input;
        _change80 = input == _isOn ? long.MaxValue : Now80 + (input ? What.StartUs * 80L : HoldsUp80());
    }

    public override bool Drive() => Nodes.Drive(_outReturn, 0) | Nodes.Drive(_out, _isOn ? 5000 : double.NaN);

    private long HoldsUp80()
    {
        int rail = _out;
        double siemens = Nodes.ResistorsAt(rail).Sum(one => one.Siemens), farad = Nodes.CapacitorsAt(rail).Sum(one => one.Farad);
        return siemens == 0 ? long.MaxValue / 2 : (long)(farad / siemens * 80e6 * Math.Log(5000.0 / What.DeadBelowMillivolts));
    }
}
