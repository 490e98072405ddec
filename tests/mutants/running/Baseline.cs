using System.Diagnostics;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;

namespace Escapement.Mutants.Running;

/// <summary>What a test does with the unchanged code: time, budget, blocks that it runs.</summary>
public sealed record Footprint(string Test, double Ms, long Spent, byte[] Blocks);

/// <summary>Runs every test once over the unchanged code.</summary>
public sealed class Baseline
{
    public required IReadOnlyDictionary<string, Footprint> Tests { get; init; }

    /// <summary>Tests that fail without any change: they can kill nothing.</summary>
    public required IReadOnlyList<string> Failing { get; init; }

    public required IReadOnlyDictionary<string, int[]> Blocks { get; init; }

    public static Baseline Measure(FirmwareImages firmware, string assembly, Func<TestCase, bool>? chosen = null)
    {
        Properties.InOneThread();
        var source = new AssemblySource(firmware, assembly);
        byte[] image = Rewriter.Cover(source, out int blocks);
        using var world = new TestWorld(new Neighbours(firmware, assembly), assembly, image);
        var done = new Dictionary<string, Footprint>();
        var failing = new List<string>();
        foreach (TestCase test in world.Tests.Values.Where(chosen ?? (_ => true)))
        {
            world.Hits = new byte[blocks];
            world.Budget = long.MaxValue;
            var watch = Stopwatch.StartNew();
            Exception? failure = Quietly(() => TestCatalog.Run(test));
            if (failure != null)
                failing.Add($"{test.Name}: {failure.GetType().Name}: {failure.Message.Split('\n')[0]}");
            else
                done.Add(test.Name, new Footprint(test.Name, watch.Elapsed.TotalMilliseconds, long.MaxValue - world.Budget, world.Hits));
        }
        return new Baseline { Tests = done, Failing = failing, Blocks = Rewriter.BlockOf(source) };
    }

    /// <summary>The tests that reach a mutant, cheapest first. What runs when a type is first used is reached by every test that uses the type.</summary>
    public IReadOnlyList<Footprint> Reaching(Mutant mutant)
    {
        IEnumerable<Footprint> reaching;
        if (mutant.IsInitializer)
        {
            int[] blocks = Blocks.Where(one => one.Key.Contains($" {mutant.Type}::")).SelectMany(one => one.Value).Distinct().ToArray();
            reaching = Tests.Values.Where(test => blocks.Any(block => test.Blocks[block] != 0));
        }
        else
        {
            int block = Blocks[mutant.Method][mutant.Index];
            reaching = Tests.Values.Where(test => test.Blocks[block] != 0);
        }
        return reaching.OrderBy(test => test.Ms).ToList();
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
