using Escapement.Boards.Wiring;

namespace Escapement.Rig.Tests.Circuit;

/// <summary>The nets as nodes: what drives them, and what resistors, contacts and capacitors make of those that nothing drives.</summary>
internal sealed class Nodes
{
    private const double Undriven = double.NaN;
    private const double ContactOhms = 1e-3;

    private readonly Dictionary<string, int> _netOfPin = [];
    private readonly List<Resistor> _resistors = [];
    private readonly List<Charge?> _charges = [];
    private readonly List<(int A, int B, double Farad)> _capacitors = [];
    private readonly List<int> _parent = [];
    private readonly Dictionary<string, Resistor> _contacts = [];
    private readonly bool _floatsHigh;
    private readonly int _stuck = -1;
    private readonly List<List<Resistor>> _at = [];
    private readonly List<List<int>> _chargesNear = [];
    private readonly HashSet<int> _unsettled = [];
    private double[] _driven = [];
    private double[] _solved = [];
    private bool[] _isSolved = [];

    public Nodes(GateCircuit circuit, Fault? fault)
    {
        var names = new Dictionary<string, int>();
        foreach (Net net in circuit.Nets)
        {
            foreach (Pin pin in net.Pins)
            {
                string node = IsLoose(fault, net.Name, pin.ToString()) ? pin.ToString() : net.Name;
                if (!names.TryGetValue(node, out int index)) { names[node] = index = New(); }
                _netOfPin[pin.ToString()] = index;
            }
        }
        _floatsHigh = fault is Fault.Open { FloatsHigh: true } or Fault.Cut { FloatsHigh: true };
        Join(circuit);
        _driven = new double[_parent.Count];
        _solved = new double[_parent.Count];
        _isSolved = new bool[_parent.Count];
        Array.Fill(_driven, Undriven);
        for (int i = 0; i < _parent.Count; i++) { _at.Add([]); _charges.Add(null); _chargesNear.Add([]); }
        AddPassives(circuit);
        DriveRails(circuit);
        FindWhatIsNearCharges();
        if (fault is Fault.Stuck stuck)
        {
            _stuck = Root(names[stuck.Net]);
            _driven[_stuck] = stuck.High ? circuit.Description.Supplies.Values.SelectMany(domain => domain.Rails).FirstOrDefault(rail => rail.Key == stuck.Net, new("", 3300)).Value : 0;
        }
    }

    public long Now80 { get; set; } = -80_000_000;

    /// <summary>Node of a pin; -1 for one that is open on purpose.</summary>
    public int NetOf(string pin) => _netOfPin.TryGetValue(pin, out int net) ? Root(net) : -1;

    public IReadOnlyList<Resistor> ResistorsAt(int net) => _at[net];

    public IEnumerable<(int Other, double Farad)> CapacitorsAt(int net) =>
        _capacitors.Where(one => one.A == net || one.B == net).Select(one => (one.A == net ? one.B : one.A, one.Farad));

    /// <summary>Millivolts of a driven net; NaN when nothing drives it.</summary>
    public double Driven(int net) => net < 0 ? Undriven : _driven[net];

    /// <summary>Drives a net, or lets go of it (NaN). True when that is news.</summary>
    public bool Drive(int net, double millivolts)
    {
        if (net < 0 || net == _stuck || _driven[net].Equals(millivolts)) { return false; }
        _driven[net] = millivolts;
        _unsettled.UnionWith(_chargesNear[net]);
        return true;
    }

    public void DriveFromOutside(string pin, double millivolts) => Drive(NetOf(pin), millivolts);

    public void Contact(string part, bool closed)
    {
        Resistor contact = _contacts[part];
        contact.Siemens = closed ? 1 / ContactOhms : 0;
        _unsettled.UnionWith(_chargesNear[contact.A]);
        _unsettled.UnionWith(_chargesNear[contact.B]);
    }

    /// <summary>Charges whose surroundings have changed take the new course; what was solved before is forgotten.</summary>
    public void Renew()
    {
        foreach (int net in _unsettled)
        {
            if (double.IsNaN(_driven[net])) { Renew(net, _charges[net]!); }
        }
        _unsettled.Clear();
        Array.Clear(_isSolved);
    }

    /// <summary>Level at an input with a threshold of half the logic supply, or of its own.</summary>
    public bool Level(int net, double thresholdMillivolts)
    {
        double millivolts = Millivolts(net);
        return double.IsNaN(millivolts) ? _floatsHigh : millivolts >= (thresholdMillivolts == 0 ? 1650 : thresholdMillivolts);
    }

    /// <summary>Level of one net over another; a reference that hangs in the air carries nothing.</summary>
    public bool IsHigh(int net, int reference) => Millivolts(reference) is var zero && !double.IsNaN(zero) && (double.IsNaN(Millivolts(net)) ? _floatsHigh : Millivolts(net) - zero >= 1650);

