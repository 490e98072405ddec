namespace Escapement.Host;

/// <summary>The CRC-32 of nanoFramework's .pe files: polynomial 0x04C11DB7, not reflected, starting at 0, no final XOR.</summary>
internal static class PeCrc
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0;
        foreach (byte value in bytes)
        {
            crc = Table[(crc >> 24) ^ value] ^ (crc << 8);
        }

        return crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint c = i << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 0x8000_0000) != 0 ? (c << 1) ^ 0x04C1_1DB7 : c << 1;
            }

            table[i] = c;
        }

        return table;
    }
}
