using System.Text;

namespace Escapement.Fit.Listings;

/// <summary>C# source of a reference assembly: every listed type and member, every body <c>throw null</c>.</summary>
sealed class ReferenceSource
{
    readonly ApiListing listing;
    readonly IReadOnlyDictionary<string, ApiType> known;
    readonly StringBuilder text = new();

    ReferenceSource(ApiListing listing, IReadOnlyDictionary<string, ApiType> known)
    {
        this.listing = listing;
        this.known = known;
    }

    /// <param name="listing">What to write.</param>
    /// <param name="known">Types of this listing and of those it refers to, by metadata name.</param>
    public static string Write(ApiListing listing, IReadOnlyDictionary<string, ApiType> known)
    {
        var source = new ReferenceSource(listing, known);
        source.Header();
        foreach (ApiType type in known.Values.Where(type => type.Assembly == listing.Name && !type.Name.Contains('+')))
            source.TopLevel(type);
        return source.text.ToString();
    }

    void Header()
    {
        text.AppendLine($"[assembly: global::System.Reflection.AssemblyVersion(\"{listing.Version}\")]");
        if (listing.NativeVersion != "none")
            text.AppendLine($"[assembly: global::System.Reflection.AssemblyNativeVersion(\"{listing.NativeVersion}\")]");
    }

    void TopLevel(ApiType type)
    {
        int dot = type.Name.LastIndexOf('.');
        text.AppendLine($"namespace {CSharpNames.Dotted(type.Name[..dot])}");
        text.AppendLine("{");
        Type(type);
        text.AppendLine("}");
    }

    void Type(ApiType type)
    {
        Attributes(type.Declaration);
        if (type.Form == TypeForm.Delegate)
        {
            text.AppendLine(type.Head + ";");
            return;
        }
        text.AppendLine(type.Head);
        text.AppendLine("{");
        foreach (ApiLine member in type.Members)
            Member(type, member);
        foreach (ApiType nested in known.Values.Where(other => other.Parent == type.Name && other.Assembly == type.Assembly))
            Type(nested);
        text.AppendLine("}");
    }

    void Attributes(ApiLine line)
    {
        foreach (string tag in line.Tags)
        {
            string? attribute = tag switch
            {
                "Flags" => "System.Flags",
                "Obsolete" => "System.Obsolete",
                "Obsolete(error)" => "System.Obsolete(\"\", true)",
                _ when tag.StartsWith("AttributeUsage(", StringComparison.Ordinal) => "System." + CSharpNames.Qualify(tag),
                _ when tag.StartsWith("Conditional(", StringComparison.Ordinal) => "System.Diagnostics." + tag,
                _ when tag.StartsWith("IndexerName(", StringComparison.Ordinal) => "System.Runtime.CompilerServices." + tag,
                _ => null,
            };
            if (attribute != null)
                text.AppendLine($"[global::{attribute}]");
        }
    }

    void Member(ApiType type, ApiLine line)
    {
        if (line.Kind == "finalizer")
            return;
        Attributes(line);
        text.AppendLine(line.Kind switch
        {
            "value" => Value(line),
            "field" or "hidden-field" => Field(type, line),
            "ctor" or "hidden-ctor" => Constructor(type, line),
            "hidden-abstract" => HiddenAbstract(line),
            "property" => Property(type, line, "property "),
            "event" => Event(type, line, "event "),
            "method" => Method(type, line, "method "),
            "operator" => Operator(line),
            "explicit" => Explicit(line),
            _ => throw new FormatException($"Unknown kind '{line.Kind}' in {listing.Name}."),
        });
    }

    static string Value(ApiLine line)
    {
        string[] sides = line.Signature[(line.Type.Length + 1)..].Split(" = ");
        return CSharpNames.Escape(sides[0]) + " = " + sides[1] + ",";
    }

    static string Field(ApiType type, ApiLine line)
    {
        (string modifiers, string rest) = CutAt(line.Signature, "field ");
        (string fieldType, string name) = TypeAndName(type, rest);
        int equals = name.IndexOf(" = ", StringComparison.Ordinal);
        string value = equals < 0 ? "" : " = " + CSharpNames.Qualify(name[(equals + 3)..]);
        string plain = equals < 0 ? name : name[..equals];
        return $"{modifiers}{fieldType} {CSharpNames.Escape(plain)}{value};";
    }

    string Constructor(ApiType type, ApiLine line)
    {
        (string modifiers, string rest) = CutAt(line.Signature, "constructor ");
        return $"{modifiers}{CSharpNames.Simple(type.Name)}({Parameters(rest)}){BaseCall(type)} {{ throw null; }}";
    }

    /// <summary>A base without a parameterless constructor must be handed something.</summary>
    string BaseCall(ApiType type)
    {
        if (type.Form != TypeForm.Class || type.Base == null || !known.TryGetValue(type.Base, out ApiType? parent))
            return "";
        List<ApiLine> constructors = parent.Members.Where(line => line.Kind is "ctor" or "hidden-ctor").ToList();
        if (constructors.Count == 0 || constructors.Exists(line => ParameterList(line.Signature).Count == 0))
            return "";
        IEnumerable<string> arguments = ParameterList(constructors[0].Signature).Select(p => $"default({Parameter.Parse(p).Type})");
        return $" : base({string.Join(", ", arguments)})";
    }

