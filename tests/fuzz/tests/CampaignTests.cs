namespace Escapement.Fuzz.Tests;

/// <summary>100,000 inputs to each target; the command gives as many as asked for.</summary>
[TestClass]
public sealed class CampaignTests
{
    private const long Inputs = 100_000;

    [TestMethod]
    [DataRow("frames"), DataRow("registers"), DataRow("commands"), DataRow("verifier")]
    public void A_hundred_thousand_random_and_mutated_inputs_violate_nothing(string target)
    {
        TargetResult result = Campaign.Run(() => Targets.Make(target), Inputs, seed: 20_26, threads: 2);
        Assert.IsEmpty(result.Violations, string.Join(Environment.NewLine, result.Violations.Select(v => $"{v.What}; replay --target {v.Target} --seed {v.Seed} --input {v.Input}")));
        Assert.AreEqual(Inputs, result.Inputs);
        Console.WriteLine($"{target}: {result.Inputs:N0} inputs in {result.Seconds:F1} s");
    }

    [TestMethod]
    public void An_input_played_again_is_the_same_to_the_last_byte()
    {
        foreach (string name in Targets.Names)
        {
            IFuzzTarget one = Targets.Make(name), other = Targets.Make(name);
            Assert.IsNull(Campaign.Replay(one, 5, 1_234));
            Assert.IsNull(Campaign.Replay(other, 5, 77));
            Assert.IsNull(Campaign.Replay(other, 5, 1_234));
            Assert.IsTrue(one.Input.SequenceEqual(other.Input), name);
            Assert.AreEqual(one.Outcome, other.Outcome);
        }
    }

    [TestMethod]
    public void Both_verdicts_of_the_verifier_occur_often()
    {
        Programs.VerifierTarget target = new();
        for (int session = 0; session < 50; session++)
        {
            Assert.IsNull(Campaign.Replay(target, 7, (session * 64) + 63));
        }

        Assert.IsGreaterThan(300L, target.Accepted);
        Assert.IsGreaterThan(300L, target.Refused);
    }
}
