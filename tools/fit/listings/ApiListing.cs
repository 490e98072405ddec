using System.Reflection;

namespace Escapement.Fit.Listings;

/// <summary>One <c>*.api.txt</c> file: everything another assembly can see of one class library of the board.</summary>
public sealed record ApiListing(
    string Name, Version Version, string NativeVersion, byte[]? PublicKey, IReadOnlyList<string> References, IReadOnlyList<ApiLine> Lines)
{
    /// <summary>The listings that come with this tool, in reference order: mscorlib first.</summary>
    public static IReadOnlyList<ApiListing> LoadAll()
    {
        Assembly assembly = typeof(ApiListing).Assembly;
        var all = new List<ApiListing>();
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".api.txt", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            all.Add(Parse(reader.ReadToEnd()));
        }
        return InReferenceOrder(all);
    }

    public static ApiListing Parse(string text)
    {
        string name = "", native = "none";
        var version = new Version();
        byte[]? key = null;
        var references = new List<string>();
        var lines = new List<ApiLine>();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ');
            if (line.Contains('\t'))
                lines.Add(ApiLine.Parse(line));
            else if (words[0] == "assembly")
                (name, version, native) = (words[1], Version.Parse(words[2]), words[6]);
            else if (words[0] == "publickey")
                key = words[1] == "null" ? null : Convert.FromHexString(words[1]);
            else if (words[0] == "reference")
                references.Add(words[1]);
            else
                throw new FormatException($"Neither header nor API line: '{line}'.");
        }
        return new ApiListing(name, version, native, key, references, lines);
    }

    static List<ApiListing> InReferenceOrder(List<ApiListing> all)
    {
        var ordered = new List<ApiListing>();
        void Add(ApiListing listing)
        {
            if (ordered.Contains(listing))
                return;
            foreach (string reference in listing.References)
                Add(all.Single(other => other.Name == reference));
            ordered.Add(listing);
        }
        foreach (ApiListing listing in all.OrderBy(listing => listing.References.Count).ThenBy(listing => listing.Name, StringComparer.Ordinal))
            Add(listing);
        return ordered;
    }
}
