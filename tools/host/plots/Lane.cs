namespace Escapement.Host;

/// <summary>
/// When one line is high inside a window of time. Highs that a picture could not show apart become one bar, so a lane never
/// holds much more than the picture has columns, however many pulses there are.
/// </summary>
internal sealed class Lane(string name, string color, double fromUs, double toUs)
{
    /// <summary>Share of a picture's width below which two highs run together.</summary>
    private const double Finest = 1.0 / 600;

    private readonly double joinUs = (toUs - fromUs) * Finest;
    private readonly List<(double From, double To)> highs = [];

    /// <summary>What it shows.</summary>
    public string Name { get; } = name;

    /// <summary>Its colour as #rrggbb.</summary>
    public string Color { get; } = color;

    /// <summary>The bars in order.</summary>
    public IReadOnlyList<(double From, double To)> Highs => highs;

    /// <summary>Adds a high; they come in order.</summary>
    public void Add(double startUs, double endUs)
    {
        var (from, to) = (Math.Max(startUs, fromUs), Math.Min(endUs, toUs));
        if (to < from)
        {
            return;
        }

        if (highs.Count > 0 && from - highs[^1].To < joinUs)
        {
            highs[^1] = (highs[^1].From, Math.Max(highs[^1].To, to));
        }
        else
        {
            highs.Add((from, to));
        }
    }
}
