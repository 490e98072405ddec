namespace Escapement.Host;

/// <summary>Guesses what a mistyped name was meant to be.</summary>
public static class NearestName
{
    private const int LongestName = 64;
    private const int ShortestBeginning = 3;

    /// <summary>
    /// The candidate with the fewest inserted, deleted, replaced or swapped letters, or null when nothing is near
    /// (more than a third of the letters would change). A beginning of three letters or more counts as near to what it begins.
    /// </summary>
    public static string? Of(string name, IReadOnlyCollection<string> candidates)
    {
        if (name.Length is 0 or > LongestName)
        {
            return null;
        }

        var wanted = name.ToLowerInvariant();
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(wanted, candidate.ToLowerInvariant());
            if (distance < bestDistance && distance <= Math.Max(2, Math.Max(wanted.Length, candidate.Length) / 3))
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best ?? (wanted.Length < ShortestBeginning ? null : candidates.Where(candidate => candidate.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)).MinBy(candidate => candidate.Length));
    }

    /// <summary>" (did you mean 'x'?)", or nothing.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> candidates) =>
        Of(name, candidates) is { } near ? $" (did you mean '{near}'?)" : "";

    /// <summary>Fewest single-letter insertions, deletions, replacements and swaps of neighbours that turn a into b.</summary>
    public static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Cheapest(cost, a, b, i, j),
                };
            }
        }

        return cost[a.Length, b.Length];
    }

    private static int Cheapest(int[,] cost, string a, string b, int i, int j)
    {
        var replace = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var best = Math.Min(replace, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(best, cost[i - 2, j - 2] + 1) : best;
    }
}
