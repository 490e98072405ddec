namespace Escapement.Simulation;

/// <summary>The working copy that these tests run in. Paths that the compiler wrote down do not lead there: a build with CI=true names sources by no place.</summary>
static class SourceTree
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "nf.sln"))) { at = at.Parent; }
        return at?.FullName ?? throw new InvalidOperationException("nf.sln is in no folder above the tests.");
    }
}
