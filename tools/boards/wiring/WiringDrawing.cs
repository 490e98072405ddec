using System.Globalization;

namespace Escapement.Boards.Wiring;

/// <summary>
/// Draws how a board, the gate, the bench's contacts and a stimulator are wired together: from the board's file, its headers and the
/// gate's description, so that no line of it can say anything else.
/// </summary>
public static class WiringDrawing
{
    private const int Width = 1400, Top = 104, RowHeight = 28;
    private const int BoardLeft = 30, BoardRight = 330, GateLeft = 500, GateRight = 960, BenchLeft = 1110, BenchRight = 1370;

    /// <summary>The drawing.</summary>
    public static string Write(Board board, GateCircuit circuit, HeaderFile headers)
    {
        var svg = new Svg();
        string connector = circuit.Parts.Single(part => circuit.TypeOf(part.Key).Kind == "boardConnector").Key;
        List<Pin> ribbon = [.. circuit.PinsOf(connector)];
        int bottom = Top + 34 + (ribbon.Count * RowHeight);
        svg.Text("title", BoardLeft, 40, $"Wiring: {board.Name}");
        svg.Text("small", BoardLeft, 62, $"Board {board.Id}, gate revision {circuit.Description.Revision}. Generated from boards/{board.Id}/board.yml and {GateCircuit.Path}; after an edit: dotnet run --project tools/fit -- boards");
        svg.Text("small", BoardLeft, 80, "A bench instrument, not a medical device: stimulator into a dummy load, nobody near the coil.");
        Boxes(svg, board, circuit, bottom, connector);
        for (int i = 0; i < ribbon.Count; i++) { RibbonRow(svg, board, circuit, headers, ribbon[i], Row(i)); }
        Inside(svg, circuit);
        int below = Bench(svg, board, circuit);
        below = Stimulator(svg, circuit, below);
        int end = Host(svg, board, headers, bottom + 20);
        Legend(svg, circuit, bottom + 20);
        return svg.Document(Width, Math.Max(Math.Max(end, below), bottom + 260) + 16, $"Wiring of {board.Name} to the Escapement gate",
            $"Each pin of the board with its GPIO and header place, the ribbon pin of the gate that it goes to, the contacts of the bench, and the isolated lines to the stimulator. {string.Join("; ", board.Wired.Select(one => $"{one.Signal.Name} on GPIO{one.Pin}"))}.");
    }

    private static int Row(int index) => Top + 46 + (index * RowHeight);

    private static void Boxes(Svg svg, Board board, GateCircuit circuit, int bottom, string connector)
    {
        svg.Rect("board", BoardLeft, Top, BoardRight - BoardLeft, bottom - Top);
        svg.Text("heading", BoardLeft + 12, Top + 22, board.Chip);
        svg.Text("small", BoardRight - 12, Top + 22, string.Join(", ", board.Modules.Select(module => module.Replace(board.Chip + "-", "", StringComparison.Ordinal))), "end");
        svg.Rect("gate", GateLeft, Top, GateRight - GateLeft, bottom - Top);
        svg.Text("heading", GateLeft + 12, Top + 22, $"Gate, {connector}: {circuit.TypeOf(connector).Package}");
    }

    private static void RibbonRow(Svg svg, Board board, GateCircuit circuit, HeaderFile headers, Pin pin, int y)
    {
        bool isSupply = BoardSignal.All.All(signal => signal.Name != pin.Name);
        int? gpio = isSupply ? null : board.Pin(pin.Name);
        string kind = isSupply ? "supply" : gpio is null ? "absent" : Kind(pin.Name);
        string rail = pin.Name.StartsWith("GND", StringComparison.Ordinal) ? "GND" : pin.Name;
        svg.Begin(isSupply ? [("rail", rail), ("ribbon", Number(pin.Number))] : gpio is null ? [("absent", pin.Name), ("ribbon", Number(pin.Number))] : [("signal", pin.Name), ("gpio", Number(gpio.Value)), ("ribbon", Number(pin.Number))]);
        string place = isSupply ? headers.Place(rail) : gpio is null ? "" : headers.Place(Number(gpio.Value));
        svg.Text(kind == "absent" ? "faint" : "name", BoardLeft + 12, y + 4, isSupply ? rail : gpio is null ? "not on this board" : $"GPIO{gpio}");
        if (place.Length > 0) { svg.Text("small", BoardLeft + 80, y + 4, rail == "GND" ? "any ground" : place); }
        if (!isSupply) { svg.Text(kind == "absent" ? "faint" : "", BoardRight - 14, y + 4, pin.Name, "end"); }
        if (kind == "absent")
        {
            svg.Line("absent", BoardRight, y, GateLeft, y);
        }
        else if (isSupply || IsInput(pin.Name))
        {
            svg.Line(kind, GateLeft, y, BoardRight, y);
            if (!isSupply) { svg.Arrow(kind, GateLeft, y, BoardRight + 8, y); }
        }
        else
        {
            svg.Arrow(kind, BoardRight, y, GateLeft - 8, y);
        }
        svg.Circle("pad", BoardRight, y, 5);
        svg.Circle("pad", GateLeft, y, 5);
        svg.Text("small", (BoardRight + GateLeft) / 2, y - 4, $"ribbon {pin.Number}", "middle");
        svg.Text("", GateLeft + 14, y + 4, pin.Name is "3V3" or "5V" ? pin.Name : rail == "GND" ? "GND" : pin.Name);
        PullDown(svg, circuit, pin, y);
        svg.End();
    }

