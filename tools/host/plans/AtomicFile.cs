namespace Escapement.Host;

/// <summary>Writes files that are whole or not there: into a neighbour first, then moved over the name.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <exception cref="InputException">It cannot be written there; nothing is left behind.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (path.Length == 0 || Directory.Exists(path))
        {
            throw new InputException($"{(path.Length == 0 ? "''" : path)}: this is not a file name to write to; name a file.");
        }

        var part = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".", $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new InputException($"{path}: the folder does not exist; create it or name another.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InputException($"{path}: the file cannot be written; check the folder's permissions and the free space.", e);
        }
        finally
        {
            Remove(part);
        }
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
