using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Simulation;

/// <summary>Benches and boards that are broken behind the oracle's back: it must see it from the wires alone.</summary>
[TestClass]
public sealed class SabotageTests
{
    private static readonly TestProgram Program = new("ctbs300", ProgramBuilder.Build(ProtocolLibrary.Find("ctbs300")), true, 20_000_000);

    [TestMethod]
    public void TheSameScenariosOnAWholeBenchBreakNothing()
    {
        Assert.IsEmpty(Simulation.Play(With(Press)).Violations);
        Assert.IsEmpty(Simulation.Play(With(LongPause)).Violations);
        Assert.IsEmpty(Simulation.Play(With()).Violations);
    }

    [TestMethod]
    public void EmergencyStopThatNoGateTermFollows() =>
        Sees(Rules.AfterEmergencyStop, Simulation.Play(With(Press), new BenchOptions { BrokenTerms = GateTerms.EStopA | GateTerms.EStopB }));

    [TestMethod]
    public void InterlockThatNoGateTermFollows() =>
        Sees(Rules.AfterInterlock, Simulation.Play(With(Press with { Kind = FaultKind.Interlock }), new BenchOptions { BrokenTerms = GateTerms.Interlock }));

    [TestMethod]
    public void WatchdogThatNeverCloses() => Sees(Rules.Watchdog, Simulation.Play(With(LongPause), prepare: board => board.Bench.At(6_500_000L * 80, () => board.Bench.Force(RigSignal.Watchdog, true, board.Bench.Now80))));

    [TestMethod]
    public void LimiterThatLimitsNothing() =>
        Sees(Rules.MinGap, Simulation.Play(With(), new BenchOptions { LimiterPulseNs = 20_000, LimiterDeadNs = 30_000 }, board => DoubleEveryTrigger(board)));

    [TestMethod]
    public void TriggersThatTheBoardNeverSent() => Sees(Rules.Schedule, Simulation.Play(With(), prepare: board => AddTriggers(board)));

    [TestMethod]
    public void CountersThatLieAndTheHostThatBelievesThem() => Sees(Rules.Counted, Simulation.Play(With(), prepare: board =>
    {
        // The stimulator's line loses a pulse behind every counter of the board, and the answer is made up.
        board.Bench.LosePulses(RigSignal.Stimulator, 300);
        board.Bench.AddPulses(RigSignal.TriggerOut, 299, 1, 1, 20_000 * 80);
    }));

    private static readonly Fault Press = new(FaultKind.EmergencyStop, Moment.Running, 1, 5_123_456) { LengthUs = 1_000_000 };

    private static readonly Fault LongPause = new(FaultKind.Pause, Moment.Running, 1, 5_000_000) { LengthUs = 5_000_000 };

    private static Scenario With(params Fault[] faults) => new() { Seed = 0, Acts = [new GoodSession(Program, 5)], Faults = faults };

    private static void DoubleEveryTrigger(VirtualBoard board) => board.Bench.AddPulses(RigSignal.Trigger, 20, 5, 1, 400 * 80, 50 * 80);

    private static void AddTriggers(VirtualBoard board) => board.Bench.AddPulses(RigSignal.Trigger, 20, 5, 1, 5_000 * 80, 100 * 80);

    private static void Sees(string rule, Outcome outcome) =>
        Assert.IsTrue(outcome.Violations.Any(violation => violation.Rule == rule), $"{rule} was not seen; seen: {string.Join("; ", outcome.Violations)}");
}
