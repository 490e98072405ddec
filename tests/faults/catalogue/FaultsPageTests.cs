using System.Globalization;
using System.Text.RegularExpressions;

namespace Escapement.Faults.Tests;

/// <summary>The tables of docs/faults.md are those of the catalogue.</summary>
[TestClass]
public sealed partial class FaultsPageTests
{
    private static readonly string page = Path.Combine(Catalogue.Root, "docs", "faults.md");

    [TestMethod]
    public void Every_table_of_the_page_is_that_of_the_catalogue()
    {
        Dictionary<string, string> tables = new() { ["rows"] = Rows(), ["uncovered"] = Uncovered() };
        string text = File.ReadAllText(page);
        if (Environment.GetEnvironmentVariable("ESCAPEMENT_UPDATE_DOCS") == "1")
        {
            text = Marks().Replace(text, mark => mark.Groups[1].Value + tables[mark.Groups["name"].Value]);
            File.WriteAllText(page, text);
        }

        Dictionary<string, string> found = Marks().Matches(text).ToDictionary(mark => mark.Groups["name"].Value, mark => mark.Groups["rows"].Value);
        CollectionAssert.AreEquivalent(tables.Keys.ToList(), found.Keys.ToList());
        foreach ((string name, string table) in tables)
        {
            Assert.AreEqual(table, found[name], $"Table '{name}' of docs/faults.md; see the head of the page.");
        }
    }

    private static string Rows() => Table(
        "| # | hazard | severity | seen by | reaction | budget | what is left | shown by |",
        Catalogue.All.Select(row => $"| {row.Row} | {row.Name} | {row.Severity} | {row.SeenBy} | {row.Reaction} | {string.Join("; ", row.Budgets.Select(Text))} | {row.Left} | {Shown(row)} |"));

    private static string Uncovered() => Table(
        "| # | hazard | what nothing shows here, and why |",
        Catalogue.All.Where(row => row.NotCovered is not null).Select(row => $"| {row.Row} | {row.Name} | {row.NotCovered} |"));

    private static string Text(Budget budget)
    {
        string time = budget.Us switch
        {
            null => "",
            < 1_000 => $" {budget.Us} us",
            < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $" {budget.Us / 1000.0:0.###} ms"),
            _ => string.Create(CultureInfo.InvariantCulture, $" {budget.Us / 1_000_000.0:0.###} s"),
        };
        return budget.By + time + (budget.Pulses is { } pulses ? $", {pulses} pulse{(pulses == 1 ? "" : "s")}" : "");
    }

    private static string Shown(Hazard row)
    {
        List<string> parts = [];
        if (row.Tests.Count > 0) { parts.Add(row.Tests.Count == 1 ? "1 test" : $"{row.Tests.Count} tests"); }
        parts.AddRange(row.BringUp.Select(id => $"bring-up `{id}`"));
        if (row.NotCovered is not null) { parts.Add(parts.Count == 0 ? "**nothing**, see below" : "in part, see below"); }
        return string.Join(", ", parts);
    }

    private static string Table(string head, IEnumerable<string> rows)
    {
        string rule = string.Concat(Enumerable.Repeat("|---", head.Split('|').Length - 2)) + "|";
        return string.Join('\n', new[] { head, rule }.Concat(rows)) + "\n";
    }

    [GeneratedRegex("(<!-- table (?<name>[a-z]+) -->\n)(?<rows>.*?)(?=<!-- end -->)", RegexOptions.Singleline)]
    private static partial Regex Marks();
}
