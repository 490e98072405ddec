namespace Escapement.Host;

/// <summary>Compares, after a run, what was planned, what the board counted before and behind the gate, and what a referee saw.</summary>
public static class RecordCheck
{
    /// <summary>One sentence for each disagreement; empty when there is none.</summary>
    public static IReadOnlyList<string> Disagreements(SessionResult result, EdgeFigures? edges)
    {
        ArgumentNullException.ThrowIfNull(result);
        var found = new List<string>();
        if (edges is not null && edges.PulsesEmitted != result.PulsesCounted && result.Started)
        {
            found.Add($"The referee saw {edges.PulsesEmitted} pulses, the board counted {result.PulsesCounted} behind the gate.");
        }

        if (result.Verdict != SessionVerdict.Completed)
        {
            return found;
        }

        long behindGate = result.Dry ? 0 : result.PulsesPlanned;
        if (result.PulsesRaw != result.PulsesPlanned || result.PulsesCounted != behindGate)
        {
            found.Add($"{result.PulsesPlanned} pulses were planned, {result.PulsesRaw} counted on the trigger line, {result.PulsesCounted} behind the gate.");
        }

        // Reports can get lost on the way without harm to the session; those that came must fit.
        long transactions = result.FinalStatus?.Transactions ?? 0;
        if (result.Trains.Count == transactions)
        {
            Add(found, "planned", result.Trains.Sum(train => train.PlannedPulses), result.PulsesPlanned);
            Add(found, "raw", result.Trains.Sum(train => train.RawPulses), result.PulsesRaw);
            Add(found, "gated", result.Trains.Sum(train => train.GatedPulses), result.PulsesCounted);
        }

        return found;
    }

    private static void Add(List<string> found, string what, long sum, long total)
    {
        if (sum != total)
        {
            found.Add($"The transactions' {what} pulses add up to {sum}, not to {total}.");
        }
    }
}
