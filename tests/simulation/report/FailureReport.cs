using System.Globalization;
using System.Text;

namespace Escapement.Simulation;

/// <summary>What a person needs to know about a broken rule: which, when, in what scenario, what came before, and how to see it again.</summary>
public static class FailureReport
{
    private const int LastLines = 30;

    /// <summary>The command that plays a seed again.</summary>
    public static string Replay(ulong seed) => string.Create(CultureInfo.InvariantCulture, $"dotnet run -c Release --project tests/simulation -- replay {seed} --trace");

    /// <summary>The report.</summary>
    public static string Of(Outcome outcome)
    {
        StringBuilder text = new();
        ulong seed = outcome.Scenario.Seed;
        text.Append(CultureInfo.InvariantCulture, $"seed {seed}: {outcome.Violations.Count} violation(s)\n");
        foreach (Violation violation in outcome.Violations) { text.Append("  ").Append(violation).Append('\n'); }
        text.Append(ScenarioPage.Of(outcome.Scenario));
        text.Append("  the last events before it:\n");
        long untilUs = (outcome.Violations[0].T80 / 80) + 1;
        foreach (string line in Trace.Lines(outcome.Recording, 0, untilUs).TakeLast(LastLines)) { text.Append("  ").Append(line).Append('\n'); }
        return text.Append("  again: ").Append(Replay(seed)).Append('\n').ToString();
    }
}
