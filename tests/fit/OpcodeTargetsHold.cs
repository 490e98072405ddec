using Escapement.Benchmarks.Opcodes;

namespace Escapement.Fit.Tests;

/// <summary>Executed instructions depend on nothing but the code and the program, so they can be held to a figure.</summary>
[TestClass]
[DoNotParallelize] // one counter, one thread
public class OpcodeTargetsHold
{
    [TestMethod]
    public void Every_library_row_is_encoded_and_judged_within_the_targets()
    {
        using var meter = new OpcodeMeter();
        foreach ((string name, byte[] image) in Programs.All)
        {
            ProgramCost cost = meter.Measure(name, image);
            Assert.IsGreaterThan(0, cost.Transactions);
            if (OpcodeTargets.HoldEncoding(cost))
                Assert.IsLessThanOrEqualTo(OpcodeTargets.PerEncodedWord, cost.EncodePerWord, $"{name}: opcodes per encoded word");
            Assert.IsLessThanOrEqualTo(OpcodeTargets.PerJudgedWord, cost.GuardPerWord, $"{name}: opcodes per judged word");
        }
    }

    [TestMethod]
    public void Between_the_two_clock_readings_of_every_start_stand_few_instructions()
    {
        using var meter = new SessionMeter();
        SessionCost session = meter.Measure("imtbs600");
        Assert.AreEqual(8, session.Starts);
        Assert.IsLessThanOrEqualTo(OpcodeTargets.BetweenClockReadings, session.MostBetween);
        foreach (PassCost pass in session.Passes)
            Assert.IsLessThanOrEqualTo(OpcodeTargets.MedianPass, pass.Kind == "Running" ? pass.Median : 0, "the median pass while running");
    }
}
