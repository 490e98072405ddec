using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Escapement.Kernel;
using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>A list as the kernel wrote it, with what the kernel planned for it; onsets from the session's origin.</summary>
internal sealed record KernelList(byte[] Bytes, long FirstOnsetUs, long LastOnsetUs, int Pulses);

/// <summary>The protocol library's rows as word lists of the kernel.</summary>
internal static class Library
{
    public static IEnumerable<string> Ids() => Rows().Select(row => row["id"]);

    public static List<KernelList> Lists(string id, int width = 100)
    {
        var image = Program(Rows().Single(row => row["id"] == id), width);
        var limits = new PlanLimits();
        var verifier = new ProgramVerifier();
        verifier.Begin(image, image.Length);
        Assert.AreEqual(1, Run(() => verifier.Step(1000)), id);
        var planner = new Planner();
        planner.Begin(image, limits);
        Assert.AreEqual(1, Run(() => planner.Step(1000)), id);
        var transactions = new TransactionPlanner();
        transactions.Begin(image, planner);
        var lists = new List<KernelList>();
        while (Run(() => transactions.Step(1000)) == 1)
        {
            var encoder = new WordEncoder();
            var list = new byte[4 * planner.LengthWords(transactions.Slot)];
            encoder.Begin(list, transactions, limits);
            Assert.AreEqual(1, Run(() => encoder.Step(1000)), id);
            lists.Add(new KernelList(list, transactions.FirstOnsetUs, transactions.LastOnsetUs, transactions.Pulses));
            transactions.Next();
        }

        return lists;
    }

    private static int Run(Func<int> step)
    {
        int result;
        do
        {
            result = step();
        }
        while (result == 0);
        return result;
    }

    private static byte[] Program(Dictionary<string, string> row, int width)
    {
        var levels = new[] { ("trains", "train_period_us"), ("bursts_per_train", "ibi_us"), ("pulses_per_burst", "ipi_us") }
            .Select(names => (Count: uint.Parse(row[names.Item1], CultureInfo.InvariantCulture), Interval: Fraction(row[names.Item2])))
            .Where(level => level.Count > 1)
            .ToList();
        var cycle = Fraction(row["cycle_us"]);
        var den = levels.Select(level => level.Interval.Den).Append(cycle.Den).Aggregate(BigInteger.One, (a, b) => a * b / BigInteger.GreatestCommonDivisor(a, b));
        ulong Units((BigInteger Num, BigInteger Den) value) => (ulong)(value.Num * den / value.Den);
        var last = levels.Aggregate(0UL, (sum, level) => sum + ((level.Count - 1) * Units(level.Interval)));

        var image = new byte[40 + 16 + (levels.Count * 12)];
        var span = image.AsSpan();
        BinaryPrimitives.WriteUInt16LittleEndian(span, 0x5045);
        image[2] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(span[4..], (ushort)image.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(span[6..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(span[8..], (uint)den);
        BinaryPrimitives.WriteUInt32LittleEndian(span[12..], levels.Aggregate(1U, (product, level) => product * level.Count));
        BinaryPrimitives.WriteUInt64LittleEndian(span[16..], last);
        BinaryPrimitives.WriteUInt64LittleEndian(span[24..], Units(cycle));
        image[40] = 1;
        image[41] = (byte)levels.Count;
        image[42] = (byte)(row["trains"] == "1" ? 0 : 1);
        BinaryPrimitives.WriteUInt16LittleEndian(span[44..], (ushort)width);
        BinaryPrimitives.WriteUInt64LittleEndian(span[48..], Units(cycle));
        for (var i = 0; i < levels.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(span[(56 + (i * 12))..], levels[i].Count);
            BinaryPrimitives.WriteUInt64LittleEndian(span[(60 + (i * 12))..], Units(levels[i].Interval));
        }

        return image;
    }

    private static (BigInteger Num, BigInteger Den) Fraction(string text)
    {
        var parts = (text.Length == 0 ? "0" : text).Split('/');
        return (BigInteger.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length == 1 ? 1 : BigInteger.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static IEnumerable<Dictionary<string, string>> Rows()
    {
        var lines = File.ReadAllLines(Path.Combine(Root(), "tools", "host", "protocols", "library.csv")).Where(line => line.Length > 0).Select(Fields).ToList();
        return lines.Skip(1).Select(fields => lines[0].Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            quoted ^= c == '"';
            if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (c != '"')
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
