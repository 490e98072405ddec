using System.Globalization;

namespace Escapement.Boards.Wiring;

/// <summary>
/// Draws the gate circuit from its net list: every part with every pin, and at each pin the net it is on. Blocks are in the order in
/// which a pulse passes them.
/// </summary>
public static class CircuitDrawing
{
    private const int Columns = 3, ColumnWidth = 460, Gap = 20, Left = 30, PinHeight = 20;

    private static readonly (string Block, string Title, string Says)[] Blocks =
    [
        ("limiter", "Limiter", "Each rising edge of TRIGGER makes one pulse; further edges are ignored until DEAD is over. PULSE ends with DEAD at the latest."),
        ("watchdog", "Watchdog", "Each rising edge of the filtered heartbeat starts WATCHDOG anew."),
        ("latch", "Latch", "Set by the delayed edge of ENABLE, cleared by CLEAR_N at any time."),
        ("terms", "Terms and last gate", "CLEAR_N is high while both stops, interlock, watchdog and enable are good. GATED is PULSE through LATCH, CLEAR_N and STOP_B."),
        ("contacts", "Contacts", "A closed contact is the safe state. An open wire, a pulled plug and a blown fuse read as open."),
        ("isolated", "Isolated side", "Supplied through the key switch only. U9 gives low without its input's supply; R24 holds LINE low without U10's."),
        ("taps", "Taps and lamps", "What the board sees, each through 1 kΩ."),
        ("supply", "Supply", "From the board. Decoupling stands beside its part."),
        ("connectors", "Connectors", "To the board, the bench and the stimulator."),
        ("bench", "On the bench", "Wired to the terminals, not on the gate's own board."),
    ];

    /// <summary>The drawing.</summary>
    public static string Write(GateCircuit circuit)
    {
        var svg = new Svg();
        int width = (Left * 2) + (Columns * ColumnWidth) + ((Columns - 1) * Gap);
        svg.Text("title", Left, 40, $"{circuit.Description.Name}: circuit, revision {circuit.Description.Revision}");
        svg.Text("small", Left, 62, $"Generated from {GateCircuit.Path}; after an edit: dotnet run --project tools/fit -- boards. Lines with one name are one net.");
        int top = Overview(svg, circuit, 84);
        int[] ends = [.. Enumerable.Repeat(top, Columns)];
        foreach ((string block, string title, string says) in Blocks)
        {
            int column = Array.IndexOf(ends, ends.Min());
            ends[column] = DrawBlock(svg, circuit, block, title, says, Left + (column * (ColumnWidth + Gap)), ends[column]) + Gap;
        }
        return svg.Document(width, ends.Max() + 10, $"{circuit.Description.Name}: circuit",
            $"Every part of the gate with every pin and its net: {string.Join(", ", circuit.Parts.Select(part => part.Key))}. Nets: {string.Join(", ", circuit.Nets.Select(net => net.Name))}.");
    }

