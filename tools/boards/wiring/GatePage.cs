using System.Globalization;
using System.Text;

namespace Escapement.Boards.Wiring;

/// <summary>Writes boards/gate/README.md: figures, parts with their reasons, what single faults lose, and what was only recalled.</summary>
public static class GatePage
{
    /// <summary>The page.</summary>
    public static string Write(GateCircuit circuit)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {circuit.Description.Name}, revision {circuit.Description.Revision}\n\n<!-- Generated from gate.yml; after an edit there: dotnet run --project tools/fit -- boards -->\n\n")
            .Append("What it does and why is told in [docs/gate.md](../../docs/gate.md). This page is the circuit in tables; the drawing is [circuit.svg](circuit.svg), orders are placed from [bom.csv](bom.csv), a layout begins with [gate.net](gate.net) (KiCad) or [netlist.csv](netlist.csv).\n\n")
            .Append("No board of it has been built yet. Every figure below is computed from parts and tolerances, none is measured.\n\n");
        Figures(text, circuit);
        Parts(text, circuit);
        Residual(text, circuit);
        Sources(text, circuit);
        return text.ToString();
    }

    private static void Figures(StringBuilder text, GateCircuit circuit)
    {
        text.Append("## Figures\n\n| figure | least | typical | most | must stay within | from | why |\n|---|---|---|---|---|---|---|\n");
        foreach (GateFigure figure in new GateFigures(circuit).All)
        {
            FigureBounds bounds = circuit.Description.Figures[figure.Name];
            long unit = GateFigures.UnitNs(figure.Name);
            text.Append(CultureInfo.InvariantCulture, $"| {figure.Name[..^2]} | {Values.Time(figure.LeastNs)} | {Values.Time(figure.Ns)} | {Values.Time(figure.MostNs)} | {Values.Time(bounds.AtLeast * unit)} to {Values.Time(bounds.AtMost * unit)} | {figure.Formula} | {bounds.Why} |\n");
        }
        text.Append("\nLeast and most add all tolerances at their worst: resistor, capacitor, monostable or threshold.\n\n");
    }

    private static void Parts(StringBuilder text, GateCircuit circuit)
    {
        text.Append("## Parts, and why each is there\n\n| part | what | why | answers |\n|---|---|---|---|\n");
        foreach ((string part, Part what) in circuit.Parts)
        {
            string value = Values.Of(circuit, part);
            text.Append(CultureInfo.InvariantCulture, $"| {part} | {(value.Length > 0 ? $"{value} {Values.Tolerance(what)}, " : "")}{circuit.OrderCode(part)} | {what.Why} | {what.Answers} |\n");
        }
        text.Append('\n');
    }

    private static void Residual(StringBuilder text, GateCircuit circuit)
    {
        text.Append("## Single faults that leave something open\n\n")
            .Append("A test puts every single fault into the net list: each net stuck high and stuck low, each joint open, each net cut into its pins, with what hangs in the air read both ways. It then tries every term of the gate. Faults of a net that is not in this table close the gate or change nothing.\n\n")
            .Append("| net | loses | found by |\n|---|---|---|\n");
        foreach (ResidualFault fault in circuit.Description.Residual) { text.Append(CultureInfo.InvariantCulture, $"| {fault.Net} | {string.Join(", ", fault.Loses)} | {fault.FoundBy} |\n"); }
        text.Append("\nThe whole emergency stop (both contacts) is lost only to a fault behind the last gate (GATED, DRIVE, LINE_5V, LINE), and there the line takes a level: at most one pulse in edge mode.\n\n");
    }

    private static void Sources(StringBuilder text, GateCircuit circuit)
    {
        text.Append("## Where the facts are from\n\n*Read*: pins, function and figures were read in the document named. *Recalled*: they were not; check the datasheet before you order or lay out. Order codes of passive parts, connectors and lamps are recalled throughout.\n\n| kind | source | document | note |\n|---|---|---|---|\n");
        foreach ((string name, PartType type) in circuit.Description.Types.Where(type => type.Value.Units.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name}, {type.Maker} | {type.Source} | {type.Document} | {type.Note} |\n");
        }
    }
}
