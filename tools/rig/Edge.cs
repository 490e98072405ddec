namespace Escapement.Rig;

/// <summary>A line that the referee watches.</summary>
public enum RefereeSignal
{
    /// <summary>The trigger line before the gate.</summary>
    Trigger,

    /// <summary>The gate's latch; high is open.</summary>
    Gate,

    /// <summary>The line at the stimulator's trigger input.</summary>
    Stimulator,
}

/// <summary>One transition of a watched line, or its starting level.</summary>
/// <param name="T80">When, in ticks of 12.5 ns.</param>
/// <param name="Signal">Which line.</param>
/// <param name="Level">Its level from then on.</param>
public readonly record struct Edge(long T80, RefereeSignal Signal, bool Level);
