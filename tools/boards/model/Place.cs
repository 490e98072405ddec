namespace Escapement.Boards;

/// <summary>A place in a board file.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
public readonly record struct Place(int Line, int Column) : IComparable<Place>
{
    /// <inheritdoc/>
    public int CompareTo(Place other) => (Line, Column).CompareTo((other.Line, other.Column));
}
