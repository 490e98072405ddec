using CsCheck;

namespace Escapement.Kernel.Tests;

[TestClass]
public class PlannerTests
{
    [TestMethod]
    [DynamicData(nameof(Library.Ids), typeof(Library))]
    public void On_the_reference_board_every_train_and_every_session_without_trains_is_one_transaction(string id)
    {
        var row = Library.Row(id);
        byte[] image = row.ToProgram();
        var limits = new PlanLimits();
        var planner = Drive.Plan(image, limits);
        Assert.AreEqual((int)row.Trains, planner.Transactions);
        Assert.AreEqual(row.TotalPulses, planner.Pulses);
        int perTrain = row.TotalPulses / (int)row.Trains;
        Assert.AreEqual(perTrain, planner.MaxPulses);
        foreach (var transaction in Drive.PlanOnly(image, limits, 7, out _))
        {
            Assert.AreEqual(perTrain, transaction.Pulses);
            Assert.AreEqual(transaction.Index * perTrain, transaction.FirstPulse);
        }

        int trainLevels = row.Trains > 1 ? 1 : 0;
        Assert.IsTrue(planner.IsExact(0, -1));
        for (int level = 0; level < 3; level++)
        {
            Assert.AreEqual(level >= trainLevels, planner.IsExact(0, level), $"level {level}");
        }
    }

