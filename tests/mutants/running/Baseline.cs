using System.Diagnostics;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;

namespace Escapement.Mutants.Running;

/// <summary>What a test does with the unchanged code: time, budget, blocks that it runs.</summary>
public sealed record Footprint(string Test, double Ms, long Spent, byte[] Blocks);

/// <summary>Runs every test once over the unchanged code.</summary>
public sealed class Baseline
{
    /// <summary>Calls and jumps back of a test that is left out: hundreds of whole sessions for one answer.</summary>
    const long MostSpent = 20_000_000;

    /// <summary>Thousands of random lives of the guard against a slow reference: 4 s for each mutant that lives, and what it alone would find has a test of its own.</summary>
    const string BruteForce = "Safety:GuardPropertyTests.Guard_and_brute_force_agree_on_every_list";

    /// <summary>Tests that take too long to be run for every mutant.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    public required IReadOnlyDictionary<string, Footprint> Tests { get; init; }

    /// <summary>Tests that fail without any change: they can kill nothing.</summary>
    public required IReadOnlyList<string> Failing { get; init; }

    public required IReadOnlyDictionary<string, int[]> Blocks { get; init; }

    /// <summary>Types with what their initializers call, themselves included.</summary>
    public required IReadOnlyDictionary<string, HashSet<string>> Initializers { get; init; }

    public static Baseline Measure(FirmwareImages firmware, string assembly, Func<TestCase, bool>? chosen = null)
    {
        Properties.InOneThread();
        var source = new AssemblySource(firmware, assembly);
        byte[] image = Rewriter.Cover(source, out int blocks);
        using var world = new TestWorld(new Neighbours(firmware, assembly), assembly, image);
        var done = new Dictionary<string, Footprint>();
        List<string> failing = [], leftOut = [];
        foreach (TestCase test in world.Tests.Values.Where(chosen ?? (_ => true)))
        {
            if (test.Name == BruteForce)
            {
                leftOut.Add(test.Name);
                continue;
            }
            world.Hits = new byte[blocks];
            world.Budget = long.MaxValue;
            var watch = Stopwatch.StartNew();
            Exception? failure = Quietly(() => TestCatalog.Run(test));
            if (failure != null)
                failing.Add($"{test.Name}: {failure.GetType().Name}: {failure.Message.Split('\n')[0]}");
            else if (long.MaxValue - world.Budget > MostSpent)
                leftOut.Add(test.Name);
            else
                done.Add(test.Name, new Footprint(test.Name, watch.Elapsed.TotalMilliseconds, long.MaxValue - world.Budget, world.Hits));
        }
        return new Baseline { Tests = done, Failing = failing, LeftOut = leftOut, Blocks = Rewriter.BlockOf(source), Initializers = Rewriter.Initializers(source) };
    }

    /// <summary>
    /// The tests that reach a mutant, cheapest first. What runs when a type is first used shows only in the first test that uses it;
    /// it counts as reached by every test that uses the type.
    /// </summary>
    public IReadOnlyList<Footprint> Reaching(Mutant mutant)
    {
        int block = Blocks[mutant.Method][mutant.Index];
        HashSet<int> enough = Initializers.Where(one => one.Value.Contains(mutant.Method))
            .SelectMany(one => Blocks.Where(method => method.Key.Contains($" {one.Key}::")).SelectMany(method => method.Value)).ToHashSet();
        enough.Add(block);
        return Tests.Values.Where(test => enough.Any(one => test.Blocks[one] != 0)).OrderBy(test => test.Ms).ToList();
    }

    public static T Quietly<T>(Func<T> action)
    {
        TextWriter before = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            return action();
        }
        finally
        {
            Console.SetOut(before);
        }
    }
}
