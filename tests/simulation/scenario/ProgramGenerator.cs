using System.Collections.Concurrent;
using Escapement.Host;

namespace Escapement.Simulation;

/// <summary>Programs: good ones, ones near a limit, and ones that no board may play.</summary>
public static class ProgramGenerator
{
    private const int MostPulses = 2_000;
    private const long QuickUs = 60_000_000;

    private static readonly ConcurrentDictionary<string, TestProgram[]> Library = [];

    /// <summary>A program that a board plays.</summary>
    public static TestProgram Good(Dice dice, string board)
    {
        if (dice.OneIn(6))
        {
            TestProgram[] rows = Library.GetOrAdd(board, Rows);
            bool any = dice.OneIn(6);
            TestProgram[] some = any ? rows : [.. rows.Where(row => row.SpanUs <= QuickUs)];
            return some[dice.Below(some.Length)];
        }

        for (int attempt = 0; attempt < 50; attempt++)
        {
            Protocol protocol = Random(dice);
            if (TryBuild(protocol, board) is { IsGood: true } program) { return program; }
        }

        return Named("one pulse", new Protocol { Id = "one", Blocks = [new RepeatBlock()] }, board);
    }

    /// <summary>Any program: good, near a limit, beyond it, or garbage.</summary>
    public static TestProgram Any(Dice dice, string board) => dice.Below(10) switch
    {
        0 => Mutated(Good(dice, board), dice),
        1 => WrongTotals(Good(dice, board), dice),
        2 => TooFast(dice),
        3 => Crowded(dice),
        4 => Garbage(dice),
        _ => Good(dice, board),
    };

    /// <summary>Trains with silences in which a session can be held.</summary>
    public static TestProgram Trains(Dice dice, string board)
    {
        RepeatBlock block = new()
        {
            PulsesPerBurst = 1 + dice.Below(5),
            InterPulseUs = dice.Between(13_000, 100_000),
            Trains = 3 + dice.Below(10),
            TrainPeriodUs = dice.Between(800_000, 2_500_000),
        };
        Protocol protocol = new() { Id = "trains", Blocks = [block.PulsesPerBurst == 1 ? block with { InterPulseUs = Rational.Zero } : block] };
        return Named(Text(protocol), protocol, board);
    }

    private static TestProgram[] Rows(string board) =>
        [.. ProtocolLibrary.All.Where(row => row.TotalPulses <= MostPulses).Select(row => Named(row.Id, row, board)).Where(row => row.IsGood)];

    private static Protocol Random(Dice dice)
    {
        int blocks = dice.OneIn(4) ? 2 + dice.Below(3) : 1;
        List<ProtocolBlock> list = [];
        for (int i = 0; i < blocks; i++) { list.Add(dice.OneIn(5) ? ListOf(dice) : NestOf(dice, i < blocks - 1)); }
        return new Protocol { Id = "random", Blocks = list };
    }

    private static ListBlock ListOf(Dice dice)
    {
        int count = (int)dice.Spread(1, 40);
        long[] intervals = new long[count];
        for (int i = 0; i < count; i++) { intervals[i] = dice.OneIn(6) ? dice.Spread(1_000, 20_000) : dice.Spread(40_000, 600_000); }
        return new ListBlock
        {
            IntervalsUs = intervals,
            StatedPulseWidthUs = Width(dice),
            StatedPeriodUs = intervals.Sum() + dice.Spread(100_000, 1_000_000),
        };
    }

    private static RepeatBlock NestOf(Dice dice, bool bounded)
    {
        int pulses = dice.OneIn(3) ? 1 : (int)dice.Spread(1, 5);
        int bursts = (int)dice.Spread(1, 25);
        int trains = dice.OneIn(2) ? 1 : (int)dice.Spread(1, 8);
        Rational between = Frequency(dice);
        Rational inter = pulses == 1 ? Rational.Zero : dice.OneIn(3) ? new Rational(1_000_000, dice.Between(20, 1_000)) : new Rational(dice.Spread(1_000, 50_000), 1);
        Rational interBurst = bursts == 1 ? Rational.Zero : ((pulses - 1) * inter) + between;
        Rational length = ((pulses - 1) * inter) + ((bursts - 1) * interBurst);
        RepeatBlock block = new()
        {
            PulsesPerBurst = pulses,
            InterPulseUs = inter,
            BurstsPerTrain = bursts,
            InterBurstUs = interBurst,
            Trains = trains,
            TrainPeriodUs = trains == 1 ? Rational.Zero : length + new Rational(dice.Spread(20_000, 4_000_000), 1),
            StatedPulseWidthUs = Width(dice),
        };
        return bounded ? block with { StatedPeriodUs = block.LastOnsetUs + new Rational(dice.Spread(2_000, 1_500_000), 1) } : block;
    }

