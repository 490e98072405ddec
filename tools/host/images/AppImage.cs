using System.Security.Cryptography;
using Escapement.Link;

namespace Escapement.Host;

/// <summary>An assembly at its place in an image.</summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Offset">Where it begins, in bytes from the image's start.</param>
public sealed record PlacedAssembly(PeFile Assembly, int Offset);

/// <summary>
/// What a board's deployment partition gets: every assembly of the program, each before those that need it, each padded to four
/// bytes. The same assemblies give the same bytes. The build mark in it gets its tag here: the first eight bytes of the SHA-256 of
/// the image with a tag of zeros.
/// </summary>
public sealed class AppImage
{
    private readonly byte[] bytes;

    private AppImage(IReadOnlyList<PlacedAssembly> assemblies, byte[] bytes, string? tag)
    {
        Assemblies = assemblies;
        this.bytes = bytes;
        Tag = tag;
    }

    /// <summary>The assemblies in their order.</summary>
    public IReadOnlyList<PlacedAssembly> Assemblies { get; }

    /// <summary>The image.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Its length in bytes.</summary>
    public int Size => bytes.Length;

    /// <summary>What the board will report in register TAG, in hexadecimal; null when no assembly holds a build mark.</summary>
    public string? Tag { get; }

    /// <summary>Its SHA-256 in hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Makes the image of a program.</summary>
    /// <param name="files">Its assemblies, in any order.</param>
    /// <param name="pinned">The version that each must have.</param>
    /// <exception cref="InputException">One is missing, there twice, of another version, or not needed.</exception>
    public static AppImage Build(IEnumerable<PeFile> files, IReadOnlyDictionary<string, Version> pinned)
    {
        PeFile[] ordered = [.. AssemblyOrder.Of(files, pinned)];
        int count = 0;
        (int File, int At)? mark = null;
        for (int i = 0; i < ordered.Length; i++)
        {
            for (int at = Find(ordered[i].Bytes, 0); at >= 0; at = Find(ordered[i].Bytes, at + 1))
            {
                mark = (i, at + BuildMark.MarkerBytes);
                count++;
            }
        }

        if (mark is not { } place)
        {
            return Place(ordered, null);
        }

        if (count > 1)
        {
            throw new InputException($"{ordered[place.File].Source}: the build mark is there {count} times, and only one can be written; build the firmware again from its sources.");
        }

        ordered[place.File] = ordered[place.File].With(place.At, new byte[BuildMark.TagBytes]);
        byte[] tag = SHA256.HashData(Join(ordered))[..BuildMark.TagBytes];
        ordered[place.File] = ordered[place.File].With(place.At, tag);
        return Place(ordered, Convert.ToHexStringLower(tag));
    }

    /// <summary>Reads an image that <see cref="Build"/> made, and checks all that was checked then.</summary>
    /// <exception cref="InputException">It is damaged, or was made otherwise.</exception>
    public static AppImage Read(string source, ReadOnlySpan<byte> content, IReadOnlyDictionary<string, Version> pinned)
    {
        AppImage again = Build(PeFile.ReadAll(source, content), pinned);
        return again.Bytes.SequenceEqual(content)
            ? again
            : throw new InputException($"{source}: this image was not made by 'escapement image' (its order or its build mark is another); make it from the .pe files with 'escapement image FOLDER --board ID --out FILE'.");
    }

    private static int Find(ReadOnlySpan<byte> content, int from)
    {
        Span<byte> marker = stackalloc byte[BuildMark.MarkerBytes];
        for (int i = 0; i < marker.Length; i++)
        {
            marker[i] = BuildMark.MarkerByte(i);
        }

        int at = content[from..].IndexOf(marker);
        return at < 0 || from + at + BuildMark.MarkerBytes + BuildMark.TagBytes > content.Length ? -1 : from + at;
    }

    private static AppImage Place(PeFile[] ordered, string? tag)
    {
        var placed = new List<PlacedAssembly>();
        int offset = 0;
        foreach (PeFile file in ordered)
        {
            placed.Add(new PlacedAssembly(file, offset));
            offset += PeFile.Padded(file.Size);
        }

        return new AppImage(placed, Join(ordered), tag);
    }

    private static byte[] Join(PeFile[] ordered)
    {
        byte[] all = new byte[ordered.Sum(file => PeFile.Padded(file.Size))];
        int at = 0;
        foreach (PeFile file in ordered)
        {
            file.Bytes.CopyTo(all.AsSpan(at));
            at += PeFile.Padded(file.Size);
        }

        return all;
    }
}
