namespace Escapement.Host;

/// <summary>A place in a text file.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
internal readonly record struct Mark(int Line, int Column)
{
    /// <summary>The place of a character.</summary>
    public static Mark Of(string text, int index)
    {
        var before = text.AsSpan(0, Math.Min(index, text.Length));
        return new(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>The place with its file, as compilers write it.</summary>
    public string In(string path) => $"{path}({Line},{Column})";
}