    private static Rational Frequency(Dice dice) =>
        dice.OneIn(2) ? new Rational(1_000_000, dice.Between(1, 28)) : new Rational(dice.Spread(20_000, 900_000), dice.Of(1, 1, 3, 7));

    private static int Width(Dice dice) => dice.OneIn(3) ? (int)dice.Spread(10, 900) : 100;

    // The wait after its last pulse decides when a host may go on; a minute is plenty.
    private static TestProgram? TryBuild(Protocol protocol, string board)
    {
        try
        {
            return Span(protocol) > 40_000_000 || protocol.TotalPulses > MostPulses ? null : Named(Text(protocol), protocol, board);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static TestProgram Named(string name, Protocol protocol, string board)
    {
        byte[] image = ProgramBuilder.Build(protocol);
        bool good = Plan.Of(protocol, Boards.Plan(board)).Refusals.Count == 0 && ProgramReader.Read(image) is { } plan && Ceilings.Broken(plan) == null;
        return new TestProgram(name, image, good, Span(protocol));
    }

    private static string Text(Protocol protocol) => string.Join(" then ", protocol.Blocks.Select(block => block is RepeatBlock nest
        ? $"{nest.Trains} x {nest.BurstsPerTrain} x {nest.PulsesPerBurst} pulses of {nest.PulseWidthUs} us each {nest.InterPulseUs} us, bursts each {nest.InterBurstUs} us, trains each {nest.TrainPeriodUs} us"
        : $"list of {block.Pulses} pulses of {block.PulseWidthUs} us over {block.LastOnsetUs} us"));

    private static long Span(Protocol protocol)
    {
        Rational us = protocol.LastPulseOnsetUs;
        return (long)(us.Numerator / us.Denominator);
    }

    private static TestProgram Mutated(TestProgram good, Dice dice)
    {
        byte[] image = [.. good.Image];
        int flips = 1 + dice.Below(3);
        for (int i = 0; i < flips; i++) { image[dice.Below(image.Length)] ^= (byte)(1 << dice.Below(8)); }
        if (dice.OneIn(5)) { image = image[..dice.Below(image.Length)]; }
        return new TestProgram($"{good.Name}, mutated", image.Length == 0 ? [0] : image, false, good.SpanUs);
    }

    private static TestProgram WrongTotals(TestProgram good, Dice dice)
    {
        byte[] image = [.. good.Image];
        image[dice.Of(12, 16, 24)] += (byte)(1 + dice.Below(3));
        return new TestProgram($"{good.Name}, with wrong totals", image, false, good.SpanUs);
    }

    /// <summary>Intervals below the smallest that any board lets through.</summary>
    private static TestProgram TooFast(Dice dice)
    {
        int interval = (int)dice.Between(111, 999);
        Protocol protocol = new() { Id = "fast", Blocks = [new RepeatBlock { PulsesPerBurst = 2 + dice.Below(4), InterPulseUs = interval, BurstsPerTrain = 3, InterBurstUs = 200_000 }] };
        return new TestProgram($"pulses each {interval} us", ProgramBuilder.Build(protocol), false, 600_000);
    }

    /// <summary>A pulse too many for one of the sliding windows.</summary>
    private static TestProgram Crowded(Dice dice)
    {
        (int pulses, int interval) = dice.Of((5, 12_400), (51, 19_900), (160, 33_000));
        Protocol protocol = new() { Id = "crowded", Blocks = [new RepeatBlock { PulsesPerBurst = pulses, InterPulseUs = interval }] };
        return new TestProgram($"{pulses} pulses each {interval} us", ProgramBuilder.Build(protocol), false, (long)pulses * interval);
    }

    private static TestProgram Garbage(Dice dice)
    {
        byte[] image = new byte[1 + dice.Below(300)];
        for (int i = 0; i < image.Length; i++) { image[i] = (byte)dice.Next(); }
        return new TestProgram($"{image.Length} random bytes", image, false, 1_000_000);
    }
}
