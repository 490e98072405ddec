using Escapement.Boards.Wiring;
using Escapement.Host;
using Escapement.Kernel;
using Escapement.Runtime;
using Escapement.Safety;

namespace Escapement.Boards.Tests;

/// <summary>The boards fit the firmware that plays on them.</summary>
[TestClass]
public class FirmwareFitTests
{
    [TestMethod]
    public void The_checks_figures_are_the_firmwares()
    {
        string reference = BoardText.Of(BoardText.Reference);
        Refused(reference, "stimulator.minGapUs", LimitTable.MinGapUs - 1, LimitTable.MinGapUs);
        Refused(reference, "stimulator.minWidthUs", LimitTable.MinWidthUs - 1, LimitTable.MinWidthUs);
        Refused(reference, "stimulator.maxWidthUs", LimitTable.MaxWidthUs + 1, LimitTable.MaxWidthUs);
        Refused(reference, "stimulator.maxHourPulses", LimitTable.MaxHourPulses + 1, LimitTable.MaxHourPulses);
        Refused(reference, "stimulator.maxHighUs", LimitTable.MaxHighUs + 1, LimitTable.MaxHighUs);
        int head = new PlanLimits().HeadWords;
        int most = (((2 * head) - 1) * HeadWriter.MaxHalfUs) + HeadWriter.PatchAimUs;
        Refused(reference, "trigger.leadInUs", most + 1, most);
        var list = new byte[head * 4];
        int coarse = HeadWriter.SetCoarse(list, head, most);
        Assert.AreEqual(HeadWriter.PatchAimUs, most - coarse, "with the longest lead-in the patched half still aims at its middle");
    }

    [TestMethod]
    public void The_reference_board_has_the_planners_defaults()
    {
        BoardTrigger trigger = BoardLibrary.Find(BoardText.Reference)!.Trigger;
        var defaults = new PlanLimits();
        Assert.AreEqual(
            (defaults.FirstListWords, defaults.ListWords, defaults.ChannelWords, defaults.HeadWords, defaults.LeadInUs, defaults.LeadInMinUs, defaults.StartBoundUs, defaults.MinCutGapUs),
            (trigger.FirstListWords, trigger.ListWords, trigger.ChannelWords, trigger.HeadWords, trigger.LeadInUs, trigger.LeadInMinUs, trigger.StartBoundUs, trigger.MinCutGapUs));
        var figures = new BoardFigures();
        Assert.AreEqual((figures.LongStartBoundUs, figures.GateMarginUs, figures.PassUs), (trigger.LongStartBoundUs, trigger.GateMarginUs, BoardLibrary.Find(BoardText.Reference)!.PassUs));
    }

    [TestMethod]
    public void The_gates_limiter_is_ready_again_before_the_shortest_gap_that_a_board_may_let_through()
    {
        GateCircuit gate = GateCircuit.Read(File.ReadAllText(Path.Combine(BoardText.Root, GateCircuit.Path)));
        Assert.IsTrue(BoardLibrary.All.All(board => new GateFigures(gate)["deadUs"].MostNs < board.Stimulator.MinGapUs * 1000L));
    }

    [TestMethod]
    public void Every_published_protocol_can_be_played_by_every_board()
    {
        foreach (Board board in BoardLibrary.All)
        {
            foreach (Protocol protocol in ProtocolLibrary.All)
            {
                Plan plan = Plan.Of(protocol, new PlanBoard(board.Id, LimitsOf(board.Trigger), PlanBoard.Reference.Ceilings));
                Assert.IsEmpty(plan.Refusals, $"{protocol.Id} on {board.Id}: {string.Join(' ', plan.Refusals.Select(refusal => refusal.Sentence))}");
                Assert.IsLessThanOrEqualTo(board.Trigger.FirstListWords, plan.MaxWordsPerTransaction!.Value);
            }
        }
    }

    [TestMethod]
    public void The_host_knows_every_board_by_its_number() => CollectionAssert.AreEquivalent(
        BoardLibrary.All.ToDictionary(board => board.Number, board => board.Id),
        BoardIdentity.KnownBoards.ToDictionary());

    [TestMethod]
    public void A_profile_fits_the_identity_file_on_the_board()
    {
        foreach (Board board in BoardLibrary.All)
        {
            Assert.IsLessThanOrEqualTo(256, $"escapement 1\nboard {board.Id}\nuid {new string('0', 32)}\ncrc {new string('0', 8)}\n".Length);
        }
    }

    private static PlanLimits LimitsOf(BoardTrigger trigger) => new()
    {
        FirstListWords = trigger.FirstListWords,
        ListWords = trigger.ListWords,
        ChannelWords = trigger.ChannelWords,
        HeadWords = trigger.HeadWords,
        LeadInUs = trigger.LeadInUs,
        LeadInMinUs = trigger.LeadInMinUs,
        StartBoundUs = trigger.StartBoundUs,
        MinCutGapUs = trigger.MinCutGapUs,
    };

    /// <summary>The first value beyond a limit is refused, and the limit itself has no problem.</summary>
    private static void Refused(string text, string field, int beyond, int limit)
    {
        Assert.IsTrue(text.With(field, $"{beyond}").Problems().Any(problem => problem.Field == field), field);
        Assert.IsFalse(text.With(field, $"{limit}").Problems().Any(problem => problem.Field == field), field);
    }
}
