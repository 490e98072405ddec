using Escapement.Host;

namespace Escapement.Simulation;

/// <summary>The one rule that no recording breaks: with nothing broken, a good session completes.</summary>
[TestClass]
public sealed class LivenessTests
{
    private static readonly TestProgram Program = new("one", ProgramBuilder.Build(new Protocol { Id = "one", Blocks = [new RepeatBlock()] }), true, 1);

    [TestMethod]
    public void AGoodSessionThatWasNotCompletedIsNamed() => Assert.AreEqual(Rules.Liveness, Of(new GoodSession(Program, 1)).Single().Rule);

    [TestMethod]
    public void ASessionThatSomebodyBrokeIsNot()
    {
        Assert.IsEmpty(Of(new GoodSession(Program, 1) { StopAfterUs = 1 }));
        Assert.IsEmpty(Of(new GoodSession(Program with { IsGood = false }, 1)));
        Assert.IsEmpty(Of(new GoodSession(Program, 1), new Fault(FaultKind.Pause, Moment.Armed, 1, 0)));
    }

    private static List<Violation> Of(GoodSession session, params Fault[] faults) =>
        [.. Liveness.Of(new Scenario { Seed = 0, Acts = [session], Faults = faults }, [(session, null)], [], 1)];
}
