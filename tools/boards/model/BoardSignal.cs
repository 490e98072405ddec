namespace Escapement.Boards;

/// <summary>What a signal asks of its pin.</summary>
public enum SignalKind
{
    /// <summary>An output that could open the gate or pulse the stimulator: it must be quiet while the chip resets.</summary>
    Drive,

    /// <summary>An output that may twitch at reset.</summary>
    Output,

    /// <summary>An input that the gate circuit drives both ways; counters and read-back.</summary>
    DrivenInput,

    /// <summary>An input that a contact drives high and a pull-down low.</summary>
    Contact,

    /// <summary>An analogue input.</summary>
    Analogue,

    /// <summary>The transmit pin of the host link.</summary>
    LinkTransmit,

    /// <summary>The receive pin of the host link.</summary>
    LinkReceive,
}

/// <summary>One signal that a board file gives a pin to.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Kind">What it asks of its pin.</param>
/// <param name="MayBeAbsent">Whether a board may do without it.</param>
/// <param name="Purpose">What it is for.</param>
public sealed record BoardSignal(string Name, SignalKind Kind, bool MayBeAbsent, string Purpose)
{
    /// <summary>All signals, in the order of the file.</summary>
    public static IReadOnlyList<BoardSignal> All { get; } =
    [
        new("trigger", SignalKind.Drive, false, "RMT output to the limiter"),
        new("enable", SignalKind.Drive, false, "enable of the latch"),
        new("heartbeat", SignalKind.Drive, false, "watchdog feed"),
        new("rawCounter", SignalKind.DrivenInput, false, "tap of the trigger line, counted"),
        new("gatedCounter", SignalKind.DrivenInput, false, "line behind the gate, counted"),
        new("gateReadBack", SignalKind.DrivenInput, false, "state of the latch"),
        new("emergencyStopA", SignalKind.Contact, false, "emergency stop, channel A"),
        new("emergencyStopB", SignalKind.Contact, false, "emergency stop, channel B"),
        new("interlock", SignalKind.Contact, false, "interlock loop"),
        new("key", SignalKind.Contact, true, "key switch"),
        new("coil", SignalKind.Contact, true, "coil present"),
        new("stimulatorReady", SignalKind.Contact, true, "stimulator ready"),
        new("triggerOut", SignalKind.Contact, true, "the stimulator's own trigger output"),
        new("footSwitch", SignalKind.Contact, true, "foot switch"),
        new("temperature", SignalKind.Analogue, true, "coil temperature, thermistor"),
        new("lamp", SignalKind.Output, true, "state lamp"),
        new("linkTransmit", SignalKind.LinkTransmit, false, "host link, to the host"),
        new("linkReceive", SignalKind.LinkReceive, false, "host link, from the host"),
    ];

    /// <summary>Whether the board drives the pin.</summary>
    public bool IsOutput => Kind is SignalKind.Drive or SignalKind.Output or SignalKind.LinkTransmit;

    /// <summary>Its name in the firmware.</summary>
    public string Property => char.ToUpperInvariant(Name[0]) + Name[1..];

    /// <summary>Its field in the file.</summary>
    public string Field => "pins." + Name;
}
