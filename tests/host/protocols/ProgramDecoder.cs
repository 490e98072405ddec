using System.Numerics;

namespace Escapement.Host.Tests.Protocols;

/// <summary>Reads a program back from its bytes by the format's description alone and lists its onsets in 1/den microsecond.</summary>
internal sealed class ProgramDecoder
{
    private readonly BinaryReader reader;

    public ProgramDecoder(byte[] program)
    {
        reader = new BinaryReader(new MemoryStream(program));
        Assert.AreEqual(0x5045, reader.ReadUInt16(), "magic");
        Assert.AreEqual(1, reader.ReadByte(), "version");
        Assert.AreEqual(0, reader.ReadByte(), "flags");
        Assert.AreEqual(program.Length, reader.ReadUInt16(), "length");
        var blocks = reader.ReadUInt16();
        Den = reader.ReadUInt32();
        var pulses = reader.ReadUInt32();
        var last = reader.ReadUInt64();
        var cycle = reader.ReadUInt64();
        Assert.AreEqual(0UL, reader.ReadUInt64(), "reserved");
        var start = BigInteger.Zero;
        for (var i = 0; i < blocks; i++)
        {
            start += Block(start);
        }

        Assert.AreEqual(program.Length, reader.BaseStream.Position, "nothing behind the last block");
        Assert.HasCount((int)pulses, Onsets, "total pulses");
        Assert.AreEqual(new BigInteger(last), Onsets[^1], "last onset");
        Assert.AreEqual(new BigInteger(cycle), start, "cycle");
    }

    public uint Den { get; }

    public List<BigInteger> Onsets { get; } = [];

    public List<int> WidthsUs { get; } = [];

    public List<int> TrainDepths { get; } = [];

    private BigInteger Block(BigInteger start)
    {
        var kind = reader.ReadByte();
        var levels = reader.ReadByte();
        TrainDepths.Add(reader.ReadByte());
        Assert.AreEqual(0, reader.ReadByte(), "reserved");
        var width = reader.ReadUInt16();
        var entries = reader.ReadUInt16();
        var span = reader.ReadUInt64();
        IEnumerable<BigInteger> offsets = [BigInteger.Zero];
        if (kind == 1)
        {
            Assert.AreEqual(0, entries);
            for (var i = 0; i < levels; i++)
            {
                var count = reader.ReadUInt32();
                var interval = new BigInteger(reader.ReadUInt64());
                offsets = [.. offsets.SelectMany(at => Enumerable.Range(0, (int)count).Select(k => at + (k * interval)))];
            }
        }
        else
        {
            Assert.AreEqual(2, kind);
            var list = new List<BigInteger> { 0 };
            for (var i = 0; i < entries; i++)
            {
                list.Add(list[^1] + ((BigInteger)reader.ReadUInt32() * Den));
            }

            offsets = list;
        }

        foreach (var offset in offsets)
        {
            Onsets.Add(start + offset);
            WidthsUs.Add(width);
        }

        return span;
    }
}
