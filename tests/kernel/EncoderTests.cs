using CsCheck;

namespace Escapement.Kernel.Tests;

[TestClass]
public class EncoderTests
{
    [TestMethod]
    [DynamicData(nameof(Library.Ids), typeof(Library))]
    public void The_lists_of_a_library_row_give_the_reference_schedule_tick_for_tick(string id)
    {
        byte[] image = Library.Row(id).ToProgram();
        CheckLists(image, new PlanLimits(), 50, 100);
    }

    [TestMethod]
    public void The_lists_of_random_programs_give_the_reference_schedule_tick_for_tick()
    {
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            byte[] image = RandomPrograms.Create(random).ToBytes();
            var limits = random.Next(3) == 0 ? new PlanLimits() : ReferencePlan.RandomLimits(random);
            CheckLists(image, limits, random.Next(1, 60), random.Next(1, 200));
        }, iter: 1500);
    }

    [TestMethod]
    public void Dense_random_programs_give_the_reference_schedule_tick_for_tick()
    {
        // Many repetitions in one list, fractions that come round after a few of them: what the copying is for.
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            uint den = (uint)random.Next(1, 13);
            var levels = new List<LevelModel>();
            ulong inner = 0;
            for (int l = 0, depth = random.Next(1, 5); l < depth; l++)
            {
                uint count = (uint)random.Next(1, 30 / depth + 2);
                ulong interval = count == 1 ? 0 : inner + (ulong)random.NextInt64(200 * den, (random.Next(3) == 0 ? 200_000L : 40_000L) * den);
                levels.Insert(0, new LevelModel(count, interval));
                inner += (count - 1) * interval;
            }

            var block = new BlockModel { Levels = [.. levels], SpanUnits = inner + 500_000 * den, TrainDepth = (byte)random.Next(levels.Count + 1) };
            byte[] image = new ProgramModel { Den = den, Blocks = [block, block] }.ToBytes();
            var limits = random.Next(2) == 0 ? new PlanLimits() : new PlanLimits { MinCutGapUs = 30_000 + 1_001, LeadInUs = 30_000, ListWords = 700, FirstListWords = 900 };
            CheckLists(image, limits, 1000, random.Next(1, 200));
        }, iter: 1500);
    }

    private static void CheckLists(byte[] image, PlanLimits limits, int planBudget, int encodeBudget)
    {
        var pulses = Reference.Expand(image);
        var armed = Drive.Plan(image, limits, planBudget);
        if (armed.Error != ProgramError.None)
        {
            return; // judged in PlannerTests
        }

        int next = 0;
        foreach ((var plan, byte[] list) in Drive.Transactions(image, limits, armed, planBudget, encodeBudget))
        {
            Assert.AreNotEqual(0, list.Length / 4 % limits.ChannelWords);
            var decoded = new ListDecoder(list);
            Assert.HasCount(plan.Pulses, decoded.Pulses);
            Assert.AreEqual(limits.LeadInUs, decoded.Pulses[0].RiseTick, "the nominal head");
            foreach (var pulse in decoded.Pulses)
            {
                Assert.AreEqual(pulses[next].OnsetUs - plan.FirstOnsetUs, pulse.RiseTick - limits.LeadInUs, $"pulse {next}");
                Assert.AreEqual(pulses[next].WidthUs, pulse.WidthTicks);
                next++;
            }

            // After the last pulse: one tick of low, then padding, two ticks a word.
            long lead = plan.LastOnsetUs - plan.FirstOnsetUs + limits.LeadInUs + plan.LastWidthUs;
            Assert.AreEqual(lead + 1 + 2 * (list.Length / 4 - plan.Words), decoded.TotalTicks);
            for (int at = 4 * plan.Words; at < list.Length; at += 2)
            {
                Assert.AreEqual((1, 0), (list[at], list[at + 1]), "padding is low halves of one tick");
            }
        }

        Assert.AreEqual(pulses.Count, next);
    }

    [TestMethod]
    public void Any_budget_gives_the_same_list()
    {
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            byte[] image = RandomPrograms.Create(random).ToBytes();
            var limits = new PlanLimits();
            var armed = Drive.Plan(image, limits);
            if (armed.Error == 0)
            {
                var whole = Drive.Transactions(image, limits, armed, 50, int.MaxValue).ToList();
                var sliced = Drive.Transactions(image, limits, armed, 1, random.Next(1, 12)).ToList();
                Assert.HasCount(whole.Count, sliced);
                for (int i = 0; i < whole.Count; i++)
                {
                    Assert.AreEqual(whole[i].Plan, sliced[i].Plan);
                    Assert.AreSequenceEqual(whole[i].List, sliced[i].List);
                }
            }
        }, iter: 150);
    }

    [TestMethod]
    public void Every_low_from_one_tick_to_five_words_is_split_without_a_zero_half()
    {
        var interesting = new[] { 1, 2, 3, 32_766, 32_767, 32_768, 32_769, 32_770, 65_533, 65_534, 65_535, 65_536, 98_300, 98_301, 98_302, 98_303, 98_304, 131_067, 131_068, 131_069, 163_834, 163_835, 163_836, 163_837 };
        foreach (int low in interesting)
        {
            foreach (ushort width in new ushort[] { 1, 100, 32_767 })
            {
                ulong interval = (ulong)low + width;
                var block = new BlockModel { WidthUs = width, Levels = [new LevelModel(5, interval)], SpanUnits = 5 * interval + 1_000_000 };
                CheckLists(new ProgramModel { Blocks = [block] }.ToBytes(), new PlanLimits(), 50, 50);
                var list = new BlockModel { Kind = 2, WidthUs = width, ListUs = [(uint)interval, (uint)interval + 1, (uint)interval, (uint)interval], SpanUnits = 5 * interval + 1_000_000 };
                CheckLists(new ProgramModel { Blocks = [list] }.ToBytes(), new PlanLimits(), 50, 50);
            }
        }
    }

    [TestMethod]
    public void A_body_that_fills_48_words_with_the_head_gets_a_pad_word()
    {
        var block = new BlockModel { Levels = [new LevelModel(44, 20_000)], SpanUnits = 5_000_000 };
        byte[] image = new ProgramModel { Blocks = [block] }.ToBytes();
        var limits = new PlanLimits();
        (var plan, byte[] list) = Drive.Transactions(image, limits, Drive.Plan(image, limits)).Single();
        Assert.AreEqual(48, plan.Words);
        Assert.HasCount(49 * 4, list);
        Assert.AreSequenceEqual(new byte[] { 1, 0, 1, 0 }, list[^4..]);
        CheckLists(image, limits, 50, 50);
    }

    [TestMethod]
    public void An_encoder_used_with_other_limits_writes_their_head()
    {
        byte[] image = Library.Row("itbs600").ToProgram();
        var encoder = new WordEncoder();
        foreach ((int words, int leadIn) in new[] { (4, 200_000), (4, 150_000), (5, 150_000), (80, 150_000), (80, 160_000), (4, 200_000) })
        {
            var limits = new PlanLimits { HeadWords = words, LeadInUs = leadIn };
            var planner = new TransactionPlanner();
            planner.Begin(image, limits);
            Assert.AreEqual(1, planner.Step(1000));
            byte[] list = new byte[4 * planner.Words];
            encoder.Begin(list, planner, limits);
            Assert.AreEqual(1, encoder.Step(10_000));
            Assert.AreEqual(leadIn, new ListDecoder(list).Pulses[0].RiseTick);
        }
    }

    [TestMethod]
    public void Refuses_a_list_of_the_wrong_length_and_a_program_that_changed()
    {
        byte[] image = Library.Row("itbs600").ToProgram();
        var limits = new PlanLimits();
        var planner = new TransactionPlanner();
        planner.Begin(image, limits);
        Assert.AreEqual(1, planner.Step(1000));
        var encoder = new WordEncoder();
        Assert.AreEqual(-1, encoder.Step(1), "not begun");
        foreach (byte[]? list in new byte[]?[] { null, [], new byte[51 * 4], new byte[52 * 4 + 2], new byte[96 * 4] })
        {
            encoder.Begin(list!, planner, limits);
            Assert.AreEqual(-1, encoder.Step(100));
            Assert.AreEqual(ProgramError.BadListLength, encoder.Error);
        }

        encoder.Begin(new byte[53 * 4], planner, limits);
        Assert.AreEqual(0, encoder.Step(0));
        Assert.AreEqual(1, encoder.Step(1000));
    }

    [TestMethod]
    public void A_program_that_changed_in_memory_never_writes_outside_its_list()
    {
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            byte[] image = RandomPrograms.Create(random).ToBytes();
            byte[] other = RandomPrograms.Bend(random, RandomPrograms.Create(random)).ToBytes();
            if (Drive.Verify(other).Error != 0)
            {
                return;
            }

            var limits = new PlanLimits();
            var armed = Drive.Plan(image, limits);
            Array.Resize(ref image, 4096); // as on the board: one buffer
            var planner = new TransactionPlanner();
            planner.Begin(image, limits);
            if (armed.Error != 0 || planner.Step(int.MaxValue) != 1)
            {
                return;
            }

            // The next blocks' bytes change under the encoder, still a valid program.
            other.CopyTo(image, 0);
            var encoder = new WordEncoder();
            byte[] list = new byte[4 * (planner.Words % 48 == 0 ? planner.Words + 1 : planner.Words)];
            encoder.Begin(list, planner, limits);
            while (encoder.Step(10) == 0)
            {
            }

            Assert.IsTrue(encoder.Error is ProgramError.None or ProgramError.ExpansionMismatch);
        }, iter: 1000);
    }
}
