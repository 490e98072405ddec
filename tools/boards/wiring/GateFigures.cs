namespace Escapement.Boards.Wiring;

/// <summary>A figure that follows from parts: typical, and the least and the most over all tolerances.</summary>
/// <param name="Name">Name in the description.</param>
/// <param name="Ns">Typical, in nanoseconds.</param>
/// <param name="LeastNs">Least, in nanoseconds.</param>
/// <param name="MostNs">Most, in nanoseconds.</param>
/// <param name="Formula">How it follows.</param>
public sealed record GateFigure(string Name, long Ns, long LeastNs, long MostNs, string Formula);

/// <summary>A filter of resistors, one capacitor and a Schmitt input, in the figures that make its times.</summary>
/// <param name="RiseNs">Time constant towards high.</param>
/// <param name="FallNs">Time constant towards low.</param>
/// <param name="HighMillivolts">Where the capacitor ends up.</param>
/// <param name="RisingMillivolts">Typical threshold of the rising input.</param>
/// <param name="FallingMillivolts">Typical threshold of the falling input.</param>
public sealed record FilterValues(long RiseNs, long FallNs, int HighMillivolts, int RisingMillivolts, int FallingMillivolts);

/// <summary>Works out what resistors, capacitors and thresholds come to.</summary>
public sealed class GateFigures
{
    private const double NsPerOhmPicofarad = 1e-3;
    private readonly GateCircuit _circuit;

    /// <summary>The figures of a circuit.</summary>
    public GateFigures(GateCircuit circuit)
    {
        _circuit = circuit;
        All = [.. circuit.Description.Figures.Select(figure => Of(figure.Key, figure.Value))];
    }

    /// <summary>All of them, in the order of the file.</summary>
    public IReadOnlyList<GateFigure> All { get; }

    /// <summary>One by its name.</summary>
    public GateFigure this[string name] => All.Single(figure => figure.Name == name);

    /// <summary>Figures that leave their bounds; none in a good circuit.</summary>
    public IEnumerable<string> Beyond()
    {
        foreach (GateFigure figure in All)
        {
            FigureBounds bounds = _circuit.Description.Figures[figure.Name];
            long unit = UnitNs(figure.Name);
            if (figure.LeastNs < bounds.AtLeast * unit || figure.MostNs > bounds.AtMost * unit)
            {
                yield return $"{figure.Name}: {figure.LeastNs} to {figure.MostNs} ns leaves {bounds.AtLeast * unit} to {bounds.AtMost * unit} ns";
            }
        }
    }

    /// <summary>Nanoseconds in the unit that a figure's name ends with.</summary>
    public static long UnitNs(string name) => name.EndsWith("Ns", StringComparison.Ordinal) ? 1 : 1000;

    /// <summary>The filter in front of a Schmitt input.</summary>
    public FilterValues Filter(string pin)
    {
        (double ohmUp, double ohmDown, double share, Part capacitor, SchmittThresholds thresholds, _) = Network(pin);
        double high = HighVolts(pin) * share;
        return new FilterValues(
            (long)Math.Round(ohmUp * capacitor.Value * NsPerOhmPicofarad), (long)Math.Round(ohmDown * capacitor.Value * NsPerOhmPicofarad),
            (int)Math.Round(high), thresholds.RisingMillivolts[1], thresholds.FallingMillivolts[1]);
    }

    /// <summary>Start-up time of the isolated supply.</summary>
    public long SupplyStartNs => _circuit.Description.Types.Values.SelectMany(type => type.Units).Single(unit => unit.Kind == "isolatedSupply").StartUs * 1000L;

    private GateFigure Of(string name, FigureBounds bounds)
    {
        string part = bounds.Of[..bounds.Of.IndexOf('.')], pin = bounds.Of[(part.Length + 1)..];
        PartUnit unit = _circuit.TypeOf(part).Units.Single(one => one.Out == pin || one.In.Contains(pin));
        return unit.Kind switch
        {
            "monostable" => Monostable(name, part, unit),
            "isolatedSupply" => Discharge(name, part, unit),
            _ => Crossing(name, bounds.Of, bounds.Edge == "rising"),
        };
    }

