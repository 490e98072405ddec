namespace Escapement.Host;

/// <summary>Commands and files as a POSIX shell takes them.</summary>
public static class Shell
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=+,@%-";

    /// <summary>One word, quoted where it needs to be.</summary>
    public static string Quote(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length > 0 && word.All(Plain.Contains) ? word : "'" + word.Replace("'", @"'\''", StringComparison.Ordinal) + "'";
    }

    /// <summary>A command.</summary>
    public static string Command(string program, IEnumerable<string> arguments) => string.Join(' ', arguments.Prepend(program).Select(Quote));

    /// <summary>A line that writes any bytes into a file.</summary>
    public static string Write(string file, ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder("printf '");
        foreach (byte value in bytes)
        {
            text.Append('\\').Append(Convert.ToString(value, 8).PadLeft(3, '0'));
        }

        return text.Append("' > ").Append(Quote(file)).ToString();
    }

    /// <summary>Lines that write a text of whole lines into a file.</summary>
    public static string Write(string file, string text) => $"cat > {Quote(file)} <<'END'\n{text.TrimEnd('\n')}\nEND";
}
