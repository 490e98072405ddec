using System.Buffers.Binary;

namespace Escapement.Host;

/// <summary>The three kinds of Harp messages.</summary>
public enum HarpKind : byte
{
    /// <summary>Asks for the contents of a register, or answers with them.</summary>
    Read = 1,

    /// <summary>Changes the contents of a register, or tells what they are afterwards.</summary>
    Write = 2,

    /// <summary>Tells the contents of a register unasked.</summary>
    Event = 3,
}

/// <summary>One whole message from a board.</summary>
/// <param name="Kind">Read and Write are replies here.</param>
/// <param name="IsError">The board answered with Error.</param>
/// <param name="Address">The register.</param>
/// <param name="PayloadType">Harp payload type without the timestamp bit.</param>
/// <param name="HasTimestamp">Whether the message carries the board's Harp time.</param>
/// <param name="Seconds">Whole seconds of the Harp time.</param>
/// <param name="Ticks">Its fraction in units of 32 microseconds.</param>
/// <param name="Payload">The contents.</param>
/// <param name="Frame">All the message's bytes, as received.</param>
public sealed record HarpMessage(HarpKind Kind, bool IsError, int Address, int PayloadType, bool HasTimestamp, uint Seconds, int Ticks, byte[] Payload, byte[] Frame)
{
    /// <summary>Harp time in microseconds, to 32 of them.</summary>
    public long TimeUs => (Seconds * 1_000_000L) + (Ticks * 32L);

    /// <summary>Element <paramref name="index"/> of a U32 array; 0 when the payload does not reach that far.</summary>
    public uint U32(int index) => (index * 4) + 4 <= Payload.Length ? BinaryPrimitives.ReadUInt32LittleEndian(Payload.AsSpan(index * 4)) : 0;

    /// <summary>Element <paramref name="index"/> of a U64 array; 0 when the payload does not reach that far.</summary>
    public ulong U64(int index) => (index * 8) + 8 <= Payload.Length ? BinaryPrimitives.ReadUInt64LittleEndian(Payload.AsSpan(index * 8)) : 0;
}
