namespace Escapement.Rig;

/// <summary>What must be good for the latch to be set and to stay set, besides enable itself.</summary>
[Flags]
public enum GateTerms
{
    /// <summary>No term.</summary>
    None = 0,

    /// <summary>The watchdog runs.</summary>
    Watchdog = 1,

    /// <summary>Emergency stop channel A is closed.</summary>
    EStopA = 2,

    /// <summary>Emergency stop channel B is closed.</summary>
    EStopB = 4,

    /// <summary>The interlock loop is closed.</summary>
    Interlock = 8,

    /// <summary>All of them.</summary>
    All = Watchdog | EStopA | EStopB | Interlock,
}
