using CsCheck;
using Escapement.Rig;

namespace Escapement.Rig.Tests;

[TestClass]
public sealed class BenchPropertyTests
{
    private const int PulseUs = 3, DeadUs = 11, WatchdogUs = 40, FilterUs = 4, LengthUs = 600;

    private static readonly BenchOptions Scaled = new()
    {
        LimiterPulseUs = PulseUs, LimiterDeadUs = DeadUs, WatchdogUs = WatchdogUs, HeartbeatFilterUs = FilterUs,
    };

    /// <summary>At most one input changes in a microsecond; trigger, enable and heartbeat far more often than contacts.</summary>
    private static readonly Gen<int[]> Changes =
        Gen.Frequency(
            (60, Gen.Const(-1)),
            (12, Gen.Const(SteppedModel.Trigger)),
            (5, Gen.Const(SteppedModel.Enable)),
            (9, Gen.Const(SteppedModel.Heartbeat)),
            (1, Gen.Int[SteppedModel.EStopA, SteppedModel.Key]))
        .Array[LengthUs];

    [TestMethod]
    public void TheBenchDoesExactlyWhatAPlainTimeSteppedModelDoes() => Changes.Sample(SameAsModel, iter: 2_000);

    [TestMethod]
    public void NothingReachesTheStimulatorThroughAClosedGateNorFasterThanTheLimiterAllows() =>
        Changes.Sample(changes =>
        {
            Bench bench = new(Scaled);
            long last80 = -Ticks80.FromUs(DeadUs);
            bool apart = true;
            bench.Changed = (signal, level, t80) =>
            {
                if (signal != RigSignal.Limiter || !level) { return; }
                apart &= t80 - last80 >= Ticks80.FromUs(DeadUs);
                last80 = t80;
            };
            for (int us = 0; us < changes.Length; us++) { Apply(bench, changes[us], us); }
            return apart && Analysis.PulsesWithGateClosed(bench.Referee.Span, RefereeSignal.Stimulator) == 0;
        }, iter: 1_000);

    private static bool SameAsModel(int[] changes)
    {
        Bench bench = new(Scaled);
        SteppedModel model = new(PulseUs, DeadUs, WatchdogUs, FilterUs);
        for (int i = SteppedModel.EStopA; i <= SteppedModel.Key; i++) { model.Input[i] = true; }
        for (int us = 0; us < changes.Length; us++)
        {
            // Time 0 is before anything: the model's first step is at 1 us.
            (bool gate, bool gated, bool stimulator) = model.Step(changes[us] < 0 ? null : changes[us]);
            Apply(bench, changes[us], us + 1);
            if (bench.Level(RigSignal.Latch) != gate
                || bench.Level(RigSignal.GatedTrigger) != gated
                || bench.Level(RigSignal.Stimulator) != stimulator)
            {
                throw new InvalidOperationException($"differs at {us + 1} us");
            }
        }
        return true;
    }

    private static void Apply(Bench bench, int change, int us)
    {
        long t80 = Ticks80.FromUs(us);
        bench.AdvanceTo(t80);
        switch (change)
        {
            case SteppedModel.Trigger: bench.SetTrigger(!bench.Level(RigSignal.Trigger), t80); break;
            case SteppedModel.Enable: bench.SetEnable(!bench.Level(RigSignal.Enable), t80); break;
            case SteppedModel.Heartbeat: bench.SetHeartbeat(!bench.Level(RigSignal.Heartbeat), t80); break;
            case >= SteppedModel.EStopA:
                Contact contact = bench.Contact((ContactName)(change - SteppedModel.EStopA));
                contact.Set(!contact.IsClosed, t80);
                break;
        }
    }
}
