using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace Escapement.Fit.Listings;

/// <summary>Turns metadata names, as the listings print them, into C#.</summary>
static partial class CSharpNames
{
    static readonly Dictionary<string, string> Keywords = new()
    {
        ["System.Void"] = "void", ["System.Object"] = "object", ["System.String"] = "string", ["System.Boolean"] = "bool",
        ["System.Char"] = "char", ["System.SByte"] = "sbyte", ["System.Byte"] = "byte", ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort", ["System.Int32"] = "int", ["System.UInt32"] = "uint", ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong", ["System.Single"] = "float", ["System.Double"] = "double",
    };

    [GeneratedRegex(@"""(?:\\.|[^""\\])*""|'(?:\\.|[^'\\])*'|(?<![\w.])[A-Za-z_]\w*(?:[.+]\w+|`\d+)*")]
    private static partial Regex Token();

    [GeneratedRegex(@"`\d+")]
    private static partial Regex Arity();

    /// <summary>Every dotted name in a type, constant or clause, fully qualified. Quoted text stays.</summary>
    public static string Qualify(string text) => Token().Replace(text, match => One(match.Value));

    static string One(string token)
    {
        if (token[0] is '"' or '\'' || !token.Contains('.'))
            return token;
        return Keywords.TryGetValue(token, out string? keyword) ? keyword : "global::" + Dotted(token);
    }

    /// <summary>A metadata name as C# writes it: no arity, dots for nesting, keywords escaped.</summary>
    public static string Dotted(string name) =>
        string.Join('.', Arity().Replace(name, "").Replace('+', '.').Split('.').Select(Escape));

    public static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None ? "@" + identifier : identifier;

    /// <summary>The last part of a type's name: what its declaration and constructors are called.</summary>
    public static string Simple(string type)
    {
        string plain = Arity().Replace(type, "");
        return Escape(plain[(plain.LastIndexOfAny(['.', '+']) + 1)..]);
    }

    /// <summary>Cuts at a separator outside brackets and quotes.</summary>
    public static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int quoted = QuotedLength(text, i);
            if (quoted > 0)
            {
                part.Append(text, i, quoted);
                i += quoted - 1;
                continue;
            }
            if (text[i] is '(' or '<' or '[')
                depth++;
            else if (text[i] is ')' or '>' or ']')
                depth--;
            if (text[i] == separator && depth == 0)
            {
                parts.Add(part.ToString().Trim());
                part.Clear();
            }
            else
                part.Append(text[i]);
        }
        if (part.ToString().Trim().Length > 0)
            parts.Add(part.ToString().Trim());
        return parts;
    }

    /// <summary>Where the bracket opened at <paramref name="open"/> closes.</summary>
    public static int Closing(string text, int open)
    {
        char from = text[open], to = from == '(' ? ')' : ']';
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            int quoted = QuotedLength(text, i);
            if (quoted > 0)
                i += quoted - 1;
            else if (text[i] == from)
                depth++;
            else if (text[i] == to && --depth == 0)
                return i;
        }
        throw new FormatException($"No closing bracket in '{text}'.");
    }

    static int QuotedLength(string text, int at)
    {
        if (text[at] is not ('"' or '\''))
            return 0;
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == text[at])
                return i - at + 1;
        }
        throw new FormatException($"No closing quote in '{text}'.");
    }
}
