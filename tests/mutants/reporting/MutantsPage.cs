using System.Globalization;
using System.Text;
using Escapement.Mutants.Names;
using Escapement.Mutants.Running;

namespace Escapement.Mutants.Reporting;

/// <summary>The tables of docs/mutants.md, between their marks.</summary>
static class MutantsPage
{
    /// <param name="path">The page.</param>
    /// <param name="isWhole">Whether every mutant was tried; else only the names are written.</param>
    /// <param name="items">All names.</param>
    /// <param name="verdicts">What was tried. Parts of an assembly of which nothing was tried stay as they are.</param>
    /// <param name="survivors">Why they may live.</param>
    /// <param name="took">Wall time of the run.</param>
    public static void Write(string path, bool isWhole, NamedItems items, IReadOnlyList<Verdict> verdicts, Survivors survivors, TimeSpan took)
    {
        string text = File.ReadAllText(path);
        foreach (IGrouping<string, Verdict> part in verdicts.GroupBy(one => one.Mutant.Assembly))
        {
            List<Verdict> own = [.. part];
            text = Replace(text, $"names {part.Key}", Figures.NamedTable(items, own));
            if (!isWhole)
                continue;
            text = Replace(text, $"figures {part.Key}", $"{Figures.Summary(own)}\nThe run took {took.TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture)} min.\n");
            text = Replace(text, $"timeouts {part.Key}", Timeouts(own));
            text = Replace(text, $"survivors {part.Key}", Living(own, survivors));
        }
        File.WriteAllText(path, text);
    }

    static string Timeouts(IReadOnlyList<Verdict> verdicts) =>
        string.Join("\n", verdicts.Where(one => one.Outcome == Outcome.Timeout).Select(one => $"- `{one.Mutant.Id}`: {one.Test}")) + "\n";

    static string Living(IReadOnlyList<Verdict> verdicts, Survivors survivors)
    {
        var text = new StringBuilder();
        foreach (IGrouping<string, Verdict> reason in verdicts.Where(one => one.IsAlive).GroupBy(one => survivors.Reasons.GetValueOrDefault(one.Mutant.Id, "No reason yet.")))
        {
            text.AppendLine($"**{reason.Key}**\n");
            foreach (Verdict one in reason)
                text.AppendLine($"- `{one.Mutant.Id}`: `{one.Mutant.Statement}`");
            text.AppendLine();
        }
        return text.ToString();
    }

    static string Replace(string text, string mark, string content)
    {
        string begin = $"<!-- {mark} -->\n";
        int from = text.IndexOf(begin, StringComparison.Ordinal);
        int to = from < 0 ? -1 : text.IndexOf("<!-- end -->", from, StringComparison.Ordinal);
        if (to < 0)
            throw new FormatException($"The page has no part {mark}.");
        return text[..(from + begin.Length)] + content + text[to..];
    }
}
