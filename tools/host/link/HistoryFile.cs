using System.Buffers.Binary;

namespace Escapement.Host;

/// <summary>What a board keeps across power-off, as flashing writes it the first time: a board that has never run. Layout: docs/interlocks.md.</summary>
public static class HistoryFile
{
    /// <summary>Where it is on the board; the second of the two, at the same place with ending 1, is written by the board.</summary>
    public const string Location = "I:\\escapement.0";

    /// <summary>Its length.</summary>
    public const int Bytes = 48;

    private const uint Magic = 0x48435345;

    /// <summary>The record of a board that has never run: nothing emitted, nothing armed. Without it the last hour counts as full.</summary>
    public static byte[] Blank()
    {
        byte[] record = new byte[Bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(record, Magic);
        record[4] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Bytes - 4), Crc32.Of(record.AsSpan(0, Bytes - 4)));
        return record;
    }
}
