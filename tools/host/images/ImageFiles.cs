namespace Escapement.Host;

/// <summary>Gets assemblies and images from disk.</summary>
public static class ImageFiles
{
    /// <summary>Largest file that is read, in bytes: no deployment partition is as large.</summary>
    public const long MaxBytes = 8 << 20;

    /// <summary>The assemblies of folders (every .pe file in one, not below it) and of files.</summary>
    /// <exception cref="InputException">One cannot be read or is no sound assembly, or a folder holds none.</exception>
    public static IReadOnlyList<PeFile> Assemblies(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. paths.SelectMany(Expand).Select(path => PeFile.Read(path, Read(path)))];
    }

    /// <summary>The content of a file.</summary>
    /// <exception cref="InputException">It cannot be read, or is larger than any image.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > MaxBytes)
            {
                throw new InputException($"{path}: {file.Length} bytes are more than any board's deployment partition has; name another file.");
            }

            byte[] content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(Directory.Exists(path)
                ? $"{path}: this is a folder; name a file."
                : File.Exists(path) ? $"{path}: the file cannot be read; check its permissions." : $"{path}: there is no such file; check the name.", error);
        }
    }

    private static IEnumerable<string> Expand(string path)
    {
        if (path.Length == 0)
        {
            throw new InputException("a name of a file or folder is empty; name a folder with .pe files, or the files.");
        }

        if (!Directory.Exists(path))
        {
            return [path];
        }

        try
        {
            string[] found = [.. Directory.EnumerateFiles(path, "*.pe").Order(StringComparer.Ordinal)];
            return found.Length > 0 ? found : throw new InputException($"{path}: there is no .pe file in this folder; name the bin/Release folder of firmware/device/app, built with the nanoFramework project system (docs/device-projects.md).");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the folder cannot be read; check its permissions.", error);
        }
    }
}
