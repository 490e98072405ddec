using CsCheck;
using Escapement.Boards.Wiring;
using Escapement.Rig;

namespace Escapement.Rig.Tests.Circuit;

/// <summary>The bench and the drawn circuit are one thing: the same stimuli, the same edges.</summary>
[TestClass]
public sealed class NetListTests
{
    /// <summary>Rounding of two ways to the same exponential.</summary>
    private const long Tolerance80 = 2;

    private static readonly GateCircuit Gate = GateCircuit.Own();

    private static readonly (string Pin, RigSignal Signal)[] Same =
    [
        ("J1.rawCounter", RigSignal.RawTrigger), ("J1.gatedCounter", RigSignal.GatedTrigger), ("J1.gateReadBack", RigSignal.GateOpen),
        ("J1.emergencyStopA", RigSignal.EStopA), ("J1.emergencyStopB", RigSignal.EStopB), ("J1.interlock", RigSignal.Interlock),
        ("J1.key", RigSignal.Key), ("J1.coil", RigSignal.Coil), ("J4", RigSignal.Stimulator),
    ];

    private static readonly string[] Inputs = ["J1.trigger", "J1.enable", "J1.heartbeat", "S1A", "S1B", "S2", "S3", "S4"];

    [TestMethod]
    public void TheNetListAndTheBenchGiveTheSameEdgesForAnyStimulus() => Stimulus.Gen.Sample(Agree, iter: 300);

    [TestMethod]
    public void TheStimuliOpenTheGateAndFireOften()
    {
        int pulses = 0;
        Stimulus.Gen.Sample(stimulus =>
        {
            Bench bench = new();
            foreach (Stimulus.Step step in stimulus) { step.Apply(bench); }
            Interlocked.Add(ref pulses, bench.Referee.Pulses(RefereeSignal.Stimulator));
        }, iter: 400);
        Assert.IsGreaterThan(100, pulses, "a comparison of silence with silence would prove nothing");
    }

    private static bool Agree(Stimulus.Step[] stimulus)
    {
        var edges = new List<(RigSignal Signal, bool Level, long T80)>();
        Bench bench = new() { Changed = (signal, level, t80) => edges.Add((signal, level, t80)) };
        var drawn = new List<(RigSignal Signal, bool Level, long T80)>();
        CircuitSim sim = new(Gate);
        foreach ((string pin, _) in Same) { sim.Watch(pin); }
        sim.Changed = (pin, level, t80) => drawn.Add((Same.Single(one => one.Pin == pin).Signal, level, t80));
        bool[] levels = [false, false, false, true, true, true, true, true];
        foreach (Stimulus.Step step in stimulus)
        {
            step.Apply(bench);
            sim.AdvanceTo(step.T80);
            levels[step.Input] = !levels[step.Input];
            if (step.Input < Stimulus.FirstContact) { sim.Set(Inputs[step.Input], levels[step.Input]); }
            else { sim.Contact(Inputs[step.Input], levels[step.Input]); }
        }
        foreach ((string pin, RigSignal signal) in Same) { Compare(pin, [.. edges.Where(one => one.Signal == signal)], [.. drawn.Where(one => one.Signal == signal)]); }
        return true;
    }

    private static void Compare(string pin, (RigSignal, bool Level, long T80)[] bench, (RigSignal, bool Level, long T80)[] drawn)
    {
        for (int i = 0; i < Math.Max(bench.Length, drawn.Length); i++)
        {
            bool same = i < bench.Length && i < drawn.Length && bench[i].Level == drawn[i].Level && Math.Abs(bench[i].T80 - drawn[i].T80) <= Tolerance80;
            if (same) { continue; }
            string Text((RigSignal, bool Level, long T80)[] edges) => i < edges.Length ? $"{(edges[i].Level ? "high" : "low")} at {edges[i].T80}" : "nothing";
            throw new InvalidOperationException($"{pin}, edge {i}: the bench says {Text(bench)}, the net list {Text(drawn)}");
        }
    }
}
