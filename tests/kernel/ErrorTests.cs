namespace Escapement.Kernel.Tests;

[TestClass]
public class ErrorTests
{
    private static readonly BlockModel Good = new() { Levels = [new LevelModel(10, 20_000)], SpanUnits = 1_000_000 };
    private static readonly BlockModel GoodList = new() { Kind = 2, ListUs = [2000, 3000], SpanUnits = 1_000_000 };

    private static byte[] One(BlockModel block) => new ProgramModel { Blocks = [block] }.ToBytes();

    private static byte[] Edit(int offset, params byte[] bytes)
    {
        byte[] image = One(Good);
        bytes.CopyTo(image, offset);
        return image;
    }

    private static byte[] Levels(params LevelModel[] levels) => One(Good with { Levels = levels, SpanUnits = 1_000_000_000 });

    private static readonly Dictionary<int, byte[][]> Refused = new()
    {
        [ProgramError.Truncated] = [[], new byte[39], Shorten(One(Good), 1), Shorten(One(Good), 13), One(GoodList with { StatedListCount = 3 })],
        [ProgramError.TooLong] = [new byte[4097]],
        [ProgramError.BadMagic] = [Edit(0, 0x46), Edit(1, 0)],
        [ProgramError.BadVersion] = [Edit(2, 0), Edit(2, 2)],
        [ProgramError.BadFlags] = [Edit(3, 1)],
        [ProgramError.BadReserved] = [Edit(32, 1), Edit(39, 0x80), One(Good with { Reserved = 1 })],
        [ProgramError.LengthMismatch] = [Edit(4, 40), [.. One(Good), 0]],
        [ProgramError.TrailingBytes] = [Trailing()],
        [ProgramError.BadBlockCount] = [Edit(6, 0), Edit(6, 65), Edit(6, 1, 1)],
        [ProgramError.BadDen] = [Edit(8, 0), Edit(8, 0x41, 0x42, 0x0F), Edit(8, 0, 0, 0, 0x80)],
        [ProgramError.BadKind] = [One(Good with { Kind = 0 }), One(Good with { Kind = 3 })],
        [ProgramError.BadLevels] = [One(Good with { StatedLevels = 0 }), One(Good with { StatedLevels = 5 }), One(GoodList with { StatedLevels = 1 })],
        [ProgramError.BadTrainDepth] = [One(Good with { TrainDepth = 2 }), One(GoodList with { TrainDepth = 2 })],
        [ProgramError.BadWidth] = [One(Good with { WidthUs = 0 }), One(Good with { WidthUs = 32768 })],
        [ProgramError.ListInRepeats] = [One(Good with { StatedListCount = 1 })],
        [ProgramError.EmptyList] = [One(GoodList with { ListUs = [] })],
        [ProgramError.ZeroCount] = [Levels(new LevelModel(0, 0)), Levels(new LevelModel(0, 20_000)), Levels(new LevelModel(0, 5), new LevelModel(2, 200))],
        [ProgramError.ZeroInterval] = [Levels(new LevelModel(2, 0)), One(GoodList with { ListUs = [2000, 0] })],
        [ProgramError.IntervalWithoutRepeat] = [Levels(new LevelModel(1, 1)), Levels(new LevelModel(1, ulong.MaxValue))],
        [ProgramError.Overlap] =
        [
            Levels(new LevelModel(2, 100)), Levels(new LevelModel(2, 1)), One(GoodList with { ListUs = [100] }),
            Levels(new LevelModel(2, 2100), new LevelModel(3, 1000)), Levels(new LevelModel(2, 500), new LevelModel(3, 1000)),
        ],
        [ProgramError.BlockOverlap] = [One(Good with { SpanUnits = 180_100 }), One(Good with { SpanUnits = 0 }), One(GoodList with { SpanUnits = 5000 })],
        [ProgramError.SilenceTooLong] =
        [
            Levels(new LevelModel(2, 3_600_000_001)), One(GoodList with { ListUs = [3_600_000_001] }),
            new ProgramModel { Blocks = [Good with { SpanUnits = 3_600_180_001 }, Good] }.ToBytes(),
        ],
        [ProgramError.DurationTooLong] =
        [
            Levels(new LevelModel(25, 3_600_000_000), new LevelModel(2, 1000)), One(Good with { SpanUnits = 86_400_000_001 }),
            One(GoodList with { ListUs = [.. Enumerable.Repeat(3_600_000_000u, 25)] }),
            new ProgramModel { Blocks = [.. Enumerable.Repeat(Good with { SpanUnits = 3_600_000_000 }, 25)] }.ToBytes(),
        ],
        [ProgramError.TooManyPulses] =
        [
            Levels(new LevelModel(1_000_001, 1000)), Levels(new LevelModel(uint.MaxValue, 1000)),
            Levels(new LevelModel(1001, 400_000), new LevelModel(1000, 200)),
            new ProgramModel { Blocks = [.. Enumerable.Repeat(new BlockModel { Levels = [new LevelModel(600_000, 1000)], SpanUnits = 700_000_000 }, 2)] }.ToBytes(),
        ],
        [ProgramError.NumberTooLarge] = [Levels(new LevelModel(2, 1ul << 63)), One(Good with { SpanUnits = ulong.MaxValue })],
        [ProgramError.PulsesMismatch] = [new ProgramModel { Blocks = [Good], StatedPulses = 9 }.ToBytes()],
        [ProgramError.LastOnsetMismatch] = [new ProgramModel { Blocks = [Good], StatedLastOnset = 180_001 }.ToBytes()],
        [ProgramError.CycleMismatch] = [new ProgramModel { Blocks = [Good], StatedCycle = ulong.MaxValue }.ToBytes()],
    };