    private GateFigure Monostable(string name, string part, PartUnit unit)
    {
        string timing = _circuit.NetOf(part, unit.Timing)!;
        (string r, Part resistor) = _circuit.Between("resistor", timing, null).Single();
        (string c, Part capacitor) = _circuit.Between("capacitor", timing, null).Single();
        double ns = unit.FactorPermille / 1000.0 * resistor.Value * capacitor.Value * NsPerOhmPicofarad;
        int spread = unit.FactorTolerancePermille + resistor.TolerancePermille + capacitor.TolerancePermille;
        return new GateFigure(name, Round(ns), Round(ns * (1000 - spread) / 1000), Round(ns * (1000 + spread) / 1000), $"{unit.FactorPermille / 1000.0:0.0} x {r} x {c}");
    }

    private GateFigure Discharge(string name, string part, PartUnit unit)
    {
        string rail = _circuit.NetOf(part, unit.Out)!;
        (string r, Part resistor) = _circuit.Between("resistor", rail, null).Single();
        var reservoirs = _circuit.Between("capacitor", rail, null).ToList();
        int volts = _circuit.Description.Supplies.Values.SelectMany(domain => domain.Rails).Single(one => one.Key == rail).Value;
        double ns = resistor.Value * (double)reservoirs.Sum(one => one.Value.Value) * NsPerOhmPicofarad * Math.Log((double)volts / unit.DeadBelowMillivolts);
        int spread = resistor.TolerancePermille + reservoirs.Max(one => one.Value.TolerancePermille);
        return new GateFigure(name, Round(ns), 0, Round(ns * (1000 + spread) / 1000), $"{r} x ({string.Join(" + ", reservoirs.Select(one => one.Key))}) x ln({volts / 1000.0:0.0} V / {unit.DeadBelowMillivolts / 1000.0:0.00} V)");
    }

    private GateFigure Crossing(string name, string pin, bool rising)
    {
        (double ohmUp, double ohmDown, double share, Part capacitor, SchmittThresholds thresholds, string parts) = Network(pin);
        double high = HighVolts(pin) * share;
        double ns = (rising ? ohmUp : ohmDown) * capacitor.Value * NsPerOhmPicofarad;
        double spread = (10 + capacitor.TolerancePermille) / 1000.0;
        double Time(int threshold) => ns * (rising ? Math.Log(high / (high - threshold)) : Math.Log(high / threshold));
        List<int> limits = rising ? thresholds.RisingMillivolts : thresholds.FallingMillivolts;
        double least = Time(rising ? limits[0] : limits[2]), most = Time(rising ? limits[2] : limits[0]);
        return new GateFigure(name, Round(Time(limits[1])), Round(least * (1 - spread)), Round(most * (1 + spread)), $"{parts}, to the {(rising ? "rising" : "falling")} threshold");
    }

    /// <summary>Resistance seen by the capacitor while driven high and low, the divider's share, and the parts. A contact drives high only.</summary>
    private (double OhmUp, double OhmDown, double Share, Part Capacitor, SchmittThresholds Thresholds, string Parts) Network(string pin)
    {
        string part = pin[..pin.IndexOf('.')], net = _circuit.NetOf(pin)!;
        SchmittThresholds thresholds = _circuit.Description.Thresholds[_circuit.TypeOf(part).Units.Single(unit => unit.In.Contains(pin[(part.Length + 1)..])).Thresholds];
        (string c, Part capacitor) = _circuit.Between("capacitor", net, null).Single();
        var down = _circuit.Between("resistor", net, "GND").ToList();
        (string r, Part series) = _circuit.Between("resistor", net, null).Single(one => down.All(other => other.Key != one.Key));
        if (down.Count == 0) { return (series.Value, series.Value, 1, capacitor, thresholds, $"{r} x {c}"); }
        double pull = down.Single().Value.Value;
        return (series.Value * pull / (series.Value + pull), pull, pull / (series.Value + pull), capacitor, thresholds, $"{r}, {down[0].Key} x {c}");
    }

    /// <summary>A filter behind a contact is fed from the 5 V of the contacts, one without a pull-down by a pin of the board.</summary>
    private int HighVolts(string pin) =>
        _circuit.Description.Supplies["board"].Rails[_circuit.Between("resistor", _circuit.NetOf(pin), "GND").Any() ? "V5F" : "V3V3"];

    private static long Round(double ns) => (long)Math.Round(ns, MidpointRounding.AwayFromZero);
}
