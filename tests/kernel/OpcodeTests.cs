using Escapement.Fit;
using Escapement.Fit.Opcodes;

namespace Escapement.Kernel.Tests;

/// <summary>What an interpreted board pays: IL instructions, counted by running an instrumented copy of the kernel.</summary>
[TestClass]
public class OpcodeTests
{
    private const int WordsTarget = 40;
    private const int StepLimit = 5000;
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
            long arming = Count(() => armed.Begin(image, limits), () => armed.Step(16), out long longestArming);
            planner.Begin(image, armed);
            long opcodes = 0, words = 0, scan = 0, longest = 0;
            while (true)
            {
                scan += Count(() => { }, () => planner.Step(16), out _);
                if (planner.Step(1) == 2)
                {
                    break;
                }

                byte[] list = new byte[4 * armed.LengthWords(planner.Slot)];
                opcodes += Count(() => encoder.Begin(list, planner, limits), () => encoder.Step(32), out long longestStep);
                words += list.Length / 4;
                longest = Math.Max(longest, longestStep);
                counter.Reset();
                planner.Next();
                scan += counter.Read();
            }

            double perWord = opcodes / (double)words;
            TestContext.WriteLine($"{row.Id,-20} {words,7} words {perWord,6:F1} a word, longest step {longest,5}; scan {scan / (double)row.TotalPulses,6:F1} a pulse; arming {arming,8}, longest step {longestArming}");
            Assert.IsLessThanOrEqualTo(StepLimit, Math.Max(longest, longestArming));
            if (perWord > WordsTarget)
            {
                tooMuch.Add($"{row.Id}: {perWord:F1}");
            }
        }

        Assert.IsEmpty(tooMuch, string.Join(", ", tooMuch));
    }

    [TestMethod]
    public void No_step_is_long_whatever_the_program()
    {
        long verify = 0, arming = 0, scan = 0, encode = 0, next = 0, begin = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            byte[] image = (seed % 3 == 0 ? Nasty(random) : RandomPrograms.Create(random, 600)).ToBytes();
            dynamic verifier = New("ProgramVerifier"), armed = New("Planner"), planner = New("TransactionPlanner"), encoder = New("WordEncoder");
            dynamic limits = New("PlanLimits"), sequencer = New("Sequencer");
            Count(() => verifier.Begin(image, image.Length), () => verifier.Step(8), out long longest);
            verify = Math.Max(verify, longest);
            sequencer.Begin(image);
            Count(() => { }, () => sequencer.Next() ? 0 : 1, out longest);
            next = Math.Max(next, longest);
            Count(() => armed.Begin(image, limits), () => armed.Step(12) is var result and >= 0 ? result : 1, out longest);
            arming = Math.Max(arming, longest);
            if (armed.Error != 0)
            {
                continue;
            }

            planner.Begin(image, armed);
            while (true)
            {
                Count(() => { }, () => planner.Step(12), out longest);
                scan = Math.Max(scan, longest);
                if (planner.Step(1) == 2)
                {
                    break;
                }

                byte[] list = new byte[4 * armed.LengthWords(planner.Slot)];
                begin = Math.Max(begin, counter.Count(() => encoder.Begin(list, planner, limits)));
                Count(() => { }, () => encoder.Step(32), out longest);
                encode = Math.Max(encode, longest);
                begin = Math.Max(begin, counter.Count(() => planner.Next()));
            }
        }

        string figures = $"verifier Step(8) {verify}, sequencer Next {next}, arming Step(12) {arming}, transaction Step(12) {scan}, encoder Step(32) {encode}, Begin or Next {begin}";
        TestContext.WriteLine(figures);
        Assert.IsTrue(new[] { verify, arming, scan, encode, next, begin }.All(opcodes => opcodes <= StepLimit), figures);
    }

    // Blocks of few pulses with four levels each and a fraction that makes Euclid work.
    private static ProgramModel Nasty(Random random)
    {
        const uint Den = 832_040; // a Fibonacci number
        var blocks = Enumerable.Range(0, 30).Select(_ =>
        {
            ulong inner = 0;
            var levels = new List<LevelModel>();
            for (int l = 0; l < 4; l++)
            {
                uint count = (uint)random.Next(1, 4);
                ulong interval = count == 1 ? 0 : inner + 40_000UL * Den + 514_229;
                levels.Insert(0, new LevelModel(count, interval));
                inner += (count - 1) * interval;
            }

            return new BlockModel { Levels = [.. levels], SpanUnits = inner + (ulong)random.Next(200, 800_000) * Den, TrainDepth = (byte)random.Next(5) };
        });
        return new ProgramModel { Den = Den, Blocks = [.. blocks] };
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
