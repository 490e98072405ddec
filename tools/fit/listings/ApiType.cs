namespace Escapement.Fit.Listings;

enum TypeForm { Class, Struct, Interface, Enum, Delegate }

/// <summary>One listed type with its members.</summary>
sealed class ApiType
{
    ApiType(string assembly, ApiLine declaration, IReadOnlyList<ApiLine> members)
    {
        (Assembly, Declaration, Members) = (assembly, declaration, members);
        string signature = declaration.Signature;
        Form = FormOf(signature);
        Parent = Name.Contains('+') ? Name[..Name.LastIndexOf('+')] : null;
        Head = Form == TypeForm.Delegate ? DelegateHead(signature) : TypeHead(signature);
    }

    public string Assembly { get; }
    public ApiLine Declaration { get; }
    public IReadOnlyList<ApiLine> Members { get; }
    public string Name => Declaration.Type;
    public TypeForm Form { get; }
    public string? Parent { get; }

    /// <summary>Metadata name of the base class, without arguments.</summary>
    public string? Base { get; private set; }

    /// <summary>The declaration in C#, without body.</summary>
    public string Head { get; }

    public static IEnumerable<ApiType> Of(ApiListing listing)
    {
        ILookup<string, ApiLine> members = listing.Lines.Where(line => line.Kind != "type").ToLookup(line => line.Type);
        return listing.Lines.Where(line => line.Kind == "type").Select(line => new ApiType(listing.Name, line, members[line.Type].ToList()));
    }

    static TypeForm FormOf(string signature)
    {
        foreach (string word in signature.Split(' '))
            if (Enum.TryParse(word, ignoreCase: true, out TypeForm form) && char.IsLower(word[0]))
                return form;
        throw new FormatException($"Neither class, struct, interface, enum nor delegate: '{signature}'.");
    }

    string DelegateHead(string signature)
    {
        int at = signature.IndexOf(" " + Name, StringComparison.Ordinal);
        int result = signature.LastIndexOf(' ', at - 1) + 1;
        string rest = signature[(at + 1 + Name.Length)..];
        int open = rest.IndexOf('(');
        int close = CSharpNames.Closing(rest, open);
        string parameters = string.Join(", ", CSharpNames.Split(rest[(open + 1)..close], ',').Select(p => Parameter.Parse(p).Declaration));
        return $"{signature[..result]}{CSharpNames.Qualify(signature[result..at])} {CSharpNames.Simple(Name)}{rest[..open]}({parameters})"
            + CSharpNames.Qualify(rest[(close + 1)..]);
    }

    string TypeHead(string signature)
    {
        int at = signature.IndexOf(" " + Name, StringComparison.Ordinal);
        string modifiers = signature[..at];
        string rest = signature[(at + 1 + Name.Length)..];
        string clauses = CutFrom(ref rest, " where ");
        string underlying = CutFrom(ref rest, " underlying ");
        string bases = CutFrom(ref rest, " : ");
        List<string> parents = CSharpNames.Split(bases.Length > 0 ? bases[3..] : "", ',');
        if (Form == TypeForm.Class && parents.Count > 0)
            Base = parents[0].Split('<')[0];
        if (Form is TypeForm.Struct or TypeForm.Enum || modifiers.Contains(" static "))
            parents.RemoveAt(0);
        if (Form == TypeForm.Enum)
            parents = [underlying[" underlying ".Length..]];
        string inherits = parents.Count == 0 ? "" : " : " + string.Join(", ", parents.Select(CSharpNames.Qualify));
        return $"{modifiers} {CSharpNames.Simple(Name)}{rest}{inherits}{CSharpNames.Qualify(clauses)}";
    }

    static string CutFrom(ref string text, string word)
    {
        int at = text.IndexOf(word, StringComparison.Ordinal);
        if (at < 0)
            return "";
        string cut = text[at..];
        text = text[..at];
        return cut;
    }
}