    // Each of these has a test that produces it, by this name.
    private static readonly Dictionary<int, string> ElsewhereTested = new()
    {
        [ProgramError.CannotCut] = nameof(PlannerTests.What_cannot_be_cut_and_does_not_fit_is_refused_by_name),
        [ProgramError.BadLimits] = nameof(PlannerTests.Limits_that_contradict_themselves_are_refused_by_name),
        [ProgramError.BadListLength] = nameof(EncoderTests.Refuses_a_list_of_the_wrong_length_and_a_program_that_changed),
        [ProgramError.ExpansionMismatch] = nameof(An_expansion_that_differs_from_the_plan_is_refused_by_name),
    };

    public static IEnumerable<object[]> Codes => Refused.Keys.Select(code => new object[] { code, ProgramErrorTable.Name(code) });

    [TestMethod]
    [DynamicData(nameof(Codes))]
    public void Every_way_to_break_a_rule_is_refused_by_its_name(int code, string name)
    {
        for (int i = 0; i < Refused[code].Length; i++)
        {
            byte[] image = Refused[code][i];
            Assert.AreEqual(name, ProgramErrorTable.Name(Drive.Verify(image).Error), $"case {i}");
            Assert.IsFalse(Reference.Accepts(image, image.Length));
        }
    }

    [TestMethod]
    public void Every_code_is_produced_by_a_test()
    {
        for (int code = 1; code < ProgramError.Codes; code++)
        {
            Assert.IsTrue(Refused.ContainsKey(code) || ElsewhereTested.ContainsKey(code), ProgramErrorTable.Name(code));
        }
    }

    [TestMethod]
    public void What_is_right_is_accepted()
    {
        Assert.AreEqual(ProgramError.None, Drive.Verify(One(Good)).Error);
        Assert.AreEqual(ProgramError.None, Drive.Verify(One(GoodList)).Error);
        Assert.AreEqual(ProgramError.None, Drive.Verify(One(Good with { SpanUnits = 180_101 })).Error);
        Assert.AreEqual(ProgramError.None, Drive.Verify(Levels(new LevelModel(2, 101))).Error);
        Assert.AreEqual(ProgramError.None, Drive.Verify(Levels(new LevelModel(2, 2101), new LevelModel(3, 1000))).Error);
        var full = new BlockModel { Kind = 2, ListUs = [.. Enumerable.Repeat(1000u, 1010)], SpanUnits = 2_000_000 };
        Assert.HasCount(4096, One(full));
        Assert.AreEqual(ProgramError.None, Drive.Verify(One(full)).Error);
        Assert.AreEqual(ProgramError.None, Drive.Verify(new ProgramModel { Blocks = [.. Enumerable.Repeat(Good, 64)] }.ToBytes()).Error);
    }

    [TestMethod]
    public void An_expansion_that_differs_from_the_plan_is_refused_by_name()
    {
        // Two blocks in one list; the second one's bytes change between plan and encoding.
        foreach (int pulses in new[] { 9, 11, 1, 0 })
        {
            byte[] image = new ProgramModel { Blocks = [Good with { SpanUnits = 200_000 }, Good] }.ToBytes();
            var limits = new PlanLimits();
            var planner = new TransactionPlanner();
            planner.Begin(image, limits);
            Assert.AreEqual(1, planner.Step(100));
            image[40 + 28 + 16] = (byte)pulses;
            image[40 + 28 + 16 + 6] = (byte)(pulses == 11 ? 2 : 0); // 11 longer gaps
            var encoder = new WordEncoder();
            encoder.Begin(new byte[4 * planner.Words], planner, limits);
            Assert.AreEqual(-1, encoder.Step(1000), $"{pulses}");
            Assert.AreEqual(ProgramError.ExpansionMismatch, encoder.Error);
        }
    }

    [TestMethod]
    public void The_table_has_a_name_a_sentence_and_a_cure_for_every_code()
    {
        var names = new HashSet<string>();
        var constants = typeof(ProgramError).GetFields().Where(field => field.Name != nameof(ProgramError.Codes)).ToArray();
        Assert.HasCount(ProgramError.Codes, constants);
        foreach (var constant in constants)
        {
            int code = (int)constant.GetRawConstantValue()!;
            Assert.AreEqual(constant.Name, ProgramErrorTable.Name(code));
            Assert.IsTrue(names.Add(constant.Name));
            Assert.EndsWith(".", ProgramErrorTable.Sentence(code));
            Assert.EndsWith(".", ProgramErrorTable.Cure(code));
        }

        Assert.IsNull(ProgramErrorTable.Name(-1));
        Assert.IsNull(ProgramErrorTable.Sentence(ProgramError.Codes));
        Assert.IsNull(ProgramErrorTable.Cure(int.MaxValue));
    }

    [TestMethod]
    public void The_documents_table_says_what_the_kernel_says()
    {
        using var reader = new StreamReader(typeof(ErrorTests).Assembly.GetManifestResourceStream("program-format.md")!);
        var documented = reader.ReadToEnd().Split('\n')
            .SkipWhile(line => !line.StartsWith("| code |", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && int.TryParse(cells[1], out _))
            .Select(cells => (int.Parse(cells[1]), cells[2], cells[3], cells[4])).ToList();
        var actual = Enumerable.Range(1, ProgramError.Codes - 1)
            .Select(code => (code, ProgramErrorTable.Name(code), ProgramErrorTable.Sentence(code), ProgramErrorTable.Cure(code))).ToList();
        Assert.AreSequenceEqual(actual, documented);
    }

    private static byte[] Shorten(byte[] image, int by)
    {
        byte[] shorter = image[..^by];
        shorter[4] = (byte)shorter.Length;
        return shorter;
    }

    private static byte[] Trailing()
    {
        byte[] longer = [.. One(Good), 0];
        longer[4]++;
        return longer;
    }
}
