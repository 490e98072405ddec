namespace Escapement.Simulation;

/// <summary>Makes a failing scenario smaller: leaves out faults and acts one by one while the same rule still breaks.</summary>
public static class Shrinker
{
    /// <summary>The smallest scenario found, played.</summary>
    public static Outcome Shrink(Outcome failed)
    {
        string rule = failed.Violations[0].Rule;
        Outcome best = failed;
        while (Smaller(best.Scenario).Select(scenario => Simulation.Play(scenario)).FirstOrDefault(one => one.Violations.Any(violation => violation.Rule == rule)) is { } next)
        {
            best = next;
        }

        return best;
    }

    private static IEnumerable<Scenario> Smaller(Scenario scenario)
    {
        for (int i = 0; i < scenario.Faults.Count; i++) { yield return scenario with { Faults = Without(scenario.Faults, i) }; }
        if (scenario.Acts.Count == 1) { yield break; }
        for (int i = 0; i < scenario.Acts.Count; i++) { yield return scenario with { Acts = Without(scenario.Acts, i) }; }
    }

    private static T[] Without<T>(IReadOnlyList<T> all, int index) => [.. all.Where((_, i) => i != index)];
}
