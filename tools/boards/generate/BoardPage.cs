using System.Text;

namespace Escapement.Boards;

/// <summary>Writes a board's own page.</summary>
internal static class BoardPage
{
    /// <summary>boards/ID/README.md.</summary>
    public static string Write(Board board)
    {
        Chip chip = Chips.Find(board.Chip)!;
        var text = new StringBuilder();
        text.Append("<!-- Generated from board.yml by: dotnet run --project tools/fit -- boards -->\n");
        text.Append("# ").Append(board.Name).Append("\n\n");
        text.Append($"Board `{board.Id}`, number {board.Number}{(board.IsReference ? ", the reference board" : string.Empty)}. Wiring: [wiring.svg](wiring.svg). What the figures mean, and how to port to another board: [boards](../../docs/boards.md). Before a stimulator is connected: [bring-up](../BRING-UP.md).\n\n");
        Table(text, ["figure", "value"], BoardSummary.Figures(board).Select(figure => (string[])[figure.Name, figure.Value]));
        text.Append("\n## Pins\n\n");
        Table(text, ["signal", "GPIO", "way", "purpose", "why this pin"], BoardSummary.Pins(board).Select(row => (string[])[row.Signal.Name, row.GpioText, row.Way, row.Signal.Purpose, row.Reason]));
        text.Append("\n## Pins of the ").Append(chip.Name).Append(" that stand in the way\n\n");
        Table(text, ["pins", "role", "what goes wrong", "source"], chip.Groups.Select(group => (string[])[group.Pins.ToString(), PinGround.Named(group.Role), group.Why, group.Cited]));
        text.Append($"\nTrigger, enable and heartbeat go only on {chip.QuietAtReset.Value} ({chip.QuietAtReset.Cited}); {chip.ResetNote}.\n");
        return text.ToString();
    }

    private static void Table(StringBuilder text, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row(text, columns);
        Row(text, [.. columns.Select(_ => "---")]);
        foreach (IReadOnlyList<string> row in rows)
        {
            Row(text, row);
        }
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
