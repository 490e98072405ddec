namespace Escapement.Fit;

/// <summary>Where the working copy is: the folder that holds nf.sln.</summary>
public static class RepositoryRoot
{
    public static string Find() =>
        FindFrom(Environment.CurrentDirectory) ?? FindFrom(AppContext.BaseDirectory)
        ?? throw new DirectoryNotFoundException("nf.sln is in no folder above this one; run inside the repository or pass --root.");

    static string? FindFrom(string start)
    {
        for (DirectoryInfo? at = new(start); at != null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "nf.sln")))
                return at.FullName;
        return null;
    }
}
