using Escapement.Rig;

namespace Escapement.Simulation;

/// <summary>
/// What the oracle is told about a scenario, besides the wires: which barriers are broken on purpose, and how long the interpreter
/// stands still. docs/simulation.md has the table of what each rule still holds then.
/// </summary>
public sealed record Conditions
{
    /// <summary>Sum of the pauses that a budget has to bear, in microseconds.</summary>
    public long PausesUs { get; init; }

    /// <summary>Error of the board's crystal, in parts per thousand million.</summary>
    public long ClockErrorPpb { get; init; }

    /// <summary>Something besides the board moves the trigger line, or its words are stale.</summary>
    public bool TriggerDisturbed { get; init; }

    /// <summary>Something besides the board holds enable or the latch.</summary>
    public bool GateDisturbed { get; init; }

    /// <summary>Enable or latch may be held high: the gate stays open as long as the watchdog is fed.</summary>
    public bool GateHeldOpen { get; init; }

    /// <summary>The key opens and closes during sessions.</summary>
    public bool KeyDisturbed { get; init; }

    /// <summary>The board is deceived about the key: what it takes for off need not be.</summary>
    public bool KeySenseDisturbed { get; init; }

    /// <summary>Counters see what is not there, or miss what is.</summary>
    public bool CountersDisturbed { get; init; }

    /// <summary>The stimulator's answer is disturbed.</summary>
    public bool AnswersDisturbed { get; init; }

    /// <summary>What the flash holds is missing, damaged or torn.</summary>
    public bool HistoryBroken { get; init; }

    /// <summary>Bytes change or vanish on the link.</summary>
    public bool LinkDisturbed { get; init; }

    /// <summary>Calls throw, or the supply fails.</summary>
    public bool Resets { get; init; }

    /// <summary>The board's clock jumps.</summary>
    public bool ClockJumps { get; init; }

    /// <summary>The board's crystal is wrong from the start.</summary>
    public bool ClockWrongAtBoot { get; init; }

    /// <summary>The board has a foot switch.</summary>
    public bool HasFoot { get; init; }

    /// <summary>Nothing is broken.</summary>
    public static Conditions Whole { get; } = new();

    /// <summary>The conditions of a scenario.</summary>
    public static Conditions Of(Scenario scenario)
    {
        IReadOnlyList<Fault> faults = scenario.Faults;
        bool On(params ReadOnlySpan<RigSignal> signals)
        {
            foreach (Fault fault in faults)
            {
                if (fault.Kind is FaultKind.StuckHigh or FaultKind.StuckLow or FaultKind.Spikes or FaultKind.CountMissed && signals.Contains(fault.Signal)) { return true; }
            }

            return false;
        }

        bool Any(params ReadOnlySpan<FaultKind> kinds)
        {
            foreach (Fault fault in faults)
            {
                if (kinds.Contains(fault.Kind)) { return true; }
            }

            return false;
        }

        return new Conditions
        {
            PausesUs = faults.Where(fault => fault.Kind is FaultKind.Pause or FaultKind.PauseAtCall).Sum(fault => fault.LengthUs),
            ClockErrorPpb = Math.Abs(scenario.Board.ClockErrorPpb) + faults.Where(fault => fault.Kind is FaultKind.WrongCrystal or FaultKind.CrystalChanges).Sum(fault => Math.Abs((long)fault.Count)),
            ClockJumps = Any(FaultKind.ClockJumps),
            ClockWrongAtBoot = Math.Abs(scenario.Board.ClockErrorPpb + faults.Where(fault => fault.Kind == FaultKind.WrongCrystal).Sum(fault => (long)fault.Count)) > Recorder.ClockWrongPpb,
            HasFoot = scenario.Board.Id == Boards.Bench,
            TriggerDisturbed = On(RigSignal.Trigger) || Any(FaultKind.StaleWords, FaultKind.TriggerDoubled),
            GateDisturbed = On(RigSignal.Enable, RigSignal.Latch),
            GateHeldOpen = faults.Any(fault => fault.Kind is FaultKind.StuckHigh or FaultKind.Spikes && fault.Signal is RigSignal.Enable or RigSignal.Latch),
            KeyDisturbed = Any(FaultKind.KeyOff) || faults.Any(fault => fault is { Kind: FaultKind.Chatter or FaultKind.ContactBroken, Contact: ContactName.Key }),
            KeySenseDisturbed = On(RigSignal.Key),
            CountersDisturbed = On(RigSignal.RawTrigger, RigSignal.GatedTrigger) || Any(FaultKind.CountAdded),
            AnswersDisturbed = On(RigSignal.TriggerOut) || Any(FaultKind.TriggerOutSkipped, FaultKind.TriggerOutDoubled, FaultKind.DischargeSkipped, FaultKind.DischargeDoubled),
            HistoryBroken = Any(FaultKind.HistoryLost, FaultKind.HistoryTorn)
                || faults.Any(fault => fault.Kind is FaultKind.Throw or FaultKind.PowerCutAtCall && fault.Call is Virtual.FirmwareCall.FileRead or Virtual.FirmwareCall.FileWrite or Virtual.FirmwareCall.Any),
            LinkDisturbed = Any(FaultKind.LinkFlips, FaultKind.LinkLosses, FaultKind.LinkDoubles, FaultKind.LinkCut),
            Resets = Any(FaultKind.Throw, FaultKind.PowerCut, FaultKind.PowerCutAtCall, FaultKind.HistoryTorn),
        };
    }
}
