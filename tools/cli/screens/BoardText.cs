using System.Globalization;
using System.Text.Json;
using Escapement.Boards;

namespace Escapement.Cli;

/// <summary>Boards as text and as JSON.</summary>
internal static class BoardText
{
    public static void List(Streams streams, IReadOnlyList<Board> boards) => Tables.Write(
        streams,
        ["id", "number", "chip", "modules", "runtime", "link", ""],
        boards.Select(board => (string[])
        [
            board.Id,
            Text($"{board.Number}"),
            board.Chip,
            string.Join(", ", board.Modules),
            $"{board.Runtime.Target} {board.Runtime.Version}",
            board.Link.Port + (board.Link.NeedsAdapter ? ", adapter" : string.Empty),
            board.IsReference ? "reference" : string.Empty,
        ]));

    public static void Show(Streams streams, Board board)
    {
        streams.Out.WriteLine($"{board.Id}: {board.Name}{(board.IsReference ? " (the reference board)" : string.Empty)}");
        Tables.Write(streams, ["figure", "value"], Figures(board).Select(figure => (string[])[figure.Name, figure.Value]));
        streams.Out.WriteLine();
        PinGround ground = PinGround.Of(board);
        Tables.Write(streams, ["signal", "GPIO", "way", "purpose", "why this pin"], BoardSignal.All.Select(signal => (string[])
        [
            signal.Name,
            board.Pin(signal.Name) is { } pin ? Text($"{pin}") : "absent",
            signal.IsOutput ? "out" : "in",
            signal.Purpose,
            Reason(ground, signal, board.Pin(signal.Name)),
        ]));
    }

    public static string Json(IReadOnlyList<Board> boards)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartArray();
            foreach (Board board in boards)
            {
                json.WriteStartObject();
                Brief(json, board);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    public static string Json(Board board) => JsonText.Of(json =>
    {
        Brief(json, board);
        json.WriteStartObject("figures");
        foreach ((string name, string value) in Figures(board))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        PinGround ground = PinGround.Of(board);
        json.WriteStartArray("pins");
        foreach (BoardSignal signal in BoardSignal.All)
        {
            json.WriteStartObject();
            json.WriteString("signal", signal.Name);
            int? pin = board.Pin(signal.Name);
            if (pin is { } number)
            {
                json.WriteNumber("gpio", number);
            }
            else
            {
                json.WriteNull("gpio");
            }

            json.WriteString("way", signal.IsOutput ? "out" : "in");
            json.WriteString("purpose", signal.Purpose);
            json.WriteString("reason", Reason(ground, signal, pin));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static string Json(IReadOnlyList<BoardProblem> problems, int files) => JsonText.Of(json =>
    {
        json.WriteNumber("files", files);
        json.WriteStartArray("problems");
        foreach (BoardProblem problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("file", problem.File);
            json.WriteNumber("line", problem.At.Line);
            json.WriteNumber("column", problem.At.Column);
            json.WriteString("field", problem.Field);
            json.WriteString("what", problem.What);
            json.WriteString("why", problem.Why);
            json.WriteString("cure", problem.Cure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Brief(Utf8JsonWriter json, Board board)
    {
        json.WriteString("id", board.Id);
        json.WriteNumber("number", board.Number);
        json.WriteString("name", board.Name);
        json.WriteString("chip", board.Chip);
        json.WriteStartArray("modules");
        foreach (string module in board.Modules)
        {
            json.WriteStringValue(module);
        }

        json.WriteEndArray();
        json.WriteBoolean("reference", board.IsReference);
        json.WriteString("target", board.Runtime.Target);
        json.WriteString("runtimeVersion", board.Runtime.Version);
        json.WriteNumber("deployAddress", board.Runtime.DeployAddress);
        json.WriteNumber("deployBytes", board.Runtime.DeployBytes);
        json.WriteString("linkPort", board.Link.Port);
        json.WriteBoolean("needsAdapter", board.Link.NeedsAdapter);
        json.WriteNumber("crystalTolerancePpm", board.CrystalTolerancePpm);
    }

    private static IEnumerable<(string Name, string Value)> Figures(Board board) =>
    [
        ("chip", $"{board.Chip} on {string.Join(", ", board.Modules)}"),
        ("runtime", Text($"{board.Runtime.Target} {board.Runtime.Version}, application at 0x{board.Runtime.DeployAddress:X}, at most {board.Runtime.DeployBytes} bytes")),
        ("crystal", Text($"{board.CrystalTolerancePpm} ppm, until calibrated")),
        ("tick", Text($"{board.Trigger.TickNs} ns")),
        ("lists", Text($"{board.Trigger.FirstListWords} words first, {board.Trigger.ListWords} later, channel memory {board.Trigger.ChannelWords}")),
        ("lead-in", Text($"{board.Trigger.LeadInUs} us in {board.Trigger.HeadWords} words, at least {board.Trigger.LeadInMinUs} us")),
        ("start bound", Text($"{board.Trigger.StartBoundUs} us, {board.Trigger.LongStartBoundUs} us for a longer first list")),
        ("cuts", Text($"in silences of {board.Trigger.MinCutGapUs} us and more")),
        ("gate margin", Text($"{board.Trigger.GateMarginUs} us")),
        ("memory", Text($"{board.Memory.ManagedHeapBytes} bytes managed, {board.Memory.NativeBytes} native, {(board.Memory.HasPsram ? "PSRAM" : "no PSRAM")}")),
        ("counters", Text($"{board.CounterUnits}")),
        ("host link", Text($"{board.Link.Port}, {board.Link.Baud} baud, flow control {board.Link.FlowControl}")),
        ("bridge", board.Link.Bridge),
        ("DTR and RTS", board.Link.DtrRts),
        ("cables", board.Link.Cables),
        ("stimulator", Text($"{board.Stimulator.Polarity} edge, {board.Stimulator.WidthUs} us ({board.Stimulator.MinWidthUs} to {board.Stimulator.MaxWidthUs}), onsets {board.Stimulator.MinGapUs} us apart or more")),
    ];

    private static string Reason(PinGround ground, BoardSignal signal, int? pin) => pin is { } number ? ground.Merit(signal, number) : "this board does without";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
