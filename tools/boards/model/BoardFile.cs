using System.Globalization;
using YamlDotNet.Core;

namespace Escapement.Boards;

/// <summary>
/// A board file as far as it could be read: every field by its path, with its place, and everything that is wrong with its form.
/// What it says is judged by <see cref="BoardCheck"/>.
/// </summary>
public sealed class BoardFile
{
    /// <summary>Largest file that is read.</summary>
    public const int MaxBytes = 1 << 16;

    private readonly Dictionary<string, YamlField> fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> bad = new(StringComparer.Ordinal);
    private readonly List<BoardProblem> problems = [];

    private BoardFile(string name) => Name = name;

    /// <summary>What the file is called in messages.</summary>
    public string Name { get; }

    /// <summary>Whether it holds fields at all; what does not is no board file.</summary>
    public bool IsRead => fields.Count > 0;

    /// <summary>What is wrong with its form: not YAML, fields missing, unknown, given twice, of another form, out of range.</summary>
    public IReadOnlyList<BoardProblem> FormProblems => problems;

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static BoardFile Load(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var reader = new StreamReader(stream);
        var buffer = new char[MaxBytes + 1];
        int length = reader.ReadBlock(buffer);
        return Parse(path, new string(buffer, 0, length));
    }

    /// <summary>Reads a text.</summary>
    /// <param name="name">What the file is called in messages.</param>
    /// <param name="text">Its content.</param>
    public static BoardFile Parse(string name, string text)
    {
        var file = new BoardFile(name);
        if (text.Length > MaxBytes)
        {
            file.Refuse(new(1, 1), string.Empty, "the file is too long", $"a board file has less than {MaxBytes} characters", "name a board file");
            return file;
        }

        try
        {
            file.Take(YamlReader.Read(text));
        }
        catch (YamlException error)
        {
            file.NotYaml(new((int)Math.Max(1, error.Start.Line), (int)Math.Max(1, error.Start.Column)), error.Message);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException or EndOfStreamException)
        {
            // The scanner stumbles like this over a few kinds of broken text.
            file.NotYaml(new(1, 1), error.Message);
        }

        return file;
    }

    /// <summary>Where a field's value stands; where its section or the file begins when it does not.</summary>
    public Place At(string path) =>
        fields.TryGetValue(path, out var field) ? field.Value.At
        : fields.TryGetValue(path.Split('.')[0], out var section) ? section.At
        : new Place(1, 1);

    /// <summary>A number, or null when the field has a problem.</summary>
    public long? Number(string path) => Good(path) is { Text: { } text } && ParseNumber(text, out long value) ? value : null;

    /// <summary>A text, or null when the field has a problem.</summary>
    public string? Text(string path) => Good(path)?.Text;

    /// <summary>A yes or no, or null when the field has a problem.</summary>
    public bool? Logical(string path) => Good(path)?.Text is { } text ? text == "true" : null;

    /// <summary>Texts, or none when the field has a problem.</summary>
    public IReadOnlyList<string> Texts(string path) => Good(path)?.Items ?? [];

    /// <summary>A GPIO number; null when absent or when the field has a problem.</summary>
    public int? Pin(string path) => (int?)Number(path);

    /// <summary>The board.</summary>
    /// <exception cref="InvalidOperationException">The file has problems of form.</exception>
    public Board ToBoard()
    {
        if (problems.Count > 0)
        {
            throw new InvalidOperationException($"{Name} has problems of form; they come first.");
        }

        return new Board
        {
            Id = Text("id")!,
            Number = Int("number"),
            Name = Text("name")!,
            Chip = Text("chip")!,
            Modules = Texts("modules"),
            IsReference = Logical("reference")!.Value,
            Runtime = new(Text("runtime.target")!, Text("runtime.version")!, Number("runtime.deployAddress")!.Value, Number("runtime.deployBytes")!.Value),
            CrystalTolerancePpm = Int("crystal.tolerancePpm"),
            Trigger = new(
                Int("trigger.tickNs"),
                Int("trigger.rmtChannels"),
                Int("trigger.channelWords"),
                Int("trigger.firstListWords"),
                Int("trigger.listWords"),
                Int("trigger.headWords"),
                Int("trigger.leadInUs"),
                Int("trigger.leadInMinUs"),
                Int("trigger.startBoundUs"),
                Int("trigger.longStartBoundUs"),
                Int("trigger.minCutGapUs"),
                Int("trigger.gateMarginUs")),
            PassUs = Int("supervisor.passUs"),
            Memory = new(Logical("memory.psram")!.Value, Number("memory.managedHeapBytes")!.Value, Number("memory.nativeBytes")!.Value),
            CounterUnits = Int("counters.units"),
            Link = new(Text("link.port")!, Int("link.baud"), Text("link.adapter") == "required", Text("link.bridge")!, Text("link.flowControl")!, Text("link.dtrRts")!, Text("link.cables")!),
            Pins = BoardSignal.All.ToDictionary(signal => signal.Name, signal => Pin(signal.Field)),
            Stimulator = new(Text("stimulator.polarity")!, Int("stimulator.widthUs"), Int("stimulator.minGapUs"), Int("stimulator.minWidthUs"), Int("stimulator.maxWidthUs"), Int("stimulator.maxHourPulses"), Int("stimulator.maxHighUs")),
        };
    }

