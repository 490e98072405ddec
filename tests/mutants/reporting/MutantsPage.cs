using System.Text;
using Escapement.Mutants.Names;
using Escapement.Mutants.Running;

namespace Escapement.Mutants.Reporting;

/// <summary>The tables of docs/mutants.md, between their marks.</summary>
static class MutantsPage
{
    public static void Write(string path, NamedItems items, IReadOnlyList<Verdict> verdicts, Survivors survivors, TimeSpan took)
    {
        string text = File.ReadAllText(path);
        text = Replace(text, "figures", $"{Figures.Summary(verdicts)}\nWall time {took.TotalMinutes:0.0} min.\n");
        text = Replace(text, "names", Figures.NamedTable(items, verdicts));
        text = Replace(text, "timeouts", Timeouts(verdicts));
        text = Replace(text, "survivors", Living(verdicts, survivors));
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
