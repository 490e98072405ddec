using System.Buffers.Binary;
using System.Text;

namespace Escapement.Host;

/// <summary>A reference of one assembly to another.</summary>
/// <param name="Name">Name of the assembly referred to.</param>
/// <param name="Version">Its version when the referring one was compiled.</param>
public sealed record PeReference(string Name, Version Version);

/// <summary>An assembly in nanoFramework's format (.pe), as it lies in a file and in a board's flash. Reading one checks everything that the board's loader checks.</summary>
public sealed class PeFile
{
    /// <summary>Length of the header in bytes.</summary>
    public const int HeaderBytes = 124;

    /// <summary>Alignment of assemblies in an image, in bytes.</summary>
    public const int Alignment = 4;

    private const int HeaderCrcAt = 8;
    private const int AssemblyCrcAt = 12;
    private const int NativeChecksumAt = 20;
    private const int VersionAt = 28;
    private const int NameAt = 36;
    private const int StringTableVersionAt = 38;
    private const int TablesAt = 40;
    private const int PatchedMethodsAt = 104;
    private const int PaddingsAt = 108;

    private const int ReferenceTable = 0;
    private const int StringTable = 11;
    private const int EndOfAssembly = 15;
    private const int ReferenceBytes = 12;

    private readonly byte[] bytes;

    private PeFile(string source, byte[] bytes)
    {
        Source = source;
        this.bytes = bytes;
        CheckHeader();
        CheckTables();
        if (U32(AssemblyCrcAt) != PeCrc.Of(bytes.AsSpan(HeaderBytes)))
        {
            throw Bad("its contents do not fit their checksum, so it is damaged; build it again");
        }

        Name = Text(U16(NameAt), "its name");
        Version = VersionOf(VersionAt);
        References = ReadReferences();
    }

    /// <summary>Where it comes from, for messages.</summary>
    public string Source { get; }

    /// <summary>Name of the assembly.</summary>
    public string Name { get; }

    /// <summary>Version of the assembly.</summary>
    public Version Version { get; }

    /// <summary>The assemblies that it needs.</summary>
    public IReadOnlyList<PeReference> References { get; }

    /// <summary>Checksum of its native methods; the runtime refuses it where its own is another. 0 when it has none.</summary>
    public uint NativeChecksum => U32(NativeChecksumAt);

    /// <summary>Its length in bytes.</summary>
    public int Size => bytes.Length;

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Reads one.</summary>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="InputException">It is not a whole and sound assembly; the message says why.</exception>
    public static PeFile Read(string source, ReadOnlySpan<byte> content)
    {
        int total = Total(source, content);
        return total == content.Length ? new PeFile(source, content.ToArray()) : throw Bad(source, $"its header says {total} bytes, the file has {content.Length}; build or copy it again");
    }

    /// <summary>Reads those that lie one after the other in an image.</summary>
    /// <exception cref="InputException">Something in it is not a whole and sound assembly.</exception>
    public static IReadOnlyList<PeFile> ReadAll(string source, ReadOnlySpan<byte> image)
    {
        var found = new List<PeFile>();
        for (int at = 0; at < image.Length;)
        {
            string part = $"{source} at byte {at}";
            int total = Total(part, image[at..]);
            if (total > image.Length - at)
            {
                throw Bad(part, $"an assembly of {total} bytes begins here and {image.Length - at} are left; build the image again");
            }

            found.Add(Read(part, image.Slice(at, total)));
            at += Padded(total);
        }

        return found.Count > 0 ? found : throw Bad(source, "it is empty");
    }

    /// <summary>A length with what is added behind it in an image.</summary>
    public static int Padded(int size) => (size + Alignment - 1) / Alignment * Alignment;

