using Escapement.Esp32;

namespace Escapement.Virtual;

/// <summary>Which pin of the chip is wired to which place of the bench; <see cref="None"/> where there is no wire.</summary>
public sealed record PinMap
{
    /// <summary>No wire.</summary>
    public const int None = BoardPins.Absent;

    /// <summary>Trigger, from the chip.</summary>
    public int Trigger { get; init; } = None;

    /// <summary>Enable, from the chip.</summary>
    public int Enable { get; init; } = None;

    /// <summary>Heartbeat, from the chip.</summary>
    public int Heartbeat { get; init; } = None;

    /// <summary>Raw counter; wired to the trigger.</summary>
    public int RawCounter { get; init; } = None;

    /// <summary>Gated counter.</summary>
    public int GatedCounter { get; init; } = None;

    /// <summary>Read-back of the gate.</summary>
    public int GateReadBack { get; init; } = None;

    /// <summary>Emergency stop, channel A.</summary>
    public int EStopA { get; init; } = None;

    /// <summary>Emergency stop, channel B.</summary>
    public int EStopB { get; init; } = None;

    /// <summary>Interlock loop.</summary>
    public int Interlock { get; init; } = None;

    /// <summary>Key switch.</summary>
    public int Key { get; init; } = None;

    /// <summary>Coil present.</summary>
    public int Coil { get; init; } = None;

    /// <summary>Stimulator ready.</summary>
    public int StimulatorReady { get; init; } = None;

    /// <summary>Trigger-out of the stimulator.</summary>
    public int TriggerOut { get; init; } = None;

    /// <summary>Foot switch.</summary>
    public int FootSwitch { get; init; } = None;

    /// <summary>Coil temperature, analogue.</summary>
    public int Temperature { get; init; } = None;

    /// <summary>State lamp, from the chip.</summary>
    public int Lamp { get; init; } = None;

    /// <summary>Serial line, from the chip.</summary>
    public int LinkTransmit { get; init; } = None;

    /// <summary>Serial line, to the chip.</summary>
    public int LinkReceive { get; init; } = None;

    internal static PinMap Of(BoardPins pins) => new()
    {
        Trigger = pins.Trigger,
        Enable = pins.Enable,
        Heartbeat = pins.Heartbeat,
        RawCounter = pins.RawCounter,
        GatedCounter = pins.GatedCounter,
        GateReadBack = pins.GateReadBack,
        EStopA = pins.EmergencyStopA,
        EStopB = pins.EmergencyStopB,
        Interlock = pins.Interlock,
        Key = pins.Key,
        Coil = pins.Coil,
        StimulatorReady = pins.StimulatorReady,
        TriggerOut = pins.TriggerOut,
        FootSwitch = pins.FootSwitch,
        Temperature = pins.Temperature,
        Lamp = pins.Lamp,
        LinkTransmit = pins.LinkTransmit,
        LinkReceive = pins.LinkReceive,
    };
}
