namespace Escapement.Host;

/// <summary>One stretch of time with its lines, one above the other.</summary>
internal sealed class Panel
{
    /// <summary>Share of the stretch left free on either side.</summary>
    private const double Margin = 0.02;

    public Panel(string title, string xLabel, double fromUs, double toUs, IEnumerable<(string Name, string Color)> lanes)
    {
        Title = title;
        XLabel = xLabel;
        var free = Math.Max((toUs - fromUs) * Margin, 1);
        (FromUs, ToUs) = (fromUs - free, toUs + free);
        Lanes = [.. lanes.Select(lane => new Lane(lane.Name, lane.Color, FromUs, ToUs))];
    }

    /// <summary>What it shows, in one line.</summary>
    public string Title { get; }

    /// <summary>What the time is counted from.</summary>
    public string XLabel { get; }

    /// <summary>Left edge in microseconds.</summary>
    public double FromUs { get; }

    /// <summary>Right edge in microseconds.</summary>
    public double ToUs { get; }

    /// <summary>The lines, the topmost first.</summary>
    public IReadOnlyList<Lane> Lanes { get; }
}
