using System.Text.RegularExpressions;

namespace Escapement.Faults.Tests;

/// <summary>Every test method there is, found in the sources.</summary>
internal static partial class Sources
{
    private static readonly Lazy<HashSet<string>> methods = new(Scan);

    /// <summary>Whether there is such a test: Class.Method of this project, or folder/Class.Method.</summary>
    public static bool Has(string name) => methods.Value.Contains(name.Contains('/') ? name : "faults/" + name);

    /// <summary>Names that a wrong one may have been meant for.</summary>
    public static IEnumerable<string> Like(string name) => methods.Value.Where(one => one.EndsWith('.' + name[(name.LastIndexOf('.') + 1)..], StringComparison.Ordinal));

    [GeneratedRegex(@"\bclass (?<class>\w+)|\[TestMethod[^\n]*\n(?:\s*(?:\[[^\n]*\n|//[^\n]*\n))*\s*public (?:async )?\w+ (?<method>\w+)\(")]
    private static partial Regex Declarations();

    private static HashSet<string> Scan()
    {
        HashSet<string> found = [];
        string tests = Path.Combine(Catalogue.Root, "tests");
        foreach (string path in Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories))
        {
            string[] parts = Path.GetRelativePath(tests, path).Split(Path.DirectorySeparatorChar);
            if (!parts.Contains("obj") && !parts.Contains("bin"))
            {
                Scan(parts[0], File.ReadAllText(path), found);
            }
        }

        return found;
    }

    private static void Scan(string folder, string text, HashSet<string> found)
    {
        string at = "";
        foreach (Match match in Declarations().Matches(text))
        {
            if (match.Groups["class"].Success) { at = match.Groups["class"].Value; }
            else { found.Add($"{folder}/{at}.{match.Groups["method"].Value}"); }
        }
    }
}