    /// <summary>The resistor that holds a line of the board low, where it has one.</summary>
    private static void PullDown(Svg svg, GateCircuit circuit, Pin pin, int y)
    {
        string net = circuit.NetOf(pin.ToString())!;
        if (net == "GND") { return; }
        foreach ((string name, Part resistor) in circuit.Between("resistor", net, "GND"))
        {
            svg.Begin(("pulldown", name));
            svg.Line("wire", GateLeft + 96, y, GateLeft + 108, y);
            svg.Resistor(GateLeft + 108, y);
            svg.Line("wire", GateLeft + 144, y, GateLeft + 156, y);
            svg.Ground(GateLeft + 156, y);
            svg.Text("small", GateLeft + 168, y + 4, $"{name} {Values.Ohms(resistor.Value)}");
            svg.End();
        }
    }

    /// <summary>What is inside, from trigger to isolator, in the middle of the gate's box.</summary>
    private static void Inside(Svg svg, GateCircuit circuit)
    {
        var figures = new GateFigures(circuit);
        int x = GateLeft + 142, width = 176, y = Row(12) - 2;
        (string Title, string Parts, string Figure)[] blocks =
        [
            ("Limiter", "U7", $"{Us(figures["pulseUs"].Ns)} pulse, deaf {Us(figures["deadUs"].Ns)}"),
            ("Latch", "U6, U2", $"set {Us(figures["enableDelayNs"].Ns)} after enable"),
            ("Watchdog", "U8, U1", $"{Us(figures["watchdogUs"].Ns)}, filter {Us(figures["heartbeatRiseUs"].Ns)}"),
            ("Clear term", "U4", "both stops and interlock, watchdog and enable"),
            ("Last gate", "U4, U5", "pulse and latch, clear term and stop B"),
        ];
        foreach ((string title, string parts, string figure) in blocks)
        {
            svg.Rect("box", x, y, width, 54);
            svg.Text("name", x + 8, y + 18, title);
            svg.Text("small", x + width - 8, y + 18, parts, "end");
            foreach ((string line, int at) in figure.Split(", ", 2).Select((line, i) => (line, i))) { svg.Text("small", x + 8, y + 34 + (at * 14), line); }
            y += 68;
        }
        svg.Text("small", x, y + 2, "The circuit itself:");
        svg.Text("small", x, y + 18, "boards/gate/circuit.svg");
    }

