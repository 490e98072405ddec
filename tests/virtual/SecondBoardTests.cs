using Escapement.Host;
using Escapement.Kernel;
using Escapement.Rig;

namespace Escapement.Virtual.Tests;

/// <summary>The classic ESP32 board: less memory, other pins, another port; the same sessions.</summary>
[TestClass]
public sealed class SecondBoardTests
{
    private const string Id = "esp32-devkitc";

    internal static IEnumerable<object[]> Rows => ProtocolLibrary.All.Select(row => new object[] { row.Id });

    /// <summary>A row that does not fit one list is cut in its silences; the plan says which, and the board does just that.</summary>
    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Every_library_row_runs_to_its_end_as_its_plan_says_or_is_refused_with_what_to_do(string id)
    {
        Protocol protocol = ProtocolLibrary.Find(id);
        BoardModel model = BoardModel.Find(Id);
        Plan plan = Plan.Of(protocol, model.Planning);
        Outcome run = Outcome.Of(id, new VirtualBoardOptions { BoardId = Id });
        Assert.AreEqual(Id, run.Result.Board!.Board);
        if (plan.Refusals.Count > 0)
        {
            AssertRefused(run, plan.Refusals[0].Limit);
            return;
        }

        Assert.AreEqual(SessionVerdict.Completed, run.Result.Verdict, run.Result.Message);
        Assert.HasCount((int)protocol.TotalPulses, run.Onsets80, "emitted");
        Assert.AreEqual(protocol.TotalPulses, run.Result.PulsesCounted, "counted");
        Assert.AreEqual(protocol.TotalPulses, run.Board.Bench.Referee.Pulses(RefereeSignal.Stimulator), "at the stimulator");
        Assert.HasCount(plan.Transactions!.Value, run.Result.Trains, "as planned");
        Assert.IsLessThanOrEqualTo(model.Planning.Limits.FirstListWords, plan.MaxWordsPerTransaction!.Value);
        bool isCut = plan.Transactions > protocol.TotalTrains;
        Assert.AreEqual(isCut, plan.Levels.Any(level => level.Name != "train" && !level.IsExact), "a cut inside a train is said to be supervised");
        run.AssertEdges(Schedule.Of(protocol), run.Result.Trains.Select(train => (int)train.PlannedPulses).ToArray());
    }

    [TestMethod]
    public void Row_that_fits_one_list_of_the_reference_board_is_exact_there_and_supervised_here()
    {
        Protocol protocol = ProtocolLibrary.Find("rtms1-1800");
        Assert.IsTrue(Plan.Of(protocol).Levels.All(level => level.IsExact));
        Plan plan = Plan.Of(protocol, BoardModel.Find(Id).Planning);
        PlanLevel pulses = plan.Levels.Single(level => level.Name == "pulse");
        Assert.IsFalse(pulses.IsExact);
        Assert.AreEqual(BoardModel.Find(Id).Planning.Limits.StartBoundUs, pulses.StartBoundUs);
        Assert.IsGreaterThan(1, plan.Transactions!.Value);
    }

    /// <summary>5 Hz without a silence that could be cut: more words than the board's longest list, few enough for the reference board.</summary>
    [TestMethod]
    public void Session_that_does_not_fit_is_refused_by_plan_and_board_and_says_what_to_do()
    {
        Protocol protocol = new() { Id = "long", Blocks = [new RepeatBlock { PulsesPerBurst = 2000, InterPulseUs = 200_000 }] };
        Assert.IsEmpty(Plan.Of(protocol).Refusals);
        PlanRefusal refusal = Plan.Of(protocol, BoardModel.Find(Id).Planning).Refusals.Single();
        Assert.AreEqual(ProgramErrorTable.Name(ProgramError.CannotCut), refusal.Limit);
        Assert.Contains("shorten the train, or leave a silence", refusal.Sentence);
        AssertRefused(Outcome.Of(protocol, new VirtualBoardOptions { BoardId = Id }), refusal.Limit);
    }

    [TestMethod]
    public void List_whose_native_copy_would_not_fit_is_refused_with_the_reason_and_never_sent()
    {
        Outcome run = Outcome.Of("qtbs-200hz", new VirtualBoardOptions { BoardId = Id, NativeFreeBytes = 8_000 });
        AssertRefused(run, "MemoryLow");
        Assert.Contains("Shorten the trains", run.Result.Message);
        Assert.AreEqual(0, run.Board.Restarts);
    }

    /// <summary>The stop of the classic chip holds the interpreter for up to a word; the gate is closed before it.</summary>
    [TestMethod]
    [DataRow(ContactName.EStopA)]
    [DataRow(ContactName.Interlock)]
    public void Contact_that_opens_in_a_run_ends_it_at_that_instant_although_the_chip_stops_slowly(ContactName contact)
    {
        VirtualBoard board = new(new VirtualBoardOptions { BoardId = Id });
        SessionRunner host = new(board.Connect(), new SessionOrder("ctbs600", ProgramBuilder.Build(ProtocolLibrary.Find("ctbs600"))));
        long openedAt80 = 0;
        board.RunLockStep(new During(host, _ => board.Bench.Referee.Pulses(RefereeSignal.Stimulator) > 10, () =>
        {
            openedAt80 = board.Bench.Now80 + Ticks80.FromUs(345_678);
            board.Bench.Contact(contact).Open(openedAt80);
        }));
        Assert.AreEqual(SessionVerdict.Faulted, host.Result!.Verdict, host.Result.Message);
        // One channel of the emergency stop alone is a second fault, a tenth of a second later.
        Assert.AreEqual(contact == ContactName.EStopA ? 2 : 1, host.Result.Faults.Count, host.Result.Message);
        Assert.IsTrue(board.Bench.Referee.Edges.All(edge => edge.Signal != RefereeSignal.Stimulator || !edge.Level || edge.T80 < openedAt80));
        long lastTrigger80 = Analysis.Onsets80(board.Bench.Referee.Span, RefereeSignal.Trigger)[^1];
        Assert.IsLessThanOrEqualTo(openedAt80 + Ticks80.FromMs(100), lastTrigger80, "and the trigger line is silent after a pass and a word");
    }

    [TestMethod]
    public void Same_seed_same_edges()
    {
        VirtualBoardOptions options = new() { BoardId = Id, Seed = 42, MaxPauseMs = 150 };
        CollectionAssert.AreEqual(Outcome.Of("imtbs600", options).Board.Bench.Referee.Edges.ToArray(), Outcome.Of("imtbs600", options).Board.Bench.Referee.Edges.ToArray());
    }

    private static void AssertRefused(Outcome run, string why)
    {
        Assert.AreEqual(SessionVerdict.Refused, run.Result.Verdict, run.Result.Message);
        Assert.IsEmpty(run.Onsets80);
        string inhibit = why == ProgramErrorTable.Name(ProgramError.CannotCut) ? "PlanImpossible" : why;
        Assert.IsTrue(run.Result.Inhibits.Any(reason => reason.Name == inhibit && reason.Cure.Length > 0 && run.Result.Message.Contains(reason.Cure)), run.Result.Message);
    }
}
