namespace Escapement.Boards;

/// <summary>The boards of this repository, built into the assembly.</summary>
public static class BoardLibrary
{
    private static readonly Lazy<IReadOnlyList<BoardFile>> Read = new(ReadAll);
    private static readonly Lazy<IReadOnlyList<Board>> Good = new(() => [.. Files.Select(file => file.ToBoard()).OrderBy(board => board.Number)]);

    /// <summary>Their files, named as in the repository.</summary>
    public static IReadOnlyList<BoardFile> Files => Read.Value;

    /// <summary>All boards, by number.</summary>
    public static IReadOnlyList<Board> All => Good.Value;

    /// <summary>The board of an id, or null.</summary>
    public static Board? Find(string id) => All.FirstOrDefault(board => board.Id == id);

    /// <summary>The board of a number, or null.</summary>
    public static Board? Find(int number) => All.FirstOrDefault(board => board.Number == number);

    private static List<BoardFile> ReadAll()
    {
        var assembly = typeof(BoardLibrary).Assembly;
        var files = new List<BoardFile>();
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith("board.yml", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            files.Add(BoardFile.Parse(resource.Replace('\\', '/'), reader.ReadToEnd()));
        }

        return files;
    }
}
