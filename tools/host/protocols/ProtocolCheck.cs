using System.Numerics;

namespace Escapement.Host;

/// <summary>What every board refuses in a program, found before one is built so that it can be said in the words of the protocol.</summary>
public static class ProtocolCheck
{
    /// <summary>Most pulses of a session.</summary>
    public const int MaxPulses = 1_000_000;

    /// <summary>Most blocks of a session.</summary>
    public const int MaxBlocks = 64;

    /// <summary>Longest pulse in microseconds.</summary>
    public const int MaxPulseWidthUs = 32_767;

    /// <summary>Longest wait between two pulses, in microseconds: one hour.</summary>
    public const long MaxSilenceUs = 3_600_000_000;

    /// <summary>Longest cycle in microseconds: 24 hours.</summary>
    public const long MaxCycleUs = 86_400_000_000;

    /// <summary>Most fractions that a microsecond can be cut into, so that all times share one unit.</summary>
    public const int MaxDenominator = 1_000_000;

    /// <summary>Shortest low between two pulses in microseconds: without it they are one.</summary>
    private const int LowUs = 1;

    /// <summary>The first reason why the protocol cannot be played, or null.</summary>
    public static ProtocolProblem? FirstProblem(Protocol protocol)
    {
        if (protocol.Blocks.Count is 0 or > MaxBlocks)
        {
            return Whole($"the protocol has {protocol.Blocks.Count} blocks; give 1 to {MaxBlocks}");
        }

        for (var index = 0; index < protocol.Blocks.Count; index++)
        {
            var problem = OfBlock(protocol.Blocks[index], index, index == protocol.Blocks.Count - 1);
            if (problem is not null)
            {
                return problem;
            }
        }

        return OfSession(protocol);
    }

    /// <summary>Refuses a protocol that cannot be played.</summary>
    /// <exception cref="InputException">It cannot; the message says why.</exception>
    public static void Require(Protocol protocol)
    {
        if (FirstProblem(protocol) is { } problem)
        {
            var where = problem.Block >= 0 && protocol.Blocks.Count > 1 ? $", block {problem.Block + 1}" : "";
            throw new InputException($"protocol '{protocol.Id}'{where}: {problem.Sentence}.");
        }
    }

    /// <summary>The smallest unit that all times of the protocol are whole multiples of, as a fraction 1/n of a microsecond.</summary>
    public static BigInteger CommonDenominator(Protocol protocol)
    {
        var common = BigInteger.One;
        foreach (var block in protocol.Blocks)
        {
            common = LeastCommonMultiple(common, block.SpanUs.Denominator);
            foreach (var level in (block as RepeatBlock)?.Levels ?? [])
            {
                common = LeastCommonMultiple(common, level.IntervalUs.Denominator);
            }
        }

        return common;
    }

    private static BigInteger LeastCommonMultiple(BigInteger a, BigInteger b) => a / BigInteger.GreatestCommonDivisor(a, b) * b;

    private static ProtocolProblem? OfBlock(ProtocolBlock block, int index, bool isLast)
    {
        if (block.PulseWidthUs is < 1 or > MaxPulseWidthUs)
        {
            return new(index, "pulseWidth", -1, $"a pulse width of {block.PulseWidthUs} us is not possible; give 1 to {MaxPulseWidthUs} us");
        }

        var inside = block is ListBlock list ? OfList(list, index) : OfNest((RepeatBlock)block, index);
        return inside ?? OfSpan(block, index, isLast);
    }

    private static ProtocolProblem? OfNest(RepeatBlock block, int index)
    {
        var inner = Rational.Zero;
        foreach (var level in block.Levels.Reverse())
        {
            var problem = OfLevel(level, inner, block.PulseWidthUs, index);
            if (problem is not null)
            {
                return problem;
            }

            inner += level.ReachUs;
        }

        return null;
    }

