using System.Globalization;
using System.Text;

namespace Escapement.Host;

/// <summary>
/// The file on a board's flash that says which board it is; written at flashing, read by the firmware at boot.
/// ASCII lines, each ended by a line feed; the last holds the CRC-32 of those before it.
/// </summary>
public static class IdentityFile
{
    /// <summary>Where it is on the board.</summary>
    public const string Location = @"I:\escapement.id";

    /// <summary>Its greatest length in bytes.</summary>
    public const int MaxBytes = 256;

    /// <summary>Hexadecimal digits of a unique identifier.</summary>
    public const int UidDigits = 32;

    private const int LongestId = 64;

    /// <summary>Its content.</summary>
    /// <param name="board">Name of the board, such as esp32-devkitc.</param>
    /// <param name="uid">32 hexadecimal digits.</param>
    /// <exception cref="InputException">A name or a unique identifier that the file cannot hold.</exception>
    public static byte[] Content(string board, string uid)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(uid);
        if (board.Length is 0 or > LongestId || board.Any(letter => letter is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')))
        {
            throw new InputException($"'{board}' is no name of a board; use up to {LongestId} small letters, digits and hyphens.");
        }

        if (uid.Length != UidDigits || !uid.All(char.IsAsciiHexDigit))
        {
            throw new InputException($"'{uid}' is no unique identifier; give {UidDigits} hexadecimal digits.");
        }

        byte[] lines = Encoding.ASCII.GetBytes($"escapement 1\nboard {board}\nuid {uid.ToLowerInvariant()}\n");
        return [.. lines, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"crc {Crc32.Of(lines):x8}\n"))];
    }
}
