using System.Globalization;
using System.Text.Json;
using Escapement.Benchmarks.Opcodes;

namespace Escapement.Benchmarks.Bytes;

/// <summary>`bytes`: what sessions take on the board, over the link and on disk. Counts; holds no target.</summary>
static class BytesVerb
{
    /// <summary>One row of each kind: short and long trains, one long list, fractions, a composite, and a list in which nothing repeats.</summary>
    static readonly string[] rows =
    [
        "itbs600", "itbs1800", "ctbs600", "rtms10-4on26off", "rtms10-4on11off", "dtms-h1-18hz", "rtms1-360", "rtms1-1800", "qps5", "itms-360", "prime6-600", Programs.Jittered,
    ];

    public static int Run(bool json)
    {
        List<SessionBytes> sessions = [.. rows.Select(SessionBytes.Of)];
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new { sessions }, new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true }));
        else
            Print(sessions);
        return 0;
    }

    static void Print(List<SessionBytes> sessions)
    {
        Line($"{"session",-16} {"program",7} {"lists",5} {"longest",8} {"all lists",9}  {"virtual s",9} {"to board",8} {"from board",10} {"a second",8}  {"record",8} {"edges",8}");
        foreach (SessionBytes one in sessions)
            Line($"{one.Name,-16} {one.Program,7} {one.Lists,5} {one.LongestList,8} {one.AllLists,9}  {one.VirtualS,9:F1} {one.ToBoard,8} {one.FromBoard,10} {one.FromBoardPerS,8:F0}  {one.Record / 1000.0,8:F0} {one.Edges / 1000.0,8:F0}");
        Line($"Bytes; record and edges in 1,000 bytes.");
    }

    static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
