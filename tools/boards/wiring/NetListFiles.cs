using System.Globalization;
using System.Text;

namespace Escapement.Boards.Wiring;

/// <summary>The circuit as tables: bill of materials, net list, and KiCad's net list format.</summary>
public static class NetListFiles
{
    /// <summary>One line for each order code: count, designators, value, maker, package, what is only recalled.</summary>
    public static string BillOfMaterials(GateCircuit circuit)
    {
        var text = new StringBuilder("count,designators,value,tolerance,part,maker,package,description,place,source\n");
        var lines = circuit.Parts.GroupBy(part => (Code: circuit.OrderCode(part.Key), part.Value.Place, part.Value.Type));
        foreach (var line in lines)
        {
            string first = line.First().Key;
            PartType type = circuit.TypeOf(first);
            Row(text, line.Count().ToString(CultureInfo.InvariantCulture), string.Join(' ', line.Select(part => part.Key)), Values.Of(circuit, first), Values.Tolerance(line.First().Value),
                line.Key.Code, circuit.MakerOf(first), type.Package, type.Title, line.Key.Place, type.Source);
        }
        return text.ToString();
    }

    /// <summary>One line for each pin: its net, or nothing where it is open on purpose.</summary>
    public static string NetList(GateCircuit circuit)
    {
        var text = new StringBuilder("net,part,pin,name\n");
        foreach (Net net in circuit.Nets)
        {
            foreach (Pin pin in net.Pins) { Row(text, net.Name, pin.Part, pin.Number.ToString(CultureInfo.InvariantCulture), pin.Name); }
        }
        foreach (Pin pin in circuit.Parts.SelectMany(part => circuit.PinsOf(part.Key)).Where(pin => circuit.NetOf(pin.ToString()) is null))
        {
            Row(text, "", pin.Part, pin.Number.ToString(CultureInfo.InvariantCulture), pin.Name);
        }
        return text.ToString();
    }

    /// <summary>The same as a net list that KiCad's board editor reads; footprints are left to the layout.</summary>
    public static string KiCad(GateCircuit circuit)
    {
        var text = new StringBuilder("(export (version \"E\")\n  (components\n");
        foreach ((string part, _) in circuit.Parts)
        {
            string value = Values.Of(circuit, part);
            text.Append(CultureInfo.InvariantCulture, $"    (comp (ref \"{part}\") (value \"{(value.Length > 0 ? value : circuit.OrderCode(part))}\") (fields (field (name \"MPN\") \"{circuit.OrderCode(part)}\")))\n");
        }
        text.Append("  )\n  (nets\n");
        for (int i = 0; i < circuit.Nets.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    (net (code \"{i + 1}\") (name \"{circuit.Nets[i].Name}\")\n")
                .Append(string.Concat(circuit.Nets[i].Pins.Select(pin => $"      (node (ref \"{pin.Part}\") (pin \"{pin.Number}\"))\n"))).Append("    )\n");
        }
        return text.Append("  )\n)\n").ToString();
    }

    private static void Row(StringBuilder text, params string[] cells) =>
        text.AppendJoin(',', cells.Select(cell => cell.Contains(',') || cell.Contains('"') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)).Append('\n');
}
