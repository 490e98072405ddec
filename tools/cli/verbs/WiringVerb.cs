using System.CommandLine;
using System.Text;
using Escapement.Boards;
using Escapement.Boards.Wiring;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>`escapement boards wiring`: the wiring diagram of a board, also of one's own.</summary>
internal static class WiringVerb
{
    public static Command Make(Streams streams)
    {
        var board = new Argument<string>("board") { Description = "Id of a board, or a board file (board.yml)." };
        var to = new Option<string?>("--out") { Description = "Writes the drawing to a file (.svg) instead of the screen.", HelpName = "FILE" };
        var verb = new Command("wiring", "Draws how a board, the gate, the bench and a stimulator are wired together (SVG).") { board, to };
        verb.SetAction(parsed => Draw(streams, GivenBoard.Find(parsed.GetValue(board)!), parsed.GetValue(to)));
        return verb;
    }

    private static int Draw(Streams streams, Board board, string? path)
    {
        string drawing = WiringDrawing.Write(board, GateCircuit.Own(), HeaderFile.Of(board.Id));
        if (path is null)
        {
            streams.Out.Write(drawing);
        }
        else
        {
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(drawing)));
        }

        return ExitCode.Completed;
    }
}