    static string HiddenAbstract(ApiLine line) =>
        string.Concat(Enumerable.Range(0, int.Parse(line.Signature)).Select(i => $"internal abstract void Hidden{i}();"));

    static string Property(ApiType type, ApiLine line, string word)
    {
        (string modifiers, string rest) = CutAt(line.Signature, word);
        int brace = rest.LastIndexOf(" {", StringComparison.Ordinal);
        (string propertyType, string name) = TypeAndName(type, rest[..brace]);
        bool bodiless = type.Form == TypeForm.Interface || modifiers.Contains("abstract");
        string head = type.Form == TypeForm.Interface ? "" : modifiers;
        return $"{head}{propertyType} {PropertyName(name)} {{ {Accessors(rest[(brace + 2)..].TrimEnd('}'), bodiless)} }}";
    }

    static string PropertyName(string name) =>
        name.StartsWith("this[", StringComparison.Ordinal) ? $"this[{Parameters(name)}]" : CSharpNames.Escape(name);

    static string Accessors(string list, bool bodiless) =>
        string.Join(' ', list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(accessor => bodiless ? accessor + ";" : accessor + " { throw null; }"));

    static string Event(ApiType type, ApiLine line, string word)
    {
        (string modifiers, string rest) = CutAt(line.Signature, word);
        (string eventType, string name) = TypeAndName(type, rest);
        if (type.Form == TypeForm.Interface)
            return $"event {eventType} {CSharpNames.Escape(name)};";
        string body = modifiers.Contains("abstract") ? ";" : " { add { throw null; } remove { throw null; } }";
        return $"{modifiers}event {eventType} {CSharpNames.Escape(name)}{body}";
    }

    static string Method(ApiType type, ApiLine line, string word)
    {
        (string modifiers, string rest) = CutAt(line.Signature, word);
        int open = rest.IndexOf('(');
        int close = CSharpNames.Closing(rest, open);
        (string result, string name) = TypeAndName(type, rest[..open]);
        int generic = name.IndexOf('<');
        string typeParameters = generic < 0 ? "" : name[generic..];
        string plain = CSharpNames.Escape(generic < 0 ? name : name[..generic]);
        string clauses = CSharpNames.Qualify(rest[(close + 1)..]);
        bool bodiless = type.Form == TypeForm.Interface || modifiers.Contains("abstract");
        string head = type.Form == TypeForm.Interface ? "" : modifiers;
        return $"{head}{result} {plain}{typeParameters}({Parameters(rest)}){clauses}{(bodiless ? ";" : " { throw null; }")}";
    }

    static string Operator(ApiLine line)
    {
        int open = line.Signature.IndexOf('(', line.Signature.IndexOf("operator ", StringComparison.Ordinal));
        return $"{CSharpNames.Qualify(line.Signature[..open])}({Parameters(line.Signature[open..])}) {{ throw null; }}";
    }

    static string Explicit(ApiLine line)
    {
        string unsafely = line.Signature.StartsWith("unsafe ", StringComparison.Ordinal) ? "unsafe " : "";
        string signature = line.Signature[unsafely.Length..];
        (string word, string rest) = (signature[..signature.IndexOf(' ')], signature[(signature.IndexOf(' ') + 1)..]);
        int space = rest.IndexOf(' ');
        string result = CSharpNames.Qualify(rest[..space]);
        string target = rest[(space + 1)..];
        if (word == "event")
            return $"{unsafely}event {result} {CSharpNames.Qualify(target)} {{ add {{ throw null; }} remove {{ throw null; }} }}";
        if (word == "method")
            return $"{unsafely}{result} {CSharpNames.Qualify(target[..target.IndexOf('(')])}({Parameters(target)}) {{ throw null; }}";
        int brace = target.LastIndexOf(" {", StringComparison.Ordinal);
        string accessors = Accessors(target[(brace + 2)..].TrimEnd('}'), bodiless: false);
        int indexer = target.IndexOf("[", StringComparison.Ordinal);
        string name = indexer < 0
            ? CSharpNames.Qualify(target[..brace])
            : CSharpNames.Qualify(target[..(indexer - ".this".Length)]) + $".this[{Parameters(target[..brace])}]";
        return $"{unsafely}{result} {name} {{ {accessors} }}";
    }

    static (string Before, string After) CutAt(string signature, string word)
    {
        int at = signature.StartsWith(word, StringComparison.Ordinal) ? 0 : signature.IndexOf(" " + word, StringComparison.Ordinal) + 1;
        return (signature[..at], signature[(at + word.Length)..]);
    }

    /// <summary>"T Full.Type.Name" cut before the declaring type's name, which the member's name follows.</summary>
    static (string Type, string Name) TypeAndName(ApiType type, string text)
    {
        int at = text.IndexOf(" " + type.Name + ".", StringComparison.Ordinal);
        return (CSharpNames.Qualify(text[..at]), text[(at + type.Name.Length + 2)..]);
    }

    static List<string> ParameterList(string text)
    {
        int open = text.IndexOf('(') >= 0 ? text.IndexOf('(') : text.IndexOf('[');
        return CSharpNames.Split(text[(open + 1)..CSharpNames.Closing(text, open)], ',');
    }

    static string Parameters(string text) => string.Join(", ", ParameterList(text).Select(p => Parameter.Parse(p).Declaration));
}
