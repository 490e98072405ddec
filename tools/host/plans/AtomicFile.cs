namespace Escapement.Host;

/// <summary>Writes files that are whole or not there: into a neighbour first, then moved over the name.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file; where the name is a symbolic link, the file that it points to.</summary>
    /// <exception cref="InputException">It cannot be written there; nothing is left behind.</exception>
    public static void Write(string path, Action<Stream> write) => Attempt(path, target =>
    {
        var part = Begin(target, path, write);
        try
        {
            File.Move(part, target, overwrite: true);
        }
        catch
        {
            Remove(part);
            throw;
        }
    });

    private static void Attempt(string path, Action<string> write)
    {
        if (path.Length == 0 || Directory.Exists(path) || IsDevice(path))
        {
            throw new InputException($"{(path.Length == 0 ? "''" : path)}: this is not a file name to write to; name a file.");
        }

        try
        {
            write(Target(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: the folder does not exist; create it or name another.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InputException($"{path}: the file cannot be written; check the folder's permissions and the free space.", e);
        }
    }

    /// <summary>Refuses a name that could not be written, before work is spent on what belongs there.</summary>
    /// <exception cref="InputException">It cannot be written there; nothing is left behind.</exception>
    public static void Check(string path) => Attempt(path, target => Remove(Begin(target, path, _ => { })));

    private static string Target(string path) => new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    // A move over a device would put a plain file in its place.
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows()
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    // Writes the neighbour; on its way to a move, or to nothing.
    private static string Begin(string path, string shown, Action<Stream> write)
    {
        if (IsDevice(path))
        {
            throw new InputException($"{shown}: this leads to a device; name a file.");
        }

        var part = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".", $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            using var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            write(stream);
        }
        catch
        {
            Remove(part);
            throw;
        }

        return part;
    }

    private static void Remove(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // The reason is already on its way up, or the part is already gone.
        }
    }
}
