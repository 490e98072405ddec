namespace Escapement.Fit.Listings;

/// <summary>One line of a listing: a type or a member that another assembly can see.</summary>
/// <param name="Kind">type, value, field, hidden-field, ctor, hidden-ctor, hidden-abstract, property, event, method, finalizer, operator, explicit.</param>
/// <param name="Type">Full metadata name of the declaring type.</param>
/// <param name="Signature">Without its trailing attributes and markers.</param>
/// <param name="Tags">The trailing attributes and markers, without brackets.</param>
public sealed record ApiLine(string Kind, string Type, string Signature, IReadOnlyList<string> Tags)
{
    public static ApiLine Parse(string line)
    {
        string[] parts = line.Split('\t');
        if (parts.Length != 3)
            throw new FormatException($"An API line has three columns: '{line}'.");
        (string signature, List<string> tags) = SplitTags(parts[2]);
        return new ApiLine(parts[0], parts[1], signature, tags);
    }

    static readonly string[] TagNames =
        ["Flags", "Obsolete", "Conditional(", "AttributeUsage(", "IndexerName(", "hidden-base ", "hidden-interface ", "from hidden base"];

    static (string, List<string>) SplitTags(string signature)
    {
        var tags = new List<string>();
        while (signature.EndsWith(']'))
        {
            int open = signature.LastIndexOf(" [", StringComparison.Ordinal);
            string tag = open < 0 ? "" : signature[(open + 2)..^1];
            if (!Array.Exists(TagNames, name => tag.StartsWith(name, StringComparison.Ordinal)))
                break;
            tags.Insert(0, tag);
            signature = signature[..open];
        }
        return (signature.TrimEnd(), tags);
    }
}
