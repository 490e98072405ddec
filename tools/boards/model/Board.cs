using System.Globalization;

namespace Escapement.Boards;

/// <summary>What a board file says. Only files without a problem of form become one.</summary>
public sealed record Board
{
    /// <summary>Its name in commands and on the board, such as "esp32-devkitc".</summary>
    public required string Id { get; init; }

    /// <summary>The number that the firmware reports.</summary>
    public required int Number { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The chip's name.</summary>
    public required string Chip { get; init; }

    /// <summary>Modules that the file is for.</summary>
    public required IReadOnlyList<string> Modules { get; init; }

    /// <summary>Whether it is the reference board.</summary>
    public required bool IsReference { get; init; }

    /// <summary>Neither foot switch nor coil sensor: what a board that was never given an identity file is taken for.</summary>
    public bool IsPlain => Pin("footSwitch") == null && Pin("temperature") == null;

    /// <summary>The runtime that belongs on it.</summary>
    public required BoardRuntime Runtime { get; init; }

    /// <summary>Tolerance of the crystal until it was calibrated, in parts per million.</summary>
    public required int CrystalTolerancePpm { get; init; }

    /// <summary>The trigger hardware and what a plan may ask of it.</summary>
    public required BoardTrigger Trigger { get; init; }

    /// <summary>Nominal pass of the supervisor, in microseconds.</summary>
    public required int PassUs { get; init; }

    /// <summary>Memory.</summary>
    public required BoardMemory Memory { get; init; }

    /// <summary>Pulse counter units in use.</summary>
    public required int CounterUnits { get; init; }

    /// <summary>The link to the host.</summary>
    public required BoardLink Link { get; init; }

    /// <summary>Pin of every signal, by the signal's name; null where the board does without.</summary>
    public required IReadOnlyDictionary<string, int?> Pins { get; init; }

    /// <summary>The stimulator's figures.</summary>
    public required BoardStimulator Stimulator { get; init; }

    /// <summary>The id as a name of a class: "esp32-s3-devkitc-1" is "Esp32S3Devkitc1".</summary>
    public string ClassName => string.Concat(Id.Split('-').Select(word => word[..1].ToUpper(CultureInfo.InvariantCulture) + word[1..]));

    /// <summary>The signals that it has, with their pins, in the order of the file.</summary>
    public IEnumerable<(BoardSignal Signal, int Pin)> Wired => BoardSignal.All.Where(signal => Pins[signal.Name] is not null).Select(signal => (signal, Pins[signal.Name]!.Value));

    /// <summary>Pin of a signal; null where the board does without.</summary>
    public int? Pin(string signal) => Pins[signal];
}

/// <summary>The runtime that belongs on a board.</summary>
/// <param name="Target">Image, as the flashing tool names it.</param>
/// <param name="Version">Its version.</param>
/// <param name="DeployAddress">Where the application goes in flash.</param>
/// <param name="DeployBytes">Bytes that fit there.</param>
public sealed record BoardRuntime(string Target, string Version, long DeployAddress, long DeployBytes);

/// <summary>The trigger hardware and what a plan may ask of it.</summary>
/// <param name="TickNs">Output tick in nanoseconds.</param>
/// <param name="RmtChannels">RMT channels in use.</param>
/// <param name="ChannelWords">Words of one channel memory.</param>
/// <param name="FirstListWords">Largest list of a session's first transaction.</param>
/// <param name="ListWords">Largest list of every later one.</param>
/// <param name="HeadWords">Words of the lead-in.</param>
/// <param name="LeadInUs">Nominal lead-in in microseconds.</param>
/// <param name="LeadInMinUs">Shortest lead-in with which a list may be sent, in microseconds.</param>
/// <param name="StartBoundUs">Largest time around a start, in microseconds.</param>
/// <param name="LongStartBoundUs">The same for a longer first list, in microseconds.</param>
/// <param name="MinCutGapUs">Smallest silence in which a plan may be cut, in microseconds.</param>
/// <param name="GateMarginUs">Least time between the gate's read-back and the first pulse, in microseconds.</param>
public sealed record BoardTrigger(
    int TickNs,
    int RmtChannels,
    int ChannelWords,
    int FirstListWords,
    int ListWords,
    int HeadWords,
    int LeadInUs,
    int LeadInMinUs,
    int StartBoundUs,
    int LongStartBoundUs,
    int MinCutGapUs,
    int GateMarginUs);

/// <summary>Memory of a board.</summary>
/// <param name="HasPsram">Whether the managed heap lies in PSRAM.</param>
/// <param name="ManagedHeapBytes">Managed heap before the firmware takes its share.</param>
/// <param name="NativeBytes">What is left to native code, where lists are copied to.</param>
public sealed record BoardMemory(bool HasPsram, long ManagedHeapBytes, long NativeBytes);

/// <summary>The link to the host.</summary>
/// <param name="Port">Serial port of the firmware.</param>
/// <param name="Baud">Speed in bits per second.</param>
/// <param name="NeedsAdapter">Whether it needs a USB adapter of its own.</param>
/// <param name="Bridge">What stands between the pins and the host's USB.</param>
/// <param name="FlowControl">"none".</param>
/// <param name="DtrRts">What to do about DTR and RTS.</param>
/// <param name="Cables">Which cables go where.</param>
public sealed record BoardLink(string Port, int Baud, bool NeedsAdapter, string Bridge, string FlowControl, string DtrRts, string Cables);

/// <summary>What the stimulator's trigger input takes.</summary>
/// <param name="Polarity">"rising" or "falling": the edge at the stimulator.</param>
/// <param name="WidthUs">Width of a pulse where the protocol states none, in microseconds.</param>
/// <param name="MinGapUs">Smallest onset-to-onset interval in microseconds.</param>
/// <param name="MinWidthUs">Shortest pulse in microseconds.</param>
/// <param name="MaxWidthUs">Longest pulse in microseconds.</param>
/// <param name="MaxHourPulses">Most pulses in an hour.</param>
/// <param name="MaxHighUs">Longest high time of the trigger line in any second, in microseconds.</param>
public sealed record BoardStimulator(string Polarity, int WidthUs, int MinGapUs, int MinWidthUs, int MaxWidthUs, int MaxHourPulses, int MaxHighUs);
