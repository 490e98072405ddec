using CsCheck;

namespace Escapement.Link.Tests;

[TestClass]
public sealed class RegisterFileTests
{
    private static readonly int[] Addresses = [.. Enumerable.Range(0, 256).Where(RegisterTable.Exists)];

    [TestMethod]
    public void Registers_lie_side_by_side_and_fill_the_store()
    {
        var file = new RegisterFile();
        int at = 0;
        foreach (int address in Addresses)
        {
            Assert.AreEqual(at, file.OffsetOf(address));
            at += RegisterTable.BytesOf(address);
        }

        Assert.AreEqual(at, file.Store.Length);
        Assert.AreEqual(-1, file.OffsetOf(20));
        Assert.AreEqual(-1, file.OffsetOf(-1));
        Assert.AreEqual(-1, file.OffsetOf(256));
    }

    [TestMethod]
    public void A_typed_set_changes_that_element_little_endian_and_no_other_byte() =>
        Gen.Select(Gen.Int[0, 90], Gen.Int[-2, 70], Gen.Int[0, 3], Gen.Long).Sample((address, element, kind, value) =>
        {
            var file = new RegisterFile();
            int size = 1 << kind;
            bool done = kind switch
            {
                0 => file.SetU8(address, element, (int)value),
                1 => file.SetU16(address, element, (int)value),
                2 => file.SetU32(address, element, (uint)value),
                _ => file.SetU64(address, element, value),
            };
            long back = kind switch
            {
                0 => file.GetU8(address, element),
                1 => file.GetU16(address, element),
                2 => file.GetU32(address, element),
                _ => file.GetU64(address, element),
            };
            bool fits = RegisterTable.TypeOf(address) == size && element >= 0 && element < RegisterTable.LengthOf(address);
            var expected = new byte[file.Store.Length];
            if (fits)
            {
                BitConverter.GetBytes(value).AsSpan(0, size).CopyTo(expected.AsSpan(file.OffsetOf(address) + element * size));
            }

            long mask = kind == 3 ? -1 : (1L << (8 * size)) - 1;
            return done == fits && file.Store.AsSpan().SequenceEqual(expected) && back == (fits ? value & mask : 0);
        }, iter: 20_000);

    [TestMethod]
    public void A_signed_set_changes_that_element_and_no_other_byte_and_is_for_signed_registers_only() =>
        Gen.Select(Gen.OneOf(Gen.Int[0, 90], Gen.Const(RegisterAddress.CoilTemperature)), Gen.Int[-2, 70], Gen.Int).Sample((address, element, value) =>
        {
            var file = new RegisterFile();
            bool fits = RegisterTable.TypeOf(address) == PayloadType.S32 && element >= 0 && element < RegisterTable.LengthOf(address);
            var expected = new byte[file.Store.Length];
            if (fits)
            {
                BitConverter.GetBytes(value).CopyTo(expected, file.OffsetOf(address) + (element * 4));
            }

            return file.SetS32(address, element, value) == fits && file.Store.AsSpan().SequenceEqual(expected);
        }, iter: 20_000);

    [TestMethod]
    public void Whole_contents_go_in_and_out_and_a_wrong_length_does_not()
    {
        var file = new RegisterFile();
        foreach (int address in Addresses)
        {
            int bytes = RegisterTable.BytesOf(address);
            byte[] content = [.. Enumerable.Range(0, bytes + 4).Select(i => (byte)(i + address))];
            Assert.IsTrue(file.SetBytes(address, content, 2, bytes));
            Assert.IsFalse(file.SetBytes(address, content, 0, bytes + 1));
            Assert.IsFalse(file.SetBytes(address, content, 0, bytes - 1));
            var back = new byte[bytes + 1];
            Assert.AreEqual(bytes, file.GetBytes(address, back, 1));
            CollectionAssert.AreEqual(content[2..(2 + bytes)], back[1..]);
        }

        Assert.IsFalse(file.SetBytes(99, new byte[4], 0, 0));
        Assert.AreEqual(0, file.GetBytes(99, new byte[4], 0));
    }

    [TestMethod]
    public void The_queue_gives_whole_frames_in_order_whatever_the_wrap() =>
        Gen.Select(Gens.Frame.Array[1, 80], Gen.Int[0, 40].Array[1, 80]).Sample((frames, takes) =>
        {
            var queue = new TransmitQueue();
            var expected = new List<SpecFrame>();
            var taken = new List<SpecFrame>();
            var port = new byte[128];
            for (int i = 0; i < frames.Length; i++)
            {
                byte[] frame = frames[i].Encode();
                bool fits = frame.Length <= queue.Room;
                if (queue.Add(frame, frame.Length) != fits)
                {
                    return false;
                }

                expected.AddRange(fits ? [frames[i]] : []);
                if (takes[i % takes.Length] % 3 != 0)
                {
                    taken.AddRange(SpecFrame.Scan(port.AsSpan(0, queue.Take(port))));
                }
            }

            for (int count; (count = queue.Take(port)) > 0;)
            {
                taken.AddRange(SpecFrame.Scan(port.AsSpan(0, count)));
            }

            return taken.SequenceEqual(expected) && queue.Room == TransmitQueue.Capacity;
        }, iter: 2_000);
}
