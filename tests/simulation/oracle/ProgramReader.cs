using System.Buffers.Binary;
using System.Numerics;

namespace Escapement.Simulation;

/// <summary>What a program asks for.</summary>
/// <param name="OnsetsUs">Onset of each pulse from the first one, on the tick of one microsecond.</param>
/// <param name="WidthsUs">Width of each pulse in microseconds.</param>
public sealed record PulsePlan(long[] OnsetsUs, int[] WidthsUs)
{
    /// <summary>Pulses.</summary>
    public int Count => OnsetsUs.Length;
}

/// <summary>
/// Expands a pulse program, as docs/program-format.md says, in whole numbers of any size and pulse by pulse. It shares no code with the
/// board's kernel and knows no limits; what it cannot read is nothing that a board may play.
/// </summary>
public static class ProgramReader
{
    private const int HeaderBytes = 40;
    private const int BlockBytes = 16;
    private const int LevelBytes = 12;
    private const int MostPulses = 20_000;

    /// <summary>The pulses of a program; null when it is none or holds more than any session.</summary>
    public static PulsePlan? Read(ReadOnlySpan<byte> image)
    {
        if (image.Length < HeaderBytes + BlockBytes) { return null; }
        uint den = BinaryPrimitives.ReadUInt32LittleEndian(image[8..]);
        int blocks = BinaryPrimitives.ReadUInt16LittleEndian(image[6..]);
        if (den == 0 || BinaryPrimitives.ReadUInt16LittleEndian(image) != 0x5045) { return null; }
        List<long> onsets = [];
        List<int> widths = [];
        BigInteger start = 0;
        int at = HeaderBytes;
        for (int block = 0; block < blocks; block++)
        {
            if (!ReadBlock(image, ref at, den, start, onsets, widths, out BigInteger span)) { return null; }
            start += span;
        }

        return onsets.Count == 0 ? null : new PulsePlan([.. onsets], [.. widths]);
    }

    private static bool ReadBlock(ReadOnlySpan<byte> image, ref int at, uint den, BigInteger start, List<long> onsets, List<int> widths, out BigInteger span)
    {
        span = 0;
        if (image.Length < at + BlockBytes) { return false; }
        ReadOnlySpan<byte> head = image[at..];
        int width = BinaryPrimitives.ReadUInt16LittleEndian(head[4..]);
        int intervals = BinaryPrimitives.ReadUInt16LittleEndian(head[6..]);
        span = BinaryPrimitives.ReadUInt64LittleEndian(head[8..]);
        at += BlockBytes;
        List<BigInteger> offsets = head[0] == 1 ? Nest(image, ref at, head[1]) : List(image, ref at, intervals, den);
        foreach (BigInteger offset in offsets)
        {
            onsets.Add(Tick(start + offset, den));
            widths.Add(width);
        }

        return offsets.Count > 0 && onsets.Count <= MostPulses;
    }

    private static List<BigInteger> Nest(ReadOnlySpan<byte> image, ref int at, int levels)
    {
        List<BigInteger> offsets = [BigInteger.Zero];
        if (levels is 0 or > 4 || image.Length < at + (levels * LevelBytes)) { return []; }
        for (int level = 0; level < levels; level++)
        {
            uint count = BinaryPrimitives.ReadUInt32LittleEndian(image[at..]);
            BigInteger interval = BinaryPrimitives.ReadUInt64LittleEndian(image[(at + 4)..]);
            at += LevelBytes;
            if (count == 0 || count * (long)offsets.Count > MostPulses) { return []; }
            List<BigInteger> next = new((int)count * offsets.Count);
            foreach (BigInteger offset in offsets)
            {
                for (uint i = 0; i < count; i++) { next.Add(offset + (i * interval)); }
            }

            offsets = next;
        }

        return offsets;
    }

    private static List<BigInteger> List(ReadOnlySpan<byte> image, ref int at, int intervals, uint den)
    {
        if (image.Length < at + (4 * intervals)) { return []; }
        List<BigInteger> offsets = [BigInteger.Zero];
        for (int i = 0; i < intervals; i++, at += 4)
        {
            offsets.Add(offsets[^1] + ((BigInteger)BinaryPrimitives.ReadUInt32LittleEndian(image[at..]) * den));
        }

        return offsets;
    }

    // Rounded once from the session's origin, halves up.
    private static long Tick(BigInteger units, uint den)
    {
        BigInteger tick = ((2 * units) + den) / (2 * (BigInteger)den);
        return tick > long.MaxValue ? long.MaxValue : (long)tick;
    }
}
