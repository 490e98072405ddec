namespace Escapement.Boards;

/// <summary>What form a field's value has.</summary>
public enum FieldForm
{
    /// <summary>A whole number, decimal or after 0x.</summary>
    Number,

    /// <summary>true or false.</summary>
    Logical,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>A GPIO number, or "absent".</summary>
    Pin,
}

/// <summary>One field of a board file.</summary>
/// <param name="Path">Section and name, such as "trigger.leadInUs".</param>
/// <param name="Form">Form of its value.</param>
/// <param name="Meaning">What it says.</param>
public sealed record BoardField(string Path, FieldForm Form, string Meaning)
{
    /// <summary>Highest GPIO number of any chip.</summary>
    public const int LastPin = 48;

    /// <summary>Smallest number.</summary>
    public long Least { get; private init; }

    /// <summary>Largest number.</summary>
    public long Most { get; private init; }

    /// <summary>The words that may stand there.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>Every field that a board file has, in its order. All are required.</summary>
    public static IReadOnlyList<BoardField> All { get; } =
    [
        Number("format", 1, 1, "version of this format"),
        Text("id", "name in commands and on the board: small letters, digits, hyphens"),
        Number("number", 1, 9999, "number that the firmware reports; no two boards share one"),
        Text("name", "what people call it"),
        Text("chip", "the chip: " + string.Join(", ", Chips.All.Select(chip => chip.Name))),
        new("modules", FieldForm.Texts, "ordering names of the modules that it is for"),
        new("reference", FieldForm.Logical, "whether it is the reference board, which is one only"),
        Text("runtime.target", "image of the runtime, as the flashing tool names it"),
        Text("runtime.version", "its version, pinned"),
        Number("runtime.deployAddress", 0, 1 << 26, "where the application goes in flash"),
        Number("runtime.deployBytes", 1, 1 << 26, "bytes that fit there"),
        Number("crystal.tolerancePpm", 1, 100, "tolerance of the crystal; each board is calibrated apart"),
        Number("trigger.tickNs", 1, 1_000_000, "output tick; 1000 in this version"),
        Number("trigger.rmtChannels", 1, 8, "RMT channels in use"),
        Number("trigger.channelWords", 1, 1024, "words of one channel memory"),
        Number("trigger.firstListWords", 64, 32768, "largest list of a session's first transaction, in words of 4 bytes"),
        Number("trigger.listWords", 64, 32768, "largest list of every later transaction"),
        Number("trigger.headWords", 1, 16, "words of the lead-in, two halves of at most 32,767 us each"),
        Number("trigger.leadInUs", 1, 1_000_000, "nominal lead-in: how long before its first pulse a list is sent"),
        Number("trigger.leadInMinUs", 1, 1_000_000, "shortest lead-in with which a list may still be sent"),
        Number("trigger.startBoundUs", 1, 100_000, "largest time between the two clock readings around a start"),
        Number("trigger.longStartBoundUs", 1, 100_000, "the same for a first list longer than listWords"),
        Number("trigger.minCutGapUs", 1, 10_000_000, "smallest silence in which a plan may be cut"),
        Number("trigger.gateMarginUs", 1, 100_000, "least time between the gate's read-back and the first pulse"),
        Number("supervisor.passUs", 1, 100_000, "nominal pass; 10000, the runtime's own step"),
        new("memory.psram", FieldForm.Logical, "whether the managed heap lies in PSRAM"),
        Number("memory.managedHeapBytes", 1, 1 << 26, "managed heap before the firmware takes its share"),
        Number("memory.nativeBytes", 1, 1 << 26, "what is left to native code, where a list is copied to"),
        Number("counters.units", 1, 8, "pulse counter units in use: raw, gated, and trigger-out where it is wired"),
        Text("link.port", "serial port of the firmware: COM1, COM2 or COM3"),
        Number("link.baud", 1, 10_000_000, "speed; 1000000 in this version"),
        Choice("link.adapter", ["none", "required"], "whether the link needs a USB adapter of its own"),
        Text("link.bridge", "what stands between the pins and the host's USB"),
        Choice("link.flowControl", ["none"], "flow control; the board uses none"),
        Text("link.dtrRts", "what to do about DTR and RTS"),
        Text("link.cables", "which cables go where"),
        .. BoardSignal.All.Select(signal => new BoardField(signal.Field, FieldForm.Pin, signal.Purpose) { Most = LastPin }),
        Choice("stimulator.polarity", ["rising", "falling"], "edge that triggers the stimulator"),
        Number("stimulator.widthUs", 1, 32767, "width of a pulse where the protocol states none"),
        Number("stimulator.minGapUs", 1, 10_000_000, "smallest onset-to-onset interval that may leave"),
        Number("stimulator.minWidthUs", 1, 32767, "shortest pulse that may leave"),
        Number("stimulator.maxWidthUs", 1, 32767, "longest pulse that may leave"),
        Number("stimulator.maxHourPulses", 1, 1000000, "most pulses in an hour"),
        Number("stimulator.maxHighUs", 1, 1000000, "longest high time of the trigger line in any second"),
    ];

    /// <summary>The sections that hold fields, in the order of the file.</summary>
    public static IReadOnlyList<string> Sections { get; } = [.. All.Select(field => field.Path.Split('.')).Where(parts => parts.Length > 1).Select(parts => parts[0]).Distinct()];

    /// <summary>The fields of a section.</summary>
    public static IEnumerable<BoardField> Of(string section) => All.Where(field => field.Path.StartsWith(section + ".", StringComparison.Ordinal));

    /// <summary>The field of a path, or null.</summary>
    public static BoardField? Find(string path) => All.FirstOrDefault(field => field.Path == path);

    private static BoardField Number(string path, long least, long most, string meaning) => new(path, FieldForm.Number, meaning) { Least = least, Most = most };

    private static BoardField Text(string path, string meaning) => new(path, FieldForm.Text, meaning);

    private static BoardField Choice(string path, string[] choices, string meaning) => new(path, FieldForm.Choice, meaning) { Choices = choices };
}
