using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Escapement.Boards;

/// <summary>A value with its place: a text, a list of them, or nothing that a board file can hold.</summary>
internal sealed record YamlValue(Place At, string? Text, IReadOnlyList<string>? Items);

/// <summary>A field as it stands in the file.</summary>
internal sealed record YamlField(string Path, Place At, YamlValue Value);

/// <summary>
/// Reads a board file into fields by path, two levels deep. What stands deeper, or is marked for repetition or tagged, is no value;
/// a field that is given twice comes twice.
/// </summary>
internal sealed class YamlReader
{
    private readonly IParser parser;
    private readonly List<YamlField> fields = [];

    private YamlReader(IParser parser) => this.parser = parser;

    /// <summary>The fields; null when the root is no group.</summary>
    public static IReadOnlyList<YamlField>? Read(string text)
    {
        var reader = new YamlReader(new Parser(new StringReader(text)));
        reader.parser.Consume<StreamStart>();
        if (!reader.parser.TryConsume<DocumentStart>(out _) || !reader.parser.Accept<MappingStart>(out _))
        {
            return null;
        }

        reader.Group(string.Empty);
        reader.parser.Consume<DocumentEnd>();
        return reader.parser.Accept<StreamEnd>(out _) ? reader.fields : throw new YamlException(reader.parser.Current!.Start, reader.parser.Current.End, "a second document begins here");
    }

    private static Place At(ParsingEvent node) => new((int)node.Start.Line, (int)node.Start.Column);

    private void Group(string prefix)
    {
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            Place at = At(parser.Current!);
            string path = prefix + (Value().Text ?? "?");
            if (prefix.Length == 0 && BoardField.Sections.Contains(path) && parser.Accept<MappingStart>(out _))
            {
                fields.Add(new(path, at, new(at, null, null)));
                Group(path + ".");
            }
            else
            {
                fields.Add(new(path, at, Value()));
            }
        }
    }

    private YamlValue Value()
    {
        Place at = At(parser.Current!);
        bool isPlain = parser.Current is not NodeEvent node || (node.Anchor.IsEmpty && node.Tag.IsEmpty);
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            bool isNothing = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null";
            return new(at, isPlain && !isNothing ? scalar.Value : null, null);
        }

        if (!parser.Accept<SequenceStart>(out _))
        {
            parser.SkipThisAndNestedEvents();
            return new(at, null, null);
        }

        parser.Consume<SequenceStart>();
        var items = new List<string?>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Value().Text);
        }

        return new(at, null, isPlain && !items.Contains(null) ? [.. items.Select(item => item!)] : null);
    }
}
