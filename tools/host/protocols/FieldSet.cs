namespace Escapement.Host;

/// <summary>The fields of one group, each known and given once; everything is refused by file, line and column.</summary>
internal sealed class FieldSet
{
    private static readonly string[] TimeUnits = ["Us", "Ms", "S"];

    /// <summary>Names that take a unit, and which.</summary>
    private static readonly Dictionary<string, string[]> Units = new(StringComparer.Ordinal)
    {
        [ProtocolFields.InterPulseInterval] = TimeUnits,
        [ProtocolFields.PulseRate] = ["Hz"],
        [ProtocolFields.InterBurstInterval] = TimeUnits,
        [ProtocolFields.BurstRate] = ["Hz"],
        [ProtocolFields.InterTrainInterval] = TimeUnits,
        [ProtocolFields.BlockPeriod] = TimeUnits,
        [ProtocolFields.Intervals] = TimeUnits,
        [ProtocolFields.PulseWidth] = ["Us"],
    };

    private readonly Dictionary<string, Field> fields = new(StringComparer.Ordinal);
    private readonly string path;

    public FieldSet(string path, ObjectNode node, IReadOnlyCollection<string> known)
    {
        this.path = path;
        At = node.At;
        string[] names = [.. known.SelectMany(WithUnits)];
        foreach (var field in node.Fields)
        {
            if (!names.Contains(field.Name, StringComparer.Ordinal))
            {
                throw Unknown(field, known, names);
            }

            if (!fields.TryAdd(field.Name, field))
            {
                throw Refuse(field.At, $"'{field.Name}' is given twice, first on line {fields[field.Name].At.Line}; keep one");
            }
        }
    }

    /// <summary>Where the group begins.</summary>
    public Mark At { get; }

    /// <summary>All fields as given.</summary>
    public IEnumerable<Field> All => fields.Values;

    public InputException Refuse(Mark at, string sentence) => new($"{at.In(path)}: {sentence}.");

    /// <summary>The field of a name without a unit, or null.</summary>
    public Field? Get(string name) => fields.GetValueOrDefault(name);

    /// <summary>The field of a name with whichever unit it was given, and the unit in microseconds; refused when given in two.</summary>
    public (Field Field, long UnitUs)? Timed(string name)
    {
        var given = WithUnits(name).Where(fields.ContainsKey).OrderBy(full => (fields[full].At.Line, fields[full].At.Column)).ToList();
        if (given.Count > 1)
        {
            throw Refuse(fields[given[1]].At, $"'{given[1]}' says again what '{given[0]}' on line {fields[given[0]].At.Line} says; keep one");
        }

        return given.Count == 0 ? null : (fields[given[0]], UnitUs(given[0]));
    }

    /// <summary>Where a name stands, with any unit; the group when it does not.</summary>
    public Mark MarkOf(string name)
    {
        var alternatives = name switch
        {
            ProtocolFields.InterPulseInterval => [name, ProtocolFields.PulseRate],
            ProtocolFields.InterBurstInterval => [name, ProtocolFields.BurstRate],
            _ => new[] { name },
        };
        var given = alternatives.SelectMany(WithUnits).FirstOrDefault(fields.ContainsKey);
        return given is null ? At : fields[given].Value.At;
    }

    /// <summary>A text, or null when the field is not there.</summary>
    public string? Text(string name)
    {
        if (Get(name) is not { } field)
        {
            return null;
        }

        var text = field.Value is ScalarNode { Form: ScalarKind.Bare or ScalarKind.Quoted } scalar ? scalar.Text : throw Refuse(field.Value.At, $"'{name}' is {field.Value.Kind}; give a text");
        return text.Trim().Length is > 0 and <= 500 ? text.Trim() : throw Refuse(field.Value.At, $"'{name}' has {text.Trim().Length} characters; give 1 to 500");
    }

    /// <summary>A count from 1 up, or null when the field is not there.</summary>
    public int? Count(string name)
    {
        if (Get(name) is not { } field)
        {
            return null;
        }

        var value = Number(field.Name, field.Value);
        if (!value.IsWhole)
        {
            throw Refuse(field.Value.At, $"'{name}' is {Shown(field.Value)}; give a whole number");
        }

        return value >= 1 && value <= ProtocolCheck.MaxPulses
            ? (int)value.Numerator
            : throw Refuse(field.Value.At, $"'{name}' is {Shown(field.Value)}; give 1 to {ProtocolCheck.MaxPulses}");
    }

    /// <summary>A number above zero.</summary>
    public Rational Positive(string name, Node node)
    {
        var value = Number(name, node);
        return value.Sign > 0 ? value : throw Refuse(node.At, $"'{name}' is {Shown(node)}; give a number above zero");
    }

    private static string Shown(Node node) => node is ScalarNode scalar ? Short(scalar.Text) : node.Kind;

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private static IEnumerable<string> WithUnits(string name) => Units.TryGetValue(name, out var units) ? units.Select(unit => name + unit) : [name];

    private static long UnitUs(string name) => name switch
    {
        _ when name.EndsWith("Us", StringComparison.Ordinal) => 1,
        _ when name.EndsWith("Ms", StringComparison.Ordinal) => 1_000,
        _ => 1_000_000,
    };

    private Rational Number(string name, Node node)
    {
        if (node is not ScalarNode { Form: ScalarKind.Bare or ScalarKind.Quoted } scalar)
        {
            throw Refuse(node.At, $"'{name}' is {node.Kind}; give a number");
        }

        return Rational.TryParse(scalar.Text, out var value, out var reason)
            ? value
            : throw Refuse(node.At, $"'{name}' is '{Short(scalar.Text)}', which {reason}; write a number such as 20, 333.25 or '1/7'");
    }

    private InputException Unknown(Field field, IReadOnlyCollection<string> known, string[] names)
    {
        var bare = known.FirstOrDefault(name => Units.ContainsKey(name) && string.Equals(name, field.Name, StringComparison.OrdinalIgnoreCase));
        var sentence = bare is not null
            ? $"'{Short(field.Name)}' has no unit; write {string.Join(" or ", WithUnits(bare))}"
            : $"there is no field '{Short(field.Name)}'{NearestName.Hint(field.Name, names)}; docs/protocol-files.md lists the fields";
        return Refuse(field.At, sentence);
    }
}
