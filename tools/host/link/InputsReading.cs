using Escapement.Link;

namespace Escapement.Host;

/// <summary>One of a board's inputs.</summary>
/// <param name="Name">Its name in files, such as emergencyStopA.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="IsPresent">The board has it by its profile; what it has not is not watched, and stands in nobody's way.</param>
/// <param name="IsSafe">It is in its safe, present or closed state, after the debounce; true when absent.</param>
/// <param name="SeenOpen">It was seen open since power-up.</param>
/// <param name="SeenClosed">It was seen closed since power-up.</param>
/// <param name="State">Its state in a word or two: closed, open, on, off, absent.</param>
public sealed record InputState(string Name, string Title, bool IsPresent, bool IsSafe, bool SeenOpen, bool SeenClosed, string State);

/// <summary>Contents of register Inputs.</summary>
/// <param name="Present">Inputs that the board has.</param>
/// <param name="Safe">Inputs in their safe state.</param>
/// <param name="SeenOpen">Inputs seen open since power-up.</param>
/// <param name="SeenClosed">Inputs seen closed since power-up.</param>
public sealed record InputsReading(uint Present, uint Safe, uint SeenOpen, uint SeenClosed)
{
    private static readonly (uint Bit, string Name, string Title, string Good, string Bad)[] Known =
    [
        (InputFlags.EmergencyStopA, "emergencyStopA", "emergency stop, channel A", "closed", "open"),
        (InputFlags.EmergencyStopB, "emergencyStopB", "emergency stop, channel B", "closed", "open"),
        (InputFlags.Interlock, "interlock", "interlock loop", "closed", "open"),
        (InputFlags.Key, "key", "key", "on", "off"),
        (InputFlags.Coil, "coil", "coil or dummy load", "present", "not present"),
        (InputFlags.StimulatorReady, "stimulatorReady", "stimulator ready", "ready", "not ready"),
        (InputFlags.FootSwitch, "footSwitch", "foot switch", "held", "released"),
        (InputFlags.TriggerOut, "triggerOut", "trigger-out", "counted", "counted"),
        (InputFlags.CoilTemperature, "coilTemperature", "coil temperature sensor", "read", "read"),
    ];

    /// <summary>Names of all inputs that a board can have, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(one => one.Name)];

    /// <summary>Every input that a board can have.</summary>
    public IReadOnlyList<InputState> All => [.. Known.Select(Of)];

    /// <summary>Those that this board has not.</summary>
    public IReadOnlyList<InputState> Absent => [.. All.Where(input => !input.IsPresent)];

    /// <summary>What is absent, as one sentence for people.</summary>
    public string AbsentText => Absent.Count == 0
        ? "none: every input is watched"
        : string.Join(", ", Absent.Select(input => input.Title)) + ": the board has no such input, and does not watch it";

    /// <summary>Reads a message of the register Inputs; null when its payload is of another length.</summary>
    public static InputsReading? From(HarpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Payload.Length != 16 || message.IsError ? null : new InputsReading(message.U32(InputsField.Present), message.U32(InputsField.Safe), message.U32(InputsField.SeenOpen), message.U32(InputsField.SeenClosed));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", All.Select(input => $"{input.Title} {input.State}"));

    private InputState Of((uint Bit, string Name, string Title, string Good, string Bad) one)
    {
        bool isPresent = (Present & one.Bit) != 0;
        bool isSafe = !isPresent || (Safe & one.Bit) != 0;
        return new InputState(one.Name, one.Title, isPresent, isSafe, isPresent && (SeenOpen & one.Bit) != 0, isPresent && (SeenClosed & one.Bit) != 0, !isPresent ? "absent" : isSafe ? one.Good : one.Bad);
    }
}
