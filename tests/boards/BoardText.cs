using System.Text.RegularExpressions;
using CsCheck;

namespace Escapement.Boards.Tests;

/// <summary>Board files of the repository, with lines changed.</summary>
internal static class BoardText
{
    public const string Reference = "esp32-s3-devkitc-1";
    public const string Classic = "esp32-devkitc";

    public static string Root { get; } = FindRoot();

    public static string Of(string id) => File.ReadAllText(Path.Combine(Root, "boards", id, "board.yml")).ReplaceLineEndings("\n");

    /// <summary>A text with one field's value replaced; null takes the field away.</summary>
    public static string With(this string text, string path, string? value)
    {
        string[] parts = path.Split('.');
        var lines = text.Split('\n').ToList();
        int at = parts.Length == 1 ? 0 : lines.FindIndex(line => line == parts[0] + ":") + 1;
        string begins = (parts.Length == 1 ? string.Empty : "  ") + parts[^1] + ":";
        at = lines.FindIndex(at, line => line.StartsWith(begins, StringComparison.Ordinal));
        Assert.AreNotEqual(-1, at, path);
        if (value is null)
        {
            lines.RemoveAt(at);
        }
        else
        {
            lines[at] = begins + " " + value;
        }

        return string.Join('\n', lines);
    }

    public static IReadOnlyList<BoardProblem> Problems(this string text) => BoardCheck.Problems(BoardFile.Parse("board.yml", text));

    /// <summary>The GPIO that a cure offers, or null.</summary>
    public static int? Offer(this BoardProblem problem) => Regex.Match(problem.Cure, "^use GPIO(\\d+), which is free") is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan) : null;

    /// <summary>Where the value of a field begins, by looking at the text.</summary>
    public static Place PlaceOf(this string text, string path)
    {
        string[] parts = path.Split('.');
        var lines = text.Split('\n').ToList();
        int section = parts.Length == 1 ? -1 : lines.FindIndex(line => line == parts[0] + ":");
        int at = lines.FindIndex(section + 1, line => line.TrimStart().StartsWith(parts[^1] + ": ", StringComparison.Ordinal));
        return new(at + 1, lines[at].IndexOf(": ", StringComparison.Ordinal) + 3);
    }

    /// <summary>Any one of some values.</summary>
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "nf.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("nf.sln is in no folder above the tests.");
    }
}
