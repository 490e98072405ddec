using System.Text;
using System.Text.RegularExpressions;

namespace Escapement.Host.Tests.Protocols;

/// <summary>The pages about protocols say what the program does.</summary>
[TestClass]
public class DocsTests
{
    private const string TableHead = "| id | protocol | pulses | trains | last onset | whole cycle | gap reading | source |\n|---|---|---|---|---|---|---|---|\n";

    private static readonly Regex Example = new(@"^```(yaml|json)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline);

    [TestMethod]
    public void Library_table_of_docs_protocols_is_what_the_library_holds()
    {
        var page = Page("protocols.md");
        var table = new StringBuilder(TableHead);
        foreach (var row in ProtocolLibrary.All)
        {
            var gap = row.GapConventionLastOnsetUs is { } us ? TimeText.Of(us) : "";
            table.Append($"| {row.Id} | {row.Title} | {row.TotalPulses} | {row.TotalTrains} | {TimeText.Of(row.LastPulseOnsetUs)} | {TimeText.Of(row.CycleUs)} | {gap} | {row.Source} |\n");
        }

        Assert.IsTrue(page.Contains(table.ToString(), StringComparison.Ordinal), $"docs/protocols.md must hold this table:\n{table}");
    }

    [TestMethod]
    public void Every_example_of_docs_protocol_files_loads_and_plans()
    {
        using var folder = new TestFolder();
        var examples = Example.Matches(Page("protocol-files.md"));
        Assert.IsGreaterThanOrEqualTo(5, examples.Count);
        Assert.IsTrue(examples.Any(example => example.Groups[1].Value == "json"));
        foreach (Match example in examples)
        {
            var path = folder.Write($"example.{example.Groups[1].Value}", example.Groups[2].Value);
            var plan = Plan.Of(ProtocolFile.Load(path));
            Assert.IsNotNull(plan.Transactions, example.Value);
            Assert.IsEmpty(plan.Refusals, example.Value);
        }
    }

    [TestMethod]
    public void Every_field_is_in_the_reference_and_nothing_else()
    {
        using var folder = new TestFolder();
        var listed = Regex.Matches(Page("protocol-files.md"), @"^\| `(\w+)`", RegexOptions.Multiline).Select(row => row.Groups[1].Value).ToList();
        Assert.HasCount(listed.Distinct().Count(), listed);
        foreach (var field in listed)
        {
            // A field that exists is refused for another reason than its name, or not at all.
            var path = folder.Write("field.yaml", $"name: x\n{field}: {{}}\n");
            try
            {
                ProtocolFile.Load(path);
            }
            catch (InputException e)
            {
                Assert.IsFalse(e.Message.Contains("there is no field", StringComparison.Ordinal) || e.Message.Contains("no unit", StringComparison.Ordinal), e.Message);
            }
        }

        string[] times = ["interPulseInterval", "interBurstInterval", "interTrainInterval", "blockPeriod", "intervals"];
        string[] all = ["name", "title", "family", "source", "blocks", "pulsesPerBurst", "pulseRateHz", "burstsPerTrain", "burstRateHz", "trains", "interTrainConvention", "pulseWidthUs", .. times.SelectMany(time => new[] { time + "Us", time + "Ms", time + "S" })];
        CollectionAssert.AreEquivalent(all, listed);
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(TestFolder.RepositoryRoot, "docs", name)).ReplaceLineEndings("\n");
}
