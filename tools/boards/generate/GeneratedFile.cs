namespace Escapement.Boards;

/// <summary>A file that is generated from board files and committed.</summary>
/// <param name="Path">Where it belongs, from the repository's folder, with slashes.</param>
/// <param name="Text">What belongs in it.</param>
public sealed record GeneratedFile(string Path, string Text);
