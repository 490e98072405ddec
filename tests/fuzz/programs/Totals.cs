using System.Buffers.Binary;
using System.Numerics;

namespace Escapement.Fuzz.Programs;

/// <summary>Writes into a damaged program the length and the totals that its blocks give, right or wrong, so that it gets past the comparison of totals.</summary>
public static class Totals
{
    public static void Correct(byte[] image)
    {
        if (image.Length < 40)
        {
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(4), (ushort)image.Length);
        int at = 40, blocks = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(6));
        uint den = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(8));
        BigInteger pulses = 0, last = 0, cycle = 0;
        for (int b = 0; b < blocks && at + 16 <= image.Length; b++)
        {
            bool isList = image[at] == 2;
            int parts = isList ? BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at + 6)) : image[at + 1];
            ulong span = BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(at + 8));
            at += 16;
            BigInteger count = 1, inner = 0;
            for (int i = 0; i < parts && at + (isList ? 4 : 12) <= image.Length; i++, at += isList ? 4 : 12)
            {
                uint first = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(at));
                inner += isList ? first * (BigInteger)den : (first - BigInteger.One) * BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(at + 4));
                count = isList ? count + 1 : count * first;
            }

            pulses += count;
            last = cycle + inner;
            cycle += span;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(12), (uint)(pulses & uint.MaxValue));
        BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(16), (ulong)(last & ulong.MaxValue));
        BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(24), (ulong)(cycle & ulong.MaxValue));
    }
}
