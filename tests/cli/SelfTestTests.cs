using System.Buffers.Binary;
using System.Text.Json;
using System.Text.RegularExpressions;
using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Cli.Tests;

/// <summary>Issue 3, item 5: `escapement selftest` runs what software can and asks for the rest.</summary>
[TestClass]
public class SelfTestTests
{
    private static readonly string[] Software = [.. SelfTestSteps.All.Select(step => step.Id)];

    [TestMethod]
    public void On_a_virtual_board_every_step_of_software_passes_and_a_persons_steps_are_listed_as_not_done()
    {
        Cli run = Cli.Run("selftest", "--json");
        Assert.AreEqual(0, run.ExitCode, run.Error);
        JsonElement[] steps = [.. run.Json.GetProperty("steps").EnumerateArray()];
        CollectionAssert.AreEqual(Software, steps.Where(step => Text(step, "by") == "software").Select(step => Text(step, "id")).ToArray());
        Assert.IsTrue(steps.Where(step => Text(step, "by") == "software").All(step => Text(step, "outcome") == "pass"), run.Out);
        string[] persons = [.. BringUp.Known.StepsFor(1).Select(step => step.Id)];
        CollectionAssert.AreEqual(persons, steps.Where(step => Text(step, "by") == "person").Select(step => Text(step, "id")).ToArray());
        Assert.IsTrue(steps.Where(step => Text(step, "by") == "person").All(step => Text(step, "outcome") == "notDone"));
        Assert.AreEqual(persons.Length, run.Json.GetProperty("notDone").GetInt32());
        Assert.Contains($"{persons.Length} were not done", Cli.Run("selftest").Out);
        JsonElement dry = steps.Single(step => Text(step, "id") == "dry").GetProperty("facts");
        Assert.AreEqual("1 1 0", $"{Text(dry, "planned")} {Text(dry, "raw")} {Text(dry, "gated")}");
    }

    [TestMethod]
    public void A_report_is_kept_for_machines_and_for_people_and_never_overwritten()
    {
        using var folder = new Folder();
        Assert.AreEqual(0, Cli.Run("selftest", "--out", folder["r.json"]).ExitCode);
        JsonElement report = JsonDocument.Parse(File.ReadAllText(folder["r.json"])).RootElement;
        Assert.AreEqual("esp32-s3-devkitc-1", report.GetProperty("board").GetProperty("id").GetString());
        JsonElement identity = report.GetProperty("registers").EnumerateArray().Single(register => Text(register, "name") == "Identity");
        Assert.StartsWith("50435345" + "01000000" + "01000000" + "01000000", Text(identity, "bytes"));
        string text = File.ReadAllText(folder["r.txt"]);
        foreach (string id in Software.Concat(BringUp.Known.StepsFor(1).Select(step => step.Id)))
        {
            Assert.MatchesRegex(new Regex($"(pass|not done) +{id} "), text);
        }

        Cli.Run("selftest", "--out", folder["r.json"]).Complains(2, "is there already");
        Cli.Run("selftest", "--out", folder["r.txt"]).Complains(2, ".json");
        Cli.Run("selftest", "--real").Complains(2, "--real");
        Cli.Run("selftest", "--tcp", "127.0.0.1:1", "--out", folder["nobody.json"]).Complains(5, "Nobody listens");
        Assert.AreEqual(5, JsonDocument.Parse(File.ReadAllText(folder["nobody.json"])).RootElement.GetProperty("exitCode").GetInt32());
    }

    [TestMethod]
    public void Answers_given_beforehand_are_judged_by_the_pass_figures()
    {
        using var folder = new Folder();
        string good = folder.Write("good.yml", "nothing-connected: y\nfirst-dry: y 100.4 us trigger pin 15\ncrystal: skip no reference here\n");
        Cli run = Cli.Run("selftest", "--json", "--answers", good);
        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.AreEqual("pass", Outcome(run, "nothing-connected"));
        Assert.AreEqual("pass", Outcome(run, "first-dry"));
        Assert.AreEqual(100.4, Step(run, "first-dry").GetProperty("figure").GetDouble());
        Assert.Contains("trigger pin 15", Text(Step(run, "first-dry"), "text"));
        Assert.AreEqual("notDone", Outcome(run, "crystal"));

        Cli beyond = Cli.Run("selftest", "--json", "--answers", folder.Write("beyond.yml", "first-dry: y 101.2\n")).Complains(4, "first-dry");
        Assert.AreEqual("fail", Outcome(beyond, "first-dry"), "the figure decides, not the word");
        Cli said = Cli.Run("selftest", "--json", "--answers", folder.Write("said.yml", "estop-a-train: n 0.5 a second edge\n")).Complains(4, "estop-a-train");
        Assert.AreEqual("fail", Outcome(said, "estop-a-train"));
        Cli.Run("selftest", "--answers", folder.Write("unknown.yml", "first-dri: y 100\n")).Complains(2, "first-dry");
        Cli.Run("selftest", "--answers", folder.Write("nofigure.yml", "first-dry: y\n")).Complains(2, "y FIGURE");
        Cli.Run("selftest", "--answers", folder.Write("word.yml", "pull-downs: perhaps 4\n")).Complains(2, "perhaps");
        Cli.Run("selftest", "--answers", folder.Write("twice.yml", "crystal: n\ncrystal: n\n")).Complains(2, "this is not 'STEP: ANSWER'");
        Cli.Run("selftest", "--answers", folder["none.yml"]).Complains(2, "cannot be read");
    }

