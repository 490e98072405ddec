using Escapement.Host;

namespace Escapement.Benchmarks.Opcodes;

/// <summary>The pulse programs that are measured.</summary>
public static class Programs
{
    public const string Jittered = "jittered list";
    const int JitteredIntervals = 900;

    /// <summary>Every row of the library by its id, then the jittered list.</summary>
    public static IReadOnlyList<(string Name, byte[] Image)> All =>
        [.. ProtocolLibrary.All.Select(row => (row.Id, ProgramBuilder.Build(row))), (Jittered, JitteredList())];

    public static byte[] Of(string name) => name == Jittered ? JitteredList() : ProgramBuilder.Build(ProtocolLibrary.Find(name));

    /// <summary>Single pulses 40 to 100 ms apart, no two intervals in a row alike: nothing repeats, nothing can be copied.</summary>
    static byte[] JitteredList()
    {
        var random = new Random(7);
        var intervals = Enumerable.Range(0, JitteredIntervals).Select(_ => (long)random.Next(40_000, 100_000)).ToList();
        return ProgramBuilder.Build(new Protocol { Id = "jittered", Title = Jittered, Blocks = [new ListBlock { IntervalsUs = intervals }] });
    }
}