    /// <summary>The way of a pulse and of the terms, with the nets between the parts.</summary>
    private static int Overview(Svg svg, GateCircuit circuit, int top)
    {
        var figures = new GateFigures(circuit);
        svg.Rect("frame", Left, top, (Columns * ColumnWidth) + ((Columns - 1) * Gap), 216);
        svg.Text("heading", Left + 14, top + 24, "The way of a pulse");
        int y = top + 44, low = top + 136;
        int limiter = Box(svg, 180, y, 170, "Limiter U7", $"one pulse of {Values.Time(figures["pulseUs"].Ns)}", $"then deaf until {Values.Time(figures["deadUs"].Ns)}");
        int gate = Box(svg, 500, y, 130, "AND U4", "pulse, latch,", "clear term");
        int last = Box(svg, 730, y, 110, "AND U5", "stop B", "once more");
        int isolator = Box(svg, 940, y, 130, "Isolator U9", "low without", "supply");
        int driver = Box(svg, 1170, y, 110, "Driver U10", "5 V, supplied", "through the key");
        Wire(svg, Left + 14, 180, y + 28, Net("U7", "1B"));
        Wire(svg, limiter, 500, y + 28, Net("U7", "2Q"));
        Wire(svg, gate, 730, y + 28, Net("U4", "3Y"));
        Wire(svg, last, 940, y + 28, Net("U5", "Y"));
        Wire(svg, isolator, 1170, y + 28, Net("U9", "OUTC"));
        Wire(svg, driver, 1400, y + 28, Net("J4", "CORE"));
        int watchdog = Box(svg, 180, low, 170, "Watchdog U8", $"{Values.Time(figures["watchdogUs"].Ns)} from the last", "rising heartbeat");
        int terms = Box(svg, 500, low, 130, "Terms U4", "stop A, stop B,", "interlock, enable");
        int latch = Box(svg, 730, low, 170, "Latch U6", "set by ENABLE's edge,", $"{Values.Time(figures["enableDelayNs"].Ns)} after it");
        Wire(svg, Left + 14, 180, low + 28, Net("U1", "3Y"));
        Wire(svg, watchdog, 500, low + 28, Net("U8", "1Q"));
        Wire(svg, terms, 730, low + 28, Net("U4", "2Y"));
        svg.Arrow("drive", terms + 20, low + 28, terms + 20, low - 18, 540, low - 18, 540, y + 60);
        svg.Arrow("drive", latch, low + 28, latch + 24, low + 28, latch + 24, low - 30, 600, low - 30, 600, y + 60);
        svg.Text("net", latch + 30, low + 4, Net("U6", "1Q"));
        svg.Text("small", latch + 30, low + 22, "to read-back and live lamp as well");
        return top + 216 + Gap;

        string Net(string part, string pin) => circuit.NetOf(part, pin)!;
    }

    private static int Box(Svg svg, int x, int y, int width, string title, string first, string second)
    {
        svg.Rect("box", x, y, width, 58);
        svg.Text("name", x + 8, y + 18, title);
        svg.Text("small", x + 8, y + 34, first);
        svg.Text("small", x + 8, y + 49, second);
        return x + width;
    }

    private static void Wire(Svg svg, int from, int to, int y, string net)
    {
        svg.Arrow("drive", from, y, to - 2, y);
        svg.Text("net", (from + to) / 2, y - 6, net, "middle");
    }

    private static int DrawBlock(Svg svg, GateCircuit circuit, string block, string title, string says, int x, int y)
    {
        // The frame stands behind its content, whose height is known only afterwards.
        var inside = new List<(Action<int> Draw, int Height)>();
        foreach ((string part, _) in circuit.Parts.Where(part => part.Value.Block == block))
        {
            PartType type = circuit.TypeOf(part);
            if (type.Pins.Count == 2 && type.Kind != "terminals") { inside.Add((at => TwoPins(svg, circuit, part, x, at), 38)); }
            else { inside.Add((at => Chip(svg, circuit, part, x, at), (((type.Pins.Count + 1) / 2) * PinHeight) + 58)); }
        }
        int height = 66 + (says.Length > 64 ? 16 : 0) + inside.Sum(one => one.Height) + 8;
        svg.Rect("frame", x, y, ColumnWidth, height);
        svg.Text("heading", x + 14, y + 24, title);
        int row = svg.Paragraph("small", x + 14, y + 44, 64, says) + 6;
        foreach ((Action<int> draw, int rowHeight) in inside)
        {
            draw(row);
            row += rowHeight;
        }
        return y + height;
    }

    /// <summary>A part with two pins, lying, with its nets left and right.</summary>
    private static void TwoPins(Svg svg, GateCircuit circuit, string part, int x, int y)
    {
        int middle = x + (ColumnWidth / 2), line = y + 22;
        string kind = circuit.TypeOf(part).Kind;
        Pin[] pins = [.. circuit.PinsOf(part)];
        svg.Begin(("part", part));
        svg.Line("wire", middle - 50, line, middle - 18, line);
        svg.Line("wire", middle + 18, line, middle + 50, line);
        Symbol(svg, kind, circuit.Description.Parts[part].Type, middle - 18, line);
        svg.Text("name", middle - 22, y + 10, part, "end");
        svg.Text("small", middle + 22, y + 10, Label(circuit, part));
        PinLabel(svg, circuit, pins[0], middle - 56, line + 4, "end");
        PinLabel(svg, circuit, pins[1], middle + 56, line + 4, "start");
        svg.End();
    }

