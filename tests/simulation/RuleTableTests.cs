namespace Escapement.Simulation;

/// <summary>docs/simulation.md and the oracle speak of the same rules.</summary>
[TestClass]
public sealed class RuleTableTests
{
    [TestMethod]
    public void EveryRuleStandsInTheTableOfThePage()
    {
        string[] rows = [.. File.ReadLines(Page()).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
        CollectionAssert.AreEquivalent(Rules.All.ToArray(), rows);
    }

    [TestMethod]
    public void EveryKindOfFaultStandsOnThePage()
    {
        string page = File.ReadAllText(Page());
        foreach (FaultKind kind in Enum.GetValues<FaultKind>()) { Assert.Contains(kind.ToString(), page); }
    }

    private static string Page() => Path.Combine(SourceTree.Root, "docs", "simulation.md");
}
