using System.Text;
using System.Text.Json;

namespace Escapement.Host;

/// <summary>Reads strict JSON into nodes; numbers stay as they were written.</summary>
internal ref struct JsonTree
{
    private readonly string path;
    private readonly byte[] bytes;
    private Utf8JsonReader reader;
    private Mark place = new(1, 1);
    private int scanned;

    private JsonTree(string path, byte[] bytes)
    {
        this.path = path;
        this.bytes = bytes;

        // One level deeper than what is refused here, so that the sentence below is ours.
        reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Node.MaxDepth + 2 });
    }

    public static Node Parse(string path, string text)
    {
        var tree = new JsonTree(path, Encoding.UTF8.GetBytes(text));
        try
        {
            return tree.Document();
        }
        catch (JsonException e)
        {
            var place = new Mark((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            throw new InputException($"{place.In(path)}: this is not JSON ({Reason(e)}); correct it there or just before.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InputException($"{tree.Place().In(path)}: this text is not valid Unicode; correct the escape sequence.", e);
        }
    }

    private static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? e.Message : e.Message[..end]).ReplaceLineEndings(" ").TrimEnd('.');
    }

    private Node Document()
    {
        reader.Read();
        var root = Value(0);
        reader.Read();
        return root;
    }

    // Goes on from the place before, so that a long file is counted once.
    private Mark Place()
    {
        var passed = bytes.AsSpan(scanned, (int)reader.TokenStartIndex - scanned);
        var lines = passed.Count((byte)'\n');
        var rest = passed[(passed.LastIndexOf((byte)'\n') + 1)..];
        place = new(place.Line + lines, Encoding.UTF8.GetCharCount(rest) + (lines > 0 ? 1 : place.Column));
        scanned += passed.Length;
        return place;
    }

    private Node Value(int depth)
    {
        var at = Place();
        if (depth > Node.MaxDepth)
        {
            throw new InputException($"{at.In(path)}: lists and groups are nested more than {Node.MaxDepth} deep; a protocol needs four levels.");
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartArray => List(at, depth),
            JsonTokenType.StartObject => Group(at, depth),
            JsonTokenType.String => new ScalarNode(at, reader.GetString() ?? "", ScalarKind.Quoted),
            JsonTokenType.Null => new ScalarNode(at, "null", ScalarKind.Nothing),
            JsonTokenType.True or JsonTokenType.False => new ScalarNode(at, Raw(), ScalarKind.Logical),
            _ => new ScalarNode(at, Raw(), ScalarKind.Bare),
        };
    }

    private readonly string Raw() => Encoding.UTF8.GetString(reader.ValueSpan);

    private ListNode List(Mark at, int depth)
    {
        var items = new List<Node>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(depth + 1));
        }

        return new(at, items);
    }

    private ObjectNode Group(Mark at, int depth)
    {
        var fields = new List<Field>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var nameAt = Place();
            var name = reader.GetString() ?? "";
            reader.Read();
            fields.Add(new(nameAt, name, Value(depth + 1)));
        }

        return new(at, fields);
    }
}
