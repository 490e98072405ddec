using System.IO.Hashing;
using System.Text;
using CsCheck;

namespace Escapement.Chip.Tests;

[TestClass]
public class HashingTests
{
    [TestMethod]
    public void TheCheckValueOfTheStandardHolds()
    {
        Assert.AreEqual(0xCBF43926u, Crc32.HashToUInt32(Encoding.ASCII.GetBytes("123456789")));
        Assert.AreEqual(0u, Crc32.HashToUInt32(SpanByte.Empty));
    }

    [TestMethod]
    public void AnyCutOfAnyBytesGivesWhatDivisionBitByBitGives()
    {
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 200]).Sample(
            (bytes, at) =>
            {
                int cut = Math.Min(at, bytes.Length);
                var crc = new Crc32();
                crc.Append(new SpanByte(bytes, 0, cut));
                if (cut < bytes.Length)
                {
                    crc.Append(bytes[cut]);
                    crc.Append(bytes[(cut + 1)..]);
                }

                Assert.AreEqual(BitByBit(bytes), crc.GetCurrentHashAsUInt32());
                Assert.AreEqual(BitByBit(bytes), Crc32.HashToUInt32(bytes));
                crc.Reset();
                Assert.AreEqual(0u, crc.GetCurrentHashAsUInt32());
            });
    }

    [TestMethod]
    public void SpansSliceCopyAndKeepTheirBounds()
    {
        byte[] bytes = { 1, 2, 3, 4, 5 };
        SpanByte middle = new SpanByte(bytes, 1, 3);
        Assert.AreEqual(3, middle.Length);
        Assert.AreEqual(3, middle[1]);
        CollectionAssert.AreEqual(new byte[] { 3, 4 }, middle.Slice(1).ToArray());
        var into = new byte[4];
        middle.CopyTo(into);
        CollectionAssert.AreEqual(new byte[] { 2, 3, 4, 0 }, into);
        Assert.ThrowsExactly<IndexOutOfRangeException>(() => new SpanByte(bytes, 1, 3)[3]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SpanByte(bytes, 3, 3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SpanByte(bytes, 1, 3).Slice(2, 2));
    }

    private static uint BitByBit(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            for (int i = 0; i < 8; i++)
            {
                bool carry = ((crc ^ (uint)(b >> i)) & 1) != 0;
                crc = (crc >> 1) ^ (carry ? 0xEDB88320u : 0);
            }
        }

        return ~crc;
    }
}
