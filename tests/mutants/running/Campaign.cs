using System.Collections.Concurrent;
using System.Diagnostics;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;

namespace Escapement.Mutants.Running;

/// <summary>Tries many mutants in worker processes.</summary>
/// <param name="firmware">The code.</param>
/// <param name="mutants">Those to try.</param>
/// <param name="oneEach">Whether one killed mutant of each name and assembly is enough: those of which all names have one are passed over.</param>
/// <param name="threads">Worker processes.</param>
/// <param name="progress">Told what lives, and how far it is.</param>
public sealed class Campaign(FirmwareImages firmware, IReadOnlyList<Mutant> mutants, bool oneEach, int threads, TextWriter progress)
{
    readonly ConcurrentDictionary<(string Assembly, string Name), bool> confirmed = new();
    readonly ConcurrentDictionary<string, ConcurrentDictionary<string, int>> killers = new();
    readonly ConcurrentBag<Verdict> verdicts = [];
    readonly ConcurrentDictionary<string, int> counts = new();

    public IReadOnlyList<string> Failing { get; private set; } = [];

    public TimeSpan Took { get; private set; }

    public IReadOnlyList<Verdict> Run()
    {
        var watch = Stopwatch.StartNew();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("escapement-mutants-");
        try
        {
            firmware.Save(folder.FullName);
            Dictionary<string, Baseline> baselines = mutants.Select(one => one.Assembly).Distinct().ToDictionary(name => name, name => Baseline.Measure(firmware, name));
            Failing = baselines.Values.SelectMany(one => one.Failing).Distinct().ToList();
            progress.WriteLine($"{mutants.Count} mutants, {baselines.Values.Max(one => one.Tests.Count)} tests; unchanged code took {watch.Elapsed.TotalSeconds:0} s.");
            foreach (Footprint one in baselines.Values.SelectMany(one => one.Tests.Values).OrderByDescending(one => one.Ms).Take(5))
                progress.WriteLine($"dear: {one.Test}: {one.Ms:0} ms, {one.Spent} calls and jumps back");
            progress.WriteLine($"left out, too long: {Classes(baselines.Values.SelectMany(one => one.LeftOut))}");
            progress.WriteLine($"left out, fail in a copy of the firmware: {Classes(Failing)}");
            // In the code's order: neighbours are killed by the same tests.
            var queue = new ConcurrentQueue<Mutant>(oneEach ? mutants.OrderBy(one => one.Names.Count).ThenBy(one => one.IsOfATable) : mutants);
            Thread[] crew = Enumerable.Range(0, threads).Select(_ => new Thread(() => Work(queue, baselines, folder.FullName, watch))).ToArray();
            foreach (Thread thread in crew)
                thread.Start();
            foreach (Thread thread in crew)
                thread.Join();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        Took = watch.Elapsed;
        Dictionary<Mutant, int> order = mutants.Select((mutant, i) => (mutant, i)).ToDictionary(pair => pair.mutant, pair => pair.i);
        return verdicts.OrderBy(verdict => order[verdict.Mutant]).ToList();
    }

    void Work(ConcurrentQueue<Mutant> queue, Dictionary<string, Baseline> baselines, string folder, Stopwatch watch)
    {
        using var worker = new WorkerProcess(folder);
        while (queue.TryDequeue(out Mutant? mutant))
        {
            if (oneEach && mutant.Names.All(name => confirmed.ContainsKey((mutant.Assembly, name))))
                continue;
            IReadOnlyList<Footprint> reaching = baselines[mutant.Assembly].Reaching(mutant);
            Verdict verdict;
            if (reaching.Count == 0)
            {
                verdict = new Verdict(mutant, Outcome.NotReached, "", "");
            }
            else
            {
                (Outcome outcome, string test, string message) = worker.Try(mutant, InOrder(mutant, reaching).Select(one => (one.Test, Budget(one))));
                verdict = new Verdict(mutant, outcome, test, message);
                if (verdict.IsKilled)
                    killers.GetOrAdd(mutant.Method, _ => new()).AddOrUpdate(test, 1, (_, count) => count + 1);
            }
            if (verdict.IsKilled)
                foreach (string name in mutant.Names)
                    confirmed.TryAdd((mutant.Assembly, name), true);
            verdicts.Add(verdict);
            if (verdict.Outcome != Outcome.Killed)
                lock (progress)
                    progress.WriteLine($"{verdict.Outcome}: {mutant.Id} {verdict.Test} {verdict.Message}");
            counts.AddOrUpdate(verdict.Outcome.ToString(), 1, (_, count) => count + 1);
            Tell(watch);
        }
    }

    // What has killed in this method before comes first, dear tests last all the same.
    IEnumerable<Footprint> InOrder(Mutant mutant, IReadOnlyList<Footprint> reaching)
    {
        ConcurrentDictionary<string, int>? before = killers.GetValueOrDefault(mutant.Method);
        return reaching.OrderBy(one => one.Ms / (1 + 10.0 * (before?.GetValueOrDefault(one.Test) ?? 0)));
    }

    static string Classes(IEnumerable<string> tests) =>
        string.Join(", ", tests.Distinct().GroupBy(test => test.Split('.')[0]).Select(group => $"{group.Key} ({group.Count()})").DefaultIfEmpty("none"));

    static long Budget(Footprint test) => test.Spent * 20 + 200_000;

    void Tell(Stopwatch watch)
    {
        int done = verdicts.Count;
        if (done % 50 != 0 && done != mutants.Count)
            return;
        double left = watch.Elapsed.TotalSeconds / done * (mutants.Count - done);
        lock (progress)
            progress.WriteLine($"{done}/{mutants.Count} after {watch.Elapsed.TotalSeconds:0} s, {left:0} s to go: {string.Join(", ", counts.OrderBy(one => one.Key).Select(one => $"{one.Key.ToLowerInvariant()} {one.Value}"))}");
    }
}
