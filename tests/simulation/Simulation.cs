using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Simulation;

/// <summary>One scenario, played and judged.</summary>
public sealed record Outcome
{
    /// <summary>What was played.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>What the wires did.</summary>
    public required Recording Recording { get; init; }

    /// <summary>Rules that did not hold.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>Sessions that the board accepted to start.</summary>
    public required IReadOnlyList<Session> Sessions { get; init; }

    /// <summary>What became of the sessions of hosts that mean well.</summary>
    public required IReadOnlyList<(GoodSession Order, SessionResult? Result)> Results { get; init; }

    /// <summary>What the board said.</summary>
    public required BoardSeen Seen { get; init; }

    /// <summary>Faults that have happened.</summary>
    public required IReadOnlyList<Fault> FaultsDone { get; init; }

    /// <summary>Restarts of the board.</summary>
    public required int Restarts { get; init; }

    /// <summary>Pulses at the stimulator.</summary>
    public int Pulses => Recording.Edges.Count(edge => edge.Wire == Wire.Stimulator && edge.Level);
}

/// <summary>Plays a scenario: firmware, chip, bench and hosts in one thread and in virtual time.</summary>
public static class Simulation
{
    private const int ShortBytes = 20_000;
    private const string Second = "I:\\escapement.1";

    /// <summary>Plays what follows from a seed.</summary>
    public static Outcome Play(ulong seed) => Play(ScenarioGenerator.Of(seed));

    /// <summary>Plays a scenario.</summary>
    /// <param name="scenario">What.</param>
    /// <param name="sabotage">Changes the bench behind the oracle's back: what it must then see.</param>
    /// <param name="prepare">Does something to the board before it runs, behind the oracle's back.</param>
    public static Outcome Play(Scenario scenario, BenchOptions? sabotage = null, Action<VirtualBoard>? prepare = null)
    {
        Recording recording = new();
        VirtualBoard board = new(Options(scenario, sabotage));
        Recorder recorder = new(board, recording);
        Script script = new(scenario, board, recorder, recording);
        if (Conditions.Of(scenario).ClockWrongAtBoot) { recorder.Mark(Wire.ClockRight, false); }
        prepare?.Invoke(board);
        List<Violation> violations = [];
        try
        {
            board.RunLockStep(script, scenario.LimitUs);
        }
        catch (VirtualBoardException error)
        {
            violations.Add(new Violation(Rules.Lives, board.NowUs * 80, error.Message));
        }

        recording.EndUs = board.NowUs;
        Oracle oracle = Oracle.Judge(recording, Conditions.Of(scenario));
        violations.AddRange(oracle.Violations);
        violations.AddRange(Liveness.Of(scenario, script.Results, oracle.Sessions, recording.EndUs));
        return new Outcome
        {
            Scenario = scenario,
            Recording = recording,
            Violations = violations,
            Sessions = oracle.Sessions,
            Results = script.Results,
            Seen = script.Seen,
            FaultsDone = [.. script.FaultsDone],
            Restarts = board.Restarts,
        };
    }

    private static VirtualBoardOptions Options(Scenario scenario, BenchOptions? sabotage)
    {
        Fault? lost = scenario.Faults.FirstOrDefault(fault => fault.Kind == FaultKind.HistoryLost);
        int crystal = scenario.Faults.Where(fault => fault.Kind == FaultKind.WrongCrystal).Sum(fault => fault.Count);
        return new VirtualBoardOptions
        {
            BoardId = scenario.Board.Id,
            ClockStartUs = scenario.Board.ClockStartUs,
            NativeFreeBytes = scenario.Board.MemoryShort ? ShortBytes : null,
            Seed = scenario.Board.Seed,
            ClockErrorPpb = scenario.Board.ClockErrorPpb + crystal,
            Operator = false,
            Flashed = lost is null or { Count: > 0 },
            Files = lost is { Count: > 0 } ? Damaged(lost) : new Dictionary<string, byte[]>(),
            Bench = (sabotage ?? new BenchOptions()) with { WatchdogNs = scenario.Board.WatchdogNs },
        };
    }

    private static Dictionary<string, byte[]> Damaged(Fault fault)
    {
        byte[] record = HistoryFile.Blank();
        Dice dice = new(fault.Seed);
        record[dice.Below(record.Length)] ^= (byte)(1 << dice.Below(8));
        return new() { [fault.Count == 1 ? HistoryFile.Location : Second] = record };
    }
}
