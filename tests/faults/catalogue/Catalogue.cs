using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Escapement.Faults.Tests;

/// <summary>The hazards and single faults that this project answers for.</summary>
internal static class Catalogue
{
    private static readonly Lazy<List<Hazard>> all = new(Load);

    /// <summary>Every row, in the order of the file.</summary>
    public static IReadOnlyList<Hazard> All => all.Value;

    /// <summary>The folder that holds nf.sln.</summary>
    public static string Root { get; } = FindRoot();

    private static List<Hazard> Load()
    {
        IDeserializer reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        return reader.Deserialize<List<Hazard>>(File.ReadAllText(Path.Combine(Root, "tests", "faults", "catalogue.yml")));
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "nf.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("nf.sln is in no folder above the tests.");
    }
}
