namespace Escapement.Runtime.Tests;

/// <summary>Program images written by hand from docs/program-format.md.</summary>
public static class Programs
{
    /// <summary>Nested repeats, outermost first, in whole microseconds.</summary>
    public static byte[] Repeats(int trainDepth, int widthUs, params (uint Count, ulong IntervalUs)[] levels)
    {
        ulong last = 0;
        uint pulses = 1;
        foreach ((uint count, ulong interval) in levels)
        {
            last += (count - 1) * interval;
            pulses *= count;
        }

        ulong span = last + 1_000_000;
        int length = 40 + 16 + (12 * levels.Length);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write((ushort)0x5045);
        writer.Write((byte)1);
        writer.Write((byte)0);
        writer.Write((ushort)length);
        writer.Write((ushort)1);
        writer.Write(1u);
        writer.Write(pulses);
        writer.Write(last);
        writer.Write(span);
        writer.Write(0ul);
        writer.Write((byte)1);
        writer.Write((byte)levels.Length);
        writer.Write((byte)trainDepth);
        writer.Write((byte)0);
        writer.Write((ushort)widthUs);
        writer.Write((ushort)0);
        writer.Write(span);
        foreach ((uint count, ulong interval) in levels)
        {
            writer.Write(count);
            writer.Write(count == 1 ? 0 : interval);
        }

        return stream.ToArray();
    }

    /// <summary>A list of 900 intervals of 100 ms.</summary>
    public static byte[] LongList
    {
        get
        {
            const int Intervals = 900;
            ulong last = Intervals * 100_000ul, span = last + 1_000_000;
            using MemoryStream stream = new();
            using BinaryWriter writer = new(stream);
            writer.Write((ushort)0x5045);
            writer.Write((ushort)1);
            writer.Write((ushort)(40 + 16 + (4 * Intervals)));
            writer.Write((ushort)1);
            writer.Write(1u);
            writer.Write(Intervals + 1u);
            writer.Write(last);
            writer.Write(span);
            writer.Write(0ul);
            writer.Write((byte)2);
            writer.Write((byte)0);
            writer.Write((ushort)0);
            writer.Write((ushort)100);
            writer.Write((ushort)Intervals);
            writer.Write(span);
            for (int i = 0; i < Intervals; i++)
            {
                writer.Write(100_000u);
            }

            return stream.ToArray();
        }
    }

    /// <summary>A short train, and 0.8 s after its last pulse a long list: six pulses, then 901 pulses in 90 s.</summary>
    public static byte[] ShortThenLong
    {
        get
        {
            byte[] first = Repeats(0, 100, (6, 40_000)), second = LongList;
            byte[] image = [.. first, .. second[40..]];
            BitConverter.TryWriteBytes(image.AsSpan(4), (ushort)image.Length);
            BitConverter.TryWriteBytes(image.AsSpan(6), (ushort)2);
            BitConverter.TryWriteBytes(image.AsSpan(12), 907u);
            BitConverter.TryWriteBytes(image.AsSpan(16), 1_000_000ul + (900 * 100_000));
            BitConverter.TryWriteBytes(image.AsSpan(24), 1_000_000ul + (900 * 100_000) + 1_000_000);
            BitConverter.TryWriteBytes(image.AsSpan(48), 1_000_000ul); // the first block's span
            return image;
        }
    }

    /// <summary>Three trains of two theta bursts: 18 pulses, trains 2 s apart.</summary>
    public static byte[] ShortBursts => Repeats(1, 100, (3, 2_000_000), (2, 200_000), (3, 20_000));

    /// <summary>The exact onsets of <see cref="ShortBursts"/>.</summary>
    public static long[] ShortBurstOnsets => [.. from train in Enumerable.Range(0, 3) from burst in Enumerable.Range(0, 2) from pulse in Enumerable.Range(0, 3) select (train * 2_000_000L) + (burst * 200_000L) + (pulse * 20_000L)];
}