    private static string Label(GateCircuit circuit, string part)
    {
        string value = Values.Of(circuit, part);
        return value.Length > 0 ? $"{value} {Values.Tolerance(circuit.Description.Parts[part])}" : circuit.OrderCode(part);
    }

    private static void Symbol(Svg svg, string kind, string type, int x, int y)
    {
        switch (kind)
        {
            case "capacitor":
                svg.Capacitor(x, y);
                break;
            case "contact":
                svg.Circle("pad", x + 6, y, 3);
                svg.Circle("pad", x + 30, y, 3);
                svg.Line("wire", x, y, x + 3, y);
                svg.Line("wire", x + 9, y, x + 32, y - 6);
                svg.Line("wire", x + 33, y, x + 36, y);
                break;
            case "protection":
                svg.Line("wire", x, y, x + 11, y);
                svg.Line("wire", x + 11, y - 7, x + 11, y + 7, x + 24, y, x + 11, y - 7);
                svg.Line("wire", x + 24, y - 7, x + 24, y + 7);
                svg.Line("wire", x + 24, y, x + 36, y);
                if (type == "lamp") { svg.Arrow("wire", x + 22, y - 8, x + 30, y - 16); }
                break;
            case "link":
                svg.Resistor(x, y);
                svg.Line("wire", x, y, x + 36, y);
                break;
            default:
                svg.Resistor(x, y);
                break;
        }
    }

    /// <summary>A part with many pins: as on its package, first half of the numbers left, the others right and upwards.</summary>
    private static void Chip(Svg svg, GateCircuit circuit, string part, int x, int y)
    {
        List<Pin> pins = [.. circuit.PinsOf(part)];
        PartType type = circuit.TypeOf(part);
        bool isRow = type.Kind is "boardConnector" or "terminals" || type.Package.StartsWith("SIP", StringComparison.Ordinal);
        int half = (pins.Count + 1) / 2, width = pins.Max(pin => pin.Name.Length) > 8 ? 220 : 130;
        int left = x + ((ColumnWidth - width) / 2), height = (half * PinHeight) + 8;
        svg.Begin(("part", part));
        svg.Text("name", x + 14, y + 12, part);
        svg.Text("", x + 52, y + 12, $"{circuit.OrderCode(part)}{(circuit.MakerOf(part).Length > 0 ? ", " + circuit.MakerOf(part) : "")}");
        svg.Text("small", x + 52, y + 28, $"{type.Title}{(type.Source == "recalled" ? " (recalled)" : "")}");
        svg.Rect("box", left, y + 38, width, height);
        if (!isRow) { svg.Circle("pad", left + (width / 2), y + 38, 5); }
        for (int i = 0; i < pins.Count; i++)
        {
            bool isLeft = isRow ? i % 2 == 0 : i < half;
            int index = isRow ? i / 2 : isLeft ? i : pins.Count - 1 - i;
            int row = y + 38 + (index * PinHeight) + 14;
            int edge = isLeft ? left : left + width, outside = isLeft ? left - 30 : left + width + 30;
            svg.Line("wire", edge, row, outside, row);
            svg.Text("small", isLeft ? edge - 4 : edge + 4, row - 3, pins[i].Number.ToString(CultureInfo.InvariantCulture), isLeft ? "end" : "start");
            svg.Text("small", isLeft ? edge + 6 : edge - 6, row + 4, pins[i].Name, isLeft ? "start" : "end");
            PinLabel(svg, circuit, pins[i], isLeft ? outside - 6 : outside + 6, row + 4, isLeft ? "end" : "start");
        }
        svg.End();
    }

    /// <summary>The net at a pin; a cross where it is open on purpose.</summary>
    private static void PinLabel(Svg svg, GateCircuit circuit, Pin pin, int x, int y, string anchor)
    {
        string? net = circuit.NetOf(pin.ToString());
        svg.Begin(("pin", pin.ToString()), ("net", net ?? ""));
        svg.Text(net is null ? "faint" : "net", x, y, net ?? "open", anchor);
        svg.End();
    }
}