    /// <summary>The same assembly with other contents at one place, and the checksums that go with them.</summary>
    internal PeFile With(int offset, ReadOnlySpan<byte> content)
    {
        byte[] changed = [.. bytes];
        content.CopyTo(changed.AsSpan(offset));
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(AssemblyCrcAt), PeCrc.Of(changed.AsSpan(HeaderBytes)));
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(HeaderCrcAt), HeaderCrc(changed));
        return new PeFile(Source, changed);
    }

    // The length that the header states, once it is sure that there is a header.
    private static int Total(string source, ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("MZ"u8))
        {
            throw Bad(source, "this is a .NET assembly for PCs (.dll or .exe); give the .pe file that the nanoFramework project system makes beside it");
        }

        if (!content.StartsWith("NFMRK1\0"u8))
        {
            throw Bad(source, content.StartsWith("NFMRK"u8)
                ? "this .pe file is of another generation of the runtime than 1.x; build it with the packages that packages.config names"
                : "this is not a .pe file (it does not begin with NFMRK1)");
        }

        if (content.Length < HeaderBytes)
        {
            throw Bad(source, $"it is cut off: {content.Length} bytes, and the header alone has {HeaderBytes}");
        }

        uint total = BinaryPrimitives.ReadUInt32LittleEndian(content[(TablesAt + (EndOfAssembly * 4))..]);
        return total is >= HeaderBytes and <= int.MaxValue - Alignment ? (int)total : throw Bad(source, $"its header says {total} bytes, which cannot be; build it again");
    }

    private static uint HeaderCrc(ReadOnlySpan<byte> content)
    {
        byte[] header = content[..HeaderBytes].ToArray();
        header.AsSpan(HeaderCrcAt, 4).Clear();
        return PeCrc.Of(header);
    }

    private void CheckHeader()
    {
        if (U32(HeaderCrcAt) != HeaderCrc(bytes))
        {
            throw Bad("its header does not fit its checksum, so it is damaged; build it again");
        }

        if (U16(StringTableVersionAt) != 1)
        {
            throw Bad($"its string table is of version {U16(StringTableVersionAt)}, the runtime takes 1; build it with the packages that packages.config names");
        }

        if (U32(PatchedMethodsAt) != 0)
        {
            throw Bad("it has patched methods, which the runtime refuses");
        }
    }

    private void CheckTables()
    {
        if (Table(ReferenceTable) < HeaderBytes)
        {
            throw Bad("its first table begins inside the header");
        }

        for (int table = 0; table < EndOfAssembly; table++)
        {
            if (Table(table) % 4 != 0 || bytes[PaddingsAt + table] > 3 || Table(table + 1) < Table(table) + bytes[PaddingsAt + table])
            {
                throw Bad($"table {table} does not lie as the format wants it (from {Table(table)} to {Table(table + 1)}, padding {bytes[PaddingsAt + table]})");
            }
        }

        if ((TableEnd(ReferenceTable) - Table(ReferenceTable)) % ReferenceBytes != 0)
        {
            throw Bad($"its table of references is no multiple of {ReferenceBytes} bytes long");
        }
    }

    private List<PeReference> ReadReferences()
    {
        var found = new List<PeReference>();
        for (long at = Table(ReferenceTable); at < TableEnd(ReferenceTable); at += ReferenceBytes)
        {
            found.Add(new PeReference(Text(U16((int)at), $"the name of reference {found.Count}"), VersionOf((int)at + 4)));
        }

        return found;
    }

    // A text is an offset into the assembly's own table, or a number near the top: one of the runtime's built-in texts.
    private string Text(int id, string what)
    {
        if (id >= BuiltInTexts.First)
        {
            return BuiltInTexts.Assembly(id) ?? throw Bad($"{what} is number {0xFFFF - id} of the runtime's built-in texts, which is no assembly's name");
        }

        ReadOnlySpan<byte> table = bytes.AsSpan((int)Table(StringTable), (int)(TableEnd(StringTable) - Table(StringTable)));
        int length = id < table.Length ? table[id..].IndexOf((byte)0) : -1;
        if (length <= 0 || !IsName(table.Slice(id, length)))
        {
            throw Bad($"{what} (text {id} of {table.Length}) is none");
        }

        return Encoding.ASCII.GetString(table.Slice(id, length));
    }

    private static bool IsName(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    private Version VersionOf(int at) => new(U16(at), U16(at + 2), U16(at + 4), U16(at + 6));

    private long Table(int index) => U32(TablesAt + (index * 4));

    private long TableEnd(int index) => Table(index + 1) - bytes[PaddingsAt + index];

    private int U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private InputException Bad(string why) => Bad(Source, why);

    private static InputException Bad(string source, string why) => new($"{source}: {why}.");

    /// <summary>The few of the runtime's built-in texts that name assemblies.</summary>
    private static class BuiltInTexts
    {
        public const int First = 0xFFFF - 860;

        public static string? Assembly(int id) => (0xFFFF - id) switch
        {
            0x32D => "mscorlib",
            0x1D7 => "System.Threading",
            0x1C0 => "System.Collections",
            0x1D6 => "System.Text",
            _ => null,
        };
    }
}
