using System.CommandLine;
using Escapement.Host;
using Escapement.Virtual;

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
        var board = Given.BoardId("The board to plan for (default: the reference board).");
        var verb = new Command("plan", "Plans a protocol for a board: transactions, words, what is exact.") { which, json, edges, plot, width, board };
        verb.SetAction(parsed =>
        {
            string? picture = parsed.GetValue(plot);
            if (picture is not null)
            {
                Pictures.Check(picture);
            }

            PlanBoard on = BoardModel.Find(parsed.GetValue(board) ?? PlanBoard.ReferenceId).Planning;
            Plan plan = Plan.Of(ProtocolLibrary.Resolve(parsed.GetValue(which)!), on, parsed.GetValue(width) ?? ProtocolBlock.DefaultPulseWidthUs);
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