    [TestMethod]
    public void Random_programs_are_cut_as_the_rules_say_and_every_pulse_is_covered_once_in_order()
    {
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            byte[] image = RandomPrograms.Create(random).ToBytes();
            var limits = random.Next(4) == 0 ? new PlanLimits() : ReferencePlan.RandomLimits(random);
            var pulses = Reference.Expand(image);
            var expected = ReferencePlan.Cut(pulses, limits);
            var actual = Drive.PlanOnly(image, limits, random.Next(1, 60), out int error);
            var planner = Drive.Plan(image, limits, random.Next(1, 60));
            Assert.AreEqual(expected == null ? ProgramError.CannotCut : ProgramError.None, error);
            Assert.AreEqual(error, planner.Error);
            if (expected == null)
            {
                return;
            }

            Assert.AreSequenceEqual(expected, actual.Select(t => (t.FirstPulse, t.Pulses, t.Words)).ToList());
            CheckFigures(pulses, actual, limits);
            CheckLengths(planner, image, actual, limits);
            CheckExactness(planner, pulses, actual);
        }, iter: 1500);
    }

    [TestMethod]
    public void Steps_that_differ_by_a_tick_are_counted_one_by_one_where_the_tick_matters()
    {
        // On a grid of 1/2 and 1/3 us: lows that need a word more, or can be cut, only when they round up.
        foreach (uint den in new uint[] { 2, 3 })
        {
            foreach (ulong low in new ulong[] { 32_766, 32_767, 98_300, 98_301, 299_998, 299_999, 300_000 })
            {
                foreach (byte depth in new byte[] { 0, 1 })
                {
                    ulong interval = (low + 100) * den + 1;
                    var block = new BlockModel { Levels = [new LevelModel(60, interval)], TrainDepth = depth, SpanUnits = 61 * interval };
                    byte[] image = new ProgramModel { Den = den, Blocks = [block] }.ToBytes();
                    var limits = new PlanLimits { FirstListWords = 157, ListWords = 101 };
                    var expected = ReferencePlan.Cut(Reference.Expand(image), limits);
                    var actual = Drive.PlanOnly(image, limits, 16, out int error);
                    Assert.AreEqual(expected == null ? ProgramError.CannotCut : ProgramError.None, error);
                    Assert.IsTrue(expected == null || expected.SequenceEqual(actual.Select(t => (t.FirstPulse, t.Pulses, t.Words))), $"{den} {low} {depth}");
                }
            }
        }
    }

    private static void CheckFigures(List<ReferencePulse> pulses, List<PlannedTransaction> plan, PlanLimits limits)
    {
        for (int i = 0; i < plan.Count; i++)
        {
            var t = plan[i];
            var last = pulses[t.FirstPulse + t.Pulses - 1];
            Assert.AreEqual((i, pulses[t.FirstPulse].OnsetUs, last.OnsetUs, last.WidthUs, i == plan.Count - 1),
                (t.Index, t.FirstOnsetUs, t.LastOnsetUs, t.LastWidthUs, t.IsLast));
            if (i > 0)
            {
                Assert.IsGreaterThanOrEqualTo(limits.MinCutGapUs, t.FirstOnsetUs - plan[i - 1].LastOnsetUs - plan[i - 1].LastWidthUs);
            }
        }
    }

    private static void CheckLengths(Planner planner, byte[] image, List<PlannedTransaction> plan, PlanLimits limits)
    {
        Assert.AreEqual(plan.Count, planner.Transactions);
        Assert.AreEqual(plan.Max(t => t.Pulses), planner.MaxPulses);
        Assert.IsTrue(planner.LengthCount is >= 1 and <= Planner.MaxLengths);
        var lengths = Enumerable.Range(0, planner.LengthCount).Select(planner.LengthWords).ToArray();
        Assert.HasCount(lengths.Length, lengths.Distinct());
        Assert.AreEqual(lengths.Max(), planner.MaxWords);
        Assert.IsTrue(lengths.All(length => length % limits.ChannelWords != 0), "an exact multiple of the channel memory sends nothing");
        long sum = 0;
        var second = new TransactionPlanner();
        second.Begin(image, planner);
        foreach (var t in plan)
        {
            while (second.Step(100) == 0)
            {
            }

            int words = lengths[second.Slot];
            sum += words;
            Assert.IsGreaterThanOrEqualTo(t.Words, words);
            Assert.IsLessThanOrEqualTo(t.Index == 0 ? limits.FirstListWords : limits.ListWords, words);
            second.Next();
        }

        Assert.AreEqual(2, second.Step(1));
        Assert.AreEqual(sum, planner.Words);
        int distinct = plan.Select(t => t.Words % limits.ChannelWords == 0 ? t.Words + 1 : t.Words).Distinct().Count();
        Assert.AreEqual(Math.Min(distinct, Planner.MaxLengths), planner.LengthCount);
    }

    private static void CheckExactness(Planner planner, List<ReferencePulse> pulses, List<PlannedTransaction> plan)
    {
        var supervised = plan.Skip(1).Select(t => (pulses[t.FirstPulse].Block, pulses[t.FirstPulse].Level)).ToHashSet();
        for (int block = 0; block <= pulses[^1].Block; block++)
        {
            for (int level = -1; level < ProgramFormat.MaxLevels; level++)
            {
                Assert.AreEqual(!supervised.Contains((block, level)), planner.IsExact(block, level));
            }
        }
    }

    [TestMethod]
    public void Any_budget_gives_the_same_plan()
    {
        byte[] image = new ProgramModel
        {
            Den = 6, Blocks = [Library.Row("prime6-600").ToBlock(6), Library.Row("rtms1-600").ToBlock(6), Library.Row("itbs600").ToBlock(6)],
        }.ToBytes();
        var expected = Drive.PlanOnly(image, new PlanLimits(), int.MaxValue, out _);
        foreach (int budget in new[] { 1, 2, 3, 29, 30, 31, 1000 })
        {
            Assert.AreSequenceEqual(expected, Drive.PlanOnly(image, new PlanLimits(), budget, out _));
        }
    }

    [TestMethod]
    public void A_long_block_after_the_first_is_cut_into_the_largest_whole_repetitions_that_fit()
    {
        // 6 Hz priming, then 600 pulses at 1 Hz: 16 words each, so 255 of them fit 4,096 words with 4 of head and 1 for the last.
        byte[] image = new ProgramModel
        {
            Den = 3, Blocks = [Library.Row("prime6-600").ToBlock(3), Library.Row("rtms1-600").ToBlock(3)],
        }.ToBytes();
        var plan = Drive.PlanOnly(image, new PlanLimits(), 50, out _);
        Assert.AreSequenceEqual(Enumerable.Repeat(30, 20).Concat([256, 256, 88]).ToList(), plan.Select(t => t.Pulses).ToList());
        Assert.AreEqual(4 + 255 * 16 + 1, plan[20].Words);
        var planner = Drive.Plan(image, new PlanLimits());
        Assert.IsFalse(planner.IsExact(1, -1));
        Assert.IsFalse(planner.IsExact(1, 0));
        Assert.IsTrue(planner.IsExact(0, 1));
    }

    [TestMethod]
    public void A_train_that_does_not_fit_is_cut_at_its_outermost_level()
    {
        // Pairs 1 s apart, groups of 10 pairs 5 s apart: the cut is made between groups though every pair's gap could be cut too.
        var block = new BlockModel
        {
            Levels = [new LevelModel(50, 15_000_000), new LevelModel(10, 1_000_000), new LevelModel(2, 3000)], SpanUnits = 750_000_000,
        };
        var limits = new PlanLimits { FirstListWords = 1000, ListWords = 1000 };
        byte[] image = new ProgramModel { Blocks = [block] }.ToBytes();
        var plan = Drive.PlanOnly(image, limits, 50, out _);
        Assert.IsTrue(plan.All(t => t.Pulses % 20 == 0));
        Assert.IsGreaterThan(1, plan[0].Pulses / 20);
        var planner = Drive.Plan(image, limits);
        Assert.AreEqual((false, true, true), (planner.IsExact(0, 0), planner.IsExact(0, 1), planner.IsExact(0, 2)));
    }

    [TestMethod]
    public void Trains_whose_gaps_are_too_short_to_cut_are_merged()
    {
        var block = new BlockModel
        {
            Levels = [new LevelModel(8, 1_000_000), new LevelModel(40, 20_000)], TrainDepth = 1, SpanUnits = 8_000_000,
        };
        Assert.HasCount(1, Drive.PlanOnly(new ProgramModel { Blocks = [block] }.ToBytes(), new PlanLimits { MinCutGapUs = 220_001 }, 50, out _));
        Assert.HasCount(8, Drive.PlanOnly(new ProgramModel { Blocks = [block] }.ToBytes(), new PlanLimits { MinCutGapUs = 219_900 }, 50, out _));
    }

    [TestMethod]
    public void A_cut_needs_the_whole_gap_low_the_pulse_width_does_not_count()
    {
        foreach ((ulong interval, int transactions) in new[] { (300_099ul, 1), (300_100ul, 3) })
        {
            var block = new BlockModel { Levels = [new LevelModel(3, interval)], TrainDepth = 1, SpanUnits = 2_000_000 };
            Assert.HasCount(transactions, Drive.PlanOnly(new ProgramModel { Blocks = [block] }.ToBytes(), new PlanLimits(), 50, out _));
        }
    }

    [TestMethod]
    public void What_cannot_be_cut_and_does_not_fit_is_refused_by_name()
    {
        var block = new BlockModel { Levels = [new LevelModel(40_000, 20_000)], SpanUnits = 800_000_000 };
        var planner = Drive.Plan(new ProgramModel { Blocks = [block] }.ToBytes(), new PlanLimits());
        Assert.AreEqual(ProgramError.CannotCut, planner.Error);
    }

    [TestMethod]
    public void A_fifth_length_is_padded_to_a_longer_one_or_raises_the_longest()
    {
        // Trains of 10, 20, 30, 40, 25 and 50 pulses at 50 Hz, one word a pulse.
        var blocks = new[] { 10u, 20u, 30u, 40u, 25u, 50u }.Select(pulses => new BlockModel
        {
            Levels = [new LevelModel(pulses, 20_000)], SpanUnits = 5_000_000,
        });
        byte[] image = new ProgramModel { Blocks = [.. blocks] }.ToBytes();
        var planner = Drive.Plan(image, new PlanLimits());
        Assert.AreEqual(4, planner.LengthCount);
        Assert.AreSequenceEqual(new[] { 14, 24, 34, 54 }, Enumerable.Range(0, 4).Select(planner.LengthWords).ToArray());
        Assert.AreEqual(14 + 24 + 34 + 54 + 34 + 54, planner.Words);
    }

    [TestMethod]
    public void Later_transactions_never_use_the_first_ones_long_list()
    {
        var blocks = new List<BlockModel> { Library.Row("rtms1-600").ToBlock(1) };
        blocks.AddRange(new[] { 10u, 20u, 30u, 40u, 50u }.Select(pulses => new BlockModel
        {
            Levels = [new LevelModel(pulses, 20_000)], SpanUnits = 5_000_000,
        }));
        byte[] image = new ProgramModel { Blocks = [.. blocks] }.ToBytes();
        var planner = Drive.Plan(image, new PlanLimits());
        Assert.AreSequenceEqual(new[] { 4 + 599 * 16 + 1, 14, 24, 54 }, Enumerable.Range(0, 4).Select(planner.LengthWords).ToArray());
    }

    [TestMethod]
    public void A_list_that_would_fill_the_channel_memory_exactly_gets_a_pad_word()
    {
        foreach ((uint pulses, int words) in new[] { (43u, 47), (44u, 49), (45u, 49), (92u, 97) })
        {
            var block = new BlockModel { Levels = [new LevelModel(pulses, 20_000)], SpanUnits = 5_000_000 };
            var planner = Drive.Plan(new ProgramModel { Blocks = [block] }.ToBytes(), new PlanLimits());
            Assert.AreEqual(words, planner.LengthWords(0));
        }
    }

    [TestMethod]
    public void An_itbs_train_with_a_lead_in_of_one_half_would_fill_48_words_and_is_padded()
    {
        // The trap: 95 halves of train and one of lead-in. Here a train is 48 words, a word to each pulse and two more to each long gap.
        byte[] image = Library.Row("itbs600").ToProgram();
        Assert.AreEqual(48 + 4, Drive.Plan(image, new PlanLimits()).LengthWords(0));
        var block = Library.Row("itbs600").ToBlock(1);
        var withoutLast = block with { Levels = [new LevelModel(1, 0), block.Levels[1] with { Count = 9 }, block.Levels[2]], SpanUnits = 5_000_000 };
        var two = new BlockModel { Levels = [new LevelModel(2, 20_000)], SpanUnits = 1_000_000 };
        var planner = Drive.Plan(new ProgramModel { Blocks = [two] }.ToBytes(), new PlanLimits { ChannelWords = 6 });
        Assert.AreEqual(7, planner.LengthWords(0));
        Assert.AreEqual(43 + 4, Drive.Plan(new ProgramModel { Blocks = [withoutLast] }.ToBytes(), new PlanLimits()).LengthWords(0));
        Assert.AreEqual(53, Drive.Plan(image, new PlanLimits { ChannelWords = 52 }).LengthWords(0));
    }

    [TestMethod]
    public void Limits_that_contradict_themselves_are_refused_by_name()
    {
        byte[] image = Library.Rows[0].ToProgram();
        foreach (var limits in new PlanLimits?[]
        {
            null, new() { HeadWords = 0 }, new() { ChannelWords = 1 }, new() { ChannelWords = 0 }, new() { FirstListWords = 32769 },
            new() { ListWords = 5 }, new() { ListWords = int.MinValue }, new() { FirstListWords = -1 }, new() { HeadWords = int.MaxValue },
            new() { LeadInUs = 262_137 }, new() { LeadInUs = 7 }, new() { LeadInMinUs = 1000 }, new() { LeadInMinUs = 200_001 },
            new() { StartBoundUs = 0 }, new() { MinCutGapUs = 201_000 }, new() { MinCutGapUs = -1 }, new() { ChannelWords = -48 },
        })
        {
            var planner = Drive.Plan(image, limits!);
            Assert.AreEqual(ProgramError.BadLimits, planner.Error);
        }

        Assert.AreEqual(ProgramError.None, Drive.Plan(image, new PlanLimits { LeadInUs = 262_136, MinCutGapUs = 263_137 }).Error);
    }

    [TestMethod]
    public void A_planner_can_be_used_again_after_a_refusal()
    {
        var planner = new Planner();
        planner.Begin(Library.Rows[0].ToProgram(), new PlanLimits { HeadWords = 0 });
        Assert.AreEqual(-1, planner.Step(1));
        planner.Begin(Library.Row("itbs600").ToProgram(), new PlanLimits());
        Assert.AreEqual(0, planner.Step(0));
        Assert.AreEqual(1, planner.Step(10_000));
        Assert.AreEqual(20, planner.Transactions);
    }
}
