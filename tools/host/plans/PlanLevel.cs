namespace Escapement.Host;

/// <summary>How one level of a protocol is timed on a board.</summary>
/// <param name="Block">Block of the protocol, from 1.</param>
/// <param name="Name">block, train, burst or pulse.</param>
/// <param name="Count">How often it repeats; for a list, its pulses.</param>
/// <param name="IntervalUs">Microseconds from onset to onset; null in a list, where they differ, and for a single pulse.</param>
/// <param name="IsExact">True when every onset it leads to lies inside a transaction; false when the supervisor starts some of them.</param>
/// <param name="StartBoundUs">How far off a supervised start may be before it is refused, in microseconds; null when exact.</param>
public sealed record PlanLevel(int Block, string Name, long Count, Rational? IntervalUs, bool IsExact, int? StartBoundUs)
{
    /// <summary>"exact" or "supervised".</summary>
    public string Timing => IsExact ? "exact" : "supervised";
}
