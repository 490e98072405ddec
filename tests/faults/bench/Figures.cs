using System.Globalization;

namespace Escapement.Faults.Tests;

/// <summary>The worst figure of each kind that the tests of a run measured; written to the file that ESCAPEMENT_FAULT_FIGURES names.</summary>
[TestClass]
public static class Figures
{
    private static readonly SortedDictionary<string, double> worst = new(StringComparer.Ordinal);

    internal static void Note(string note, string what, double value)
    {
        string key = note.Split(':')[0] + ", " + what;
        lock (worst)
        {
            worst[key] = worst.TryGetValue(key, out double known) ? Math.Max(known, value) : value;
        }
    }

    [AssemblyCleanup]
    public static void Write()
    {
        if (Environment.GetEnvironmentVariable("ESCAPEMENT_FAULT_FIGURES") is { Length: > 0 } path)
        {
            File.WriteAllLines(path, worst.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key}\t{one.Value:F3}")));
        }
    }
}
