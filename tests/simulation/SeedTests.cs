namespace Escapement.Simulation;

/// <summary>The first 200 seeds. More: dotnet run -c Release --project tests/simulation -- run --seeds 10000.</summary>
[TestClass]
public sealed class SeedTests
{
    private const int Seeds = 200;

    private static readonly Lazy<Campaign> Played = new(() => Campaign.Run(1, Seeds, 2));

    [TestMethod]
    public void NoRuleIsBrokenInTheFirst200Seeds() =>
        Assert.IsEmpty(Played.Value.Failures, string.Join('\n', Played.Value.Failures.Values.Take(1).Select(FailureReport.Of)));

    /// <summary>Without this, no violation means nothing.</summary>
    [TestMethod]
    public void TheFirst200SeedsReachWhatTheyAreFor()
    {
        Coverage reached = Played.Value.Coverage;
        string text = string.Join('\n', reached.Lines());
        Assert.IsGreaterThanOrEqualTo(40, reached.Faults.Count, "kinds of faults that happened\n" + text);
        Assert.IsGreaterThanOrEqualTo(14, reached.Latched.Count, "faults latched\n" + text);
        Assert.IsGreaterThanOrEqualTo(20, reached.Reasons.Count, "reasons seen\n" + text);
        Assert.IsGreaterThanOrEqualTo(9, reached.States.Count, "states seen\n" + text);
        Assert.IsGreaterThanOrEqualTo(9, reached.Refusals.Count, "results of refused commands\n" + text);
        Assert.IsGreaterThanOrEqualTo(9, reached.Judged.Count, "rules that ended a session\n" + text);
        Assert.IsGreaterThanOrEqualTo(Seeds, reached.Sessions, "sessions started\n" + text);
        Assert.IsGreaterThanOrEqualTo(reached.Sessions * 4 / 10, reached.Whole, "sessions to their last pulse\n" + text);
        Assert.IsGreaterThanOrEqualTo(Seeds / 5, reached.Faultless, "scenarios without a fault\n" + text);
        Assert.IsGreaterThanOrEqualTo(8_000, reached.Pulses, "pulses\n" + text);
    }
}
