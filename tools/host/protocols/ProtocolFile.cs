using System.Text;

namespace Escapement.Host;

/// <summary>Reads a protocol from a YAML or JSON file (docs/protocol-files.md).</summary>
public static class ProtocolFile
{
    /// <summary>Largest file in bytes; anything above is refused before it is read.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly string[] YamlEndings = [".yaml", ".yml"];
    private static readonly string[] JsonEndings = [".json"];

    /// <summary>True when the name ends like a protocol file.</summary>
    public static bool HasKnownEnding(string path) => EndsWith(path, YamlEndings) || EndsWith(path, JsonEndings);

    /// <summary>The protocol in a file.</summary>
    /// <exception cref="InputException">The file cannot be read or is not a protocol that can be played; the message names file, line and column.</exception>
    public static Protocol Load(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: this is a folder; name the protocol file in it.");
        }

        if (!HasKnownEnding(path))
        {
            throw new InputException($"{path}: a protocol file ends in .yaml, .yml or .json; rename it, or name a protocol of the library.");
        }

        return Read(path, Text(path, Bytes(path)), EndsWith(path, JsonEndings));
    }

    /// <summary>The protocol in a text; the path serves for messages only.</summary>
    /// <exception cref="InputException">It is not a protocol that can be played.</exception>
    internal static Protocol Read(string path, string text, bool isJson)
    {
        var document = isJson ? JsonTree.Parse(path, text) : YamlTree.Parse(path, text);
        return new ProtocolReader(path).Read(document);
    }

    private static bool EndsWith(string path, string[] endings) => endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static byte[] Bytes(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaxBytes)
            {
                throw new InputException($"{path}: the file has {length} bytes and a protocol file has at most {MaxBytes}; this is not one.");
            }

            // Pipes and devices have no length either; they are not opened, because reading them may never end.
            return length == 0 ? throw Empty(path) : Limited(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: there is no such file; check the name and the folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InputException($"{path}: the file cannot be read; check its permissions and that nothing else holds it.", e);
        }
    }

    private static byte[] Limited(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var buffer = new byte[MaxBytes + 1];
        var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return count <= MaxBytes ? buffer[..count] : throw new InputException($"{path}: the file has more than {MaxBytes} bytes; this is not a protocol file.");
    }

    private static string Text(string path, byte[] bytes)
    {
        string text;
        try
        {
            var skip = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, skip, bytes.Length - skip);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{At(path, bytes, Math.Max(0, e.Index))}: this is not text in UTF-8; save the file as UTF-8 text.", e);
        }

        var control = text.AsSpan().IndexOfAnyExcept(Printable);
        if (control >= 0)
        {
            throw new InputException($"{Mark.Of(text, control).In(path)}: this is not text (character code {(int)text[control]}); save the file as UTF-8 text.");
        }

        return string.IsNullOrWhiteSpace(text) ? throw Empty(path) : text;
    }

    private static readonly System.Buffers.SearchValues<char> Printable = System.Buffers.SearchValues.Create(
        Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(c => !char.IsControl(c) || c is '\t' or '\n' or '\r').ToArray());

    private static string At(string path, byte[] bytes, int index) => Mark.Of(Encoding.Latin1.GetString(bytes), index).In(path);

    private static InputException Empty(string path) => new($"{path}: the file is empty; docs/protocol-files.md shows what belongs in it.");
}
