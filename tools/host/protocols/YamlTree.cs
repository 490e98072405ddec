using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Escapement.Host;

/// <summary>
/// Reads YAML event by event into nodes. Anchors, aliases, tags and second documents are refused where they stand, so nothing can unfold into more than the file holds.
/// </summary>
internal sealed class YamlTree
{
    private readonly string path;
    private readonly IParser parser;

    private YamlTree(string path, IParser parser)
    {
        this.path = path;
        this.parser = parser;
    }

    public static Node Parse(string path, string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return new YamlTree(path, parser).Document();
        }
        catch (YamlException e)
        {
            throw new InputException($"{Place(e.Start).In(path)}: this is not YAML ({Tidy(e.Message)}); correct it there or just before.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // The scanner stumbles like this over a few kinds of broken text.
            throw new InputException($"{Place(parser.Current?.End ?? default).In(path)}: this is not YAML; correct it there or just after.", e);
        }
    }

    private static Escapement.Host.Mark Place(YamlDotNet.Core.Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static string Tidy(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return line.Length <= 160 ? line : line[..160] + "...";
    }

    private Node Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            throw new InputException($"{path}: the file holds nothing but comments; docs/protocol-files.md shows what belongs in it.");
        }

        parser.Consume<DocumentStart>();
        var root = Value(0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            throw Refuse(second.Start, "a second document begins here; keep one protocol in a file");
        }

        return root;
    }

    private Node Value(int depth)
    {
        if (parser.Accept<AnchorAlias>(out var alias))
        {
            throw Refuse(alias.Start, $"'*{alias.Value}' repeats another part of the file; write the value out");
        }

        if (parser.Accept<NodeEvent>(out var node) && !node.Anchor.IsEmpty)
        {
            throw Refuse(node.Start, $"'&{node.Anchor}' marks a part of the file for repetition; write the values out and remove it");
        }

        if (node is not null && !node.Tag.IsEmpty)
        {
            throw Refuse(node.Start, $"the tag '{node.Tag}' has no meaning here; remove it");
        }

        if (depth > Node.MaxDepth)
        {
            throw Refuse(node?.Start ?? default, $"lists and groups are nested more than {Node.MaxDepth} deep; a protocol needs four levels");
        }

        return node switch
        {
            SequenceStart => List(depth),
            MappingStart => Group(depth),
            _ => Scalar(parser.Consume<Scalar>()),
        };
    }

    private ListNode List(int depth)
    {
        var start = parser.Consume<SequenceStart>();
        var items = new List<Node>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Value(depth + 1));
        }

        return new(Place(start.Start), items);
    }

    private ObjectNode Group(int depth)
    {
        var start = parser.Consume<MappingStart>();
        var fields = new List<Field>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = Value(depth + 1);
            if (name is not ScalarNode { Text: var text })
            {
                throw new InputException($"{name.At.In(path)}: the name of a field is a word, not {name.Kind}; correct it.");
            }

            fields.Add(new(name.At, text, Value(depth + 1)));
        }

        return new(Place(start.Start), fields);
    }

    private static ScalarNode Scalar(Scalar scalar)
    {
        var form = scalar.Style != ScalarStyle.Plain ? ScalarKind.Quoted : scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Nothing,
            "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Logical,
            _ => ScalarKind.Bare,
        };
        return new(Place(scalar.Start), scalar.Value, form);
    }

    private InputException Refuse(YamlDotNet.Core.Mark at, string sentence) => new($"{Place(at).In(path)}: {sentence}.");
}
