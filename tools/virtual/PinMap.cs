namespace Escapement.Virtual;

/// <summary>
/// Which pin of the chip is wired to which place of the bench. Stated here a second time, apart from the firmware's own list,
/// so that a wrong pin there shows.
/// </summary>
public sealed record PinMap
{
    /// <summary>Reference board, esp32-s3-devkitc-1.</summary>
    public static readonly PinMap Reference = new();

    /// <summary>Trigger, from the chip.</summary>
    public int Trigger { get; init; } = 15;

    /// <summary>Enable, from the chip.</summary>
    public int Enable { get; init; } = 16;

    /// <summary>Heartbeat, from the chip.</summary>
    public int Heartbeat { get; init; } = 21;

    /// <summary>Raw counter; wired to the trigger.</summary>
    public int RawCounter { get; init; } = 4;

    /// <summary>Gated counter.</summary>
    public int GatedCounter { get; init; } = 5;

    /// <summary>Read-back of the gate.</summary>
    public int GateReadBack { get; init; } = 6;

    /// <summary>Emergency stop, channel A.</summary>
    public int EStopA { get; init; } = 7;

    /// <summary>Emergency stop, channel B.</summary>
    public int EStopB { get; init; } = 8;

    /// <summary>Interlock loop.</summary>
    public int Interlock { get; init; } = 9;

    /// <summary>Key switch.</summary>
    public int Key { get; init; } = 10;

    /// <summary>Coil present.</summary>
    public int Coil { get; init; } = 11;

    /// <summary>Stimulator ready.</summary>
    public int StimulatorReady { get; init; } = 12;

    /// <summary>Trigger-out of the stimulator.</summary>
    public int TriggerOut { get; init; } = 13;

    /// <summary>State lamp, from the chip.</summary>
    public int Lamp { get; init; } = 48;
}
