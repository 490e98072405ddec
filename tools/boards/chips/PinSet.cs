using System.Collections;
using System.Globalization;

namespace Escapement.Boards;

/// <summary>GPIO numbers, written like "0-21, 26-48".</summary>
public sealed class PinSet : IReadOnlyCollection<int>
{
    private readonly SortedSet<int> pins = [];
    private readonly string text;

    private PinSet(string text)
    {
        this.text = text;
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int[] ends = [.. part.Split('-').Select(end => int.Parse(end, NumberStyles.None, CultureInfo.InvariantCulture))];
            pins.UnionWith(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }
    }

    /// <summary>No pin.</summary>
    public static PinSet None { get; } = new(string.Empty);

    /// <inheritdoc/>
    public int Count => pins.Count;

    /// <summary>The pins of a text.</summary>
    public static implicit operator PinSet(string text) => new(text);

    /// <summary>Whether it holds a pin.</summary>
    public bool Contains(int pin) => pins.Contains(pin);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => pins.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As it was written.</summary>
    public override string ToString() => text;
}
