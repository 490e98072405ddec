using System.CommandLine;
using Escapement.Boards;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>The option --board: a board by its id, or by a board file.</summary>
internal static class GivenBoard
{
    public static Option<string> Option() => new("--board") { Description = "Id of a board, or a board file (board.yml).", HelpName = "ID", Required = true };

    /// <exception cref="InputException">There is no such board, or its file has problems.</exception>
    public static Board Find(string name)
    {
        if (BoardLibrary.Find(name) is { } known)
        {
            return known;
        }

        if (!name.EndsWith(".yml", StringComparison.Ordinal) && !name.EndsWith(".yaml", StringComparison.Ordinal))
        {
            string[] ids = [.. BoardLibrary.All.Select(board => board.Id)];
            throw new InputException($"there is no board '{name}'{NearestName.Hint(name, ids)}; boards here: {string.Join(", ", ids)}.");
        }

        BoardFile file = Load(name);
        IReadOnlyList<BoardProblem> problems = Boards.BoardCheck.Problems(file);
        return problems.Count == 0 ? file.ToBoard() : throw new InputException(string.Join(" ", problems));
    }

    /// <exception cref="InputException">The file cannot be read.</exception>
    public static BoardFile Load(string path)
    {
        try
        {
            return BoardFile.Load(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{(path.Length == 0 ? "''" : path)}: this board file cannot be read; check its name and permissions.", error);
        }
    }
}
