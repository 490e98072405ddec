namespace Escapement.Host;

/// <summary>Trains of bursts of pulses. All intervals run from onset to onset.</summary>
public sealed record RepeatBlock : ProtocolBlock
{
    /// <summary>Pulses in a burst.</summary>
    public int PulsesPerBurst { get; init; } = 1;

    /// <summary>Microseconds from pulse to pulse inside a burst; zero when there is one.</summary>
    public Rational InterPulseUs { get; init; }

    /// <summary>Bursts in a train.</summary>
    public int BurstsPerTrain { get; init; } = 1;

    /// <summary>Microseconds from the first pulse of a burst to the first of the next; zero when there is one.</summary>
    public Rational InterBurstUs { get; init; }

    /// <summary>Trains.</summary>
    public int Trains { get; init; } = 1;

    /// <summary>Microseconds from the first pulse of a train to the first of the next; zero when there is one.</summary>
    public Rational TrainPeriodUs { get; init; }

    /// <summary>
    /// The pause between trains as a paper or a front panel prints it, in microseconds, where it was given as
    /// "last pulse to first pulse"; null when the period was given.
    /// </summary>
    public Rational? StatedGapUs { get; init; }

    /// <inheritdoc/>
    public override long Pulses => (long)PulsesPerBurst * BurstsPerTrain * Trains;

    /// <inheritdoc/>
    public override int TrainCount => Trains;

    /// <summary>Microseconds from the first to the last pulse of a burst.</summary>
    public Rational BurstLengthUs => (PulsesPerBurst - 1) * InterPulseUs;

    /// <summary>Microseconds from the first to the last pulse of a train.</summary>
    public Rational TrainLengthUs => BurstLengthUs + ((BurstsPerTrain - 1) * InterBurstUs);

    /// <inheritdoc/>
    public override Rational LastOnsetUs => TrainLengthUs + ((Trains - 1) * TrainPeriodUs);

    /// <summary>Microseconds from the last pulse of a train to the first of the next; null with one train.</summary>
    public Rational? GapUs => Trains > 1 ? TrainPeriodUs - TrainLengthUs : null;

    /// <summary>
    /// A train's length as papers print it, in microseconds: 40 pulses at 10 Hz are "4 s", although the last pulse starts at 3.9 s.
    /// </summary>
    public Rational NominalTrainUs => BurstsPerTrain > 1 ? BurstsPerTrain * InterBurstUs : PulsesPerBurst * InterPulseUs;

    /// <summary>
    /// First to last onset in microseconds if the printed pause between trains counted from the last pulse to the first pulse;
    /// null with one train. Equal to <see cref="LastOnsetUs"/> when the protocol was given in that convention.
    /// </summary>
    public Rational? GapConventionLastOnsetUs => Trains > 1
        ? (Trains * TrainLengthUs) + ((Trains - 1) * (StatedGapUs ?? TrainPeriodUs - NominalTrainUs))
        : null;

    /// <summary>The nest, outermost first, without levels that repeat nothing; a single pulse is one level of count 1.</summary>
    public IReadOnlyList<RepeatLevel> Levels
    {
        get
        {
            RepeatLevel[] all =
            [
                new(RepeatLevel.Train, Trains, TrainPeriodUs),
                new(RepeatLevel.Burst, BurstsPerTrain, InterBurstUs),
                new(RepeatLevel.Pulse, PulsesPerBurst, InterPulseUs),
            ];
            RepeatLevel[] repeating = [.. all.Where(level => level.Count != 1)];
            return repeating.Length > 0 ? repeating : [new(RepeatLevel.Pulse, 1, Rational.Zero)];
        }
    }

    /// <inheritdoc/>
    public override bool HasNaturalSpan => Levels[0].Count > 1;

    /// <inheritdoc/>
    protected override Rational NaturalSpanUs => HasNaturalSpan ? Levels[0].Count * Levels[0].IntervalUs : EndOfLastPulseUs;
}
