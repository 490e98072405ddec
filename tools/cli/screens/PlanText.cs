using System.Globalization;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>A plan as text.</summary>
internal static class PlanText
{
    public static void Write(TextWriter to, Plan plan)
    {
        Protocol protocol = plan.Protocol;
        to.WriteLine(protocol.Title.Length > 0 ? $"{protocol.Id}: {protocol.Title}" : protocol.Id);
        Line(to, "source", protocol.Source.Length > 0 ? protocol.Source : "not stated");
        Line(to, "board", plan.Board.Id);
        Line(to, "pulses", $"{protocol.TotalPulses} in {protocol.TotalTrains} {(protocol.TotalTrains == 1 ? "train" : "trains")}");
        Line(to, "first to last pulse", $"{protocol.LastPulseOnsetUs} us ({Texts.Duration(protocol.LastPulseOnsetUs)})");
        Line(to, "whole cycle", $"{protocol.CycleUs} us ({Texts.Duration(protocol.CycleUs)})");
        Line(to, "program", $"{plan.Program.Length} bytes");
        if (plan.Transactions is { } transactions)
        {
            Line(to, "transactions", string.Create(CultureInfo.InvariantCulture, $"{transactions}, {plan.Words} words, at most {plan.MaxWordsPerTransaction} in one"));
        }

        foreach (PlanLevel level in plan.Levels)
        {
            string interval = level.IntervalUs is { } us ? $"every {us} us" : "once";
            string bound = level.StartBoundUs is { } startUs ? string.Create(CultureInfo.InvariantCulture, $", each start within {startUs} us or refused") : string.Empty;
            Line(to, $"block {level.Block}, {level.Name}", string.Create(CultureInfo.InvariantCulture, $"{level.Count} x {interval}: {level.Timing}{bound}"));
        }

        foreach (PlanRefusal refusal in plan.Refusals)
        {
            Line(to, "would be refused", refusal.Sentence);
        }
    }

    private static void Line(TextWriter to, string name, string text) => to.WriteLine($"  {name,-22} {text}");
}
