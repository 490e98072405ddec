using System.Globalization;
using System.Text;
using Escapement.Mutants.Il;
using Escapement.Mutants.Names;
using Escapement.Mutants.Running;

namespace Escapement.Mutants.Reporting;

/// <summary>Counts and tables of what became of mutants.</summary>
static class Figures
{
    public static double Percent(IReadOnlyCollection<Verdict> verdicts) => 100.0 * verdicts.Count(one => one.IsKilled) / verdicts.Count;

    /// <summary>One line an assembly.</summary>
    public static string Summary(IReadOnlyList<Verdict> verdicts)
    {
        var text = new StringBuilder();
        text.AppendLine("| assembly | mutants | killed | of these by time-out | survived | not reached | killed, % |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (IGrouping<string, Verdict> part in verdicts.GroupBy(one => one.Mutant.Assembly))
            text.AppendLine(string.Create(CultureInfo.InvariantCulture,
                $"| {part.Key} | {part.Count()} | {part.Count(one => one.IsKilled)} | {part.Count(one => one.Outcome == Outcome.Timeout)} | {part.Count(one => one.Outcome == Outcome.Survived)} | {part.Count(one => one.Outcome == Outcome.NotReached)} | {Percent([.. part]):0.0} |"));
        return text.ToString();
    }

    /// <summary>For each name the mutants tied to it, and one of those that were killed.</summary>
    public static string NamedTable(NamedItems items, IReadOnlyList<Verdict> verdicts)
    {
        var text = new StringBuilder();
        text.AppendLine("| name | tried | killed | one of them | killed by |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (string name in items.All)
        {
            List<Verdict> tied = verdicts.Where(one => one.Mutant.Names.Contains(name)).ToList();
            if (tied.Count == 0)
                continue;
            Verdict? shown = Best(tied);
            text.AppendLine($"| {name} | {tied.Count} | {tied.Count(one => one.IsKilled)} | {(shown == null ? "" : $"`{shown.Mutant.Id}`")} | {shown?.Test} |");
        }
        return text.ToString();
    }

    /// <summary>Names without a killed mutant, in each assembly that has mutants of them.</summary>
    public static IEnumerable<string> Unkilled(IReadOnlyList<Verdict> verdicts) =>
        from part in verdicts.GroupBy(one => one.Mutant.Assembly)
        from name in part.SelectMany(one => one.Mutant.Names).Distinct().Order(StringComparer.Ordinal)
        where !part.Any(one => one.IsKilled && one.Mutant.Names.Contains(name))
        select $"no killed mutant in {part.Key}: {name}";

    /// <summary>Names that no assembly has mutants of.</summary>
    public static IEnumerable<string> Unheld(NamedItems items, IReadOnlyList<Verdict> verdicts) =>
        items.All.Except(verdicts.SelectMany(one => one.Mutant.Names)).Select(name => $"no mutant at all: {name}");

    // What the name does says more than how its row reads.
    static Verdict? Best(IEnumerable<Verdict> tied) =>
        tied.Where(one => one.IsKilled).OrderBy(one => one.Mutant.IsOfATable).ThenBy(one => one.Mutant.Names.Count).ThenBy(one => one.Mutant.Operator == Operator.Constant && one.Mutant.Change == 0 ? 0 : 1).FirstOrDefault();
}
