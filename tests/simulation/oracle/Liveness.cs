using Escapement.Host;

namespace Escapement.Simulation;

/// <summary>With nothing broken, a good program of a host that means well runs to its last pulse.</summary>
public static class Liveness
{
    // A hostile host may break off a gate test; somebody has to ask for another one then.
    private const string GateUntested = "GateUntested";

    // Every pulse of a list that was sent counts, though it was stopped: until its planned end there is no room by right.
    private const string HistoryFull = "HistoryFull";

    private const int HourPulses = 12_000;
    private const long LongUs = 5_000_000;

    /// <summary>Sessions that did not, and should have.</summary>
    public static IEnumerable<Violation> Of(Scenario scenario, IReadOnlyList<(GoodSession Order, SessionResult? Result)> results, IReadOnlyList<Session> sessions, long endUs)
    {
        // An abnormal end, such as a reset that a hostile host asks for, charges the hour; then it may be full by right.
        if (scenario.Faults.Count > 0 || scenario.Board.MemoryShort || sessions.Sum(session => (long)(session.Plan?.Count ?? 0)) > HourPulses) { yield break; }
        foreach ((GoodSession order, SessionResult? result) in results)
        {
            bool undisturbed = order is { StopAfterUs: < 0, CrashAfterUs: < 0, HangAfterUs: < 0, SecondHost: 0 };
            if (!undisturbed || !order.Program.IsGood || result is { Verdict: SessionVerdict.Completed }) { continue; }
            bool hostile = scenario.Acts.Any(act => act is ErraticSession or GoodSession { SecondHost: not 0 });
            if (hostile && result is not null && result.Inhibits.Any(reason => reason.Name == GateUntested)) { continue; }
            bool full = result is not null && result.Inhibits.Any(reason => reason.Name == HistoryFull);
            if (full && sessions.Any(session => session.Plan is { } plan && session.Emitted < plan.Count && plan.OnsetsUs[^1] > LongUs)) { continue; }
            yield return new Violation(Rules.Liveness, endUs * 80, $"'{order.Program.Name}' was not completed: {result?.Message ?? "the host's time ran out"}");
        }
    }
}
