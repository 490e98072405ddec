namespace Escapement.Walls.Tests;

/// <summary>The working copy that these tests run in.</summary>
static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<Project> Projects { get; } =
        Files("*.csproj").Select(path => Project.Parse(path, Read(path))).ToList();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Paths relative to the root, with slashes, without what builds leave behind.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        new[] { "firmware", "tools", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/") && !path.Contains("/obj/"))
            .Order(StringComparer.Ordinal);

    static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at != null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "nf.sln")))
                return at.FullName;
        throw new DirectoryNotFoundException("nf.sln is in no folder above the tests.");
    }
}
