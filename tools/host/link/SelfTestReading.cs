using Escapement.Link;

namespace Escapement.Host;

/// <summary>One step of a board's own self-test.</summary>
/// <param name="Bit">Its bit in the register.</param>
/// <param name="Name">Its name in the register map.</param>
/// <param name="Sentence">What it shows when it passes.</param>
/// <param name="Cure">What to look at when it fails.</param>
/// <param name="IsGate">It belongs to the gate test, which moves the trigger line.</param>
public sealed record SelfTestTerm(int Bit, string Name, string Sentence, string Cure, bool IsGate);

/// <summary>Contents of register SelfTestState.</summary>
/// <param name="Passed">Steps that passed.</param>
/// <param name="Failed">Steps that failed.</param>
/// <param name="GateTestedAtUs">Board clock when the gate test last passed, in microseconds; 0 when it has not.</param>
/// <param name="CollectionUs">Length of the pass with a forced garbage collection, in microseconds.</param>
public sealed record SelfTestReading(uint Passed, uint Failed, long GateTestedAtUs, long CollectionUs)
{
    private const string Drivers = "Check limiter, latch and the wires between board and gate; then test again.";

    /// <summary>Every step, the gate's last and in the order in which they are tested.</summary>
    public static IReadOnlyList<SelfTestTerm> Terms { get; } =
    [
        new(Link.SelfTestSteps.Checksum, nameof(Link.SelfTestSteps.Checksum), "CRC-32 gives its published check value.", "Flash the firmware and the runtime anew.", false),
        new(Link.SelfTestSteps.GateClosed, nameof(Link.SelfTestSteps.GateClosed), "The gate reads back closed.", "Check the latch and its read-back wire.", false),
        new(Link.SelfTestSteps.CountersQuiet, nameof(Link.SelfTestSteps.CountersQuiet), "Both counters stand still.", "Find what drives the trigger line or couples into it.", false),
        new(Link.SelfTestSteps.TriggerOpens, nameof(Link.SelfTestSteps.TriggerOpens), "The trigger hardware opens.", "Flash the runtime that this firmware is for, and restart the board.", false),
        new(Link.SelfTestSteps.Memory, nameof(Link.SelfTestSteps.Memory), "Memory holds patterns that were written to it.", "Restart the board; when it comes back, replace the board.", false),
        new(Link.SelfTestSteps.Store, nameof(Link.SelfTestSteps.Store), "What is kept across power-off can be read and written.", "Flash the board anew.", false),
        new(Link.SelfTestSteps.Collection, nameof(Link.SelfTestSteps.Collection), "A forced garbage collection stays under 100 ms.", "Restart the board; when it comes back, report it with the register dump.", false),
        new(Link.SelfTestSteps.EmergencyStops, nameof(Link.SelfTestSteps.EmergencyStops), "Both channels of the emergency stop were seen open and closed.", "Press and release the emergency stop.", false),
        new(Link.SelfTestSteps.PulsesBlocked, nameof(Link.SelfTestSteps.PulsesBlocked), "Pulses with the gate closed are counted before it and not behind it.", "Pulses pass a closed gate, or the trigger line is not counted: check trigger wire, latch and both counter wires.", true),
        new(Link.SelfTestSteps.EnableTerm, nameof(Link.SelfTestSteps.EnableTerm), "The gate opens on enable's edge and closes with enable low.", "Check the enable wire, the latch and the read-back wire; every contact of the gate must be closed.", true),
        new(Link.SelfTestSteps.PulsesPass, nameof(Link.SelfTestSteps.PulsesPass), "Pulses with the gate open are counted on both sides.", Drivers, true),
        new(Link.SelfTestSteps.WatchdogTerm, nameof(Link.SelfTestSteps.WatchdogTerm), "The gate drops when the watchdog starves, between 180 and 320 ms after its last feed.", "Check the watchdog's monostable, its resistor and capacitor, and the heartbeat wire.", true),
        new(Link.SelfTestSteps.LatchStays, nameof(Link.SelfTestSteps.LatchStays), "A gate that dropped stays dropped when feeding resumes.", "Check that the latch is set by enable's edge only.", true),
    ];

    /// <summary>The gate's terms.</summary>
    public static IReadOnlyList<SelfTestTerm> GateTerms { get; } = [.. Terms.Where(term => term.IsGate)];

    /// <summary>Steps that failed.</summary>
    public IReadOnlyList<SelfTestTerm> Failures => [.. Terms.Where(term => (Failed & (uint)term.Bit) != 0)];

    /// <summary>Whether a step passed.</summary>
    public bool Has(SelfTestTerm term) => (Passed & (uint)term.Bit) != 0 && (Failed & (uint)term.Bit) == 0;

    /// <summary>Reads a message of the register SelfTestState; null when its payload is of another length.</summary>
    public static SelfTestReading? From(HarpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Payload.Length != 32 || message.IsError ? null : new SelfTestReading((uint)message.U64(SelfTestStateField.Passed), (uint)message.U64(SelfTestStateField.Failed), (long)message.U64(SelfTestStateField.GateTestedAtUs), (long)message.U64(SelfTestStateField.CollectionUs));
    }
}
