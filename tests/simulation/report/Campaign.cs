using System.Diagnostics;

namespace Escapement.Simulation;

/// <summary>Plays many seeds, on one or more threads; what comes out does not depend on how many.</summary>
public sealed class Campaign
{
    /// <summary>What was reached.</summary>
    public Coverage Coverage { get; } = new();

    /// <summary>Scenarios with a broken rule, by seed.</summary>
    public SortedDictionary<ulong, Outcome> Failures { get; } = [];

    /// <summary>Wall time in seconds.</summary>
    public double WallSeconds { get; private set; }

    /// <summary>Plays.</summary>
    /// <param name="from">First seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="threads">On how many threads.</param>
    /// <param name="progress">Told now and then how many are done.</param>
    public static Campaign Run(ulong from, int count, int threads, Action<int, Campaign>? progress = null)
    {
        Campaign campaign = new();
        long start = Stopwatch.GetTimestamp();
        int next = -1;
        int done = 0;
        Thread[] workers = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            workers[i] = new Thread(() =>
            {
                int index;
                while ((index = Interlocked.Increment(ref next)) < count)
                {
                    Outcome outcome = Simulation.Play(from + (ulong)index);
                    lock (campaign)
                    {
                        campaign.Coverage.Add(outcome);
                        if (outcome.Violations.Count > 0) { campaign.Failures[outcome.Scenario.Seed] = outcome; }
                        campaign.WallSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                        progress?.Invoke(++done, campaign);
                    }
                }
            });
            workers[i].Start();
        }

        foreach (Thread worker in workers) { worker.Join(); }
        campaign.WallSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return campaign;
    }
}
