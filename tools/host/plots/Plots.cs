namespace Escapement.Host;

/// <summary>Draws plans and records as PNG or SVG.</summary>
public static class Plots
{
    private static readonly string[] Endings = [".png", ".svg"];

    /// <summary>Refuses a name that is not a picture's, before work is spent on it.</summary>
    /// <exception cref="InputException">The name ends neither in .png nor in .svg.</exception>
    public static void CheckPath(string path)
    {
        if (!Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InputException($"{path}: a plot is written as .png or .svg; give the file one of these endings.");
        }
    }

    /// <summary>Draws a plan: the session, one train, one burst.</summary>
    /// <exception cref="InputException">The file cannot be written there.</exception>
    public static void SavePlan(string path, Plan plan)
    {
        CheckPath(path);
        AtomicFile.Write(path, _ => throw new NotImplementedException(plan.Protocol.Id));
    }

    /// <summary>Draws the edges that a referee recorded: the session, one train, one burst.</summary>
    /// <param name="path">Picture to write.</param>
    /// <param name="edgesPath">The record's edges.csv.</param>
    /// <param name="title">Headline.</param>
    /// <exception cref="InputException">The record cannot be read or the file cannot be written.</exception>
    public static void SaveRecord(string path, string edgesPath, string title)
    {
        CheckPath(path);
        AtomicFile.Write(path, _ => throw new NotImplementedException(edgesPath + title));
    }
}
