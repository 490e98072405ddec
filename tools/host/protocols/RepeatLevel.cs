namespace Escapement.Host;

/// <summary>One repetition of a nest.</summary>
/// <param name="Name">What is repeated: train, burst or pulse.</param>
/// <param name="Count">How often, 1 or more.</param>
/// <param name="IntervalUs">Microseconds from onset to onset; zero when the count is 1.</param>
public sealed record RepeatLevel(string Name, int Count, Rational IntervalUs)
{
    /// <summary>Name of the level that repeats trains.</summary>
    public const string Train = "train";

    /// <summary>Name of the level that repeats bursts.</summary>
    public const string Burst = "burst";

    /// <summary>Name of the level that repeats pulses.</summary>
    public const string Pulse = "pulse";

    /// <summary>Name of the step from one block to the next.</summary>
    public const string Block = "block";

    /// <summary>Microseconds from the first to the last onset of this level alone.</summary>
    public Rational ReachUs => (Count - 1) * IntervalUs;
}
