namespace Escapement.Host;

/// <summary>CRC-32 (IEEE 802.3: reflected, polynomial 0x04C11DB7, start and final XOR 0xFFFFFFFF), over any number of parts.</summary>
public struct Crc32
{
    private static readonly uint[] Table = MakeTable();
    private uint state;

    /// <summary>The CRC-32 of one part.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = new Crc32();
        crc.Add(bytes);
        return crc.Value;
    }

    /// <summary>The CRC-32 of everything added until now.</summary>
    public readonly uint Value => state;

    /// <summary>Adds a part.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint c = ~state;
        foreach (byte value in bytes)
        {
            c = Table[(byte)(c ^ value)] ^ (c >> 8);
        }

        state = ~c;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint c = i;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 1) != 0 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
            }

            table[i] = c;
        }

        return table;
    }
}
