using System.Buffers.Binary;
using System.Numerics;

namespace Escapement.Host;

/// <summary>Writes a protocol as a pulse program, format version 1: the one form in which a session reaches a board.</summary>
public static class ProgramBuilder
{
    /// <summary>Largest program in bytes.</summary>
    public const int MaxBytes = 4096;

    private const int HeaderBytes = 40;
    private const int BlockBytes = 16;
    private const int LevelBytes = 12;
    private const int IntervalBytes = 4;
    private const ushort Magic = 0x5045;
    private const byte Version = 1;
    private const byte RepeatKind = 1;
    private const byte ListKind = 2;

    /// <summary>The program of a protocol; pulses are pulseWidthUs wide where the protocol states no width.</summary>
    /// <exception cref="InputException">The protocol cannot be played by any board.</exception>
    public static byte[] Build(Protocol protocol, int pulseWidthUs = ProtocolBlock.DefaultPulseWidthUs)
    {
        var session = protocol.WithPulseWidth(pulseWidthUs);
        ProtocolCheck.Require(session);
        var unit = ProtocolCheck.CommonDenominator(session);
        var program = new byte[Length(session)];
        WriteHeader(program, session, unit);
        var offset = HeaderBytes;
        foreach (var block in session.Blocks)
        {
            offset += WriteBlock(program.AsSpan(offset), block, unit);
        }

        return program;
    }

    /// <summary>Bytes that the program of a protocol takes.</summary>
    internal static long Length(Protocol protocol) => HeaderBytes + protocol.Blocks.Sum(BlockLength);

    private static long BlockLength(ProtocolBlock block) => BlockBytes + (block is ListBlock list
        ? IntervalBytes * (long)list.IntervalsUs.Count
        : LevelBytes * (long)((RepeatBlock)block).Levels.Count);

    private static void WriteHeader(Span<byte> program, Protocol session, BigInteger unit)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(program, Magic);
        program[2] = Version;
        BinaryPrimitives.WriteUInt16LittleEndian(program[4..], checked((ushort)program.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(program[6..], checked((ushort)session.Blocks.Count));
        BinaryPrimitives.WriteUInt32LittleEndian(program[8..], (uint)unit);
        BinaryPrimitives.WriteUInt32LittleEndian(program[12..], checked((uint)session.TotalPulses));
        BinaryPrimitives.WriteUInt64LittleEndian(program[16..], Units(session.LastPulseOnsetUs, unit));
        BinaryPrimitives.WriteUInt64LittleEndian(program[24..], Units(session.CycleUs, unit));
    }

    private static int WriteBlock(Span<byte> at, ProtocolBlock block, BigInteger unit)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(at[4..], checked((ushort)block.PulseWidthUs));
        BinaryPrimitives.WriteUInt64LittleEndian(at[8..], Units(block.SpanUs, unit));
        return block is ListBlock list ? WriteList(at, list) : WriteNest(at, (RepeatBlock)block, unit);
    }

    private static int WriteNest(Span<byte> at, RepeatBlock block, BigInteger unit)
    {
        var levels = block.Levels;
        at[0] = RepeatKind;
        at[1] = (byte)levels.Count;
        at[2] = (byte)(block.Trains > 1 ? 1 : 0);
        var offset = BlockBytes;
        foreach (var level in levels)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(at[offset..], checked((uint)level.Count));
            BinaryPrimitives.WriteUInt64LittleEndian(at[(offset + 4)..], Units(level.IntervalUs, unit));
            offset += LevelBytes;
        }

        return offset;
    }

    private static int WriteList(Span<byte> at, ListBlock block)
    {
        at[0] = ListKind;
        BinaryPrimitives.WriteUInt16LittleEndian(at[6..], checked((ushort)block.IntervalsUs.Count));
        var offset = BlockBytes;
        foreach (var interval in block.IntervalsUs)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(at[offset..], checked((uint)interval));
            offset += IntervalBytes;
        }

        return offset;
    }

    private static ulong Units(Rational us, BigInteger unit)
    {
        var units = us * unit;
        return units.IsWhole ? (ulong)units.Numerator : throw new InvalidOperationException("The common unit does not divide a time of the protocol.");
    }
}
