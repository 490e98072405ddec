using System.Globalization;

namespace Escapement.Boards;

/// <summary>Collects what is wrong with one file.</summary>
internal sealed class Report(BoardFile file)
{
    private readonly List<BoardProblem> problems = [.. file.FormProblems];

    public BoardFile File => file;

    public IEnumerable<BoardProblem> Problems => problems.OrderBy(problem => problem.At);

    /// <summary>A field is wrong.</summary>
    public void Refuse(string field, string what, string why, string cure) => problems.Add(new(file.Name, file.At(field), field, what, why, cure));

    /// <summary>A number is wrong when the condition holds; a condition over a field that has a problem of form never does.</summary>
    public void RefuseNumber(bool isWrong, string field, FormattableString why, FormattableString cure)
    {
        if (isWrong)
        {
            Refuse(field, Text($"'{field}' is {file.Number(field)}"), Text(why), Text(cure));
        }
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
