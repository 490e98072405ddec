using System.Globalization;
using System.Numerics;

namespace Escapement.Kernel.Tests;

/// <summary>An exact time: numerator / denominator microseconds.</summary>
public readonly record struct Micros(BigInteger Numerator, BigInteger Denominator)
{
    public static Micros Parse(string text)
    {
        string[] parts = text.Split('/');
        return new Micros(BigInteger.Parse(parts[0], CultureInfo.InvariantCulture),
            parts.Length > 1 ? BigInteger.Parse(parts[1], CultureInfo.InvariantCulture) : 1);
    }

    public ulong Units(BigInteger den) => (ulong)(Numerator * den / Denominator);
}

/// <summary>One row of the protocol library.</summary>
public sealed record LibraryRow(
    string Id, uint PulsesPerBurst, Micros Ipi, uint BurstsPerTrain, Micros? Ibi, uint Trains, Micros? Period, int TotalPulses,
    Micros LastOnset, Micros Cycle)
{
    public Micros OnsetOf(long pulse)
    {
        BigInteger inBurst = pulse % PulsesPerBurst, burst = pulse / PulsesPerBurst % BurstsPerTrain, train = pulse / PulsesPerBurst / BurstsPerTrain;
        BigInteger den = Den;
        BigInteger units = inBurst * Ipi.Units(den);
        units += Ibi is { } ibi ? burst * ibi.Units(den) : 0;
        units += Period is { } period ? train * period.Units(den) : 0;
        return new Micros(units, den);
    }

    public uint Den
    {
        get
        {
            BigInteger den = 1;
            foreach (var time in new[] { Ipi, Ibi ?? Ipi, Period ?? Ipi, Cycle })
            {
                den = den / BigInteger.GreatestCommonDivisor(den, time.Denominator) * time.Denominator;
            }

            return (uint)den;
        }
    }

    public BlockModel ToBlock(uint den, ushort widthUs = 100)
    {
        var levels = new List<LevelModel>();
        if (Trains > 1)
        {
            levels.Add(new LevelModel(Trains, Period!.Value.Units(den)));
        }

        if (BurstsPerTrain > 1)
        {
            levels.Add(new LevelModel(BurstsPerTrain, Ibi!.Value.Units(den)));
        }

        levels.Add(new LevelModel(PulsesPerBurst, PulsesPerBurst > 1 ? Ipi.Units(den) : 0));
        return new BlockModel
        {
            Levels = [.. levels], TrainDepth = (byte)(Trains > 1 ? 1 : 0), WidthUs = widthUs, SpanUnits = Cycle.Units(den),
        };
    }

    public byte[] ToProgram() => new ProgramModel { Den = Den, Blocks = [ToBlock(Den)] }.ToBytes();

    public override string ToString() => Id;
}

/// <summary>The protocol library as test data.</summary>
public static class Library
{
    public static readonly LibraryRow[] Rows = Load();

    public static IEnumerable<object[]> Ids => Rows.Select(row => new object[] { row.Id });

    public static LibraryRow Row(string id) => Rows.Single(row => row.Id == id);

    private static LibraryRow[] Load()
    {
        using var reader = new StreamReader(typeof(Library).Assembly.GetManifestResourceStream("library.csv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Parse).ToArray();
    }

    private static LibraryRow Parse(string line)
    {
        string[] cell = line.Trim().Split(',');
        return new LibraryRow(
            cell[0], uint.Parse(cell[1]), Micros.Parse(cell[2]), uint.Parse(cell[3]), Time(cell[4]), uint.Parse(cell[5]), Time(cell[6]),
            int.Parse(cell[7]), Micros.Parse(cell[8]), Micros.Parse(cell[9]));
    }

    private static Micros? Time(string cell) => cell.Length == 0 ? null : Micros.Parse(cell);
}
