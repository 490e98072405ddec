using System.Diagnostics;
using System.Globalization;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>Progress as plain lines, for a file or a pipe: what changes at once, the rest a few times a second of wall time at most.</summary>
internal sealed class PlainProgress(TextWriter to, long pulses) : IProgress
{
    private const long QuietMs = 500;

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long shownMs = -QuietMs;
    private uint inhibits;

    public void While(Action run) => run();

    public void OnEvent(SessionEvent happened)
    {
        switch (happened)
        {
            case StateEvent state:
                Line(happened, "state " + BoardNames.State(state.State));
                break;
            case NoticeEvent notice:
                Line(happened, notice.Text);
                break;
            case FaultEvent fault when fault.Cumulative != 0:
                Line(happened, "faults: " + BoardNames.Explain(BoardNames.Faults(fault.Cumulative)));
                break;
            case StatusEvent status when clock.ElapsedMilliseconds - shownMs >= QuietMs:
                shownMs = clock.ElapsedMilliseconds;
                Line(happened, Progress(status.Status));
                break;
            default:
                break;
        }
    }

    private void Line(SessionEvent at, string text) => to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{at.HostUs / 1e6,10:0.000} s  {text}"));

    private string Progress(BoardStatus status)
    {
        bool changed = status.Inhibits != inhibits;
        inhibits = status.Inhibits;
        string reasons = changed && inhibits != 0 ? "; inhibits: " + BoardNames.Explain(BoardNames.Inhibits(inhibits)) : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{BoardNames.State(status.State)}, {status.RawPulses} of {pulses} pulses, train {status.TransactionsBegun} of {status.Transactions}, {Texts.Left(status.TimeLeftUs)} left{reasons}");
    }
}
