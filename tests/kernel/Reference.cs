using System.Buffers.Binary;
using System.Numerics;

namespace Escapement.Kernel.Tests;

/// <summary>A pulse of the reference expansion.</summary>
public sealed record ReferencePulse(BigInteger OnsetUnits, long OnsetUs, int WidthUs, int Level, int Block, int TrainDepth);

/// <summary>
/// The second implementation: reads programs straight from the format's text with unlimited integers, and lists every pulse.
/// Shares no code and no method with the kernel (which adds increments; this one multiplies indices).
/// </summary>
public static class Reference
{
    private static readonly BigInteger Hour = 3_600_000_000;
    private static readonly BigInteger Day = 86_400_000_000;

    public static List<ReferencePulse> Expand(byte[] image)
    {
        var pulses = new List<ReferencePulse>();
        uint den = U32(image, 8);
        int blocks = U16(image, 6);
        int at = 40;
        BigInteger blockStart = 0;
        for (int b = 0; b < blocks; b++)
        {
            int kind = image[at], levels = image[at + 1], depth = image[at + 2], width = U16(image, at + 4), entries = U16(image, at + 6);
            ulong span = U64(image, at + 8);
            at += 16;
            if (kind == 2)
            {
                BigInteger us = 0;
                pulses.Add(Pulse(blockStart, den, width, -1, b, depth));
                for (int e = 0; e < entries; e++, at += 4)
                {
                    us += U32(image, at);
                    pulses.Add(Pulse(blockStart + us * den, den, width, 0, b, depth));
                }
            }
            else
            {
                var counts = new uint[levels];
                var intervals = new ulong[levels];
                for (int l = 0; l < levels; l++, at += 12)
                {
                    counts[l] = U32(image, at);
                    intervals[l] = U64(image, at + 4);
                }

                ExpandRepeats(pulses, blockStart, den, width, b, depth, counts, intervals);
            }

            blockStart += span;
        }

        return pulses;
    }

    private static void ExpandRepeats(
        List<ReferencePulse> pulses, BigInteger start, uint den, int width, int block, int depth, uint[] counts, ulong[] intervals)
    {
        long total = counts.Aggregate(1L, (product, count) => product * count);
        for (long k = 0; k < total; k++)
        {
            // Pulse number k in the mixed radix of the counts; the outermost digit that changed is where the digits within are all zero.
            long rest = k;
            int level = -1;
            bool zerosOnly = true;
            BigInteger units = start;
            for (int l = counts.Length - 1; l >= 0; l--)
            {
                long digit = rest % counts[l];
                rest /= counts[l];
                units += digit * (BigInteger)intervals[l];
                if (zerosOnly && digit != 0)
                {
                    level = l;
                }

                zerosOnly &= digit == 0;
            }

            pulses.Add(Pulse(units, den, width, level, block, depth));
        }
    }

    private static ReferencePulse Pulse(BigInteger units, uint den, int width, int level, int block, int depth)
        => new(units, (long)((2 * units + den) / (2 * (BigInteger)den)), width, level, block, depth);

    /// <summary>Whether the rules of docs/program-format.md accept an image. Answers yes or no only: the codes have tests of their own.</summary>
    public static bool Accepts(byte[] image, int length)
    {
        try
        {
            return Judge(image.AsSpan(0, length).ToArray());
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            return false; // read beyond the end: truncated
        }
    }

    private static bool Judge(byte[] image)
    {
        if (image.Length > 4096 || U16(image, 0) != 0x5045 || image[2] != 1 || image[3] != 0 || U16(image, 4) != image.Length
            || U64(image, 32) != 0)
        {
            return false;
        }

        int blocks = U16(image, 6);
        uint den = U32(image, 8);
        if (blocks is < 1 or > 64 || den is < 1 or > 1_000_000)
        {
            return false;
        }

        int at = 40;
        BigInteger pulses = 0, last = 0, cycle = 0;
        for (int b = 0; b < blocks; b++)
        {
            int kind = image[at], levels = image[at + 1], depth = image[at + 2], reserved = image[at + 3];
            int width = U16(image, at + 4), entries = U16(image, at + 6);
            BigInteger span = U64(image, at + 8), low = (BigInteger)(width + 1) * den;
            at += 16;
            if (width is < 1 or > 32767 || reserved != 0)
            {
                return false;
            }

            BigInteger count = 1, inner = 0;
            if (kind == 1 && levels is >= 1 and <= 4 && depth <= levels && entries == 0)
            {
                for (int l = levels - 1; l >= 0; l--)
                {
                    BigInteger repeats = U32(image, at + 12 * l), interval = U64(image, at + 12 * l + 4);
                    if (repeats == 0 || (repeats == 1) != (interval == 0) || (repeats > 1 && !GapFits(interval - inner, low, den)))
                    {
                        return false;
                    }

                    count *= repeats;
                    inner += (repeats - 1) * interval;
                }

                at += 12 * levels;
            }
            else if (kind == 2 && levels == 0 && depth <= 1 && entries >= 1)
            {
                for (int e = 0; e < entries; e++, at += 4)
                {
                    BigInteger interval = U32(image, at) * (BigInteger)den;
                    if (!GapFits(interval, low, den))
                    {
                        return false;
                    }

                    inner += interval;
                }

                count += entries;
            }
            else
            {
                return false;
            }

            if (span - inner < low || (b < blocks - 1 && span - inner > Hour * den))
            {
                return false;
            }

            pulses += count;
            last = cycle + inner;
            cycle += span;
        }

        return at == image.Length && pulses <= 1_000_000 && cycle <= Day * den
            && pulses == U32(image, 12) && last == U64(image, 16) && cycle == U64(image, 24);
    }

    private static bool GapFits(BigInteger gap, BigInteger low, uint den) => gap >= low && gap <= Hour * den;

    private static int U16(byte[] image, int at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at));

    private static uint U32(byte[] image, int at) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(at));

    private static ulong U64(byte[] image, int at) => BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(at));
}
