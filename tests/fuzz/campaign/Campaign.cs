using System.Diagnostics;

namespace Escapement.Fuzz;

/// <summary>An input for which a property did not hold; seed and number are enough to play it again.</summary>
public sealed record Violation(string Target, ulong Seed, long Input, string Hex, string What);

/// <summary>What one target did in a campaign.</summary>
public sealed record TargetResult(string Target, long Inputs, double Seconds, IReadOnlyList<Violation> Violations);

/// <summary>Gives a target as many inputs as asked for, in sessions, on several threads.</summary>
public static class Campaign
{
    /// <summary>A campaign ends early after this many violations.</summary>
    public const int MostViolations = 10;

    public static TargetResult Run(Func<IFuzzTarget> make, long inputs, ulong seed, int threads, Action<string, long>? progress = null)
    {
        string name = make().Name;
        List<Violation> violations = [];
        long nextSession = -1, done = 0;
        Stopwatch watch = Stopwatch.StartNew();
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work))];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }

        foreach (Thread worker in workers)
        {
            while (!worker.Join(5_000))
            {
                progress?.Invoke(name, Interlocked.Read(ref done));
            }
        }

        return new TargetResult(name, done, watch.Elapsed.TotalSeconds, violations);

        void Work()
        {
            IFuzzTarget target = make();
            int size = target.InputsPerSession;
            while (violations.Count < MostViolations)
            {
                long session = Interlocked.Increment(ref nextSession);
                if (session * size >= inputs)
                {
                    return;
                }

                int count = (int)Math.Min(size, inputs - (session * size));
                if (RunSession(target, seed, session, count) is { } violation)
                {
                    lock (violations)
                    {
                        violations.Add(violation);
                    }
                }

                Interlocked.Add(ref done, count);
            }
        }
    }

    /// <summary>Plays one input again, with all that came before it in its session. Null when every property held.</summary>
    public static Violation? Replay(IFuzzTarget target, ulong seed, long input)
    {
        int size = target.InputsPerSession;
        return RunSession(target, seed, input / size, (int)(input % size) + 1, endsEarly: true);
    }

    private static Violation? RunSession(IFuzzTarget target, ulong seed, long session, int count, bool endsEarly = false)
    {
        long input = session * target.InputsPerSession;
        try
        {
            target.BeginSession(seed, session);
            for (int i = 0; i < count; i++, input++)
            {
                target.Try();
            }

            input--;
            if (!endsEarly || count == target.InputsPerSession)
            {
                target.EndSession();
            }

            return null;
        }
        catch (Exception error) // whatever it is, it is what is looked for
        {
            string what = error is ViolationException ? error.Message : error.ToString();
            return new Violation(target.Name, seed, input, Convert.ToHexString(target.Input), what);
        }
    }
}
