using System.Globalization;

namespace Escapement.Host;

/// <summary>An edge in a record.</summary>
/// <param name="TimeUs">Time in microseconds; for drawing.</param>
/// <param name="Signal">trigger, gate or stimulator.</param>
/// <param name="IsHigh">Level after the edge.</param>
internal readonly record struct RecordEdge(double TimeUs, string Signal, bool IsHigh);

/// <summary>Reads a record's edges.csv.</summary>
internal static class RecordEdges
{
    public const string Header = "time_ns,signal,level";

    public static IEnumerable<RecordEdge> Read(Func<Stream> edges, string path)
    {
        using var reader = new StreamReader(edges());
        var number = 1;
        if (Line(reader, path) is not Header)
        {
            throw new InputException($"{path}(1,1): this is not a record of edges, its first line is not '{Header}'; name the edges.csv of a session record.");
        }

        while (Line(reader, path) is { } line)
        {
            number++;
            yield return Edge(path, number, line);
        }
    }

    private static RecordEdge Edge(string path, int number, string line)
    {
        var cells = line.Split(',');
        var isGood = cells.Length == 3 && cells[2] is "0" or "1";
        return isGood && double.TryParse(cells[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ns) && double.IsFinite(ns)
            ? new(ns / 1000, cells[1], cells[2] == "1")
            : throw new InputException($"{path}({number},1): this line is not '{Header}'; the record is damaged, use another.");
    }

    public static Stream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InputException($"{path}: the record's edges cannot be read; check the name and the permissions.", e);
        }
    }

    private static string? Line(StreamReader reader, string path)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (IOException e)
        {
            throw new InputException($"{path}: the record's edges cannot be read to the end; use another copy.", e);
        }
    }
}
