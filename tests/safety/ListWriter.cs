using System.Buffers.Binary;

namespace Escapement.Safety.Tests;

/// <summary>Writes word lists half by half, by the rules of the hardware alone; has nothing to do with the kernel's encoder.</summary>
internal sealed class ListWriter
{
    public const int Longest = 32767;

    public List<(bool High, int Ticks)> Halves { get; } = [];

    /// <summary>A list as it should be: lead-in, pulses on word boundaries, the last low half 1 tick, padding of 1 tick.</summary>
    public static ListWriter Good(IReadOnlyList<long> gaps, int width, int headWords = 4, long leadIn = 200_000)
    {
        var writer = new ListWriter();
        writer.Lows(leadIn, headWords * 2);
        foreach (var gap in gaps)
        {
            writer.Half(true, width);
            var lows = (int)((gap - width + Longest - 1) / Longest);
            writer.Lows(gap - width, lows % 2 == 0 ? lows + 1 : lows);
        }

        writer.Half(true, width);
        writer.Half(false, 1);
        return writer;
    }

    public ListWriter Half(bool high, int ticks)
    {
        Halves.Add((high, ticks));
        return this;
    }

    /// <summary>Low for so many ticks in so many halves, the long ones first.</summary>
    public ListWriter Lows(long ticks, int halves)
    {
        for (var left = halves; left > 0; left--)
        {
            var part = (int)Math.Min(Longest, ticks - (left - 1));
            Half(false, part);
            ticks -= part;
        }

        return ticks == 0 ? this : throw new ArgumentException("These halves do not hold that many ticks.");
    }

    /// <summary>Low for so many ticks in as few halves as can be.</summary>
    public ListWriter Low(long ticks) => Lows(ticks, (int)((ticks + Longest - 1) / Longest));

    public ListWriter PadTo(int words)
    {
        while (Halves.Count < words * 2)
        {
            Half(false, 1);
        }

        return this;
    }

    /// <summary>Pads to whole words and away from a multiple of the channel memory.</summary>
    public ListWriter PadAway(int channelWords)
    {
        PadTo((Halves.Count + 1) / 2);
        return Halves.Count / 2 % channelWords == 0 ? PadTo((Halves.Count / 2) + 1) : this;
    }

    public byte[] Bytes()
    {
        var bytes = new byte[Halves.Count * 2];
        for (var i = 0; i < Halves.Count; i++)
        {
            var (high, ticks) = Halves[i];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), (ushort)((high ? 0x8000 : 0) | ticks));
        }

        return bytes;
    }
}
