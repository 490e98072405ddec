namespace Escapement.Host.Tests.Protocols;

[TestClass]
public class ProtocolFileTests
{
    private const string Itbs = """
        name: own-itbs
        title: theta burst of one's own
        family: tbs
        source: this test
        pulseWidthUs: 50
        pulsesPerBurst: 3
        interPulseIntervalMs: 20
        burstsPerTrain: 10
        interBurstIntervalMs: 200
        trains: 20
        interTrainIntervalS: 10
        interTrainConvention: onsetToOnset
        """;

    [TestMethod]
    public void Yaml_gives_the_same_schedule_as_the_library_row()
    {
        var protocol = Load("own.yaml", Itbs);
        Assert.AreEqual(("own-itbs", "theta burst of one's own", "tbs", "this test"), (protocol.Id, protocol.Title, protocol.Family, protocol.Source));
        Assert.AreEqual(50, protocol.Blocks[0].PulseWidthUs);
        CollectionAssert.AreEqual(ProgramBuilder.Build(ProtocolLibrary.Find("itbs600"), 50), ProgramBuilder.Build(protocol));
    }

    [TestMethod]
    public void Json_gives_the_same_protocol_as_yaml()
    {
        const string Json = """
            { "name": "own-itbs", "title": "theta burst of one's own", "family": "tbs", "source": "this test", "pulseWidthUs": 50,
              "pulsesPerBurst": 3, "interPulseIntervalUs": 20000, "burstsPerTrain": 10, "interBurstIntervalUs": "200000",
              "trains": 20, "interTrainIntervalMs": 10000.0, "interTrainConvention": "onsetToOnset" }
            """;
        CollectionAssert.AreEqual(ProgramBuilder.Build(Load("own.yaml", Itbs)), ProgramBuilder.Build(Load("own.json", Json)));
    }

