using System.Buffers.Binary;
using System.Text;

namespace Escapement.Host.Tests;

/// <summary>
/// A .pe file written byte by byte: marker NFMRK1, CRC of the header, CRC of the rest, flags, native checksum, patch offset, version,
/// name, version of the string table, 16 table starts, patched methods, 16 paddings; then the tables, each at a multiple of four.
/// Texts are offsets into table 11, or 0xFFFF less their number among the runtime's built-in ones.
/// </summary>
internal sealed class PeBytes
{
    private const int Header = 124;
    private const int Mscorlib = 0xFFFF - 0x32D;

    private readonly List<(string Name, Version Version)> references = [];
    private readonly List<byte> texts = [];

    public PeBytes(string name, string version)
    {
        Name = name;
        Version = Version.Parse(version);
    }

    public string Name { get; }

    public Version Version { get; }

    /// <summary>What lies in the table of byte code; its length need not be a multiple of four.</summary>
    public byte[] Code { get; set; } = [1, 2, 3, 4, 5];

    public uint NativeChecksum { get; set; }

    public PeBytes Needs(string name, string version)
    {
        references.Add((name, Version.Parse(version)));
        return this;
    }

    public byte[] Make(Action<byte[]>? beforeChecksums = null, Action<byte[]>? afterwards = null)
    {
        texts.Clear();
        texts.Add(0);
        byte[][] tables = new byte[15][];
        Array.Fill(tables, []);
        tables[0] = [.. references.SelectMany(reference => (byte[])[.. U16(Text(reference.Name)), 0, 0, .. Numbers(reference.Version)])];
        int name = Text(Name);
        tables[11] = [.. texts];
        tables[13] = Code;

        var body = new List<byte>();
        byte[] head = new byte[Header];
        Encoding.ASCII.GetBytes("NFMRK1").CopyTo(head, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(20), NativeChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(24), uint.MaxValue);
        Numbers(Version).CopyTo(head, 28);
        U16(name).CopyTo(head, 36);
        U16(1).CopyTo(head, 38);
        for (int i = 0; i < 15; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(40 + (4 * i)), Header + body.Count);
            body.AddRange(tables[i]);
            head[108 + i] = (byte)((4 - (body.Count % 4)) % 4);
            body.AddRange(new byte[head[108 + i]]);
        }

        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(100), Header + body.Count);
        byte[] all = [.. head, .. body];
        beforeChecksums?.Invoke(all);
        Sign(all);
        afterwards?.Invoke(all);
        return all;
    }

    /// <summary>Both checksums, by long division bit for bit.</summary>
    public static void Sign(byte[] all)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(12), Remainder(all.AsSpan(Header)));
        all.AsSpan(8, 4).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(8), Remainder(all.AsSpan(0, Header)));
    }

    private static uint Remainder(ReadOnlySpan<byte> bytes)
    {
        ulong rest = 0;
        foreach (byte value in (byte[])[.. bytes, 0, 0, 0, 0])
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                rest = (rest << 1) | (uint)((value >> bit) & 1);
                rest = (rest & 0x1_0000_0000) != 0 ? rest ^ 0x1_04C1_1DB7 : rest;
            }
        }

        return (uint)rest;
    }

    private int Text(string text)
    {
        if (text == "mscorlib")
        {
            return Mscorlib;
        }

        int at = texts.Count;
        texts.AddRange(Encoding.UTF8.GetBytes(text));
        texts.Add(0);
        return at;
    }

    private static byte[] Numbers(Version version) => [.. U16(version.Major), .. U16(version.Minor), .. U16(version.Build), .. U16(version.Revision)];

    private static byte[] U16(int value) => [(byte)value, (byte)(value >> 8)];
}
