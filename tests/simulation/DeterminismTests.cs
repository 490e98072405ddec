namespace Escapement.Simulation;

[TestClass]
public sealed class DeterminismTests
{
    [TestMethod]
    public void TheSameSeedGivesTheSameEdgesAndBytesToTheLast()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Assert.AreEqual(Digest.Of(Simulation.Play(seed).Recording), Digest.Of(Simulation.Play(seed).Recording), $"seed {seed}");
        }
    }

    [TestMethod]
    public void TwoSeedsGiveTwoRecordings() => Assert.AreNotEqual(Digest.Of(Simulation.Play(1).Recording), Digest.Of(Simulation.Play(2).Recording));

    [TestMethod]
    public void AScenarioFollowsFromItsSeedAlone() => Assert.AreEqual(ScenarioPage.Of(ScenarioGenerator.Of(99)), ScenarioPage.Of(ScenarioGenerator.Of(99)));
}
