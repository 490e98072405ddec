namespace Escapement.Simulation;

/// <summary>A wire that the oracle watches.</summary>
public enum Wire
{
    /// <summary>The board's trigger line.</summary>
    Trigger,

    /// <summary>The board's enable line.</summary>
    Enable,

    /// <summary>The board's heartbeat.</summary>
    Heartbeat,

    /// <summary>The gate's latch; high is open.</summary>
    Gate,

    /// <summary>The line at the stimulator's trigger input.</summary>
    Stimulator,

    /// <summary>The stimulator's trigger-out.</summary>
    TriggerOut,

    /// <summary>Emergency stop, contact A; high is closed.</summary>
    EStopA,

    /// <summary>Emergency stop, contact B; high is closed.</summary>
    EStopB,

    /// <summary>Interlock contact; high is closed.</summary>
    Interlock,

    /// <summary>Key switch; high is on.</summary>
    Key,

    /// <summary>Coil contact; high is closed.</summary>
    Coil,

    /// <summary>Foot switch; high is held. Only where the board has one.</summary>
    FootSwitch,

    /// <summary>A second thermometer on the coil; high is cool, low from 41.5 degrees Celsius on, or while the board's own sensor is broken.</summary>
    CoilCool,

    /// <summary>A second clock at the bench; low from when the board's crystal is off by more than 2,000 millionths.</summary>
    ClockRight,

    /// <summary>The board's supply.</summary>
    Supply,

    /// <summary>High while the board's processor runs its program; low from a reset until the next boot.</summary>
    Running,
}

/// <summary>A change of a wire.</summary>
/// <param name="T80">When, in ticks of 12.5 ns.</param>
/// <param name="Wire">Which.</param>
/// <param name="Level">Its level from then on.</param>
public readonly record struct WireEdge(long T80, Wire Wire, bool Level);

/// <summary>Bytes on the link.</summary>
/// <param name="AtUs">When the last of them had crossed the line, in microseconds.</param>
/// <param name="ToBoard">Which way.</param>
/// <param name="Bytes">The bytes.</param>
public readonly record struct LinkBytes(long AtUs, bool ToBoard, byte[] Bytes);

/// <summary>What a host says about a session that it ran: the record that it would keep.</summary>
/// <param name="AtUs">When it said so, in microseconds.</param>
/// <param name="Completed">That it was completed as planned.</param>
/// <param name="Pulses">Pulses that it counted.</param>
public readonly record struct HostClaim(long AtUs, bool Completed, long Pulses);

/// <summary>Everything that the oracle gets to see: wires, bytes on the link, and what hosts wrote down.</summary>
public sealed class Recording
{
    /// <summary>Changes of the wires in the order of time.</summary>
    public List<WireEdge> Edges { get; init; } = new(16_384);

    /// <summary>Bytes on the link, in the order in which they were sent.</summary>
    public List<LinkBytes> Link { get; init; } = new(4_096);

    /// <summary>What hosts say.</summary>
    public List<HostClaim> Claims { get; init; } = [];

    /// <summary>When it ends, in microseconds.</summary>
    public long EndUs { get; set; }
}
