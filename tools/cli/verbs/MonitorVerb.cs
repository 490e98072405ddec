using System.CommandLine;
using System.Runtime.CompilerServices;
using Escapement.Host;
using Spectre.Console;

namespace Escapement.Cli;

/// <summary>`escapement monitor`: watches a board without touching it.</summary>
internal static class MonitorVerb
{
    public static Command Make(Streams streams)
    {
        var port = Given.Port();
        var tcp = Given.Tcp();
        var json = Given.Json("Writes one JSON object a reading.");
        Option<int?> count = Given.Whole("--count", "Ends after so many readings.", 1, int.MaxValue);
        Option<int?> every = Given.Whole("--every-ms", "Time between readings in milliseconds (default 250).", 20, 60000);
        var verb = new Command("monitor", "Shows a board's state, counters, inhibits and faults. It only reads, so it never disturbs a session.") { port, tcp, json, count, every };
        verb.SetAction(parsed => Watch(streams, parsed.GetValue(port), parsed.GetValue(tcp), parsed.GetValue(json), parsed.GetValue(count) ?? int.MaxValue, parsed.GetValue(every) ?? 250));
        return verb;
    }

    private static int Watch(Streams streams, string? port, string? tcp, bool json, int count, int everyMs)
    {
        using ITransport transport = DistantBoard.Open(port, tcp) ?? throw new InputException($"a board is missing; name it with --port NAME or --tcp HOST:PORT{PortsHere()}.");
        var monitor = new BoardMonitor(transport, count, everyMs * 1000L);
        using var interrupts = new Interrupts(_ => monitor.Stop());
        if (json)
        {
            monitor.Reading = reading => streams.Out.WriteLine(reading.ToJson());
            SessionLoop.Run(transport, monitor);
        }
        else if (streams.IsTerminal)
        {
            Draw(transport, monitor);
        }
        else
        {
            monitor.Reading = reading => streams.Out.WriteLine(reading.ToString());
            SessionLoop.Run(transport, monitor);
        }

        if (monitor.Problem is { } problem)
        {
            streams.Complain(problem);
            return monitor.ExitCode;
        }

        return ExitCode.Completed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Draw(ITransport transport, BoardMonitor monitor) => AnsiConsole.Live(new Text("...")).Start(context =>
    {
        monitor.Reading = reading =>
        {
            var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn("");
            foreach ((string name, string text) in reading.Lines())
            {
                table.AddRow(new Text(name), new Text(text));
            }

            context.UpdateTarget(table);
        };
        SessionLoop.Run(transport, monitor);
    });

    private static string PortsHere()
    {
        string[] names = SerialTransport.PortNames();
        return names.Length == 0 ? " (no serial port was found here)" : " (serial ports here: " + string.Join(", ", names) + ")";
    }
}
