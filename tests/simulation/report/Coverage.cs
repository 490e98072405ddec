using System.Globalization;
using System.Text.Json;
using Escapement.Host;

namespace Escapement.Simulation;

/// <summary>What a campaign has reached, counted: without this, no violation means nothing.</summary>
public sealed class Coverage
{
    /// <summary>Scenarios.</summary>
    public int Scenarios { get; private set; }

    /// <summary>Scenarios without a fault.</summary>
    public int Faultless { get; private set; }

    /// <summary>Scenarios with a broken rule.</summary>
    public int Broken { get; private set; }

    /// <summary>Virtual time in microseconds.</summary>
    public long VirtualUs { get; private set; }

    /// <summary>Pulses at the stimulator.</summary>
    public long Pulses { get; private set; }

    /// <summary>Pulses on the trigger line.</summary>
    public long Triggers { get; private set; }

    /// <summary>Sessions that a board accepted to start.</summary>
    public int Sessions { get; private set; }

    /// <summary>Of these, sessions that gave every planned pulse (a dry one: none).</summary>
    public int Whole { get; private set; }

    /// <summary>Restarts of boards.</summary>
    public int Restarts { get; private set; }

    /// <summary>Faults that happened, by kind.</summary>
    public SortedDictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>How sessions of hosts that mean well ended.</summary>
    public SortedDictionary<string, int> Verdicts { get; } = new(StringComparer.Ordinal);

    /// <summary>Scenarios in which a state was seen.</summary>
    public SortedDictionary<string, int> States { get; } = new(StringComparer.Ordinal);

    /// <summary>Scenarios in which a fault was latched.</summary>
    public SortedDictionary<string, int> Latched { get; } = new(StringComparer.Ordinal);

    /// <summary>Scenarios in which a reason stood.</summary>
    public SortedDictionary<string, int> Reasons { get; } = new(StringComparer.Ordinal);

    /// <summary>Refused commands by their result.</summary>
    public SortedDictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends that the oracle judged, by rule: how often each rule had something to say.</summary>
    public SortedDictionary<string, int> Judged { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a scenario.</summary>
    public void Add(Outcome outcome)
    {
        Scenarios++;
        Faultless += outcome.Scenario.Faults.Count == 0 ? 1 : 0;
        Broken += outcome.Violations.Count > 0 ? 1 : 0;
        VirtualUs += outcome.Recording.EndUs;
        Pulses += outcome.Pulses;
        Triggers += outcome.Recording.Edges.Count(edge => edge.Wire == Wire.Trigger && edge.Level);
        Sessions += outcome.Sessions.Count;
        Whole += outcome.Sessions.Count(session => session.Plan is { } plan && session.Emitted == (session.IsDry ? 0 : plan.Count));
        Restarts += outcome.Restarts;
        foreach (Fault fault in outcome.FaultsDone) { Count(Faults, Name(fault)); }
        foreach ((GoodSession _, SessionResult? result) in outcome.Results) { Count(Verdicts, result?.Verdict.ToString() ?? "BrokenDown"); }
        for (int state = 0; state < 10; state++)
        {
            if ((outcome.Seen.States & (1 << state)) != 0) { Count(States, BoardNames.State(state)); }
        }

        foreach (NamedReason fault in BoardNames.Faults(outcome.Seen.AllFaults)) { Count(Latched, fault.Name); }
        foreach (NamedReason reason in BoardNames.Inhibits(outcome.Seen.AllInhibits)) { Count(Reasons, reason.Name); }
        for (int result = 1; result < outcome.Seen.Refusals.Length; result++)
        {
            if (outcome.Seen.Refusals[result] > 0) { Count(Refusals, BoardNames.Result(result), outcome.Seen.Refusals[result]); }
        }

        foreach (Session session in outcome.Sessions.Where(session => session.DeadlineT80 != long.MaxValue)) { Count(Judged, session.Rule); }
    }

    /// <summary>Adds what another one has counted.</summary>
    public void Add(Coverage other)
    {
        Scenarios += other.Scenarios;
        Faultless += other.Faultless;
        Broken += other.Broken;
        VirtualUs += other.VirtualUs;
        Pulses += other.Pulses;
        Triggers += other.Triggers;
        Sessions += other.Sessions;
        Whole += other.Whole;
        Restarts += other.Restarts;
        (SortedDictionary<string, int> Mine, SortedDictionary<string, int> Theirs)[] tables =
            [(Faults, other.Faults), (Verdicts, other.Verdicts), (States, other.States), (Latched, other.Latched), (Reasons, other.Reasons), (Refusals, other.Refusals), (Judged, other.Judged)];
        foreach ((SortedDictionary<string, int> mine, SortedDictionary<string, int> theirs) in tables)
        {
            foreach ((string name, int count) in theirs) { Count(mine, name, count); }
        }
    }

    /// <summary>As lines for people.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Text($"{Scenarios} scenarios ({Faultless} without a fault), {VirtualUs / 1_000_000} s of virtual time, {Broken} with a broken rule");
        yield return Text($"{Sessions} sessions started, {Whole} of them whole; {Pulses} pulses at the stimulator, {Triggers} on the trigger line; {Restarts} restarts");
        foreach ((string name, SortedDictionary<string, int> table) in Tables) { yield return $"{name}: {string.Join(", ", table.Select(one => Text($"{one.Key} {one.Value}")))}"; }
    }

    /// <summary>As one JSON object.</summary>
    public string ToJson(double wallSeconds) => JsonSerializer.Serialize(new
    {
        scenarios = Scenarios,
        faultless = Faultless,
        broken = Broken,
        virtualSeconds = VirtualUs / 1_000_000,
        wallSeconds = Math.Round(wallSeconds, 1),
        virtualSecondsPerHour = (long)(VirtualUs / 1e6 / Math.Max(wallSeconds, 0.001) * 3600),
        sessions = Sessions,
        wholeSessions = Whole,
        pulses = Pulses,
        triggers = Triggers,
        restarts = Restarts,
        faults = Faults,
        verdicts = Verdicts,
        states = States,
        latched = Latched,
        reasons = Reasons,
        refusals = Refusals,
        ends = Judged,
    });

    private IEnumerable<(string Name, SortedDictionary<string, int> Table)> Tables =>
        [("faults that happened", Faults), ("sessions of good hosts", Verdicts), ("states seen", States), ("faults latched", Latched), ("reasons seen", Reasons), ("commands refused", Refusals), ("sessions ended by", Judged)];

    private static string Name(Fault fault) => fault.Kind is FaultKind.StuckHigh or FaultKind.StuckLow or FaultKind.Spikes ? $"{fault.Kind}.{fault.Signal}" : fault.Kind.ToString();

    private static void Count(SortedDictionary<string, int> table, string name, int by = 1) => table[name] = table.GetValueOrDefault(name) + by;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