    private static ProtocolProblem? OfLevel(RepeatLevel level, Rational inner, int widthUs, int index)
    {
        var (countField, intervalField) = ProtocolFields.OfLevel(level.Name);
        if (level.Count is < 1 or > MaxPulses)
        {
            return new(index, countField, -1, $"{countField} is {level.Count}; give 1 to {MaxPulses}");
        }

        if (level.Count == 1)
        {
            return null;
        }

        if (level.IntervalUs < inner + widthUs + LowUs)
        {
            var what = inner.Sign == 0 ? $"the {widthUs} us pulse" : $"what it repeats, {Text(inner)} us from its first to its last onset and a pulse of {widthUs} us";
            return new(index, intervalField, -1, $"an interval of {Text(level.IntervalUs)} us between {level.Name} onsets overlaps {what}; make it longer (intervals run from onset to onset)");
        }

        return level.IntervalUs - inner > MaxSilenceUs
            ? new(index, intervalField, -1, $"an interval of {Text(level.IntervalUs)} us between {level.Name} onsets leaves more than one hour without a pulse; shorten it or make two sessions")
            : null;
    }

    private static ProtocolProblem? OfList(ListBlock block, int index)
    {
        if (block.IntervalsUs.Count == 0)
        {
            return new(index, ProtocolFields.Intervals, -1, "the list of intervals is empty; give at least one, or a count instead of a list");
        }

        for (var item = 0; item < block.IntervalsUs.Count; item++)
        {
            var interval = block.IntervalsUs[item];
            if (interval < block.PulseWidthUs + LowUs)
            {
                return new(index, ProtocolFields.Intervals, item, $"interval {item + 1} of {interval} us overlaps the {block.PulseWidthUs} us pulse; make it longer");
            }

            if (interval > MaxSilenceUs)
            {
                return new(index, ProtocolFields.Intervals, item, $"interval {item + 1} of {interval} us leaves more than one hour without a pulse; shorten it or make two sessions");
            }
        }

        return null;
    }

    private static ProtocolProblem? OfSpan(ProtocolBlock block, int index, bool isLast)
    {
        if (block.StatedPeriodUs is null && !block.HasNaturalSpan && !isLast)
        {
            return new(index, ProtocolFields.BlockPeriod, -1, "nothing says when the next block begins; give blockPeriodUs, blockPeriodMs or blockPeriodS, from this block's first onset to the next block's");
        }

        if (block.SpanUs < block.LastOnsetUs + block.PulseWidthUs + LowUs)
        {
            return new(index, ProtocolFields.BlockPeriod, -1, $"a block period of {Text(block.SpanUs)} us ends before the block's last pulse at {Text(block.LastOnsetUs)} us does; make it longer");
        }

        return !isLast && block.SpanUs - block.LastOnsetUs > MaxSilenceUs
            ? new(index, ProtocolFields.BlockPeriod, -1, $"a block period of {Text(block.SpanUs)} us leaves more than one hour without a pulse; shorten it or make two sessions")
            : null;
    }

    private static ProtocolProblem? OfSession(Protocol protocol)
    {
        if (protocol.Blocks.Aggregate(BigInteger.Zero, (sum, block) => sum + Pulses(block)) is var pulses && pulses > MaxPulses)
        {
            return Whole($"the protocol has {pulses} pulses; a session holds at most {MaxPulses}");
        }

        if (protocol.CycleUs > MaxCycleUs)
        {
            return Whole($"the protocol lasts {Text(protocol.CycleUs / 3_600_000_000)} hours; a session lasts at most 24");
        }

        var denominator = CommonDenominator(protocol);
        if (denominator > MaxDenominator)
        {
            return Whole($"the intervals have no common unit of a {MaxDenominator}th of a microsecond or coarser; round the odd ones");
        }

        var bytes = ProgramBuilder.Length(protocol);
        return bytes > ProgramBuilder.MaxBytes
            ? Whole($"the protocol needs a program of {bytes} bytes and a board takes {ProgramBuilder.MaxBytes} (about 1,000 listed intervals); list fewer intervals or blocks")
            : null;
    }

    private static BigInteger Pulses(ProtocolBlock block) => block is RepeatBlock nest
        ? (BigInteger)nest.PulsesPerBurst * nest.BurstsPerTrain * nest.Trains
        : block.Pulses;

    private static string Text(Rational value) => value.ToDecimalString();

    private static ProtocolProblem Whole(string sentence) => new(-1, "", -1, sentence);
}
