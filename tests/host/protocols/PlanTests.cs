using System.Text.Json;
using CsCheck;
using Escapement.Kernel;

namespace Escapement.Host.Tests.Protocols;

[TestClass]
public class PlanTests
{
    public static IEnumerable<object[]> Rows => ProtocolLibrary.All.Select(protocol => new object[] { protocol.Id });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void On_the_reference_board_every_train_and_every_session_without_trains_is_one_transaction(string id)
    {
        var protocol = ProtocolLibrary.Find(id);
        var plan = Plan.Of(protocol);
        var nest = (RepeatBlock)protocol.Blocks[0];
        Assert.AreEqual(nest.Trains, plan.Transactions);
        Assert.IsEmpty(plan.Refusals);
        Assert.HasCount(nest.Levels.Count, plan.Levels);
        foreach (var (level, expected) in plan.Levels.Zip(nest.Levels))
        {
            Assert.AreEqual((expected.Name, (long)expected.Count, (Rational?)expected.IntervalUs), (level.Name, level.Count, level.IntervalUs));
            Assert.AreEqual(level.Name == "train" ? "supervised" : "exact", level.Timing);
            Assert.AreEqual(level.Name == "train" ? 1000 : null, level.StartBoundUs);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Words_cover_the_session_and_no_list_is_a_multiple_of_channel_memory(string id)
    {
        var plan = Plan.Of(ProtocolLibrary.Find(id));
        Assert.AreNotEqual(0, plan.MaxWordsPerTransaction % 48);
        Assert.IsTrue(plan.Words <= (long)plan.Transactions! * plan.MaxWordsPerTransaction!);

        // A list holds at least its head and one word a pulse, and no word is longer than two halves of 32,767 us.
        Assert.IsTrue(plan.Words >= (4 * plan.Transactions) + plan.Protocol.TotalPulses);
        var train = ((RepeatBlock)plan.Protocol.Blocks[0]).TrainLengthUs;
        Assert.IsTrue(plan.MaxWordsPerTransaction >= (train / 65_534).Floor() + 4);
        Assert.IsLessThanOrEqualTo(plan.Transactions > 1 ? 4096 : 32768, plan.MaxWordsPerTransaction!.Value);
    }

    [TestMethod]
    public void Json_has_the_contracted_names_and_exact_fractions()
    {
        using var json = JsonDocument.Parse(Plan.Of(ProtocolLibrary.Find("dtms-h1-18hz")).ToJson());
        var root = json.RootElement;
        Assert.AreEqual("dtms-h1-18hz", root.GetProperty("protocol").GetString());
        Assert.AreEqual(1980, root.GetProperty("totalPulses").GetInt32());
        Assert.AreEqual("1189944444.444", root.GetProperty("lastPulseOnsetUs").GetRawText());
        Assert.AreEqual("10709500000/9", root.GetProperty("lastPulseOnsetUsExact").GetString());
        Assert.AreEqual("1210000000", root.GetProperty("cycleUs").GetRawText());
        Assert.AreEqual("1210000000", root.GetProperty("cycleUsExact").GetString());
        Assert.AreEqual("20055555.556", root.GetProperty("gapUs").GetRawText());
        Assert.AreEqual("1186944444.444", root.GetProperty("gapConventionLastOnsetUs").GetRawText());
        Assert.AreEqual(55, root.GetProperty("transactions").GetInt32());
        Assert.IsGreaterThan(0, root.GetProperty("words").GetInt32());
        Assert.IsGreaterThan(0, root.GetProperty("maxWordsPerTransaction").GetInt32());
        var levels = root.GetProperty("levels").EnumerateArray().ToList();
        CollectionAssert.AreEqual(new[] { "train", "pulse" }, levels.Select(level => level.GetProperty("name").GetString()).ToArray());
        CollectionAssert.AreEqual(new[] { "supervised", "exact" }, levels.Select(level => level.GetProperty("timing").GetString()).ToArray());
        Assert.AreEqual("55555.556", levels[1].GetProperty("intervalUs").GetRawText());
        Assert.AreEqual("500000/9", levels[1].GetProperty("intervalUsExact").GetString());
        Assert.AreEqual(1000, levels[0].GetProperty("startBoundUs").GetInt32());
        Assert.AreEqual(JsonValueKind.Null, levels[1].GetProperty("startBoundUs").ValueKind);
        Assert.AreEqual(0, root.GetProperty("refusals").GetArrayLength());
    }

    [TestMethod]
    public void Json_is_one_line_unless_asked_for_and_keeps_its_shape_when_the_board_cannot_play()
    {
        var plan = Plan.Of(ProgramTests.Nest(6000, 10_000, 60, 61_000_000, 1, 0));
        Assert.IsNull(plan.Transactions);
        Assert.IsFalse(plan.ToJson().Contains('\n', StringComparison.Ordinal));
        Assert.IsTrue(plan.ToJson(indented: true).Contains('\n', StringComparison.Ordinal));
        using var json = JsonDocument.Parse(plan.ToJson());
        Assert.AreEqual(JsonValueKind.Null, json.RootElement.GetProperty("transactions").ValueKind);
        Assert.AreEqual("CannotCut", json.RootElement.GetProperty("refusals")[0].GetProperty("limit").GetString());
    }

    [TestMethod]
    public void Composite_states_the_step_between_blocks()
    {
        var plan = Plan.Of(new Protocol { Id = "two", Blocks = [ProtocolLibrary.Find("prime6-600").Blocks[0], ProtocolLibrary.Find("rtms1-600").Blocks[0]] });
        CollectionAssert.AreEqual(new[] { "1 train", "1 pulse", "2 block", "2 pulse" }, plan.Levels.Select(level => $"{level.Block} {level.Name}").ToArray());
        Assert.AreEqual("supervised", plan.Levels[2].Timing);
        Assert.AreEqual(Rational.Parse("600000000"), plan.Levels[2].IntervalUs);
    }

    [TestMethod]
    public void Board_with_shorter_lists_cuts_inside_a_train_and_says_so()
    {
        var plan = Plan.Of(ProtocolLibrary.Find("rtms1-600"), PlanBoard.Reference with { Limits = new PlanLimits { FirstListWords = 1000, ListWords = 1000 } });
        Assert.IsGreaterThan(1, plan.Transactions!.Value);
        Assert.AreEqual("supervised", plan.Levels.Single().Timing);
        Assert.IsLessThanOrEqualTo(1000, plan.MaxWordsPerTransaction!.Value);
    }

    [TestMethod]
    [DataRow(999, 2, "MinGapUs")]
    [DataRow(1000, 2, null)]
    [DataRow(12_499, 5, "Window1")]
    [DataRow(12_500, 5, null)]
    [DataRow(19_999, 51, "Window2")]
    [DataRow(20_000, 51, null)]
    [DataRow(33_333, 151, "Window3")]
    [DataRow(33_334, 151, null)]
    public void Ceilings_refuse_on_their_exact_edge(int intervalUs, int pulses, string? limit)
    {
        var refusals = Plan.Of(ProgramTests.Nest(pulses, intervalUs, 1, 0, 1, 0)).Refusals;
        Assert.AreEqual(limit, refusals.SingleOrDefault()?.Limit);
        Assert.IsTrue(refusals.All(refusal => refusal.Sentence.EndsWith('.')));
    }

    [TestMethod]
    public void Ceilings_on_width_pulses_and_length_refuse()
    {
        CollectionAssert.Contains(Limits(ProgramTests.Nest(6001, 100_000, 1, 0, 1, 0)), "MaxSessionPulses");
        CollectionAssert.DoesNotContain(Limits(ProgramTests.Nest(6000, 100_000, 1, 0, 1, 0)), "MaxSessionPulses");
        CollectionAssert.Contains(Limits(ProgramTests.Nest(1, 0, 1, 0, 10, 1_600_000_001)), "MaxSessionS");
        Assert.IsEmpty(Limits(ProgramTests.Nest(1, 0, 1, 0, 10, 1_600_000_000)));
        foreach (var (width, isRefused) in new[] { (9, true), (10, false), (1000, false), (1001, true) })
        {
            Assert.AreEqual(isRefused, Plan.Of(ProtocolLibrary.Find("itbs600"), pulseWidthUs: width).Refusals.Any(refusal => refusal.Limit == "PulseWidth"), $"{width} us");
        }
    }

    [TestMethod]
    public void Random_protocols_plan_to_whole_sessions_or_say_why_not()
    {
        RandomProtocol.Nests.Sample(
            protocol =>
            {
                var plan = Plan.Of(protocol);
                Assert.AreEqual(plan.Transactions is null, plan.Levels.Count == 0);
                Assert.IsTrue(plan.Transactions is not null || plan.Refusals.Count > 0);
                JsonDocument.Parse(plan.ToJson()).Dispose();
            },
            iter: 300);
    }

    private static string[] Limits(Protocol protocol) => [.. Plan.Of(protocol).Refusals.Select(refusal => refusal.Limit)];
}
