namespace Escapement.Simulation;

/// <summary>The first 200 seeds. More: dotnet run -c Release --project tests/simulation -- run --seeds 10000.</summary>
[TestClass]
public sealed class SeedTests
{
    private const int Seeds = 200;

    private static readonly Lazy<Outcome[]> Played = new(() => [.. Enumerable.Range(1, Seeds).Select(seed => Simulation.Play((ulong)seed))]);

    [TestMethod]
    public void NoRuleIsBrokenInTheFirst200Seeds()
    {
        Outcome? broken = Played.Value.FirstOrDefault(outcome => outcome.Violations.Count > 0);
        Assert.IsNull(broken, broken is null ? null : FailureReport.Of(broken));
    }
}
