using System.Text.Json;
using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Cli.Tests;

/// <summary>`escapement gate-test`: each term's result, and every way in which a board refuses it.</summary>
[TestClass]
public class GateTestTests
{
    private static readonly string[] Order = ["PulsesBlocked", "EnableTerm", "PulsesPass", "WatchdogTerm", "LatchStays"];

    [TestMethod]
    public void Every_term_passes_on_a_virtual_board_with_the_key_off_or_on_a_word()
    {
        foreach (string[] how in new string[][] { ["--virtual"], ["--confirm-nothing-connected"], ["--board", "esp32-devkitc"] })
        {
            Cli run = Cli.Run(["gate-test", "--json", .. how]);
            Assert.AreEqual(0, run.ExitCode, run.Error);
            CollectionAssert.AreEqual(Order, run.Json.GetProperty("terms").EnumerateArray().Select(term => term.GetProperty("name").GetString()).ToArray());
            Assert.IsTrue(run.Json.GetProperty("terms").EnumerateArray().All(term => term.GetProperty("outcome").GetString() == "pass"), run.Out);
            Assert.IsGreaterThan(0, run.Json.GetProperty("testedAtUs").GetInt64());
        }

        Cli text = Cli.Run("gate-test");
        Assert.AreEqual(0, text.ExitCode, text.Error);
        Assert.Contains("pass     WatchdogTerm", text.Out);
        Assert.Contains("counts as tested for 24 hours", text.Out);
    }

    [TestMethod]
    public void Board_that_is_not_there_is_no_link_in_the_object_and_in_the_exit_code()
    {
        Cli run = Cli.Run("gate-test", "--tcp", "127.0.0.1:1", "--json");
        Assert.AreEqual(ExitCode.NoLink, run.ExitCode);
        Assert.AreEqual("noLink", run.Json.GetProperty("verdict").GetString());
        Assert.AreEqual(ExitCode.NoLink, run.Json.GetProperty("exitCode").GetInt32());
        Assert.AreEqual(0, run.Json.GetProperty("terms").GetArrayLength());
        Assert.Contains("127.0.0.1:1", run.Error);
    }

    [TestMethod]
    public void Key_that_is_on_without_a_word_is_refused_with_what_to_do()
    {
        BoardGateTest test = Run(new VirtualBoard(new VirtualBoardOptions()), false);
        Assert.AreEqual(ExitCode.Refused, test.ExitCode);
        Assert.Contains("Turn the key off", test.Message);
        Assert.IsEmpty(test.Terms);
    }

    [TestMethod]
    public void Contact_that_is_open_is_refused_by_name()
    {
        VirtualBoard board = new(new VirtualBoardOptions());
        board.Bench.Contact(ContactName.Interlock).Open(Ticks80.FromMs(6_000));
        BoardGateTest test = Run(board, true);
        Assert.AreEqual(ExitCode.Refused, test.ExitCode, test.Message);
        Assert.AreEqual("InterlockOpen", test.Inhibits.Single().Name);
        Assert.Contains("Close every contact", test.Message);
    }

    [TestMethod]
    [DataRow(RigSignal.Enable, false, "EnableTerm")]
    [DataRow(RigSignal.Watchdog, true, "WatchdogTerm")]
    [DataRow(RigSignal.GatedTrigger, false, "PulsesPass")]
    [DataRow(RigSignal.RawTrigger, false, "PulsesBlocked")]
    public void Term_that_fails_is_named_with_its_cure_and_latches(RigSignal wire, bool level, string name)
    {
        VirtualBoard board = new(new VirtualBoardOptions());
        board.Bench.Force(wire, level, Ticks80.FromMs(6_000));
        BoardGateTest test = Run(board, true);
        Assert.AreEqual(ExitCode.Aborted, test.ExitCode, test.Message);
        Assert.AreEqual(name, test.Terms.Single(term => term.Outcome == StepOutcome.Fail).Term.Name, test.Message);
        Assert.IsTrue(test.Terms.TakeWhile(term => term.Term.Name != name).All(term => term.Outcome == StepOutcome.Pass));
        Assert.Contains(test.Terms.Single(term => term.Term.Name == name).Term.Cure, test.Message);
        Assert.IsNotEmpty(test.Faults);
    }

    [TestMethod]
    public void Key_that_is_turned_on_meanwhile_ends_it_unfinished()
    {
        VirtualBoard board = new(new VirtualBoardOptions());
        board.Bench.Contact(ContactName.Key).Open(Ticks80.FromMs(5_000));
        BoardGateTest test = new(board.Connect(), false);
        long seenUs = -1;
        board.RunLockStep(new Stepped(nowUs =>
        {
            if (nowUs < 7_000_000) { return false; }
            if (seenUs < 0 && board.Bench.Level(RigSignal.Latch))
            {
                seenUs = nowUs;
                board.Bench.Contact(ContactName.Key).Close(board.Bench.Now80);
            }

            return test.Step(nowUs);
        }, () => test.IsFinished), 60_000_000);
        Assert.IsGreaterThan(0, seenUs);
        Assert.AreEqual(ExitCode.Aborted, test.ExitCode, test.Message);
        Assert.Contains("key was turned on", test.Message);
        Assert.AreEqual(0, test.TestedAtUs);
    }

    [TestMethod]
    public void Wrong_usage_and_no_board_are_told()
    {
        Cli.Run("gate-test", "--real").Complains(2, "--real");
        Cli.Run("gate-test", "--virtual", "--tcp", "127.0.0.1:1").Complains(2, "--virtual");
        Cli.Run("gate-test", "--tcp", "127.0.0.1:1").Complains(5, "Nobody listens");
        Cli.Run("gate-test", "--board", "esp32-s4").Complains(2, "there is no board");
    }

    private static BoardGateTest Run(VirtualBoard board, bool isConfirmed)
    {
        BoardGateTest test = new(board.Connect(), isConfirmed);
        board.RunLockStep(new Stepped(nowUs => nowUs >= 7_000_000 && test.Step(nowUs), () => test.IsFinished), 60_000_000);
        return test;
    }

    private sealed class Stepped(Func<long, bool> step, Func<bool> isFinished) : ITransportStep
    {
        public bool IsFinished => isFinished();

        public bool Step(long nowUs) => step(nowUs);
    }
}
