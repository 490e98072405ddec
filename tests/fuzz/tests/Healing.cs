using Escapement.Fuzz.Boards;

namespace Escapement.Fuzz.Tests;

/// <summary>Makes wrong frames right on their way to the board: the board then does what one without that check would do.</summary>
public static class Healing
{
    /// <summary>Writes the right checksum at the end of what looks like one frame.</summary>
    public static void Checksum(byte[] bytes, int count)
    {
        if (count >= 6 && bytes[0] is 1 or 2 && bytes[1] + 2 == count)
        {
            byte sum = 0;
            for (int i = 0; i < count - 1; i++)
            {
                sum += bytes[i];
            }

            bytes[count - 1] = sum;
        }
    }

    /// <summary>Writes a word of a command (none when -1) and the CRC-32 and checksum that belong to it.</summary>
    public static void Command(byte[] bytes, int count, int word, uint value, uint? next = null, int only = 0)
    {
        int at = count - 49; // the payload of 48 bytes before the checksum
        if (at is not (5 or 11) || bytes[0] != 2 || (only != 0 && bytes[2] != only))
        {
            return;
        }

        if (word >= 0)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(at + (4 * word)), value);
        }

        if (word >= 0 && next is { } high)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(at + (4 * word) + 4), high);
        }

        byte[] covered = [bytes[2], .. bytes[at..(at + 44)]];
        BitConverter.TryWriteBytes(bytes.AsSpan(at + 44), Crc.Of(covered));
        Checksum(bytes, count);
    }
}