    private static bool ParseNumber(string text, out long value) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value >= 0
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static string Shown(YamlValue value) => value switch
    {
        { Text: { } text } => text.Length <= 40 ? $"'{text}'" : $"'{text[..40]}...'",
        { Items: not null } => "a list",
        _ => "nothing that belongs there",
    };

    private int Int(string path) => (int)Number(path)!.Value;

    private YamlValue? Good(string path) => !bad.Contains(path) && fields.TryGetValue(path, out var field) ? field.Value : null;

    private void Take(IReadOnlyList<YamlField>? given)
    {
        if (given is null)
        {
            NotYaml(new(1, 1), "it holds no fields");
            return;
        }

        foreach (YamlField field in given)
        {
            if (BoardField.Find(field.Path) is null && !BoardField.Sections.Contains(field.Path))
            {
                Refuse(field.At, field.Path, $"there is no field '{field.Path}'", "an unknown name is a mistake or belongs to another version", Nearest(field.Path));
            }
            else if (!fields.TryAdd(field.Path, field))
            {
                Refuse(field.At, field.Path, $"'{field.Path}' is given again", $"it stands on line {fields[field.Path].At.Line} already", "keep one of them");
                bad.Add(field.Path);
            }
        }

        foreach (string section in BoardField.Sections)
        {
            RefuseSection(section);
        }

        foreach (BoardField field in BoardField.All.Where(field => !bad.Contains(field.Path)))
        {
            RefuseForm(field);
        }
    }

    private void RefuseSection(string section)
    {
        bool isThere = fields.TryGetValue(section, out var given);
        if (isThere && given!.Value is { Text: null, Items: null } && fields.Keys.Any(path => path.StartsWith(section + ".", StringComparison.Ordinal)))
        {
            return;
        }

        // One sentence for the section instead of one for each of its fields.
        Refuse(given?.At ?? new(1, 1), section, isThere ? $"'{section}' is not a group of fields" : $"'{section}' is missing", "every board says it", $"write '{section}:' with {string.Join(", ", BoardField.Of(section).Select(field => field.Path[(section.Length + 1)..]))}");
        bad.UnionWith(BoardField.Of(section).Select(field => field.Path));
    }

    private void RefuseForm(BoardField field)
    {
        if (!fields.TryGetValue(field.Path, out var given))
        {
            Refuse(At(field.Path), field.Path, $"'{field.Path}' is missing", "every board says it: " + field.Meaning, "give it");
        }
        else if (WrongForm(field, given.Value) is { } wanted)
        {
            Refuse(given.Value.At, field.Path, $"'{field.Path}' is {Shown(given.Value)}", "it says: " + field.Meaning, "give " + wanted);
        }
        else
        {
            return;
        }

        bad.Add(field.Path);
    }

    /// <summary>What a value should have been; null when it is that.</summary>
    private static string? WrongForm(BoardField field, YamlValue value) => field.Form switch
    {
        FieldForm.Number => value.Text is { } text && ParseNumber(text, out long number) && number >= field.Least && number <= field.Most ? null : string.Create(CultureInfo.InvariantCulture, $"a whole number from {field.Least} to {field.Most}"),
        FieldForm.Logical => value.Text is "true" or "false" ? null : "true or false",
        FieldForm.Text => value.Text is { } text && text.Trim().Length is > 0 and <= 300 && !text.Any(char.IsControl) ? null : "a text of 1 to 300 characters on one line",
        FieldForm.Choice => field.Choices.Contains(value.Text) ? null : string.Join(" or ", field.Choices),
        FieldForm.Texts => value.Items is { Count: > 0 } ? null : "a list with at least one text, such as [a, b]",
        _ => value.Text is { } text && (text == "absent" || (ParseNumber(text, out long pin) && pin >= 0 && pin <= BoardField.LastPin)) ? null : $"a GPIO number from 0 to {BoardField.LastPin}, or absent",
    };

    private static string Nearest(string path)
    {
        string section = path.Contains('.', StringComparison.Ordinal) ? path[..(path.IndexOf('.', StringComparison.Ordinal) + 1)] : string.Empty;
        var here = BoardField.All.Select(field => field.Path).Where(known => known.StartsWith(section, StringComparison.Ordinal)).Select(known => known[section.Length..].Split('.')[0]).Distinct();
        return "remove it, or write one of " + string.Join(", ", here);
    }

    private void NotYaml(Place at, string why)
    {
        string line = why.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        Refuse(at, string.Empty, "this is not a board file", line.Length <= 160 ? line : line[..160] + "...", "correct it there or just before; docs/boards.md shows what belongs in it");
    }

    private void Refuse(Place at, string field, string what, string why, string cure) => problems.Add(new(Name, at, field, what, why, cure));
}