    /// <summary>The contacts: each has a feed and a return at the terminal.</summary>
    private static int Bench(Svg svg, Board board, GateCircuit circuit)
    {
        int y = Top + 46;
        svg.Text("heading", BenchLeft, Top + 22, "Bench");
        foreach ((string part, Part what) in circuit.Parts.Where(one => one.Value.Place == "bench"))
        {
            Pin[] pins = [.. circuit.PinsOf(part)];
            Pin feed = Terminal(circuit, circuit.NetOf(pins[0].ToString())!, part == "S3", BenchIndex(circuit, part)), back = Terminal(circuit, circuit.NetOf(pins[1].ToString())!, false, 0);
            svg.Begin(("part", part));
            svg.Text("name", BenchLeft + 54, y + 9, part);
            svg.Text("small", BenchLeft + 88, y + 9, Title(part).Text);
            svg.Text("small", BenchLeft + 54, y + 25, board.Pin(Title(part).Signal) is null ? "not used by this board" : circuit.OrderCode(part));
            string kind = part == "RT1" ? "analogue" : part == "S3" ? "supply" : "contact";
            svg.Line(kind, GateRight, y, BenchLeft + 30, y, BenchLeft + 30, y + 6);
            svg.Line(kind, BenchLeft + 30, y + 18, BenchLeft + 30, y + 24, GateRight, y + 24);
            Symbol(svg, part, y);
            svg.Circle("pad", GateRight, y, 5);
            svg.Circle("pad", GateRight, y + 24, 5);
            svg.Text("", GateRight - 14, y + 4, $"{feed.Name} · {feed.Part}-{feed.Number}", "end");
            svg.Text("", GateRight - 14, y + 28, $"{back.Name} · {back.Part}-{back.Number}", "end");
            ReturnPullDown(svg, circuit, back, y + 24);
            svg.End();
            y += 56;
        }
        return y;
    }

    private static void Symbol(Svg svg, string part, int y)
    {
        if (part == "RT1")
        {
            svg.Rect("pad", BenchLeft + 25, y + 6, 10, 12, 0);
            return;
        }
        svg.Line("wire", BenchLeft + 30, y + 18, BenchLeft + 33, y + 4);
        svg.Circle("pad", BenchLeft + 30, y + 6, 2);
        svg.Circle("pad", BenchLeft + 30, y + 18, 2);
    }

    /// <summary>The resistor behind a contact's return that makes an open wire read as open.</summary>
    private static void ReturnPullDown(Svg svg, GateCircuit circuit, Pin back, int y)
    {
        string net = circuit.NetOf(back.ToString())!;
        if (net == "GND") { return; }
        foreach ((string series, _) in circuit.Between("resistor", net, null))
        {
            string filtered = circuit.NetOf(series, "1") == net ? circuit.NetOf(series, "2")! : circuit.NetOf(series, "1")!;
            foreach ((string pull, Part resistor) in circuit.Between("resistor", filtered, "GND"))
            {
                svg.Begin(("pulldown", pull));
                svg.Text("small", GateRight - 106, y - 10, $"{pull} {Values.Ohms(resistor.Value)} down", "end");
                svg.End();
            }
        }
    }

    /// <summary>The isolated side: barrier, BNC, ready and trigger-out.</summary>
    private static int Stimulator(Svg svg, GateCircuit circuit, int y)
    {
        string[] connectors = [.. circuit.Parts.Where(part => circuit.TypeOf(part.Key).Kind == "terminals" && circuit.PinsOf(part.Key).Any(pin => circuit.NetOf(pin.ToString()) == circuit.Description.Supplies["stimulator"].Ground)).Select(part => part.Key).OrderDescending()];
        List<Pin> pins = [.. connectors.SelectMany(circuit.PinsOf)];
        svg.Line("barrier", GateLeft + 330, y + 4, BenchRight, y + 4);
        svg.Text("small", BenchRight, y + 20, "isolation: U9, PS1 (supplied through the key S3)", "end");
        y += 44;
        svg.Rect("stimulator", BenchLeft + 20, y - 16, BenchRight - BenchLeft - 20, (pins.Count * 26) + 34);
        svg.Text("heading", BenchLeft + 110, y + 2, "Stimulator");
        svg.Text("small", BenchLeft + 110, y + 20, "docs/stimulators.md");
        foreach (Pin pin in pins)
        {
            bool isCommon = circuit.NetOf(pin.ToString()) == circuit.Description.Supplies["stimulator"].Ground, isOut = circuit.NetOf(pin.ToString()) == "LINE";
            svg.Begin(("stimulator", pin.ToString()));
            if (isCommon) { svg.Line("supply", GateRight, y, BenchLeft + 20, y); }
            else if (isOut) { svg.Arrow("drive", GateRight, y, BenchLeft + 12, y); }
            else { svg.Arrow("sense", BenchLeft + 20, y, GateRight + 8, y); }
            svg.Circle("pad", GateRight, y, 5);
            svg.Circle("pad", BenchLeft + 20, y, 5);
            svg.Text("", GateRight - 14, y + 4, $"{pin.Name} · {pin.Part}-{pin.Number}", "end");
            svg.Text("", BenchLeft + 32, y + 4, isOut ? "trigger in" : isCommon ? "common" : pin.Name == "READY" ? "ready" : "trigger out");
            svg.End();
            y += 26;
        }
        return y + 20;
    }

