namespace Escapement.Host.Tests.Protocols;

[TestClass]
public class LibraryTests
{
    private static readonly string CsvPath = Path.Combine(TestFolder.RepositoryRoot, "tools", "host", "protocols", "library.csv");

    public static IEnumerable<object[]> Rows => ProtocolLibrary.All.Select(protocol => new object[] { protocol.Id });

    [TestMethod]
    public void Holds_the_thirty_five_published_rows_with_title_and_source()
    {
        Assert.HasCount(35, ProtocolLibrary.All);
        Assert.HasCount(35, ProtocolLibrary.All.Select(row => row.Id).Distinct());
        Assert.IsTrue(ProtocolLibrary.All.All(row => row.Title.Length > 0 && row.Source.Length > 0 && row.Family.Length > 0));
        Assert.AreEqual("10 Hz rTMS, left DLPFC, 4 s on / 26 s off (FDA-cleared pattern)", ProtocolLibrary.All[0].Title);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Derived_figures_of_every_row_equal_the_published_columns_exactly(string id)
    {
        var cells = Cells(id);
        var protocol = ProtocolLibrary.Find(id);
        Assert.AreEqual(long.Parse(cells["total_pulses"]), protocol.TotalPulses);
        Assert.AreEqual(Rational.Parse(cells["train_length_us"]), protocol.TrainLengthUs);
        Assert.AreEqual(Rational.Parse(cells["last_pulse_onset_us"]), protocol.LastPulseOnsetUs);
        Assert.AreEqual(Rational.Parse(cells["cycle_us"]), protocol.CycleUs);
        Assert.AreEqual(cells["gap_convention_us"].Length == 0 ? null : Rational.Parse(cells["gap_convention_us"]), protocol.GapUs);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Every_row_can_be_played_by_the_reference_board(string id)
    {
        var protocol = ProtocolLibrary.Find(id);
        Assert.IsNull(ProtocolCheck.FirstProblem(protocol));
        Assert.IsEmpty(BoardCheck.Refusals(protocol, 0, PlanBoard.Reference.Ceilings));
    }

    /// <summary>Session lengths of the literature's table in seconds, if the printed pause is read as last pulse to first pulse.</summary>
    [TestMethod]
    [DataRow("rtms10-4on26off", "2216.5")]
    [DataRow("rtms10-4on11off", "1106.5")]
    [DataRow("rtms10-5on25off", "1769")]
    [DataRow("rtms10-10on50off", "1148")]
    [DataRow("rtms5-8on22off", "1170")]
    [DataRow("rtms20-2on28off", "1170")]
    [DataRow("dtms-h1-18hz", "1186.944")]
    [DataRow("dtms-h7-20hz", "1077.5")]
    [DataRow("dtms-h4-10hz", "1059")]
    [DataRow("rtms1-360", "504")]
    [DataRow("itbs600", "188.8")]
    [DataRow("itbs1800", "582.4")]
    [DataRow("imtbs600", "108.72")]
    [DataRow("itbs600-30hz", "189.333")]
    [DataRow("prime6-600", "571.667")]
    public void Gap_reading_of_the_printed_pause_equals_the_table(string id, string seconds)
    {
        Assert.AreEqual(seconds, (ProtocolLibrary.Find(id).GapConventionLastOnsetUs!.Value / 1_000_000).ToDecimalString());
    }

    [TestMethod]
    public void Printed_durations_come_out_under_the_convention_that_makes_them()
    {
        Assert.AreEqual("37:30", TimeText.Clock(ProtocolLibrary.Find("rtms10-4on26off").CycleUs));
        Assert.AreEqual("10:00", TimeText.Clock(ProtocolLibrary.Find("itbs1800").CycleUs));
        Assert.AreEqual("3:09", TimeText.Clock(ProtocolLibrary.Find("itbs600").GapConventionLastOnsetUs!.Value));
        Assert.AreEqual("18:45", TimeText.Clock(ProtocolLibrary.Find("rtms10-4on11off").CycleUs));
        Assert.AreEqual("18:26", TimeText.Clock(ProtocolLibrary.Find("rtms10-4on11off").GapConventionLastOnsetUs!.Value));
        Assert.AreEqual("30:00", TimeText.Clock(ProtocolLibrary.Find("qps5").CycleUs));
    }

    [TestMethod]
    [DataRow("itbs60", "itbs600")]
    [DataRow("itsb600", "itbs600")]
    [DataRow("dtms-h1", "dtms-h1-18hz")]
    [DataRow("qps-5", "qps5")]
    [DataRow("rtms1_600", "rtms1-600")]
    public void Unknown_id_is_refused_with_the_nearest_name(string id, string nearest)
    {
        var refusal = Assert.ThrowsExactly<InputException>(() => ProtocolLibrary.Find(id));
        Assert.AreEqual(2, refusal.ExitCode);
        StringAssert.Contains(refusal.Message, $"there is no protocol '{id}'");
        StringAssert.Contains(refusal.Message, $"did you mean '{nearest}'");
    }

    [TestMethod]
    public void Unknown_id_that_is_near_to_nothing_gets_no_guess()
    {
        var refusal = Assert.ThrowsExactly<InputException>(() => ProtocolLibrary.Find("breakfast"));
        Assert.IsFalse(refusal.Message.Contains("did you mean", StringComparison.Ordinal));
        var huge = Assert.ThrowsExactly<InputException>(() => ProtocolLibrary.Find(new string('x', 1_000_000)));
        Assert.IsLessThan(400, huge.Message.Length);
    }

    [TestMethod]
    public void Ids_are_found_in_any_case()
    {
        Assert.AreEqual("itbs600", ProtocolLibrary.Find("iTBS600").Id);
    }

    [TestMethod]
    public void Resolve_takes_ids_and_paths()
    {
        using var folder = new TestFolder();
        var path = folder.Write("own.yaml", "name: own\npulsesPerBurst: 2\ninterPulseIntervalMs: 100\n");
        Assert.AreEqual("own", ProtocolLibrary.Resolve(path).Id);
        Assert.AreEqual("itbs600", ProtocolLibrary.Resolve("itbs600").Id);
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => ProtocolLibrary.Resolve("itbs60")).Message, "itbs600");
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => ProtocolLibrary.Resolve("missing.yaml")).Message, "no such file");
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => ProtocolLibrary.Resolve(folder.Path)).Message, "folder");
    }

    private static Dictionary<string, string> Cells(string id)
    {
        var lines = File.ReadAllLines(CsvPath);
        var line = lines.Single(line => line.StartsWith(id + ",", StringComparison.Ordinal));
        return Split(lines[0]).Zip(Split(line)).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    // Another way than the library's own: every second part between quotes is one cell's text.
    private static string[] Split(string line)
    {
        var parts = line.Split('"');
        var marked = string.Concat(parts.Select((part, i) => i % 2 == 0 ? part.Replace(',', '\u0001') : part));
        return marked.Split('\u0001');
    }
}
