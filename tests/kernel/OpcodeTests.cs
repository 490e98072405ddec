using Escapement.Fit;
using Escapement.Fit.Opcodes;

namespace Escapement.Kernel.Tests;

/// <summary>What an interpreted board pays: IL instructions, counted by running an instrumented copy of the kernel.</summary>
[TestClass]
public class OpcodeTests
{
    private const int WordsTarget = 40;
    private static OpcodeCounter counter = null!;

    [ClassInitialize]
    public static void Compile(TestContext context) => counter = OpcodeCounter.InstrumentFirmware(RepositoryRoot.Find());

    [ClassCleanup]
    public static void Unload() => counter.Dispose();

    private static dynamic New(string type) => Activator.CreateInstance(counter.Type("Escapement.Kernel." + type))!;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Every_library_row_costs_at_most_40_opcodes_a_word_to_encode()
    {
        var tooMuch = new List<string>();
        foreach (var row in Library.Rows)
        {
            byte[] image = row.ToProgram();
            dynamic limits = New("PlanLimits"), armed = New("Planner"), planner = New("TransactionPlanner"), encoder = New("WordEncoder");
            long arming = Count(() => armed.Begin(image, limits), () => armed.Step(8), out long longestArming);
            planner.Begin(image, armed);
            long opcodes = 0, words = 0, scan = 0, longest = 0;
            while (true)
            {
                scan += Count(() => { }, () => planner.Step(8), out _);
                if (planner.Step(1) == 2)
                {
                    break;
                }

                byte[] list = new byte[4 * armed.LengthWords(planner.Slot)];
                opcodes += Count(() => encoder.Begin(list, planner, limits), () => encoder.Step(24), out long longestStep);
                words += list.Length / 4;
                longest = Math.Max(longest, longestStep);
                counter.Reset();
                planner.Next();
                scan += counter.Read();
            }

            double perWord = opcodes / (double)words;
            TestContext.WriteLine($"{row.Id,-20} {words,7} words {perWord,6:F1} a word, longest step {longest,5}; scan {scan / (double)row.TotalPulses,6:F1} a pulse; arming {arming,8}, longest step {longestArming}");
            if (perWord > WordsTarget)
            {
                tooMuch.Add($"{row.Id}: {perWord:F1}");
            }
        }

        Assert.IsEmpty(tooMuch, string.Join(", ", tooMuch));
    }

    private static long Count(Action begin, Func<int> step, out long longestStep)
    {
        counter.Reset();
        begin();
        long total = counter.Read();
        longestStep = 0;
        int result;
        do
        {
            counter.Reset();
            result = step();
            long opcodes = counter.Read();
            total += opcodes;
            longestStep = Math.Max(longestStep, opcodes);
        }
        while (result == 0);

        Assert.IsGreaterThan(0, result);
        return total;
    }
}
