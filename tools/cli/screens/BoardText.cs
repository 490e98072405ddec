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
            board.Number.ToString(CultureInfo.InvariantCulture),
            board.Chip,
            string.Join(", ", board.Modules),
            $"{board.Runtime.Target} {board.Runtime.Version}",
            board.Link.Port + (board.Link.NeedsAdapter ? ", adapter" : string.Empty),
            board.IsReference ? "reference" : string.Empty,
        ]));

    public static void Show(Streams streams, Board board)
    {
        streams.Out.WriteLine($"{board.Id}: {board.Name}{(board.IsReference ? " (the reference board)" : string.Empty)}");
        Tables.Write(streams, ["figure", "value"], BoardSummary.Figures(board).Select(figure => (string[])[figure.Name, figure.Value]));
        streams.Out.WriteLine();
        Tables.Write(streams, ["signal", "GPIO", "way", "purpose", "why this pin"], BoardSummary.Pins(board).Select(row => (string[])
            [row.Signal.Name, row.GpioText, row.Way, row.Signal.Purpose, row.Reason]));
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
        foreach ((string name, string value) in BoardSummary.Figures(board))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("pins");
        foreach (PinRow row in BoardSummary.Pins(board))
        {
            json.WriteStartObject();
            json.WriteString("signal", row.Signal.Name);
            if (row.Gpio is { } gpio)
            {
                json.WriteNumber("gpio", gpio);
            }
            else
            {
                json.WriteNull("gpio");
            }

            json.WriteString("way", row.Way);
            json.WriteString("purpose", row.Signal.Purpose);
            json.WriteString("reason", row.Reason);
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
}
