namespace Escapement.Boards;

/// <summary>Judges board files.</summary>
public static class BoardCheck
{
    /// <summary>Everything that is wrong with a file, in the order of its lines.</summary>
    public static IReadOnlyList<BoardProblem> Problems(BoardFile file) => [.. file.FormProblems.OrderBy(problem => problem.At)];
}