    /// <summary>Millivolts now; NaN for a net that hangs in the air.</summary>
    public double Millivolts(int net)
    {
        if (net < 0) { return Undriven; }
        if (!double.IsNaN(_driven[net])) { return _driven[net]; }
        if (_charges[net] is { } charge) { return charge.IsHeld ? charge.At(Now80) : Undriven; }
        if (!_isSolved[net]) { Solve(net, fixedNet: -1, fixedMillivolts: 0); }
        return _solved[net];
    }

    /// <summary>Whether a capacitor decides about the net.</summary>
    public bool HasCharge(int net) => net >= 0 && double.IsNaN(_driven[net]) && _charges[net] is { IsHeld: true };

    /// <summary>When the charge of a net will cross a threshold; never for a net without one.</summary>
    public long Crosses80(int net, double thresholdMillivolts, bool rising) =>
        HasCharge(net) ? _charges[net]!.Crosses80(thresholdMillivolts, rising) : long.MaxValue;

    private static bool IsLoose(Fault? fault, string net, string pin) =>
        (fault is Fault.Open open && open.Pin == pin) || (fault is Fault.Cut cut && cut.Net == net);

    private int New()
    {
        _parent.Add(_parent.Count);
        return _parent.Count - 1;
    }

    private int Root(int net)
    {
        while (_parent[net] != net) { net = _parent[net]; }
        return net;
    }

    /// <summary>A fuse is a wire.</summary>
    private void Join(GateCircuit circuit)
    {
        foreach ((string part, _) in circuit.Parts.Where(part => circuit.TypeOf(part.Key).Kind == "link"))
        {
            _parent[Root(_netOfPin[part + ".1"])] = Root(_netOfPin[part + ".2"]);
        }
    }

    private void AddPassives(GateCircuit circuit)
    {
        var timing = circuit.Parts.SelectMany(part => circuit.TypeOf(part.Key).Units.Where(unit => unit.Timing.Length > 0).Select(unit => NetOf($"{part.Key}.{unit.Timing}"))).ToHashSet();
        foreach ((string part, Part what) in circuit.Parts)
        {
            string kind = circuit.TypeOf(part).Kind;
            if (kind is not ("resistor" or "contact" or "capacitor")) { continue; }
            int a = NetOf(part + ".1"), b = NetOf(part + ".2");
            if (kind == "capacitor")
            {
                _capacitors.Add((a, b, what.Value * 1e-12));
                continue;
            }
            var resistor = new Resistor(a, b) { Siemens = kind == "resistor" ? 1.0 / what.Value : 1 / ContactOhms };
            _resistors.Add(resistor);
            _at[a].Add(resistor);
            _at[b].Add(resistor);
            if (kind == "contact") { _contacts[part] = resistor; }
        }
        var rails = circuit.Description.Supplies.Values.SelectMany(domain => domain.Rails.Keys.Append(domain.Ground)).ToHashSet();
        var railNets = circuit.Nets.Where(net => rails.Contains(net.Name)).SelectMany(net => net.Pins).Select(pin => NetOf(pin.ToString())).ToHashSet();
        foreach ((int a, int b, double farad) in _capacitors.Where(one => railNets.Contains(one.A) != railNets.Contains(one.B)))
        {
            int net = railNets.Contains(a) ? b : a;
            if (!timing.Contains(net)) { _charges[net] = new Charge(farad); }
        }
    }

    private void DriveRails(GateCircuit circuit)
    {
        foreach ((string part, _) in circuit.Parts.Where(part => circuit.TypeOf(part.Key).Kind == "boardConnector"))
        {
            foreach (Pin pin in circuit.PinsOf(part))
            {
                double? millivolts = pin.Name switch { "3V3" => 3300, "5V" => 5000, _ when pin.Name.StartsWith("GND", StringComparison.Ordinal) => 0, _ => null };
                if (millivolts is { } rail) { _driven[NetOf(pin.ToString())] = rail; }
            }
        }
    }

    /// <summary>A net is near a charge when its level can change the charge's course; nothing beyond a rail can.</summary>
    private void FindWhatIsNearCharges()
    {
        for (int net = 0; net < _charges.Count; net++)
        {
            if (_charges[net] is null) { continue; }
            var near = new List<int> { net };
            for (int i = 0; i < near.Count; i++)
            {
                _chargesNear[near[i]].Add(net);
                if (!double.IsNaN(_driven[near[i]])) { continue; }
                foreach (Resistor resistor in _at[near[i]].Where(one => !near.Contains(one.Other(near[i])))) { near.Add(resistor.Other(near[i])); }
            }
            _unsettled.Add(net);
        }
    }

    private void Renew(int net, Charge charge)
    {
        // The rest of the group makes a source and a resistance: its current into the capacitor at two voltages tells both.
        double atZero = Current(net, 0), atOne = Current(net, 1000);
        charge.Feed(atZero, (atZero - atOne) / 1000, Now80);
    }

