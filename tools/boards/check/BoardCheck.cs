using System.Text.RegularExpressions;

namespace Escapement.Boards;

/// <summary>Judges board files: form, chip, memory, times, pins. Everything that is wrong is said at once.</summary>
public static partial class BoardCheck
{
    /// <summary>Everything that is wrong with a file, in the order of its lines; beside the boards that are built in.</summary>
    public static IReadOnlyList<BoardProblem> Problems(BoardFile file) => Problems(file, BoardLibrary.Files);

    /// <summary>Everything that is wrong with a file, in the order of its lines.</summary>
    /// <param name="file">The file.</param>
    /// <param name="others">Boards whose ids and numbers are taken; the one of the same id is taken for an older version of the file.</param>
    public static IReadOnlyList<BoardProblem> Problems(BoardFile file, IEnumerable<BoardFile> others)
    {
        var report = new Report(file);
        if (file.IsRead)
        {
            Identity(report, [.. others.Where(other => other != file)]);
            ChipRules.Check(report);
            TimeRules.Check(report);
            LinkRules.Check(report);
            PinRules.Check(report);
        }

        return [.. report.Problems];
    }

    /// <summary>Several files that are to go together: each judged, and no two with one id.</summary>
    public static IReadOnlyList<BoardProblem> Problems(IReadOnlyList<BoardFile> files)
    {
        var problems = new List<BoardProblem>();
        for (int i = 0; i < files.Count; i++)
        {
            BoardFile file = files[i];
            string? id = file.Text("id");
            problems.AddRange(Problems(file, [.. BoardLibrary.Files.Where(known => files.All(given => given.Text("id") != known.Text("id"))), .. files]));
            if (id is not null && files.Take(i).FirstOrDefault(other => other.Text("id") == id) is { } first)
            {
                problems.Add(new(file.Name, file.At("id"), "id", $"'id' is '{id}'", $"{first.Name} has it too", "give each board an id of its own"));
            }
        }

        return problems;
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Id();

    private static void Identity(Report report, IReadOnlyList<BoardFile> others)
    {
        BoardFile file = report.File;
        if (file.Text("id") is not { } id)
        {
            return;
        }

        if (id.Length > 40 || !Id().IsMatch(id))
        {
            report.Refuse("id", $"'id' is '{id}'", "it names a folder, a class of the firmware and a line of the board's identity file", "use at most 40 small letters, digits and single hyphens, a letter first");
        }

        var rivals = others.Where(other => other.Text("id") != id).ToList();
        if (file.Number("number") is { } number && rivals.FirstOrDefault(other => other.Number("number") == number) is { } taken)
        {
            long free = Enumerable.Range(1, 9999).First(candidate => others.All(other => other.Number("number") != candidate));
            report.Refuse("number", Report.Text($"'number' is {number}"), $"{taken.Text("id")} has it, and a host knows boards by it", Report.Text($"use {free}, which is free"));
        }

        if (file.Logical("reference") == true && rivals.FirstOrDefault(other => other.Logical("reference") == true) is { } reference)
        {
            report.Refuse("reference", "'reference' is true", $"{reference.Text("id")} is the reference board, and there is one", "write false");
        }
    }
}
