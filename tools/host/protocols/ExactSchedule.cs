using System.Numerics;

namespace Escapement.Host;

/// <summary>One planned pulse.</summary>
/// <param name="Index">Number in the session, from 0.</param>
/// <param name="Units">Onset in units of the schedule, exact; 1/<see cref="ExactSchedule.UnitsPerUs"/> microsecond each.</param>
/// <param name="TickUs">Onset on the board's tick of one microsecond, rounded once from the session's origin, halves up.</param>
/// <param name="WidthUs">Pulse width in microseconds.</param>
/// <param name="Train">Number of its train in the session, from 0.</param>
/// <param name="Level">What advanced to reach it: block, train, burst or pulse; block for the first pulse.</param>
public readonly record struct PlannedPulse(long Index, BigInteger Units, long TickUs, int WidthUs, int Train, string Level);

/// <summary>
/// The onsets of a protocol, one after the other, straight from its definition with whole numbers of any size: the
/// yardstick for what the kernel and the board make of the program. Shares no code with them.
/// </summary>
public sealed class ExactSchedule
{
    private readonly Protocol protocol;

    /// <summary>The schedule of a protocol that can be played.</summary>
    /// <exception cref="InputException">It cannot.</exception>
    public ExactSchedule(Protocol protocol)
    {
        ProtocolCheck.Require(protocol);
        this.protocol = protocol;
        UnitsPerUs = ProtocolCheck.CommonDenominator(protocol);
    }

    /// <summary>Units of the schedule in a microsecond.</summary>
    public BigInteger UnitsPerUs { get; }

    /// <summary>The exact onset of a pulse in microseconds.</summary>
    public Rational OnsetUs(PlannedPulse pulse) => new(pulse.Units, UnitsPerUs);

    /// <summary>All pulses in order; made as they are asked for.</summary>
    public IEnumerable<PlannedPulse> Pulses()
    {
        var index = 0L;
        var train = 0;
        var start = BigInteger.Zero;
        foreach (var block in protocol.Blocks)
        {
            var first = index;
            foreach (var (offset, trainOfBlock, level) in Offsets(block))
            {
                var units = start + offset;
                yield return new(index, units, Tick(units), block.PulseWidthUs, train + trainOfBlock, index == first ? RepeatLevel.Block : level);
                index++;
            }

            start += Whole(block.SpanUs);
            train += block.TrainCount;
        }
    }

    private IEnumerable<(BigInteger Offset, int Train, string Level)> Offsets(ProtocolBlock block) =>
        block is ListBlock list ? ListOffsets(list) : NestOffsets((RepeatBlock)block);

    private IEnumerable<(BigInteger Offset, int Train, string Level)> NestOffsets(RepeatBlock block)
    {
        var (period, burst, pulse) = (Whole(block.TrainPeriodUs), Whole(block.InterBurstUs), Whole(block.InterPulseUs));
        for (var t = 0; t < block.Trains; t++)
        {
            for (var b = 0; b < block.BurstsPerTrain; b++)
            {
                for (var p = 0; p < block.PulsesPerBurst; p++)
                {
                    var level = p > 0 ? RepeatLevel.Pulse : b > 0 ? RepeatLevel.Burst : RepeatLevel.Train;
                    yield return ((t * period) + (b * burst) + (p * pulse), t, level);
                }
            }
        }
    }

    private IEnumerable<(BigInteger Offset, int Train, string Level)> ListOffsets(ListBlock block)
    {
        var at = BigInteger.Zero;
        yield return (at, 0, RepeatLevel.Pulse);
        foreach (var interval in block.IntervalsUs)
        {
            at += interval * UnitsPerUs;
            yield return (at, 0, RepeatLevel.Pulse);
        }
    }

    private BigInteger Whole(Rational us) => (us * UnitsPerUs).Numerator;

    private long Tick(BigInteger units) => (long)(((2 * units) + UnitsPerUs) / (2 * UnitsPerUs));
}
