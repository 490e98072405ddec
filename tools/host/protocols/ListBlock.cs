namespace Escapement.Host;

/// <summary>Pulses at listed intervals: jittered single pulses, paired pulses.</summary>
public sealed record ListBlock : ProtocolBlock
{
    /// <summary>Whole microseconds from each onset to the next; one fewer than there are pulses.</summary>
    public required IReadOnlyList<long> IntervalsUs { get; init; }

    /// <inheritdoc/>
    public override long Pulses => IntervalsUs.Count + 1L;

    /// <inheritdoc/>
    public override int TrainCount => 1;

    /// <inheritdoc/>
    public override Rational LastOnsetUs => IntervalsUs.Sum();

    /// <inheritdoc/>
    public override bool HasNaturalSpan => false;

    /// <inheritdoc/>
    protected override Rational NaturalSpanUs => EndOfLastPulseUs;
}
