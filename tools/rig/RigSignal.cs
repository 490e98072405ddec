namespace Escapement.Rig;

/// <summary>Every wire of the bench. Any of them can be forced to a level, which is how faults are injected.</summary>
public enum RigSignal
{
    /// <summary>Board to bench: the trigger line as it arrives at the limiter.</summary>
    Trigger,

    /// <summary>Board to bench: enable, whose rising edge sets the latch.</summary>
    Enable,

    /// <summary>Board to bench: the heartbeat that feeds the watchdog.</summary>
    Heartbeat,

    /// <summary>Bench to board: the trigger line as the raw counter sees it.</summary>
    RawTrigger,

    /// <summary>Bench to board: limiter and latch together, as the gated counter sees it.</summary>
    GatedTrigger,

    /// <summary>Bench to board: the latch's state, read back.</summary>
    GateOpen,

    /// <summary>Bench to board: emergency stop, channel A.</summary>
    EStopA,

    /// <summary>Bench to board: emergency stop, channel B.</summary>
    EStopB,

    /// <summary>Bench to board: interlock loop.</summary>
    Interlock,

    /// <summary>Bench to board: key switch.</summary>
    Key,

    /// <summary>Bench to board: coil present.</summary>
    Coil,

    /// <summary>Bench to board: the foot switch is held.</summary>
    FootSwitch,

    /// <summary>Bench to board: the stimulator is ready.</summary>
    StimulatorReady,

    /// <summary>Bench to board: the stimulator's trigger-out.</summary>
    TriggerOut,

    /// <summary>Inside the bench: output of the limiter.</summary>
    Limiter,

    /// <summary>Inside the bench: the watchdog monostable runs.</summary>
    Watchdog,

    /// <summary>Inside the bench: the latch itself; high is an open gate.</summary>
    Latch,

    /// <summary>Inside the bench: the line behind the isolator, at the stimulator's trigger input.</summary>
    Stimulator,
}
