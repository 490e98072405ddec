using System.Globalization;

namespace Escapement.Rig;

/// <summary>The referee's record as text: <c>time_ns,signal,level</c>, one line a transition, starting levels first.</summary>
public static class EdgesCsv
{
    /// <summary>The first line of the file.</summary>
    public const string Header = "time_ns,signal,level";

    private static readonly string[] Names = ["trigger", "gate", "stimulator"];

    /// <summary>Writes edges; times in nanoseconds with one decimal where 12.5 ns need it. Lines end with a line feed.</summary>
    public static void Write(TextWriter writer, ReadOnlySpan<Edge> edges)
    {
        Span<char> line = stackalloc char[64];
        writer.Write(Header);
        writer.Write('\n');
        foreach (Edge edge in edges)
        {
            int length = Format(edge, line);
            writer.Write(line[..length]);
        }
    }

    /// <summary>Writes a file, replacing what was there.</summary>
    public static void Write(string path, Referee referee)
    {
        using StreamWriter writer = new(path);
        Write(writer, referee.Span);
    }

    private static int Format(Edge edge, Span<char> line)
    {
        // 12.5 ns a tick: 25 half-nanoseconds, exact in integers.
        (long ns, long half) = Math.DivRem(edge.T80 * 25, 2);
        ns.TryFormat(line, out int length, default, CultureInfo.InvariantCulture);
        if (half != 0)
        {
            ".5".CopyTo(line[length..]);
            length += 2;
        }
        line[length++] = ',';
        string name = Names[(int)edge.Signal];
        name.CopyTo(line[length..]);
        length += name.Length;
        line[length++] = ',';
        line[length++] = edge.Level ? '1' : '0';
        line[length++] = '\n';
        return length;
    }
}
