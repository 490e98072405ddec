namespace Escapement.Fit.Compile;

/// <summary>A source file by the name that findings print.</summary>
public sealed record SourceFile(string Name, string Text)
{
    /// <summary>All C# of a firmware room; what a build leaves behind is none of it.</summary>
    public static IReadOnlyList<SourceFile> OfRoom(string root, FirmwareRoom room)
    {
        string folder = Path.Combine(root, "firmware", room.Folder);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => (path, name: Path.GetRelativePath(root, path).Replace('\\', '/')))
            .Where(file => !file.name.Contains("/bin/") && !file.name.Contains("/obj/"))
            .OrderBy(file => file.name, StringComparer.Ordinal)
            .Select(file => new SourceFile(file.name, File.ReadAllText(file.path)))
            .ToList();
    }
}
