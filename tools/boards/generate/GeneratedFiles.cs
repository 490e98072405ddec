namespace Escapement.Boards;

/// <summary>Everything that is generated from the board files.</summary>
public static class GeneratedFiles
{
    /// <summary>The files, in a fixed order; the same boards give the same bytes.</summary>
    public static IReadOnlyList<GeneratedFile> Of(IReadOnlyList<Board> boards) =>
    [
        .. boards.Select(board => new GeneratedFile($"firmware/esp32/profiles/{board.ClassName}.g.cs", ProfileSource.Write(board))),
        new("firmware/esp32/profiles/BoardProfiles.g.cs", ProfileSource.WriteAll(boards)),
        .. boards.Select(board => new GeneratedFile($"boards/{board.Id}/README.md", BoardPage.Write(board))),
    ];
}