    [TestMethod]
    public void Byte_order_mark_tabs_in_json_and_windows_line_ends_are_fine()
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder.PathOf("bom.yaml"), [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Itbs.ReplaceLineEndings("\r\n"))]);
        Assert.AreEqual(600, ProtocolFile.Load(folder.PathOf("bom.yaml")).TotalPulses);
        Assert.AreEqual(2, Load("tab.json", "{\t\"name\":\"x\",\r\n\t\"pulsesPerBurst\":2,\"interPulseIntervalS\":1}").TotalPulses);
    }

    [TestMethod]
    public void Numbers_are_read_exactly_in_every_unit()
    {
        Assert.AreEqual(Rational.Parse("1000000/7"), Pulse("interPulseIntervalS: 1/7"));
        Assert.AreEqual(Rational.Parse("1000000/7"), Pulse("interPulseIntervalS: '1/7'"));
        Assert.AreEqual(Rational.Parse("333.25"), Pulse("interPulseIntervalUs: 333.25"));
        Assert.AreEqual(Rational.Parse("500000/9"), Pulse("pulseRateHz: 18"));
        Assert.AreEqual(Rational.Parse("10000000/9"), Pulse("pulseRateHz: 0.9"));
        Assert.AreEqual(Rational.Parse("100000.1"), Pulse("interPulseIntervalMs: 100.0001"));

        // The nearest double to this is another number.
        Assert.AreEqual(Rational.Parse("3600000000") - Rational.Parse("0.000001"), Pulse("interPulseIntervalUs: 3599999999.999999"));
    }

    [TestMethod]
    public void Eleven_second_gap_is_a_period_of_14_9_seconds_and_not_15()
    {
        var gap = Train("interTrainIntervalS: 11.0\ninterTrainConvention: lastPulseToFirstPulse\n");
        var period = Train("interTrainIntervalS: 15\ninterTrainConvention: onsetToOnset\n");
        Assert.AreEqual(14_900_000, ((RepeatBlock)gap.Blocks[0]).TrainPeriodUs);
        Assert.AreEqual(15_000_000, ((RepeatBlock)period.Blocks[0]).TrainPeriodUs);
        Assert.AreEqual(11_100_000, period.GapUs);
        Assert.AreEqual(11_000_000, gap.GapUs);
        Assert.AreNotEqual(gap.Blocks[0], period.Blocks[0]);
        CollectionAssert.AreNotEqual(ProgramBuilder.Build(gap), ProgramBuilder.Build(period));

        // The vendor prints 18:26 for it: first to last pulse with an 11 s gap is 1106.5 s.
        Assert.AreEqual(Rational.Parse("1106500000"), gap.LastPulseOnsetUs);
        Assert.AreEqual(gap.LastPulseOnsetUs, gap.GapConventionLastOnsetUs);
        Assert.AreEqual("18:26", TimeText.Clock(gap.LastPulseOnsetUs));
        Assert.AreEqual("18:34", TimeText.Clock(period.LastPulseOnsetUs));
        Assert.AreEqual("18:45", TimeText.Clock(period.CycleUs));
    }

    [TestMethod]
    public void Theta_burst_with_eight_second_gap_lasts_3_09()
    {
        var protocol = Load("gap.yaml", Itbs.Replace("interTrainIntervalS: 10", "interTrainIntervalS: 8").Replace("onsetToOnset", "lastPulseToFirstPulse"));
        Assert.AreEqual(Rational.Parse("188800000"), protocol.LastPulseOnsetUs);
        Assert.AreEqual("3:09", TimeText.Clock(protocol.LastPulseOnsetUs));
    }

    [TestMethod]
    public void Blocks_and_lists_are_read_with_their_own_widths_and_periods()
    {
        var protocol = Load("composite.yaml", """
            name: composite
            pulseWidthUs: 80
            blocks:
              - pulsesPerBurst: 30
                pulseRateHz: 6
                trains: 20
                interTrainIntervalS: 30
                interTrainConvention: onsetToOnset
              - intervalsMs: [4000, 5500.001, '8000']
                blockPeriodS: 60
                pulseWidthUs: 200
              - pulsesPerBurst: 600
                interPulseIntervalS: 1
            """);
        Assert.HasCount(3, protocol.Blocks);
        CollectionAssert.AreEqual(new[] { 80, 200, 80 }, protocol.Blocks.Select(block => block.PulseWidthUs).ToArray());
        CollectionAssert.AreEqual(new long[] { 4_000_000, 5_500_001, 8_000_000 }, ((ListBlock)protocol.Blocks[1]).IntervalsUs.ToArray());
        Assert.AreEqual(Rational.Parse("1260000000"), protocol.CycleUs);
        Assert.AreEqual(600 + 4 + 600, protocol.TotalPulses);
        Assert.AreEqual(22, protocol.TotalTrains);
    }

    [TestMethod]
    [DataRow("pulsesPerBurst: -3", 2, 17, "'pulsesPerBurst' is -3; give 1 to 1000000")]
    [DataRow("pulsesPerBurst: 0", 2, 17, "'pulsesPerBurst' is 0; give 1 to 1000000")]
    [DataRow("pulsesPerBurst: 99999999999999", 2, 17, "give 1 to 1000000")]
    [DataRow("pulsesPerBurst: 2.5", 2, 17, "'pulsesPerBurst' is 2.5; give a whole number")]
    [DataRow("pulsesPerBurst: three", 2, 17, "'pulsesPerBurst' is 'three', which is not a number")]
    [DataRow("pulsesPerBurst: .nan", 2, 17, "is not a number")]
    [DataRow("pulsesPerBurst: 0x10", 2, 17, "is not a number")]
    [DataRow("pulsesPerBurst: true", 2, 17, "'pulsesPerBurst' is 'true'; give a number")]
    [DataRow("pulsesPerBurst:", 2, 16, "'pulsesPerBurst' is nothing; give a number")]
    [DataRow("pulsesPerBurst: [3]", 2, 17, "'pulsesPerBurst' is a list; give a number")]
    [DataRow("pulsesPerBurst: {a: 3}", 2, 17, "'pulsesPerBurst' is a group of fields; give a number")]
    [DataRow("pulsesPerBurst: 3", 2, 17, "'pulsesPerBurst' is 3 but nothing says how far apart; give interPulseIntervalUs, interPulseIntervalMs or interPulseIntervalS or pulseRateHz")]
    [DataRow("pulsesPerBurst: 3\ninterPulseInterval: 20", 3, 1, "'interPulseInterval' has no unit; write interPulseIntervalUs or interPulseIntervalMs or interPulseIntervalS")]
    [DataRow("pulsesPerBurst: 3\npulseRate: 20", 3, 1, "'pulseRate' has no unit; write pulseRateHz")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: -20", 3, 23, "'interPulseIntervalMs' is -20; give a number above zero")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: 0", 3, 23, "'interPulseIntervalMs' is 0; give a number above zero")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: -0.0", 3, 23, "is a negative zero")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: NaN", 3, 23, "'interPulseIntervalMs' is 'NaN', which is not a number")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: -.inf", 3, 23, "is not a number")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: 2e1", 3, 23, "has an exponent (write the number out)")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: 0,5", 3, 23, "contains a comma")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: 1/0", 3, 23, "divides by zero")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: 20 ms", 3, 23, "is not a number")]
    [DataRow("pulsesPerBurst: 3\npulseRateHz: 0", 3, 14, "'pulseRateHz' is 0; give a number above zero")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: 20\npulseRateHz: 50", 4, 1, "'pulseRateHz' says again what 'interPulseIntervalMs' says")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: 20\ninterPulseIntervalUs: 20000", 4, 1, "'interPulseIntervalMs' on line 3")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: 20\ninterPulseIntervalMs: 30", 4, 1, "'interPulseIntervalMs' is given twice, first on line 3; keep one")]
    [DataRow("pulsesPerBurst: 3\ninterPulsIntervalMs: 20", 3, 1, "there is no field 'interPulsIntervalMs' (did you mean 'interPulseIntervalMs'?)")]
    [DataRow("pulsesPerBurst: 3\nbreakfast: 20", 3, 1, "there is no field 'breakfast'; docs/protocol-files.md lists the fields")]
    [DataRow("pulsesPerBurst: 1\ninterPulseIntervalMs: 20", 3, 23, "only one pulse")]
    [DataRow("title: nothing", 1, 1, "nothing says how many pulses there are")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalUs: 100", 3, 23, "an interval of 100 us between pulse onsets overlaps the 100 us pulse")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalMs: 20\nburstsPerTrain: 4\ninterBurstIntervalMs: 40", 5, 23, "an interval of 40000 us between burst onsets overlaps what it repeats, 40000 us from its first to its last onset")]
    [DataRow("pulsesPerBurst: 3\npulseRateHz: 50\nburstsPerTrain: 4\nburstRateHz: 25", 5, 14, "overlaps what it repeats")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalS: 3601", 3, 22, "leaves more than one hour without a pulse")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalS: 99999999999999999999999999999999999999999999999999999999999999", 3, 22, "leaves more than one hour without a pulse")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalS: 999999999999999999999999999999999999999999999999999999999999999999", 3, 22, "has more than 64 characters")]
    [DataRow("pulsesPerBurst: 1000\npulseRateHz: 10\nburstsPerTrain: 1001\ninterBurstIntervalS: 200", 1, 1, "the protocol has 1001000 pulses; a session holds at most 1000000")]
    [DataRow("pulsesPerBurst: 1000000\nburstsPerTrain: 1000000\ntrains: 1000000\ninterPulseIntervalMs: 1\ninterBurstIntervalS: 1001\ninterTrainIntervalS: 1001000001\ninterTrainConvention: onsetToOnset", 1, 1, "the protocol has 1000000000000000000 pulses")]
    [DataRow("pulsesPerBurst: 1000\ninterPulseIntervalS: 90", 1, 1, "the protocol lasts 25 hours; a session lasts at most 24")]
    [DataRow("pulsesPerBurst: 3\ninterPulseIntervalUs: 1000000000/1000003", 1, 1, "the intervals have no common unit")]
    [DataRow("pulsesPerBurst: 40\npulseRateHz: 10\ntrains: 75\ninterTrainIntervalS: 11", 5, 22, "the interval between trains has two meanings in print and no interTrainConvention says which; give onsetToOnset or lastPulseToFirstPulse")]
    [DataRow("pulsesPerBurst: 40\npulseRateHz: 10\ntrains: 75\ninterTrainConvention: onsetToOnset", 4, 9, "'trains' is 75 but nothing says how far apart; give interTrainIntervalUs, interTrainIntervalMs or interTrainIntervalS")]
    [DataRow("pulsesPerBurst: 40\npulseRateHz: 10\ntrains: 75\ninterTrainIntervalS: 11\ninterTrainConvention: onsetToOffset", 6, 23, "there is no interTrainConvention 'onsetToOffset' (did you mean 'onsetToOnset'?)")]
    [DataRow("pulsesPerBurst: 40\npulseRateHz: 10\ninterTrainConvention: onsetToOnset", 4, 1, "there is only one train")]
    [DataRow("pulsesPerBurst: 40\npulseRateHz: 10\ntrains: 75\ninterTrainIntervalS: 3.9\ninterTrainConvention: onsetToOnset", 5, 22, "an interval of 3900000 us between train onsets overlaps")]
    [DataRow("pulsesPerBurst: 40\npulseRateHz: 10\ntrains: 2\ninterTrainIntervalUs: 100\ninterTrainConvention: lastPulseToFirstPulse", 5, 23, "overlaps")]
    [DataRow("pulsesPerBurst: 2\npulseRateHz: 10\npulseWidthUs: 0", 4, 15, "'pulseWidthUs' is 0; give a number above zero")]
    [DataRow("pulsesPerBurst: 2\npulseRateHz: 10\npulseWidthUs: 100.5", 4, 15, "give a whole number from 1 to 32767")]
    [DataRow("pulsesPerBurst: 2\npulseRateHz: 10\npulseWidthUs: 32768", 4, 15, "give a whole number from 1 to 32767")]
    [DataRow("pulsesPerBurst: 2\npulseRateHz: 10\npulseWidth: 100", 4, 1, "'pulseWidth' has no unit; write pulseWidthUs")]
    [DataRow("intervalsUs: []", 2, 14, "the list of intervals is empty")]
    [DataRow("intervalsUs: 5000000", 2, 14, "'intervalsUs' is a value; give a list of numbers")]
    [DataRow("intervalsUs: [5000000, -1]", 2, 24, "'intervalsUs' is -1; give a number above zero")]
    [DataRow("intervalsUs:\n  - 5000000\n  - 100", 4, 5, "interval 2 of 100 us overlaps the 100 us pulse")]
    [DataRow("intervalsUs: [5000000.5]", 2, 15, "listed intervals are whole microseconds")]
    [DataRow("intervalsS: [3601]", 2, 14, "interval 1 of 3601000000 us leaves more than one hour", false)]
    [DataRow("intervalsUs: [5000000]\npulsesPerBurst: 3", 3, 1, "'pulsesPerBurst' and 'intervalsUs' both say when pulses come")]
    [DataRow("blocks: 3", 2, 9, "'blocks' is a value; give a list of blocks")]
    [DataRow("blocks: []", 2, 9, "there are 0 blocks; give 1 to 64")]
    [DataRow("blocks: [5]", 2, 10, "a block is a value; give a group of fields")]
    [DataRow("trains: 3\nblocks:\n  - pulsesPerBurst: 1", 2, 1, "'trains' stands beside 'blocks'; move it into one of the blocks")]
    [DataRow("blocks:\n  - pulsesPerBurst: 1\n  - pulsesPerBurst: 1", 3, 5, "nothing says when the next block begins; give blockPeriodUs")]
    [DataRow("blocks:\n  - pulsesPerBurst: 2\n    interPulseIntervalMs: 5\n    blockPeriodMs: 5\n  - pulsesPerBurst: 1", 5, 20, "a block period of 5000 us ends before the block's last pulse at 5000 us does")]
    [DataRow("blocks:\n  - pulsesPerBurst: 2\n    interPulseIntervalMs: 5\n    name: b", 5, 5, "there is no field 'name'")]
    [DataRow("a: &x [1]\nb: *x", 2, 4, "'&x' marks a part of the file for repetition")]
    [DataRow("b: *x", 2, 4, "'*x' repeats another part of the file")]
    [DataRow("pulsesPerBurst: !!int 3", 2, 17, "the tag 'tag:yaml.org,2002:int' has no meaning here")]
    [DataRow("<<: {pulsesPerBurst: 3}", 2, 1, "there is no field '<<'")]
    [DataRow("pulsesPerBurst: 3\n---\nname: y", 3, 1, "a second document begins here")]
    [DataRow("title: [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", 2, 24, "nested more than 16 deep")]
    [DataRow("title: [unclosed", 3, 1, "this is not YAML", false)]
    [DataRow("? [a]\n: 3", 2, 3, "the name of a field is a word, not a list")]
    [DataRow("title: {a: 1}", 2, 8, "'title' is a group of fields; give a text")]
    [DataRow("title: ''", 2, 8, "'title' has 0 characters; give 1 to 500")]
    public void Bad_yaml_is_refused_with_line_column_and_what_to_do(string text, int line, int column, string sentence, bool exactPlace = true)
    {
        using var folder = new TestFolder();
        var path = folder.Write("bad.yaml", "name: x\n" + text + "\n");
        var refusal = Assert.ThrowsExactly<InputException>(() => ProtocolFile.Load(path));
        StringAssert.Contains(refusal.Message, sentence);
        StringAssert.StartsWith(refusal.Message, exactPlace ? $"{path}({line},{column}): " : $"{path}(");
        AssertOneSentence(refusal);
    }

    [TestMethod]
    [DataRow("{\"name\": \"x\",\n \"pulsesPerBurst\": -1}", 2, 20, "'pulsesPerBurst' is -1")]
    [DataRow("{\"name\": \"x\",\n \"pulsesPerBurst\": 1e3}", 2, 20, "has an exponent")]
    [DataRow("{\"name\": \"x\",\n \"pulsesPerBurst\": NaN}", 2, 20, "this is not JSON")]
    [DataRow("{\"name\": \"x\",\n \"pulsesPerBurst\": null}", 2, 20, "'pulsesPerBurst' is nothing")]
    [DataRow("{\"name\": \"x\",\n \"pulsesPerBurst\": true}", 2, 20, "'pulsesPerBurst' is 'true'")]
    [DataRow("{\"name\": \"x\",\n \"name\": \"y\"}", 2, 2, "'name' is given twice, first on line 1")]
    [DataRow("{\"name\": \"x\",\n \"trians\": 3}", 2, 2, "did you mean 'trains'")]
    [DataRow("{\"name\": \"\u00e4\u00f6\", \"trians\": 3}", 1, 16, "did you mean 'trains'")]
    [DataRow("{\"name\": \"x\",\n \"pulsesPerBurst\": 2,\n \"interPulseIntervalUs\": 20000,}", 3, 32, "this is not JSON")]
    [DataRow("{\"name\": \"x\" // comment\n}", 1, 14, "this is not JSON")]
    [DataRow("{\"name\": \"x\"} {}", 1, 15, "this is not JSON")]
    [DataRow("[1, 2]", 1, 1, "the file holds a list; a protocol is a group of fields")]
    [DataRow("3", 1, 1, "the file holds a value")]
    [DataRow("{\"title\": [[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]}", 1, 27, "nested more than 16 deep")]
    [DataRow("{\"name\": \"\\ud800\"}", 1, 10, "not valid Unicode")]
    [DataRow("{\"name\": ", 1, 10, "this is not JSON")]
    public void Bad_json_is_refused_with_line_column_and_what_to_do(string text, int line, int column, string sentence)
    {
        using var folder = new TestFolder();
        var path = folder.Write("bad.json", text);
        var refusal = Assert.ThrowsExactly<InputException>(() => ProtocolFile.Load(path));
        StringAssert.Contains(refusal.Message, sentence);
        StringAssert.StartsWith(refusal.Message, $"{path}({line},{column}): ");
        AssertOneSentence(refusal);
    }

    [TestMethod]
    public void Missing_name_is_refused()
    {
        Refused("x.yaml", "pulsesPerBurst: 1\n", "has no 'name'");
    }

    [TestMethod]
    public void Files_that_are_no_text_are_refused()
    {
        using var folder = new TestFolder();
        var random = new byte[2000];
        new Random(1).NextBytes(random);
        File.WriteAllBytes(folder.PathOf("binary.yaml"), random);
        File.WriteAllBytes(folder.PathOf("zeros.yaml"), new byte[100]);
        File.WriteAllBytes(folder.PathOf("utf16.json"), System.Text.Encoding.Unicode.GetBytes("{}"));
        File.WriteAllBytes(folder.PathOf("latin1.yaml"), [.. "name: x\ntitle: "u8, 0xE4, (byte)'\n']);
        foreach (var name in new[] { "binary.yaml", "zeros.yaml", "utf16.json", "latin1.yaml" })
        {
            StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => ProtocolFile.Load(folder.PathOf(name))).Message, "this is not text");
        }

        StringAssert.StartsWith(Assert.ThrowsExactly<InputException>(() => ProtocolFile.Load(folder.PathOf("latin1.yaml"))).Message, $"{folder.PathOf("latin1.yaml")}(2,8): ");
    }

    [TestMethod]
    public void Empty_files_are_refused()
    {
        Refused("empty.yaml", "", "the file is empty");
        Refused("empty.json", "", "the file is empty");
        Refused("blank.yaml", "  \n\n", "the file is empty");
        Refused("comments.yaml", "# nothing\n", "nothing but comments");
    }

    [TestMethod]
    public void Folders_missing_files_and_other_endings_are_refused()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.PathOf("folder.yaml"));
        Message(() => ProtocolFile.Load(folder.PathOf("folder.yaml")), "this is a folder");
        Message(() => ProtocolFile.Load(folder.PathOf("none.yaml")), "there is no such file");
        Message(() => ProtocolFile.Load(Path.Combine(folder.Path, "no", "none.yaml")), "there is no such file");
        Message(() => ProtocolFile.Load(folder.Write("own.txt", Itbs)), "ends in .yaml, .yml or .json");
        Message(() => ProtocolFile.Load("\0.yaml"), "cannot be read");
    }

    [TestMethod]
    public void File_of_one_gigabyte_is_refused_without_reading_it()
    {
        using var folder = new TestFolder();
        using (var stream = File.Create(folder.PathOf("huge.yaml")))
        {
            stream.SetLength(1L << 30);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Message(() => ProtocolFile.Load(folder.PathOf("huge.yaml")), "1073741824 bytes");
        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Largest_file_is_read_and_one_byte_more_is_not()
    {
        using var folder = new TestFolder();
        var comment = "\n#" + new string('x', ProtocolFile.MaxBytes - Itbs.Length - 2);
        Assert.AreEqual(600, ProtocolFile.Load(folder.Write("largest.yaml", Itbs + comment)).TotalPulses);
        Message(() => ProtocolFile.Load(folder.Write("larger.yaml", Itbs + comment + "x")), "at most 1048576");
    }

    [TestMethod]
    public void Nesting_of_half_a_megabyte_is_refused_and_not_unfolded()
    {
        Refused("deep.yaml", new string('[', 500_000), "nested more than 16 deep");
        Refused("deep.json", new string('[', 500_000), "nested more than 16 deep");
        Refused("deep2.yaml", string.Concat(Enumerable.Repeat("a: {", 200_000)), "");
    }

    [TestMethod]
    public void Full_megabytes_of_hostile_text_are_refused_at_their_first_fault()
    {
        const int Size = ProtocolFile.MaxBytes - 100;
        Refused("list.yaml", "name: x\nintervalsUs: [" + string.Concat(Enumerable.Repeat("5000,", Size / 5 - 10)) + "5000]", "list fewer intervals");
        Refused("list.json", "{\"name\":\"x\",\"intervalsUs\":[" + string.Concat(Enumerable.Repeat("5000,", Size / 5 - 10)) + "5000]}", "list fewer intervals");
        Refused("dashes.yaml", string.Concat(Enumerable.Repeat("- ", Size / 2)), "nested more than 16 deep");
        Refused("keys.yaml", string.Concat(Enumerable.Range(0, 80_000).Select(i => $"k{i}: 1\n")), "there is no field 'k0'");
        Refused("keys.json", "{" + string.Join(',', Enumerable.Range(0, 80_000).Select(i => $"\"k{i}\":1")) + "}", "there is no field 'k0'");
        Refused("number.yaml", "name: x\npulsesPerBurst: " + new string('9', Size), "has more than 64 characters");
        Refused("key.yaml", new string('k', Size) + ": 1", "");
        Refused("bomb.yaml", "a: &a [1,1]\nb: &b [*a,*a]\n", "marks a part of the file");
    }

    [TestMethod]
    public void Damaged_files_give_a_protocol_or_one_sentence_and_nothing_else()
    {
        using var folder = new TestFolder();
        const string Json = """{"name":"x","blocks":[{"pulsesPerBurst":3,"interPulseIntervalMs":"20","burstsPerTrain":10,"burstRateHz":5,"trains":2,"interTrainIntervalS":10,"interTrainConvention":"onsetToOnset"},{"intervalsUs":[5000000,6000000]}]}""";
        var random = new Random(20_240_611);
        for (var i = 0; i < 1000; i++)
        {
            var isJson = i % 2 == 0;
            var text = (isJson ? Json : Itbs).ToCharArray().ToList();
            for (var k = random.Next(1, 5); k > 0; k--)
            {
                Damage(text, random);
            }

            var path = folder.Write(isJson ? "x.json" : "x.yaml", new string([.. text]));
            try
            {
                _ = ProgramBuilder.Build(ProtocolFile.Load(path));
            }
            catch (InputException e)
            {
                AssertOneSentence(e);
            }
        }
    }

    private static void Damage(List<char> text, Random random)
    {
        const string Letters = "0123456789-+.,/:{}[]\"'#&*!|>%@` \n\t~eExXnN";
        var at = random.Next(text.Count);
        switch (random.Next(4))
        {
            case 0: text[at] = Letters[random.Next(Letters.Length)]; break;
            case 1: text.RemoveAt(at); break;
            case 2: text.Insert(at, Letters[random.Next(Letters.Length)]); break;
            default: text.InsertRange(at, text.GetRange(at, Math.Min(random.Next(1, 30), text.Count - at))); break;
        }
    }

    private static void AssertOneSentence(InputException refusal)
    {
        Assert.AreEqual(2, refusal.ExitCode);
        Assert.IsFalse(refusal.Message.Contains('\n', StringComparison.Ordinal), refusal.Message);
        StringAssert.EndsWith(refusal.Message, ".");
        Assert.IsLessThan(600, refusal.Message.Length, refusal.Message);
    }

    private static void Refused(string name, string text, string sentence)
    {
        using var folder = new TestFolder();
        Message(() => ProtocolFile.Load(folder.Write(name, text)), sentence);
    }

    private static void Message(Action action, string sentence)
    {
        var refusal = Assert.ThrowsExactly<InputException>(action);
        StringAssert.Contains(refusal.Message, sentence);
        AssertOneSentence(refusal);
    }

    private static Protocol Load(string name, string text)
    {
        using var folder = new TestFolder();
        return ProtocolFile.Load(folder.Write(name, text));
    }

    private static Protocol Train(string lines) => Load("train.yaml", "name: x\npulsesPerBurst: 40\npulseRateHz: 10\ntrains: 75\n" + lines);

    private static Rational Pulse(string line)
    {
        return ((RepeatBlock)Load("pulse.yaml", $"name: x\npulsesPerBurst: 2\n{line}\n").Blocks[0]).InterPulseUs;
    }
}
