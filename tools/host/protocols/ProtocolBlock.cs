namespace Escapement.Host;

/// <summary>One stretch of a session, played after the one before it.</summary>
public abstract record ProtocolBlock
{
    /// <summary>Pulse width in microseconds where the protocol states none.</summary>
    public const int DefaultPulseWidthUs = 100;

    /// <summary>Pulse width in microseconds as stated; null when the run decides.</summary>
    public int? StatedPulseWidthUs { get; init; }

    /// <summary>Microseconds from this block's first onset to the next block's first onset, where stated.</summary>
    public Rational? StatedPeriodUs { get; init; }

    /// <summary>Pulse width in microseconds.</summary>
    public int PulseWidthUs => StatedPulseWidthUs ?? DefaultPulseWidthUs;

    /// <summary>Pulses of the block.</summary>
    public abstract long Pulses { get; }

    /// <summary>Trains of the block; a list is one train.</summary>
    public abstract int TrainCount { get; }

    /// <summary>Microseconds from the block's first onset to its last.</summary>
    public abstract Rational LastOnsetUs { get; }

    /// <summary>Microseconds from this block's first onset to the next block's first onset (for the last block: to the end of the cycle).</summary>
    public Rational SpanUs => StatedPeriodUs ?? NaturalSpanUs;

    /// <summary>True when the block says by itself when the next one begins.</summary>
    public abstract bool HasNaturalSpan { get; }

    /// <summary>The shortest possible span: one tick after the last pulse has ended.</summary>
    protected Rational EndOfLastPulseUs => LastOnsetUs + PulseWidthUs + 1;

    /// <summary>The span where none is stated.</summary>
    protected abstract Rational NaturalSpanUs { get; }
}
