namespace Escapement.Host;

/// <summary>Draws plans and records as PNG or SVG.</summary>
public static class Plots
{
    private const string Png = ".png";
    private const string Svg = ".svg";

    /// <summary>Refuses a name that is not a picture's, before work is spent on it.</summary>
    /// <exception cref="InputException">The name ends neither in .png nor in .svg.</exception>
    public static void CheckPath(string path)
    {
        if (!EndsWith(path, Png) && !EndsWith(path, Svg))
        {
            throw new InputException($"{path}: a plot is written as {Png} or {Svg}; give the file one of these endings.");
        }
    }

    /// <summary>Draws a plan: the session, one train, one burst.</summary>
    /// <exception cref="InputException">The file cannot be written there.</exception>
    public static void SavePlan(string path, Plan plan)
    {
        CheckPath(path);
        var protocol = plan.Protocol;
        var title = protocol.Title.Length > 0 ? $"{protocol.Id}: {protocol.Title}" : protocol.Id;
        var trains = protocol.TotalTrains == 1 ? "1 train" : $"{protocol.TotalTrains} trains";
        var subtitle = $"Plan. {trains}, {PlanPanels.Pulses(protocol.TotalPulses)}; last onset after {TimeText.Of(protocol.LastPulseOnsetUs)}, whole cycle {TimeText.Of(protocol.CycleUs)}. Pulses too close to tell apart are drawn as one bar.";
        var panels = PlanPanels.Of(protocol);
        AtomicFile.Write(path, stream => Picture.Write(stream, EndsWith(path, Svg), title, subtitle, panels));
    }

    /// <summary>Draws the edges that a referee recorded: the session, one train, one burst.</summary>
    /// <param name="path">Picture to write.</param>
    /// <param name="edgesPath">The record's edges.csv.</param>
    /// <param name="title">Headline.</param>
    /// <exception cref="InputException">The record cannot be read or the file cannot be written.</exception>
    public static void SaveRecord(string path, string edgesPath, string title) => SaveRecord(path, () => RecordEdges.Open(edgesPath), edgesPath, title);

    /// <summary>The same of edges that stand in no file.</summary>
    /// <param name="path">Picture to write.</param>
    /// <param name="edges">Opens the text of an edges.csv; it is read twice.</param>
    /// <param name="edgesName">What messages call it.</param>
    /// <param name="title">Headline.</param>
    /// <exception cref="InputException">The record cannot be read or the file cannot be written.</exception>
    public static void SaveRecord(string path, Func<Stream> edges, string edgesName, string title)
    {
        CheckPath(path);
        var (panels, triggers, pulses) = RecordPanels.Of(edges, edgesName);
        var subtitle = $"Record. {triggers} triggers, {pulses} stimulator pulses. Pulses too close to tell apart are drawn as one bar.";
        AtomicFile.Write(path, stream => Picture.Write(stream, EndsWith(path, Svg), title, subtitle, panels));
    }

    private static bool EndsWith(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
