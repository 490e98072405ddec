using System.CommandLine;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>`escapement plan`: what a board would make of a protocol.</summary>
internal static class PlanVerb
{
    public static Command Make(Streams streams)
    {
        var which = Given.Protocol();
        var json = Given.Json("Writes one JSON object instead of text.");
        var edges = new Option<string?>("--edges") { Description = "Writes every planned onset on the board's tick: index,onset_ns.", HelpName = "FILE" };
        var plot = Given.Plot();
        var width = Given.PulseWidth();
        var verb = new Command("plan", "Plans a protocol for the reference board: transactions, words, what is exact.") { which, json, edges, plot, width };
        verb.SetAction(parsed =>
        {
            string? picture = parsed.GetValue(plot);
            if (picture is not null)
            {
                Pictures.Check(picture);
            }

            Plan plan = Plan.Of(ProtocolLibrary.Resolve(parsed.GetValue(which)!), pulseWidthUs: parsed.GetValue(width) ?? ProtocolBlock.DefaultPulseWidthUs);
            if (parsed.GetValue(edges) is { } file)
            {
                EdgesFile.Write(file, plan.Protocol);
            }

            if (picture is not null)
            {
                Pictures.Plan(picture, plan);
            }

            if (parsed.GetValue(json))
            {
                streams.Out.WriteLine(plan.ToJson());
            }
            else
            {
                PlanText.Write(streams.Out, plan);
            }

            return ExitCode.Completed;
        });
        return verb;
    }
}
