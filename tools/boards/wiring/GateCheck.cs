namespace Escapement.Boards.Wiring;

/// <summary>What is wrong with a description of the gate: everything at once.</summary>
public static class GateCheck
{
    private static readonly string[] Kinds = ["resistor", "capacitor", "protection", "link", "contact", "off", "terminals", "boardConnector"];
    private static readonly string[] UnitKinds = ["buffer", "and", "flipFlop", "monostable", "isolator", "isolatedSupply"];

    /// <summary>A sentence for each problem.</summary>
    public static IReadOnlyList<string> Problems(GateDescription gate)
    {
        var problems = new List<string>();
        if (gate.Format != 1) { problems.Add($"format {gate.Format} is not known; this reads 1"); }
        foreach ((string name, PartType type) in gate.Types) { problems.AddRange(OfType(gate, name, type)); }
        foreach ((string name, Part part) in gate.Parts) { problems.AddRange(OfPart(gate, name, part)); }
        problems.AddRange(OfNets(gate));
        if (problems.Count == 0) { problems.AddRange(OfFigures(gate)); }
        return problems;
    }

    internal static Pin? PinOf(GateDescription gate, string name)
    {
        int dot = name.IndexOf('.');
        if (dot < 0 || !gate.Parts.TryGetValue(name[..dot], out Part? part) || !gate.Types.TryGetValue(part.Type, out PartType? type)) { return null; }
        foreach ((int number, string pin) in type.Pins)
        {
            if (pin == name[(dot + 1)..]) { return new Pin(name[..dot], number, pin); }
        }
        return null;
    }

    private static IEnumerable<string> OfType(GateDescription gate, string name, PartType type)
    {
        if (type.Source is not ("read" or "recalled")) { yield return $"types: {name}: source is read or recalled, not '{type.Source}'"; }
        if (type.Source == "read" && type.Document.Length == 0) { yield return $"types: {name}: what was read is to be named (document)"; }
        if (type.Units.Count == 0 && !Kinds.Contains(type.Kind)) { yield return $"types: {name}: kind '{type.Kind}' is not known"; }
        if (type.Pins.Values.Distinct().Count() != type.Pins.Count) { yield return $"types: {name}: two pins have one name"; }
        foreach (PartUnit unit in type.Units)
        {
            if (!UnitKinds.Contains(unit.Kind)) { yield return $"types: {name}: unit '{unit.Kind}' is not known"; }
            if (unit.Thresholds.Length > 0 && !gate.Thresholds.ContainsKey(unit.Thresholds)) { yield return $"types: {name}: thresholds '{unit.Thresholds}' are not given"; }
            if (unit.Kind == "monostable" && unit.Trigger is not ("and" or "or")) { yield return $"types: {name}: a monostable's trigger is and or or"; }
            foreach (string pin in PinsOf(unit).Where(pin => !type.Pins.ContainsValue(pin))) { yield return $"types: {name}: there is no pin '{pin}'"; }
        }
    }

    private static IEnumerable<string> PinsOf(PartUnit unit) =>
        new[] { unit.Out, unit.OutInverted, unit.OutReturn, unit.Data, unit.Clock, unit.Set, unit.Reset, unit.Falling, unit.Rising, unit.Timing, unit.Capacitor, unit.Enable }
            .Concat(unit.In).Concat(unit.InSupply).Concat(unit.OutSupply).Where(pin => pin.Length > 0);

    private static IEnumerable<string> OfPart(GateDescription gate, string name, Part part)
    {
        if (!gate.Types.TryGetValue(part.Type, out PartType? type))
        {
            yield return $"parts: {name}: there is no kind '{part.Type}'";
            yield break;
        }
        if (part.Why.Length == 0 || part.Answers.Length == 0) { yield return $"parts: {name}: says neither why it is there nor which fault it answers"; }
        bool hasValue = type.Kind is "resistor" or "capacitor";
        if (hasValue != (part.Value > 0) || hasValue != (part.TolerancePermille > 0)) { yield return $"parts: {name}: value and tolerance belong to resistors and capacitors, and to all of them"; }
        if (type.Units.Count == 0 && part.OrderCode.Length == 0) { yield return $"parts: {name}: has no order code"; }
    }

    private static IEnumerable<string> OfNets(GateDescription gate)
    {
        var seen = new Dictionary<string, string>();
        foreach ((string net, List<string> pins) in gate.Nets.Append(new("unconnected", gate.Unconnected)))
        {
            if (pins.Count < 2 && net != "unconnected") { yield return $"nets: {net}: connects nothing"; }
            foreach (string pin in pins)
            {
                if (PinOf(gate, pin) is null) { yield return $"nets: {net}: there is no pin {pin}"; }
                else if (!seen.TryAdd(pin, net)) { yield return $"nets: {net}: {pin} is in {seen[pin]} already"; }
            }
        }
        foreach ((string name, Part part) in gate.Parts)
        {
            if (!gate.Types.TryGetValue(part.Type, out PartType? type)) { continue; }
            foreach (string pin in type.Pins.Values.Where(pin => !seen.ContainsKey($"{name}.{pin}"))) { yield return $"nets: {name}.{pin} is neither in a net nor unconnected"; }
        }
        foreach (string net in gate.Supplies.Values.SelectMany(domain => domain.Rails.Keys.Append(domain.Ground)).Where(net => !gate.Nets.ContainsKey(net))) { yield return $"supplies: there is no net {net}"; }
        foreach (ResidualFault fault in gate.Residual.Where(fault => !gate.Nets.ContainsKey(fault.Net))) { yield return $"residual: there is no net {fault.Net}"; }
    }

    private static IEnumerable<string> OfFigures(GateDescription gate)
    {
        foreach ((string name, FigureBounds bounds) in gate.Figures)
        {
            if (PinOf(gate, bounds.Of) is null) { yield return $"figures: {name}: there is no pin {bounds.Of}"; }
        }
    }
}