    [TestMethod]
    public void A_real_boards_trigger_line_never_moves_without_a_persons_word()
    {
        foreach (bool word in new[] { false, true })
        {
            var asked = 0;
            using VirtualBoard board = Board();
            BoardSelfTest test = Run(board, Liar.Real, confirm: () => ++asked > 0 && word);
            Assert.AreEqual(1, asked, "asked once");
            Assert.AreEqual(word ? StepOutcome.Pass : StepOutcome.NotDone, Of(test, "dry").Outcome, Of(test, "dry").Text);
            Assert.AreEqual(word ? 1 : 0, board.Bench.Referee.Pulses(RefereeSignal.Trigger));
            Assert.AreEqual(0, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
            Assert.AreEqual(StepOutcome.Pass, Of(test, "refusal").Outcome, "everything else is done all the same");
        }
    }

    [TestMethod]
    public void A_person_at_a_real_board_is_asked_step_by_step_and_each_answer_is_kept()
    {
        using var folder = new Folder();
        using var board = new VirtualBoard(new VirtualBoardOptions { RealTime = true });
        board.Start();
        using var port = new LiarPort(new Liar(board.Connect(), Liar.Real));
        string answers = string.Join("\n", "n", "y", "what?", "y 4.7", "skip", "q");
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = App.Run(["selftest", "--tcp", port.Where, "--real", "--clock-s", "1", "--out", folder["r.json"]], new Streams(output, error, true) { Answers = new StringReader(answers) });
        Assert.AreEqual(0, exit, error.ToString());
        Assert.Contains("nothing connected behind the board?", output.ToString());
        Assert.Contains("stimulator off and unplugged", output.ToString());
        JsonElement report = JsonDocument.Parse(File.ReadAllText(folder["r.json"])).RootElement;
        string Told(string id) => Text(report.GetProperty("steps").EnumerateArray().Single(step => Text(step, "id") == id), "outcome");
        Assert.AreEqual("notDone", Told("dry"), "the answer was no");
        Assert.AreEqual("pass", Told("nothing-connected"));
        Assert.AreEqual("pass", Told("pull-downs"), "after a word that is no answer it is asked again");
        Assert.AreEqual("notDone", Told("gate-alone"));
        Assert.AreEqual("notDone", Told("stimulator-first"), "q ends it");
        Assert.AreEqual(0, board.Bench.Referee.Pulses(RefereeSignal.Trigger));
    }

    [TestMethod]
    public void Contacts_that_are_open_are_told_by_name_and_the_dry_run_waits_for_them()
    {
        foreach ((ContactName contact, string input, string reason, bool faults) in new[]
        {
            (ContactName.Key, "key off", "KeyOff", false),
            (ContactName.Coil, "coil or dummy load not present", "CoilAbsent", false),
            (ContactName.Interlock, "interlock loop open", "InterlockOpen", false),
            (ContactName.EStopA, "emergency stop, channel A open", "EmergencyStopOpen", true),
            (ContactName.EStopB, "emergency stop, channel B open", "EmergencyStopOpen", true),
        })
        {
            // Nobody at the switches; an emergency stop that is pressed before power-up would only keep the board in its self-test.
            using VirtualBoard board = new(new VirtualBoardOptions { Operator = false });
            board.Bench.Contact(contact).Open(faults ? Ticks80.FromMs(1_120) : 0);
            BoardSelfTest test = Run(board);
            Assert.AreEqual(StepOutcome.Pass, Of(test, "inputs").Outcome, "an open contact is a state, not a defect");
            Assert.Contains(input, Of(test, "inputs").Text);
            Assert.Contains(reason, Of(test, "refusal").Text);
            Assert.AreEqual(StepOutcome.Pass, Of(test, "refusal").Outcome);
            Assert.AreEqual(StepOutcome.NotDone, Of(test, "dry").Outcome);
            Assert.Contains(reason, Of(test, "dry").Text);
            Assert.AreEqual(faults ? StepOutcome.Fail : StepOutcome.Pass, Of(test, "faults").Outcome, contact.ToString());
            Assert.AreEqual(0, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
        }
    }

    [TestMethod]
    public void An_input_that_the_board_does_without_is_told_as_absent_and_not_as_present()
    {
        using VirtualBoard board = Board();
        BoardSelfTest test = Run(board);
        Assert.Contains("foot switch absent", Of(test, "inputs").Text);
        Assert.Contains("Absent: foot switch, coil temperature sensor: the board has no such input", Of(test, "inputs").Text);
        Assert.Contains("key on", Of(test, "inputs").Text);
        Assert.AreEqual("absent", Of(test, "inputs").Facts.Single(fact => fact.Name == "footSwitch").Value);

        using VirtualBoard bench = new(new VirtualBoardOptions { BoardId = "esp32-s3-devkitc-1-bench" });
        string text = Of(Run(bench), "inputs").Text;
        Assert.Contains("foot switch released", text);
        Assert.Contains("Absent: none", text);
        Assert.Contains("Coil: 25", text);
    }

    [TestMethod]
    public void A_gate_that_reads_back_open_fails_its_step()
    {
        using VirtualBoard board = Board();
        board.Bench.Force(RigSignal.GateOpen, true, 0);
        Fails(Run(board), "gate");
    }

    [TestMethod]
    public void Pulses_that_nobody_asked_for_fail_the_counters()
    {
        using VirtualBoard board = Board();
        for (long us = 1_000_000; us < 9_000_000; us += 10_000)
        {
            board.Bench.Spike(RigSignal.Trigger, true, us * 80, 8_000);
        }

        Fails(Run(board), "counters", "gate");
    }

    [TestMethod]
    public void A_clock_that_is_shown_to_be_wrong_fails_and_one_within_its_uncertainty_does_not()
    {
        foreach ((int ppb, StepOutcome expected) in new[] { (20_000_000, StepOutcome.Fail), (-20_000_000, StepOutcome.Fail), (40_000, StepOutcome.Pass) })
        {
            using var board = new VirtualBoard(new VirtualBoardOptions { ClockErrorPpb = ppb });
            BoardSelfTest test = Run(board);
            Assert.AreEqual(expected, Of(test, "clock").Outcome, Of(test, "clock").Text);
            Assert.Contains("uncertain by", Of(test, "clock").Text);
        }
    }

    [TestMethod]
    public void A_reply_that_is_lost_and_an_error_that_the_board_counts_fail_the_link()
    {
        int statuses = 0;
        using (VirtualBoard board = Board())
        {
            Fails(Run(board, frame => frame[2] == 39 && ++statuses == 60 ? null : frame), "link");
        }

        int reads = 0;
        using (VirtualBoard board = Board())
        {
            Fails(Run(board, Liar.At(45, payload => payload.Span[4] = (byte)(++reads > 2 ? 1 : 0))), "link");
        }
    }

    [TestMethod]
    public void A_register_of_another_length_fails_its_step()
    {
        using VirtualBoard board = Board();
        Fails(Run(board, frame => frame[2] == 44 ? [frame[0], (byte)(frame[1] - 8), .. frame[2..^9], 0] : frame), "registers", "dry");
    }

    [TestMethod]
    public void A_lease_that_does_not_end_or_ends_too_late_fails()
    {
        bool isHeld = false;
        using (VirtualBoard board = Board())
        {
            Fails(Run(board, Liar.At(43, payload =>
            {
                isHeld |= payload.Span[0] != 0;
                payload.Span[0] = (byte)(isHeld ? 1 : 0);
            })), "lease");
        }

        using (VirtualBoard board = Board())
        {
            Fails(Run(board, Liar.At(43, payload => BinaryPrimitives.WriteUInt64LittleEndian(payload.Span[8..], BinaryPrimitives.ReadUInt64LittleEndian(payload.Span[8..]) + 100_000))), "lease");
        }
    }

    [TestMethod]
    public void A_board_that_says_it_armed_or_keeps_a_reason_back_fails_the_refusal()
    {
        using (VirtualBoard board = Board())
        {
            Fails(Run(board, Liar.At(47, payload => payload.Span[8] = 0)), "refusal");
        }

        using (VirtualBoard board = Board())
        {
            BoardSelfTest test = Run(board, Liar.At(47, payload => BinaryPrimitives.WriteUInt32LittleEndian(payload.Span[12..], BinaryPrimitives.ReadUInt32LittleEndian(payload.Span[12..]) & ~0x1000u)));
            Fails(test, "refusal");
            Assert.Contains("NoProgram", Of(test, "refusal").Text);
        }
    }

    [TestMethod]
    public void A_second_pulse_on_the_trigger_line_fails_the_dry_run()
    {
        using VirtualBoard board = Board();
        Fails(Run(board, Liar.At(39, payload => payload.Span[16] = (byte)(payload.Span[16] == 1 ? 2 : payload.Span[16]))), "dry");
    }

    [TestMethod]
    public void A_board_in_somebodys_session_is_refused_with_3_and_left_alone()
    {
        foreach (Func<byte[], byte[]?> busy in new[] { Liar.At(39, payload => payload.Span[8] = 5), Liar.At(43, payload => payload.Span[0] = 7) })
        {
            using VirtualBoard board = Board();
            BoardSelfTest test = Run(board, busy);
            Assert.AreEqual(3, test.Refusal!.ExitCode);
            Assert.Contains("another host", test.Refusal.Message);
            Assert.HasCount(Software.Length, test.Steps);
            Assert.AreEqual(0, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
        }
    }

    [TestMethod]
    public void Every_command_that_connects_refuses_a_board_of_another_version_with_the_same_sentence()
    {
        using var folder = new Folder();
        using var board = new VirtualBoard(new VirtualBoardOptions { RealTime = true });
        board.Start();
        using var port = new LiarPort(new Liar(board.Connect(), frame => Liar.At(19, payload => payload.Span[4] = 9)(Liar.At(32, payload => payload.Span[8] = 99)(frame)!)));
        string one = folder.Write("one.yaml", "name: one\npulsesPerBurst: 1\n");
        string[] said = [.. new[]
        {
            Cli.Run("run", one, "--tcp", port.Where),
            Cli.Run("monitor", "--tcp", port.Where),
            Cli.Run("selftest", "--tcp", port.Where),
        }.Select(run => run.Complains(3, "board profile: the board has number 99").Complains(3, "firmware: the board has 0.9.0, needed is 0.1").Error)];
        Assert.HasCount(1, said.Distinct().ToArray(), string.Join("\n", said));
        Cli json = Cli.Run("selftest", "--tcp", port.Where, "--json");
        CollectionAssert.AreEqual(new[] { "firmware", "board profile" }, json.Json.GetProperty("differences").EnumerateArray().Select(difference => Text(difference, "what")).ToArray());
        Assert.AreEqual("fail", Outcome(json, "identity"));
        Assert.AreEqual(0, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
    }

    private static VirtualBoard Board() => new(new VirtualBoardOptions());

    private static BoardSelfTest Run(VirtualBoard board, Func<byte[], byte[]?>? change = null, Func<bool>? confirm = null)
    {
        var test = new BoardSelfTest(new Liar(board.Connect(), change ?? (frame => frame)), new SelfTestOrder { ClockUs = 1_000_000, IsNothingConnected = confirm ?? (() => false) });
        Assert.AreEqual(LockStepEnd.HostFinished, board.RunLockStep(test, 120_000_000));
        CollectionAssert.AreEqual(Software, test.Steps.Select(step => step.Id).ToArray(), "each step once, in order");
        return test;
    }

    /// <summary>The first of these steps failed, and at most the others with it.</summary>
    private static void Fails(BoardSelfTest test, params string[] ids)
    {
        string[] failed = [.. test.Steps.Where(step => step.Outcome == StepOutcome.Fail).Select(step => step.Id)];
        Assert.Contains(ids[0], failed, string.Join("; ", test.Steps));
        Assert.IsEmpty(failed.Except(ids).Except(["faults"]), string.Join("; ", test.Steps));
        Assert.IsFalse(string.IsNullOrEmpty(Of(test, failed[0]).Text));
    }

    private static SelfTestStep Of(BoardSelfTest test, string id) => test.Steps.Single(step => step.Id == id);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static JsonElement Step(Cli run, string id) => run.Json.GetProperty("steps").EnumerateArray().Single(step => Text(step, "id") == id);

    private static string Outcome(Cli run, string id) => Text(Step(run, id), "outcome");
}
