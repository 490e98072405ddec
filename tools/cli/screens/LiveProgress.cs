using System.Diagnostics;
using System.Globalization;
using Escapement.Host;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Escapement.Cli;

/// <summary>Progress on a terminal: one table that is drawn anew ten times a second of wall time at most.</summary>
internal sealed class LiveProgress(string protocol, long pulses) : IProgress
{
    private const long RedrawMs = 100;

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private LiveDisplayContext? display;
    private BoardStatus? status;
    private string phase = string.Empty;
    private string notice = string.Empty;
    private uint faults;
    private long shownMs = -RedrawMs;

    public void While(Action run) => AnsiConsole.Live(Draw()).AutoClear(true).Start(context =>
    {
        display = context;
        run();
        display = null;
    });

    public void OnEvent(SessionEvent happened)
    {
        switch (happened)
        {
            case StatusEvent now:
                status = now.Status;
                break;
            case PhaseEvent now:
                phase = now.Phase;
                notice = string.Empty;
                break;
            case NoticeEvent now:
                notice = now.Text;
                break;
            case FaultEvent now:
                faults = now.Cumulative;
                break;
            default:
                break;
        }

        if (display is not null && clock.ElapsedMilliseconds - shownMs >= RedrawMs)
        {
            shownMs = clock.ElapsedMilliseconds;
            display.UpdateTarget(Draw());
        }
    }

    private Table Draw()
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn("");
        table.Title = new TableTitle(Markup.Escape(protocol));
        Row(table, "phase", phase);
        if (status is { } now)
        {
            Row(table, "state", BoardNames.State(now.State) + (now.GateOpen ? ", gate open" : ", gate closed") + (now.IsDry ? ", dry run" : string.Empty));
            Row(table, "pulses", string.Create(CultureInfo.InvariantCulture, $"{now.RawPulses} on the trigger line, {now.GatedPulses} behind the gate, of {pulses}"));
            Row(table, "trains", string.Create(CultureInfo.InvariantCulture, $"{now.TransactionsBegun} of {now.Transactions}"));
            Row(table, "time left", Texts.Left(now.TimeLeftUs));
            Row(table, "inhibits", now.Inhibits == 0 ? "none" : Explained(BoardNames.Inhibits(now.Inhibits)));
        }

        if (faults != 0)
        {
            table.AddRow(new Text("faults"), new Text(Explained(BoardNames.Faults(faults)), new Style(Color.Red)));
        }

        if (notice.Length > 0)
        {
            Row(table, "note", notice);
        }

        return table;
    }

    private static string Explained(IEnumerable<NamedReason> reasons) => string.Join('\n', reasons.Select(reason => $"{reason.Name}: {reason.Sentence} {reason.Cure}"));

    private static void Row(Table table, string name, string text) => table.AddRow(new Text(name) as IRenderable, new Text(text));
}
