using Escapement.Mutants.Running;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Escapement.Mutants.Reporting;

/// <summary>Why mutants that live may live: one reason for each.</summary>
public sealed class Survivors
{
    public const string File = "tests/mutants/survivors.yml";

    readonly Dictionary<string, string> reasons = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Reasons => reasons;

    /// <summary>A reason with the mutants that it holds for.</summary>
    sealed class Entry
    {
        public string Reason { get; set; } = "";

        public List<string> Mutants { get; set; } = [];
    }

    public static Survivors Load(string root) => Parse(System.IO.File.ReadAllText(Path.Combine(root, File)));

    public static Survivors Parse(string yaml)
    {
        List<Entry>? entries = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<List<Entry>>(yaml);
        var survivors = new Survivors();
        foreach (Entry entry in entries ?? [])
        {
            if (string.IsNullOrWhiteSpace(entry.Reason) || entry.Mutants.Count == 0)
                throw new FormatException($"{File}: an entry needs a reason and mutants.");
            foreach (string id in entry.Mutants)
                if (!survivors.reasons.TryAdd(id, entry.Reason.Trim()))
                    throw new FormatException($"{File}: {id} is there twice.");
        }
        return survivors;
    }

    /// <summary>What is wrong with the list, given what became of the mutants that it may name.</summary>
    public IEnumerable<string> Problems(IReadOnlyList<Verdict> verdicts, IReadOnlySet<string> allIds)
    {
        foreach (Verdict verdict in verdicts.Where(one => one.IsAlive && !reasons.ContainsKey(one.Mutant.Id)))
            yield return $"survivor without a reason: {verdict.Mutant.Id} ({verdict.Outcome})";
        foreach (Verdict verdict in verdicts.Where(one => one.IsKilled && reasons.ContainsKey(one.Mutant.Id)))
            yield return $"no longer a survivor: {verdict.Mutant.Id}, killed by {verdict.Test}";
        foreach (string id in reasons.Keys.Where(id => !allIds.Contains(id)))
            yield return $"no such mutant: {id}";
    }
}
