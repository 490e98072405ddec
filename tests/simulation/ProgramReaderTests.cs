using Escapement.Host;

namespace Escapement.Simulation;

/// <summary>The oracle's reading of programs against the exact schedule of the host, which shares nothing with it.</summary>
[TestClass]
public sealed class ProgramReaderTests
{
    [TestMethod]
    public void EveryProtocolOfTheLibraryIsReadAsTheExactScheduleHasIt()
    {
        foreach (Protocol protocol in ProtocolLibrary.All)
        {
            PulsePlan? plan = ProgramReader.Read(ProgramBuilder.Build(protocol));
            Assert.IsNotNull(plan, protocol.Id);
            CollectionAssert.AreEqual(new ExactSchedule(protocol).Pulses().Select(pulse => pulse.TickUs).ToArray(), plan.OnsetsUs, protocol.Id);
        }
    }

    [TestMethod]
    public void RandomBytesAreNoProgram()
    {
        Dice dice = new(1);
        for (int i = 0; i < 1_000; i++)
        {
            byte[] bytes = new byte[dice.Below(200)];
            for (int b = 0; b < bytes.Length; b++) { bytes[b] = (byte)dice.Next(); }
            Assert.IsNull(ProgramReader.Read(bytes));
        }
    }

    [TestMethod]
    [DataRow(999, "MinGapUs"), DataRow(1_000, null)]
    public void TheSmallestGapIsACeiling(int gapUs, string? broken) =>
        Assert.AreEqual(broken, Ceilings.Broken(new PulsePlan([0, gapUs], [100, 100])));

    [TestMethod]
    [DataRow(49_999, "window of 50000 us"), DataRow(50_000, null)]
    public void AWindowIsExceededByAPulseThatComesWithinItsLength(int fifthUs, string? broken) =>
        Assert.AreEqual(broken, Ceilings.Broken(new PulsePlan([0, 1_000, 2_000, 3_000, fifthUs], [100, 100, 100, 100, 100])));
}
