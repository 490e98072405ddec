using System.Reflection;
using System.Text.RegularExpressions;

namespace Escapement.Faults.Tests;

/// <summary>The catalogue is whole, and what it points to is there.</summary>
[TestClass]
public sealed partial class CatalogueTests
{
    private const int Rows = 62;

    [TestMethod]
    public void Every_row_is_there_once_and_in_order() =>
        CollectionAssert.AreEqual(Enumerable.Range(1, Rows).ToList(), Catalogue.All.Select(row => row.Row).ToList());

    [TestMethod]
    public void Every_row_says_what_it_is_and_who_meets_its_budget()
    {
        foreach (Hazard row in Catalogue.All)
        {
            string at = $"row {row.Row}";
            Assert.IsInRange(1, 3, row.Severity, at);
            Assert.IsNotEmpty(row.Budgets, at);
            Assert.IsTrue(row.Budgets.All(budget => Budget.Means.ContainsKey(budget.By)), at);
            foreach (Budget budget in row.Budgets)
            {
                // Refused and instrument: nothing to count in microseconds.
                Assert.AreEqual(budget.By is "R" or "I", budget.Us is null, $"{at}: budget of {budget.By}");
            }

            foreach (string text in new[] { row.Name, row.SeenBy, row.Reaction, row.Left })
            {
                Assert.IsFalse(string.IsNullOrWhiteSpace(text) || text.Contains('|'), at);
            }
        }
    }

    [TestMethod]
    public void Every_row_is_covered_or_says_why_not()
    {
        foreach (Hazard row in Catalogue.All)
        {
            Assert.IsTrue(row.Tests.Count + row.BringUp.Count > 0 || row.NotCovered is { Length: > 20 }, $"row {row.Row}");
        }
    }

    [TestMethod]
    public void Every_named_test_is_there()
    {
        string[] missing = [.. Catalogue.All.SelectMany(row => row.Tests).Where(name => !Sources.Has(name)).Select(name => $"{name} ({string.Join(", ", Sources.Like(name))}?)")];
        Assert.IsEmpty(missing, string.Join("\n", missing));
    }

    [TestMethod]
    public void Every_named_step_is_one_of_the_bring_up()
    {
        string walk = File.ReadAllText(Path.Combine(Catalogue.Root, "boards", "bring-up.yml"));
        HashSet<string> ids = [.. StepId().Matches(walk).Select(match => match.Groups[1].Value)];
        string[] missing = [.. Catalogue.All.SelectMany(row => row.BringUp).Where(id => !ids.Contains(id))];
        Assert.IsEmpty(missing, string.Join(" ", missing));
    }

    [TestMethod]
    public void Every_test_that_names_a_row_is_named_by_it()
    {
        foreach ((HazardAttribute hazard, string test) in Marked())
        {
            Hazard? row = Catalogue.All.FirstOrDefault(one => one.Row == hazard.Row);
            Assert.IsNotNull(row, $"{test} names row {hazard.Row}");
            Assert.Contains(test, row.Tests, $"row {row.Row} must list {test}");
        }
    }

    [TestMethod]
    public void Every_budget_in_time_or_pulses_that_a_virtual_rig_can_show_is_measured_here()
    {
        HashSet<int> measured = [.. Marked().Select(mark => mark.Hazard.Row)];
        foreach (Hazard row in Catalogue.All.Where(row => row.NotCovered is null && row.Budgets.Any(budget => budget.By is "H" or "W" or "S" or "L" or "T")))
        {
            Assert.IsTrue(measured.Contains(row.Row) || row.Tests.Count == 0, $"row {row.Row} has tests, and none of this project");
        }
    }

    [GeneratedRegex(@"^  - id: (\S+)", RegexOptions.Multiline)]
    private static partial Regex StepId();

    private static IEnumerable<(HazardAttribute Hazard, string Test)> Marked() =>
        from type in typeof(CatalogueTests).Assembly.GetTypes()
        from method in type.GetMethods()
        from hazard in method.GetCustomAttributes<HazardAttribute>()
        select (hazard, $"{type.Name}.{method.Name}");
}
