using System.CommandLine;
using Escapement.Boards;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>`escapement boards`: the boards that this version knows, and board files of one's own.</summary>
internal static class BoardsVerb
{
    public static Command Make(Streams streams)
    {
        var json = Given.Json("Writes JSON instead of text.");
        var list = new Command("list", "Lists the boards.") { json };
        list.SetAction(parsed => List(streams, parsed.GetValue(json)));

        var board = new Argument<string>("board") { Description = "Id of a board, or a board file (board.yml)." };
        var showJson = Given.Json("Writes one JSON object instead of text.");
        var show = new Command("show", "Shows a board: figures, every pin, and why it was chosen.") { board, showJson };
        show.SetAction(parsed => Show(streams, GivenBoard.Find(parsed.GetValue(board)!), parsed.GetValue(showJson)));

        var files = new Argument<string[]>("file") { Description = "Board files; without any, the boards of this version.", Arity = ArgumentArity.ZeroOrMore };
        var checkJson = Given.Json("Writes one JSON object instead of text.");
        var check = new Command("check", "Judges board files: everything that is wrong, where, why, and what to write instead.") { files, checkJson };
        check.SetAction(parsed => Check(streams, parsed.GetValue(files) ?? [], parsed.GetValue(checkJson)));

        var allJson = Given.Json("Writes JSON instead of text.");
        var verb = new Command("boards", "Lists, shows, checks and draws boards, and compares a board's clock with a reference.") { list, show, check, WiringVerb.Make(streams), CalibrateVerb.Make(streams), allJson };
        verb.SetAction(parsed => List(streams, parsed.GetValue(allJson)));
        return verb;
    }

    private static int List(Streams streams, bool isJson)
    {
        if (isJson)
        {
            streams.Out.WriteLine(BoardText.Json(BoardLibrary.All));
        }
        else
        {
            BoardText.List(streams, BoardLibrary.All);
        }

        return ExitCode.Completed;
    }

    private static int Show(Streams streams, Board board, bool isJson)
    {
        if (isJson)
        {
            streams.Out.WriteLine(BoardText.Json(board));
        }
        else
        {
            BoardText.Show(streams, board);
        }

        return ExitCode.Completed;
    }

    private static int Check(Streams streams, string[] paths, bool isJson)
    {
        IReadOnlyList<BoardFile> files = paths.Length == 0 ? BoardLibrary.Files : [.. paths.Select(GivenBoard.Load)];
        IReadOnlyList<BoardProblem> problems = Boards.BoardCheck.Problems(files);
        if (isJson)
        {
            streams.Out.WriteLine(BoardText.Json(problems, files.Count));
        }
        else
        {
            foreach (BoardProblem problem in problems)
            {
                streams.Out.WriteLine(problem);
            }
        }

        if (problems.Count > 0)
        {
            streams.Complain($"{(problems.Count == 1 ? "one problem" : $"{problems.Count} problems")} in {string.Join(", ", problems.Select(problem => problem.File).Distinct())}; correct what is listed and check again.");
            return ExitCode.Usage;
        }

        if (!isJson)
        {
            streams.Out.WriteLine($"no problem in {string.Join(", ", files.Select(file => file.Name))}");
        }

        return ExitCode.Completed;
    }
}
