using Spectre.Console;

namespace Escapement.Cli;

/// <summary>Tables: drawn for a person at a terminal, plain columns for files and pipes.</summary>
internal static class Tables
{
    private const int PlainWidth = 400;

    public static void Write(Streams streams, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(streams.IsTerminal ? TableBorder.Rounded : TableBorder.None);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(streams.Out), Ansi = streams.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No });
        if (!streams.IsTerminal)
        {
            console.Profile.Width = PlainWidth;
        }

        console.Write(table);
    }
}
