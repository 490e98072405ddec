namespace Escapement.Host;

/// <summary>A stimulation protocol in exact microseconds, every interval from onset to onset.</summary>
public sealed record Protocol
{
    /// <summary>Short name: a library id, or the name given in a protocol file.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, in words.</summary>
    public string Title { get; init; } = "";

    /// <summary>Family of the pattern (hf, lf, tbs, qps, paired), empty when not stated.</summary>
    public string Family { get; init; } = "";

    /// <summary>Where the parameters come from, empty when not stated.</summary>
    public string Source { get; init; } = "";

    /// <summary>The blocks, played in this order.</summary>
    public required IReadOnlyList<ProtocolBlock> Blocks { get; init; }

    /// <summary>Pulses of the session.</summary>
    public long TotalPulses => Blocks.Sum(block => block.Pulses);

    /// <summary>Trains of the session.</summary>
    public long TotalTrains => Blocks.Sum(block => (long)block.TrainCount);

    /// <summary>Microseconds from the session's first onset to its last.</summary>
    public Rational LastPulseOnsetUs => CycleUs - Blocks[^1].SpanUs + Blocks[^1].LastOnsetUs;

    /// <summary>Microseconds of the whole cycle, the pause after the last train included: what most papers print.</summary>
    public Rational CycleUs => Blocks.Aggregate(Rational.Zero, (sum, block) => sum + block.SpanUs);

    /// <summary>Microseconds from the first to the last pulse of a train; null unless the protocol is one block of trains.</summary>
    public Rational? TrainLengthUs => (Single as RepeatBlock)?.TrainLengthUs;

    /// <summary>Microseconds from the last pulse of a train to the first of the next; null without trains or in a composite.</summary>
    public Rational? GapUs => (Single as RepeatBlock)?.GapUs;

    /// <summary>
    /// First to last onset in microseconds if the printed pauses between trains counted from last pulse to first pulse; null when there is no such pause.
    /// </summary>
    public Rational? GapConventionLastOnsetUs
    {
        get
        {
            var withTrains = Blocks.OfType<RepeatBlock>().Where(block => block.Trains > 1).ToList();
            return withTrains.Count == 0
                ? null
                : withTrains.Aggregate(LastPulseOnsetUs, (sum, block) => sum - block.LastOnsetUs + block.GapConventionLastOnsetUs!.Value);
        }
    }

    private ProtocolBlock? Single => Blocks.Count == 1 ? Blocks[0] : null;

    /// <summary>The same protocol with this pulse width in microseconds wherever it states none.</summary>
    public Protocol WithPulseWidth(int pulseWidthUs) => this with
    {
        Blocks = [.. Blocks.Select(block => block with { StatedPulseWidthUs = block.StatedPulseWidthUs ?? pulseWidthUs })],
    };
}
