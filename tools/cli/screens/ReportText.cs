using System.Globalization;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>The end of a session as text.</summary>
internal static class ReportText
{
    public static void Write(TextWriter to, SessionReport report)
    {
        SessionResult result = report.Result;
        string board = result.Board is { } known ? known.Board + (known.IsVirtual ? " (virtual)" : string.Empty) : "no board";
        to.WriteLine($"{result.Protocol} on {board}: {result.Verdict.ToString().ToLowerInvariant()}{(result.Dry ? ", dry run" : string.Empty)}");
        if (result.Started)
        {
            string emitted = report.Edges is { } edges ? edges.PulsesEmitted.ToString(CultureInfo.InvariantCulture) : "not seen by a referee";
            Line(to, "pulses", string.Create(CultureInfo.InvariantCulture, $"{result.PulsesPlanned} planned, {result.PulsesRaw} raw, {result.PulsesCounted} gated, emitted: {emitted}"));
            Line(to, "trains", string.Create(CultureInfo.InvariantCulture, $"{result.Trains.Count}, first to last pulse {Texts.Duration(report.MeasuredDurationUs ?? report.DurationUs ?? result.DurationUs)}"));
            Line(to, "edge error", Texts.Number(report.Edges?.MaxEdgeErrorNs, "ns at most, inside trains"));
            Line(to, "start error", Texts.Number(report.Edges?.MaxStartErrorUs, string.Create(CultureInfo.InvariantCulture, $"us at most, bound {result.StartBoundUs} us")));
        }

        foreach (NamedReason fault in result.Faults)
        {
            Line(to, fault.Name, $"{fault.Sentence} {fault.Cure}");
        }

        foreach (NamedReason reason in result.Inhibits)
        {
            Line(to, reason.Name, $"{reason.Sentence} {reason.Cure}");
        }

        if (result.Inputs is { } inputs)
        {
            Line(to, "absent inputs", inputs.AbsentText);
        }

        foreach (PlanRefusal refusal in report.Refusals)
        {
            Line(to, refusal.Limit, refusal.Sentence);
        }

        foreach (string sentence in report.Disagreements)
        {
            Line(to, "disagreement", sentence);
        }

        if (report.Record is { } folder)
        {
            Line(to, "record", folder);
        }
    }

    private static void Line(TextWriter to, string name, string text) => to.WriteLine($"  {name,-18} {text}");
}
