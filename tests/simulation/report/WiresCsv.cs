using System.Globalization;

namespace Escapement.Simulation;

/// <summary>The wires of a recording as a table: time_us,wire,level, to 12.5 ns.</summary>
public static class WiresCsv
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, Recording recording)
    {
        writer.Write("time_us,wire,level\n");
        foreach (WireEdge edge in recording.Edges)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{edge.T80 / 80}.{edge.T80 % 80 * 125:00000},{edge.Wire},{(edge.Level ? 1 : 0)}\n"));
        }
    }
}
