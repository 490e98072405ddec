using CsCheck;
using Escapement.Rig;

namespace Escapement.Rig.Tests;

[TestClass]
public sealed class BenchPropertyTests
{
    [TestMethod]
    public void NothingReachesTheStimulatorThroughAClosedGateNorFasterThanTheLimiterAllows() =>
        Stimulus.Gen.Sample(stimulus =>
        {
            Bench bench = new();
            long dead80 = CircuitFigures.LimiterDeadNs * 80 / 1000, last80 = -dead80;
            bool apart = true;
            bench.Changed = (signal, level, t80) =>
            {
                if (signal != RigSignal.Limiter || !level) { return; }
                apart &= t80 - last80 >= dead80;
                last80 = t80;
            };
            foreach (Stimulus.Step step in stimulus) { step.Apply(bench); }
            return apart && Analysis.PulsesWithGateClosed(bench.Referee.Span, RefereeSignal.Stimulator) == 0;
        }, iter: 1_000);
}
