namespace Escapement.Simulation;

/// <summary>What can go wrong.</summary>
public enum FaultKind
{
    /// <summary>The interpreter stands still at a time.</summary>
    Pause,

    /// <summary>The interpreter stands still inside a vendor call.</summary>
    PauseAtCall,

    /// <summary>A vendor call throws.</summary>
    Throw,

    /// <summary>The supply fails at a time and comes back.</summary>
    PowerCut,

    /// <summary>The supply fails inside a vendor call and comes back.</summary>
    PowerCutAtCall,

    /// <summary>The refill interrupt cannot run: stale words play again.</summary>
    StaleWords,

    /// <summary>The crystal is wrong.</summary>
    WrongCrystal,

    /// <summary>The history on the flash is missing or damaged.</summary>
    HistoryLost,

    /// <summary>The supply fails while the history is written.</summary>
    HistoryTorn,

    /// <summary>Bits flip on the link.</summary>
    LinkFlips,

    /// <summary>Bytes are lost on the link.</summary>
    LinkLosses,

    /// <summary>Bytes come twice.</summary>
    LinkDoubles,

    /// <summary>Frames of the host come twice.</summary>
    LinkRepeat,

    /// <summary>Frames of the host come late, behind others.</summary>
    LinkDelay,

    /// <summary>Nothing passes the link.</summary>
    LinkCut,

    /// <summary>The emergency stop is pressed.</summary>
    EmergencyStop,

    /// <summary>The emergency stop is pressed and one of its contacts is welded.</summary>
    EmergencyStopWelded,

    /// <summary>The interlock loop opens.</summary>
    Interlock,

    /// <summary>The key is turned off.</summary>
    KeyOff,

    /// <summary>The coil is unplugged.</summary>
    CoilOff,

    /// <summary>A contact chatters.</summary>
    Chatter,

    /// <summary>The stimulator switches itself off.</summary>
    StimulatorOff,

    /// <summary>The stimulator ignores triggers.</summary>
    DischargeSkipped,

    /// <summary>The stimulator answers a trigger with two discharges.</summary>
    DischargeDoubled,

    /// <summary>Trigger-out misses.</summary>
    TriggerOutSkipped,

    /// <summary>Trigger-out comes twice.</summary>
    TriggerOutDoubled,

    /// <summary>A wire is stuck low.</summary>
    StuckLow,

    /// <summary>A wire is stuck high.</summary>
    StuckHigh,

    /// <summary>Spikes on a wire.</summary>
    Spikes,

    /// <summary>Each trigger pulse couples into the heartbeat.</summary>
    CrossTalk,

    /// <summary>A counter misses a pulse.</summary>
    CountMissed,

    /// <summary>A disturbance clears the latch.</summary>
    LatchDropped,

    /// <summary>A counter sees a pulse too many.</summary>
    CountAdded,

    /// <summary>Triggers come with more behind them.</summary>
    TriggerDoubled,

    /// <summary>The crystal's error changes while the board runs.</summary>
    CrystalChanges,

    /// <summary>The board's microsecond clock jumps.</summary>
    ClockJumps,

    /// <summary>A contact's wire breaks for a while.</summary>
    ContactBroken,

    /// <summary>The stimulator takes too long to charge.</summary>
    SlowCharge,

    /// <summary>The coil becomes hot.</summary>
    CoilHot,

    /// <summary>The coil's sensor breaks.</summary>
    SensorBroken,

    /// <summary>The foot leaves its switch.</summary>
    FootOff,

    /// <summary>The foot switch is stuck.</summary>
    FootStuck,
}

/// <summary>From when a fault's offset counts.</summary>
public enum Moment
{
    /// <summary>Power-up.</summary>
    PowerUp,

    /// <summary>A board that is armed.</summary>
    Armed,

    /// <summary>A session that runs.</summary>
    Running,
}

/// <summary>One thing that goes wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="After">From when its offset counts.</param>
/// <param name="Nth">The how-manieth of those moments, from 1.</param>
/// <param name="OffsetUs">How long after it, in microseconds.</param>
public sealed record Fault(FaultKind Kind, Moment After, int Nth, long OffsetUs)
{
    /// <summary>How long it lasts, in microseconds; negative: for ever.</summary>
    public long LengthUs { get; init; } = -1;

    /// <summary>Which wire.</summary>
    public Rig.RigSignal Signal { get; init; }

    /// <summary>Which contact.</summary>
    public Rig.ContactName Contact { get; init; }

    /// <summary>Inside which call.</summary>
    public Virtual.FirmwareCall Call { get; init; }

    /// <summary>How many, how often, or the how-manieth.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Where it draws from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <inheritdoc/>
    public override string ToString()
    {
        string what = Kind switch
        {
            FaultKind.StuckLow or FaultKind.StuckHigh or FaultKind.Spikes => $"{Kind} of {Signal}",
            FaultKind.EmergencyStopWelded or FaultKind.Chatter or FaultKind.ContactBroken => $"{Kind} of {Contact}",
            FaultKind.PauseAtCall or FaultKind.Throw or FaultKind.PowerCutAtCall => $"{Kind} {Call}",
            _ => Kind.ToString(),
        };
        string length = LengthUs < 0 ? "for ever" : $"for {LengthUs} us";
        return $"{what}, {OffsetUs} us after {After} {Nth}, {length}, count {Count}";
    }
}
