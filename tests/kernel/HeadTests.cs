using System.Buffers.Binary;
using CsCheck;

namespace Escapement.Kernel.Tests;

[TestClass]
public class HeadTests
{
    [TestMethod]
    public void The_head_makes_up_the_wait_exactly_with_the_patched_half_in_the_middle_of_its_range()
    {
        Gen.Select(Gen.Int[1, 8], Gen.Long[0, 600_000]).Sample((words, wait) =>
        {
            byte[] list = new byte[words * 4 + 4];
            Array.Fill<byte>(list, 0xFF);
            int coarse = HeadWriter.SetCoarse(list, words, wait);
            var halves = Enumerable.Range(0, words * 2).Select(i => (int)BinaryPrimitives.ReadUInt16LittleEndian(list.AsSpan(2 * i))).ToArray();
            Assert.IsTrue(halves.All(half => half is >= 1 and <= 32767), "no zero half, none high, whatever the wait");
            Assert.AreEqual(coarse, halves[..^1].Sum());
            Assert.IsTrue(list[^4..].All(b => b == 0xFF), "nothing beyond the head is touched");
            long most = (2 * words - 1) * 32767L;
            if (wait > 2 * words - 1 + 16384 && wait - 16384 <= most)
            {
                Assert.AreEqual(16384, wait - coarse);
            }

            if (wait >= 2 * words && wait <= most + 32767)
            {
                Assert.AreEqual(wait, halves.Sum());
            }
        });
    }

    [TestMethod]
    public void The_reference_head_leaves_room_for_a_send_16_ms_early_or_late()
    {
        byte[] list = new byte[16];
        int coarse = HeadWriter.SetCoarse(list, 4, 200_000);
        Assert.AreEqual(16384, 200_000 - coarse);
        Assert.AreEqual(14, HeadWriter.PatchOffset(4));
        HeadWriter.SetHalf(list, HeadWriter.PatchOffset(4), 32767);
        Assert.AreEqual(0x7FFF, BinaryPrimitives.ReadUInt16LittleEndian(list.AsSpan(14)));
    }
}