    /// <summary>What goes to the host and where the board's supply comes from.</summary>
    private static int Host(Svg svg, Board board, HeaderFile headers, int y)
    {
        string Pin(string signal) => $"GPIO{board.Pin(signal)} ({headers.Place(Number(board.Pin(signal)!.Value))})";
        svg.Text("heading", BoardLeft, y + 8, "Host and supply");
        svg.Begin(("signal", "linkTransmit"), ("gpio", Number(board.Pin("linkTransmit")!.Value)));
        svg.Text("", BoardLeft, y + 30, $"{board.Link.Port}, {board.Link.Baud.ToString("#,0", CultureInfo.InvariantCulture)} baud: transmit {Pin("linkTransmit")}");
        svg.End();
        svg.Begin(("signal", "linkReceive"), ("gpio", Number(board.Pin("linkReceive")!.Value)));
        svg.Text("", BoardLeft, y + 48, $"receive {Pin("linkReceive")}, {(board.Link.NeedsAdapter ? "to an adapter of its own" : "to the bridge on the board")}");
        svg.End();
        y = svg.Paragraph("small", BoardLeft, y + 70, 92, board.Link.Bridge);
        y = svg.Paragraph("small", BoardLeft, y + 4, 92, board.Link.Cables);
        return svg.Paragraph("small", BoardLeft, y + 4, 92, "DTR and RTS: " + board.Link.DtrRts);
    }

    private static void Legend(Svg svg, GateCircuit circuit, int y)
    {
        int x = 700;
        svg.Text("heading", x, y + 8, "Legend");
        (string Kind, string Text)[] kinds =
        [
            ("drive", "board to gate, gate to stimulator"), ("sense", "gate to board: counters, read-back, stimulator"), ("contact", "contacts of the bench and what the board sees of them"),
            ("supply", "supply and ground"), ("analogue", "thermistor"), ("absent", "not wired on this board"),
        ];
        for (int i = 0; i < kinds.Length; i++)
        {
            int row = y + 30 + (i * 20);
            svg.Line(kinds[i].Kind, x, row - 4, x + 40, row - 4);
            svg.Text("small", x + 52, row, kinds[i].Text);
        }
        svg.Paragraph("small", x, y + 160, 60, "Closed contacts are drawn as the safe state. Every wire that opens reads as unsafe: the resistors to ground pull it low. Twist each ribbon output with the ground beside it; keep the ribbon under 30 cm.");
    }

    private static string Kind(string signal) => signal switch
    {
        "trigger" or "enable" or "heartbeat" or "lamp" => "drive",
        "temperature" => "analogue",
        "emergencyStopA" or "emergencyStopB" or "interlock" or "key" or "coil" or "footSwitch" => "contact",
        _ => "sense",
    };

    private static bool IsInput(string signal) => !BoardSignal.All.Single(one => one.Name == signal).IsOutput;

    private static (string Text, string Signal) Title(string part) => part switch
    {
        "S1A" => ("emergency stop, contact 1", "emergencyStopA"),
        "S1B" => ("emergency stop, contact 2", "emergencyStopB"),
        "S2" => ("interlock loop", "interlock"),
        "S3" => ("key switch", "key"),
        "S4" => ("coil present", "coil"),
        "S5" => ("foot switch", "footSwitch"),
        _ => ("coil temperature", "temperature"),
    };

    /// <summary>Which of the feeds a contact takes: they are alike, each contact has its own.</summary>
    private static int BenchIndex(GateCircuit circuit, string part) =>
        circuit.Parts.Where(one => one.Value.Place == "bench" && one.Key is not ("S3" or "RT1")).Select(one => one.Key).ToList().IndexOf(part);

    private static Pin Terminal(GateCircuit circuit, string net, bool isKey, int index)
    {
        List<Pin> pins = [.. circuit.Parts.Where(part => circuit.TypeOf(part.Key).Kind == "terminals").SelectMany(part => circuit.PinsOf(part.Key)).Where(pin => circuit.NetOf(pin.ToString()) == net)];
        return pins.Count == 1 ? pins[0] : isKey ? pins.Single(pin => pin.Name.StartsWith("KEY", StringComparison.Ordinal)) : pins.Where(pin => !pin.Name.StartsWith("KEY", StringComparison.Ordinal)).ElementAt(index);
    }

    private static string Us(long ns) => Values.Time(ns);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
