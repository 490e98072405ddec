using System.Buffers.Binary;
using System.Numerics;

namespace Escapement.Kernel.Tests;

/// <summary>A level of a block, as the format states it.</summary>
public sealed record LevelModel(uint Count, ulong IntervalUnits);

/// <summary>A block, as the format states it.</summary>
public sealed record BlockModel
{
    public byte Kind { get; init; } = 1;
    public byte? StatedLevels { get; init; }
    public byte TrainDepth { get; init; }
    public byte Reserved { get; init; }
    public ushort WidthUs { get; init; } = 100;
    public ushort? StatedListCount { get; init; }
    public ulong SpanUnits { get; init; }
    public LevelModel[] Levels { get; init; } = [];
    public uint[] ListUs { get; init; } = [];

    public BigInteger PulseCount => Kind == 2
        ? ListUs.Length + 1
        : Levels.Aggregate(BigInteger.One, (product, level) => product * level.Count);

    public BigInteger LastOnsetUnits(BigInteger den) => Kind == 2
        ? ListUs.Aggregate(BigInteger.Zero, (sum, us) => sum + us) * den
        : Levels.Aggregate(BigInteger.Zero, (sum, level) => sum + (level.Count - BigInteger.One) * level.IntervalUnits);
}

/// <summary>Writes programs byte by byte from the format's text, right or wrong. Shares no code with the kernel.</summary>
public sealed record ProgramModel
{
    public uint Den { get; init; } = 1;
    public BlockModel[] Blocks { get; init; } = [];
    public ulong? StatedPulses { get; init; }
    public ulong? StatedLastOnset { get; init; }
    public ulong? StatedCycle { get; init; }

    public byte[] ToBytes()
    {
        var body = new List<byte>();
        BigInteger pulses = 0, last = 0, cycle = 0;
        foreach (var block in Blocks)
        {
            pulses += block.PulseCount;
            last = cycle + block.LastOnsetUnits(Den);
            cycle += block.SpanUnits;
            WriteBlock(body, block);
        }

        var bytes = new byte[40 + body.Count];
        body.CopyTo(bytes, 40);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0), 0x5045);
        bytes[2] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), (ushort)bytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), (ushort)Blocks.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Den);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), (uint)Low64(StatedPulses ?? pulses));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), Low64(StatedLastOnset ?? last));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), Low64(StatedCycle ?? cycle));
        return bytes;
    }

    private static ulong Low64(BigInteger value) => (ulong)(value & ulong.MaxValue);

    private static void WriteBlock(List<byte> body, BlockModel block)
    {
        var head = new byte[16];
        head[0] = block.Kind;
        head[1] = block.StatedLevels ?? (byte)block.Levels.Length;
        head[2] = block.TrainDepth;
        head[3] = block.Reserved;
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), block.WidthUs);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(6), block.StatedListCount ?? (ushort)block.ListUs.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(head.AsSpan(8), block.SpanUnits);
        body.AddRange(head);
        foreach (var level in block.Levels)
        {
            var bytes = new byte[12];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, level.Count);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(4), level.IntervalUnits);
            body.AddRange(bytes);
        }

        foreach (uint us in block.ListUs)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, us);
            body.AddRange(bytes);
        }
    }
}
