namespace Escapement.Kernel.Tests;

/// <summary>A transaction as the planner described it.</summary>
public sealed record PlannedTransaction(
    int Index, int FirstPulse, int Pulses, long FirstOnsetUs, long LastOnsetUs, int LastWidthUs, int Words, int Slot, bool IsLast);

/// <summary>Drives the kernel's sliced work to its end with a given budget a step.</summary>
public static class Drive
{
    public static ProgramVerifier Verify(byte[] image, int budget = 8) => Verify(image, image.Length, budget);

    public static ProgramVerifier Verify(byte[] image, int length, int budget)
    {
        var verifier = new ProgramVerifier();
        verifier.Begin(image, length);
        int result = Run(() => verifier.Step(budget));
        Assert.AreEqual(result < 0, verifier.Error != ProgramError.None);
        return verifier;
    }

    public static Planner Plan(byte[] image, PlanLimits limits, int budget = 50)
    {
        var planner = new Planner();
        planner.Begin(image, limits);
        int result = Run(() => planner.Step(budget));
        Assert.AreEqual(result < 0, planner.Error != ProgramError.None);
        return planner;
    }

    /// <summary>Every transaction with its encoded list.</summary>
    public static IEnumerable<(PlannedTransaction Plan, byte[] List)> Transactions(
        byte[] image, PlanLimits limits, Planner armed, int planBudget = 50, int encodeBudget = 100)
    {
        var planner = new TransactionPlanner();
        var encoder = new WordEncoder();
        planner.Begin(image, armed);
        for (int result = Run(() => planner.Step(planBudget)); result == 1; result = Run(() => planner.Step(planBudget)))
        {
            byte[] list = new byte[4 * armed.LengthWords(planner.Slot)];
            Random.Shared.NextBytes(list);
            encoder.Begin(list, planner, limits);
            int encoded = Run(() => encoder.Step(encodeBudget));
            Assert.AreEqual(1, encoded, ProgramErrorTable.Sentence(encoder.Error));
            Assert.AreEqual(list.Length / 4, encoder.Written);
            yield return (Describe(planner), list);
            planner.Next();
        }
    }

    public static List<PlannedTransaction> PlanOnly(byte[] image, PlanLimits limits, int budget, out int error)
    {
        var planner = new TransactionPlanner();
        var found = new List<PlannedTransaction>();
        planner.Begin(image, limits);
        int result = Run(() => planner.Step(budget));
        while (result == 1)
        {
            found.Add(Describe(planner));
            planner.Next();
            result = Run(() => planner.Step(budget));
        }

        error = planner.Error;
        return found;
    }

    private static PlannedTransaction Describe(TransactionPlanner planner) => new(
        planner.Index, planner.FirstPulse, planner.Pulses, planner.FirstOnsetUs, planner.LastOnsetUs, planner.LastWidthUs,
        planner.Words, planner.Slot, planner.IsLast);

    private static int Run(Func<int> step)
    {
        for (long steps = 0; steps < 100_000_000; steps++)
        {
            int result = step();
            if (result != 0)
            {
                Assert.AreEqual(result, step(), "a step after the end must change nothing");
                return result;
            }
        }

        throw new AssertFailedException("the work never ends");
    }
}