    private double Current(int net, double millivolts)
    {
        Array.Clear(_isSolved);
        double sum = 0;
        foreach (Resistor resistor in _at[net])
        {
            int other = resistor.Other(net);
            if (resistor.Siemens == 0 || other == net) { continue; }
            if (double.IsNaN(_driven[other]) && !_isSolved[other]) { Solve(other, net, millivolts); }
            double there = double.IsNaN(_driven[other]) ? _solved[other] : _driven[other];
            if (!double.IsNaN(there)) { sum += (there - millivolts) * resistor.Siemens; }
        }
        return sum;
    }

    /// <summary>Solves the group of undriven nets around one of them by Kirchhoff's current law; charges count as sources.</summary>
    private void Solve(int start, int fixedNet, double fixedMillivolts)
    {
        var group = new List<int> { start };
        bool isHeld = false;
        for (int i = 0; i < group.Count; i++)
        {
            foreach (Resistor resistor in _at[group[i]].Where(one => one.Siemens > 0))
            {
                int other = resistor.Other(group[i]);
                if (IsSource(other, fixedNet)) { isHeld = true; }
                else if (!group.Contains(other)) { group.Add(other); }
            }
        }
        double[] millivolts = isHeld ? Kirchhoff(group, fixedNet, fixedMillivolts) : [.. group.Select(_ => Undriven)];
        for (int i = 0; i < group.Count; i++)
        {
            _solved[group[i]] = millivolts[i];
            _isSolved[group[i]] = true;
        }
    }

    private bool IsSource(int net, int fixedNet) => net == fixedNet || !double.IsNaN(_driven[net]) || _charges[net] is { IsHeld: true };

    private double[] Kirchhoff(List<int> group, int fixedNet, double fixedMillivolts)
    {
        int n = group.Count;
        var rows = new double[n][];
        for (int i = 0; i < n; i++)
        {
            double[] row = rows[i] = new double[n + 1];
            foreach (Resistor resistor in _at[group[i]].Where(one => one.Siemens > 0))
            {
                int other = resistor.Other(group[i]);
                row[i] += resistor.Siemens;
                if (other == fixedNet) { row[n] += fixedMillivolts * resistor.Siemens; }
                else if (!double.IsNaN(_driven[other])) { row[n] += _driven[other] * resistor.Siemens; }
                else if (_charges[other] is { IsHeld: true } charge) { row[n] += charge.At(Now80) * resistor.Siemens; }
                else { row[group.IndexOf(other)] -= resistor.Siemens; }
            }
        }
        return Gauss(rows, n);
    }

    private static double[] Gauss(double[][] rows, int n)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                double factor = rows[j][i] / rows[i][i];
                for (int k = i; k <= n; k++) { rows[j][k] -= factor * rows[i][k]; }
            }
        }
        var result = new double[n];
        for (int i = n - 1; i >= 0; i--)
        {
            double sum = rows[i][n];
            for (int k = i + 1; k < n; k++) { sum -= rows[i][k] * result[k]; }
            result[i] = sum / rows[i][i];
        }
        return result;
    }

    /// <summary>A resistor, or a contact.</summary>
    internal sealed class Resistor(int a, int b)
    {
        public int A { get; } = a;

        public int B { get; } = b;

        public double Siemens { get; set; }

        public int Other(int net) => net == A ? B : A;
    }

    /// <summary>The charge on a capacitor to ground: an exponential towards where its surroundings pull it.</summary>
    private sealed class Charge(double farad)
    {
        private double _millivolts;
        private double _target;
        private double _tau80 = double.PositiveInfinity;
        private long _since80 = -80_000_000;

        /// <summary>False while nothing holds it: then its level is anybody's guess.</summary>
        public bool IsHeld { get; private set; } = true;

        public double At(long t80) => _target + (_millivolts - _target) * Math.Exp(-(t80 - _since80) / _tau80);

        public void Feed(double currentAtZero, double siemens, long t80)
        {
            IsHeld = siemens > 0;
            double target = IsHeld ? currentAtZero / siemens : 0, tau80 = IsHeld ? farad / siemens * 80e6 : double.PositiveInfinity;
            if (target == _target && tau80 == _tau80) { return; }
            _millivolts = double.IsPositiveInfinity(_tau80) ? _millivolts : At(t80);
            (_since80, _target, _tau80) = (t80, target, tau80);
        }

        public long Crosses80(double threshold, bool rising)
        {
            if (rising ? _target <= threshold : _target >= threshold) { return long.MaxValue; }
            bool isBeyond = rising ? _millivolts >= threshold : _millivolts <= threshold;
            return isBeyond ? _since80 : _since80 + (long)Math.Ceiling(_tau80 * Math.Log((_target - _millivolts) / (_target - threshold)));
        }
    }
}
