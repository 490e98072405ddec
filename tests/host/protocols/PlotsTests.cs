using System.Xml.Linq;

namespace Escapement.Host.Tests.Protocols;

[TestClass]
public class PlotsTests
{
    private static readonly byte[] PngMagic = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    [TestMethod]
    [DataRow("itbs600", 3)]
    [DataRow("rtms10-4on26off", 2)]
    [DataRow("ctbs600", 3)]
    [DataRow("rtms1-1800", 2)]
    [DataRow("rtms10-5on10off", 2)]
    public void Plan_is_drawn_as_png_and_svg_of_sensible_size(string id, int panels)
    {
        using var folder = new TestFolder();
        var plan = Plan.Of(ProtocolLibrary.Find(id));
        Plots.SavePlan(folder.PathOf("plan.png"), plan);
        AssertPng(folder.PathOf("plan.png"), 1200, 64 + (250 * panels));
        Plots.SavePlan(folder.PathOf("plan.SVG"), plan);
        AssertSvg(folder.PathOf("plan.SVG"));
        Assert.HasCount(2, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void Single_pulse_list_composite_and_a_long_title_are_drawn()
    {
        using var folder = new TestFolder();
        Protocol[] protocols =
        [
            new() { Id = "one", Blocks = [new RepeatBlock()] },
            new() { Id = "list", Title = new string('W', 500), Blocks = [new ListBlock { IntervalsUs = [5_000_000, 6_000_000] }] },
            new() { Id = "composite", Blocks = [.. Enumerable.Repeat(ProtocolLibrary.Find("prime6-600").Blocks[0], 5)] },
        ];
        foreach (var protocol in protocols)
        {
            Plots.SavePlan(folder.PathOf($"{protocol.Id}.png"), Plan.Of(protocol));
            AssertPng(folder.PathOf($"{protocol.Id}.png"));
        }
    }

    [TestMethod]
    public void Long_session_stays_a_small_picture()
    {
        using var folder = new TestFolder();
        var plan = Plan.Of(ProgramTests.Nest(100, 20_000, 100, 3_000_000, 10, 400_000_000));
        Plots.SavePlan(folder.PathOf("long.svg"), plan);
        AssertSvg(folder.PathOf("long.svg"));
    }

    [TestMethod]
    public void Record_is_drawn_as_png_and_svg()
    {
        using var folder = new TestFolder();
        var edges = folder.Write("edges.csv", Record("itbs600", withGate: true));
        Plots.SaveRecord(folder.PathOf("record.png"), edges, "itbs600");
        AssertPng(folder.PathOf("record.png"), 1200, 64 + (3 * 330));
        Plots.SaveRecord(folder.PathOf("record.svg"), edges, "itbs600");
        AssertSvg(folder.PathOf("record.svg"));
    }

    [TestMethod]
    public void Dry_record_without_gate_and_record_without_pulses_are_drawn()
    {
        using var folder = new TestFolder();
        Plots.SaveRecord(folder.PathOf("dry.png"), folder.Write("dry.csv", Record("itbs600", withGate: false)), "dry run");
        AssertPng(folder.PathOf("dry.png"), 1200, 64 + (3 * 330));
        Plots.SaveRecord(folder.PathOf("none.png"), folder.Write("none.csv", "time_ns,signal,level\n0,trigger,0\n0,gate,0\n0,stimulator,0\n"), "nothing");
        AssertPng(folder.PathOf("none.png"));
    }

    [TestMethod]
    [DataRow("", "(1,1): this is not a record of edges")]
    [DataRow("index,onset_ns\n", "(1,1): this is not a record of edges")]
    [DataRow("time_ns,signal,level\n", "holds no edge")]
    [DataRow("time_ns,signal,level\n0,trigger,0\n12,5,trigger,1\n", "(3,1): this line is not")]
    [DataRow("time_ns,signal,level\n0,trigger,2\n", "(2,1): this line is not")]
    [DataRow("time_ns,signal,level\nNaN,trigger,1\n", "(2,1): this line is not")]
    public void Damaged_record_is_refused_by_line_and_nothing_is_written(string text, string sentence)
    {
        using var folder = new TestFolder();
        var edges = folder.Write("edges.csv", text);
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => Plots.SaveRecord(folder.PathOf("x.png"), edges, "x")).Message, sentence);
        Assert.IsFalse(File.Exists(folder.PathOf("x.png")));
    }

    [TestMethod]
    [DataRow("plan.jpg")]
    [DataRow("plan")]
    [DataRow("png")]
    [DataRow("")]
    public void Other_endings_are_refused_before_any_work(string name)
    {
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => Plots.CheckPath(name)).Message, ".png or .svg");
        Assert.ThrowsExactly<InputException>(() => Plots.SavePlan(name, Plan.Of(ProtocolLibrary.Find("itbs600"))));
    }

    [TestMethod]
    public void Folder_that_is_not_there_is_refused()
    {
        using var folder = new TestFolder();
        var plan = Plan.Of(ProtocolLibrary.Find("itbs600"));
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => Plots.SavePlan(Path.Combine(folder.Path, "no", "x.png"), plan)).Message, "folder does not exist");
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => Plots.SaveRecord(folder.PathOf("x.png"), folder.PathOf("none.csv"), "x")).Message, "cannot be read");
    }

    private static string Record(string id, bool withGate)
    {
        var lines = new List<string> { "time_ns,signal,level", "0,trigger,0", "0,gate,0", "0,stimulator,0" };
        var train = -1;
        var ns = 0L;
        foreach (var pulse in new ExactSchedule(ProtocolLibrary.Find(id)).Pulses())
        {
            if (withGate && pulse.Train != train)
            {
                lines.AddRange(train < 0 ? [] : [$"{ns + 1_100_000},gate,0"]);
                lines.Add($"{(pulse.TickUs * 1000) + 5_180_000_000},gate,1");
                train = pulse.Train;
            }

            ns = (pulse.TickUs * 1000) + 5_200_000_000;
            lines.AddRange([$"{ns},trigger,1", $"{ns}.5,stimulator,1", $"{ns + 100_000},trigger,0", $"{ns + 100_012}.5,stimulator,0"]);
        }

        return string.Join('\n', lines) + "\n";
    }

    private static void AssertPng(string path, int width = 1200, int height = 0)
    {
        var bytes = File.ReadAllBytes(path);
        CollectionAssert.AreEqual(PngMagic, bytes[..8]);
        Assert.IsInRange(10_000, 400_000, bytes.Length);
        Assert.AreEqual(width, BigEndian(bytes, 16));
        Assert.IsTrue(height == 0 || height == BigEndian(bytes, 20), $"height {BigEndian(bytes, 20)}");
    }

    private static int BigEndian(byte[] bytes, int offset) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(offset));

    private static void AssertSvg(string path)
    {
        Assert.IsInRange(2_000, 600_000, (int)new FileInfo(path).Length);
        Assert.AreEqual("svg", XDocument.Load(path).Root!.Name.LocalName);
    }
}
