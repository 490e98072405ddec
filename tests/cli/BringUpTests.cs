using System.Text.RegularExpressions;
using Escapement.Boards;
using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Cli.Tests;

/// <summary>Issue 3, item 5: the walk of bring-up, one source and two views.</summary>
[TestClass]
public class BringUpTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Folder.Root, "boards", "BRING-UP.md")).ReplaceLineEndings("\n");

    [TestMethod]
    public void The_page_is_reproduced_byte_for_byte_by_its_command()
    {
        using var folder = new Folder();
        Assert.AreEqual(0, Cli.Run("selftest", "--page", folder["page.md"]).ExitCode);
        Assert.AreEqual(Page, File.ReadAllText(folder["page.md"]), "escapement selftest --page boards/BRING-UP.md writes it anew");
    }

    [TestMethod]
    public void The_first_pulse_comes_first_the_emergency_stop_second_and_no_train_before_it()
    {
        string[] parts = [.. BringUp.Known.Parts.Select(part => part.Title)];
        int stop = Array.IndexOf(parts, "The emergency stop");
        Assert.AreEqual("The first pulse on a scope", parts[stop - 1]);
        string before = string.Join("\n", BringUp.Known.Parts.Take(stop).SelectMany(part => part.Steps).Select(step => step.Do));
        Assert.IsEmpty(Regex.Matches(before, "escapement run (?!one\\.yaml)").ToArray(), before);
        string[] leading = [.. BringUp.Known.Parts[stop].Steps.Take(2).Select(step => step.Do)];
        Assert.IsFalse(leading.Any(text => text.Contains("rtms", StringComparison.Ordinal)), "the stop is tried at rest before it is tried in a train");
    }

    [TestMethod]
    public void The_stimulator_is_off_until_the_last_part_and_nobody_is_ever_connected()
    {
        CollectionAssert.AreEqual(
            BringUp.Known.Parts[^1].Steps.Select(step => step.Id).ToArray(),
            BringUp.Known.Steps.Where(step => step.IsStimulatorOn).Select(step => step.Id).ToArray());
        Assert.Contains("never connect a person", Page);
        Assert.Contains("dummy load", BringUp.Known.Parts[^1].Text);
    }

    [TestMethod]
    public void Each_row_of_the_first_list_and_each_inferred_claim_has_a_step()
    {
        string[] shown = [.. BringUp.Known.Steps.SelectMany(step => step.Claims).Distinct()];
        CollectionAssert.IsSubsetOf(Enumerable.Range(0, 19).Select(row => "r" + row).ToArray(), shown);
        foreach (BringUpClaim claim in BringUp.Known.Claims)
        {
            Assert.Contains(claim.Basis, new[] { "inferred", "reported", "unmeasured", "design" });
            Assert.Contains($"| {claim.Says} | {claim.Basis} | {claim.Leans} | ", Page);
        }
    }

    [TestMethod]
    public void Every_command_on_the_page_is_one_that_the_program_knows()
    {
        Match[] commands = [.. Regex.Matches(Page, "`escapement ([a-z-]+)([^`]*)`").Concat(Regex.Matches(Page, "^escapement ([a-z-]+)(.*)$", RegexOptions.Multiline))];
        Assert.IsGreaterThan(20, commands.Length);
        var helps = new Dictionary<string, string>();
        foreach (Match command in commands)
        {
            string verb = command.Groups[1].Value;
            string help = helps.TryGetValue(verb, out string? known) ? known : helps[verb] = Cli.Run(verb, "--help").Out;
            Assert.IsGreaterThan(0, help.Length, command.Value);
            foreach (Match option in Regex.Matches(command.Groups[2].Value, "--[a-z-]+"))
            {
                Assert.Contains(option.Value, help, command.Value);
            }
        }

        foreach (Match protocol in Regex.Matches(Page, "`?escapement run ([a-z0-9-]+) "))
        {
            Assert.IsNotNull(ProtocolLibrary.TryFind(protocol.Groups[1].Value), protocol.Value);
        }
    }

    [TestMethod]
    public void What_the_page_expects_of_the_emergency_stop_at_rest_is_what_a_virtual_board_does()
    {
        using var folder = new Folder();
        string one = folder.Write("one.yaml", "name: one\npulsesPerBurst: 1\n");
        using var board = new VirtualBoard(new VirtualBoardOptions { RealTime = true });
        board.Start();
        using var port = new LiarPort(new Liar(board.Connect(), frame => frame));
        foreach (ContactName channel in new[] { ContactName.EStopA, ContactName.EStopB })
        {
            // A channel that opened alone counts as tested again when both were seen open and closed: the button is pressed as a whole.
            Press(board);
            Cli before = Cli.Run("run", one, "--tcp", port.Where, "--clear");
            Assert.AreEqual(0, before.ExitCode, "all is well before: " + before.Error);
            long pulses = board.Bench.Referee.Pulses(RefereeSignal.Trigger);
            board.Post(bench => bench.Contact(channel).Open(bench.Now80));
            Assert.IsTrue(SpinWait.SpinUntil(() => Monitor().Contains("state: EmergencyStop", StringComparison.Ordinal), 20_000));
            Assert.Contains("EmergencyStopOpen", Monitor());
            Cli.Run("run", one, "--tcp", port.Where).Complains(3, "EmergencyStop");
            board.Post(bench => bench.Contact(channel).Close(bench.Now80));
            Assert.IsTrue(SpinWait.SpinUntil(() => !Monitor().Contains("EmergencyStopOpen", StringComparison.Ordinal), 20_000));
            Cli.Run("run", one, "--tcp", port.Where).Complains(3, "--clear");
            Assert.AreEqual(pulses, board.Bench.Referee.Pulses(RefereeSignal.Trigger), "no edge before --clear");
        }

        string Monitor() => Cli.Run("monitor", "--tcp", port.Where, "--count", "1").Out;
    }

    private static void Press(VirtualBoard board)
    {
        board.Post(bench =>
        {
            foreach (ContactName channel in new[] { ContactName.EStopA, ContactName.EStopB })
            {
                bench.Contact(channel).Open(bench.Now80);
                bench.Contact(channel).Close(bench.Now80 + Ticks80.FromMs(200));
            }
        });
        Thread.Sleep(500);
    }

    [TestMethod]
    public void The_file_of_the_first_pulse_is_one_pulse()
    {
        using var folder = new Folder();
        string yaml = Regex.Match(Page, "```yaml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Cli run = Cli.Run("run", folder.Write("one.yaml", yaml), "--dry", "--json");
        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.AreEqual(1, run.Json.GetProperty("pulsesRaw").GetInt32());
        Assert.AreEqual(0, run.Json.GetProperty("pulsesCounted").GetInt32());
    }

    [TestMethod]
    public void The_boards_that_the_host_knows_are_those_of_the_board_files()
    {
        CollectionAssert.AreEqual(
            BoardLibrary.All.Select(board => $"{board.Number} {board.Id}").ToArray(),
            BoardIdentity.KnownBoards.Select(known => $"{known.Key} {known.Value}").ToArray());
        string page = File.ReadAllText(Path.Combine(Folder.Root, "docs", "compatibility.md"));
        foreach (Board board in BoardLibrary.All)
        {
            Assert.Contains($"| `{board.Id}` | {board.Runtime.Target} | {board.Runtime.Version} | 0x{board.Runtime.DeployAddress:X}", page);
        }

        Assert.IsTrue(BringUp.Known.Steps.SelectMany(step => step.Boards).All(number => BoardLibrary.Find(number) is not null));
    }

    [TestMethod]
    [DataRow("format: 2\n", "format 2")]
    [DataRow("format: 1\ncolour: red\n", "colour")]
    [DataRow("", "empty")]
    [DataRow("format: 1\nparts:\n- title: t\n  steps:\n  - {id: a, title: t, do: d, expect: e, instrument: i}\n", "step 'a' lacks")]
    [DataRow("format: 1\nparts:\n- title: t\n  steps:\n  - {id: a, title: t, do: d, expect: e, instrument: i, pass: p, claims: [x]}\n", "no claim 'x'")]
    [DataRow("format: 1\nclaims:\n- {id: x, basis: design, says: s, leans: l}\n", "no step shows the claim 'x'")]
    [DataRow("format: 1\nparts:\n- title: t\n  steps:\n  - &s {id: a, title: t, do: d, expect: e, instrument: i, pass: p}\n  - *s\n", "'a' is there twice")]
    [DataRow("format: 1\nparts:\n- title: t\n  steps:\n  - {id: a, title: t, do: d, expect: e, instrument: i, pass: p, stimulator: on}\n  - {id: b, title: t, do: d, expect: e, instrument: i, pass: p}\n", "'b' has the stimulator off")]
    public void A_bring_up_file_that_is_not_whole_is_refused(string yaml, string words) =>
        Assert.Contains(words, Assert.ThrowsExactly<InputException>(() => BringUp.Read(yaml)).Message);

    [TestMethod]
    public void A_figure_passes_between_its_bounds_bounds_included()
    {
        var figure = new BringUpFigure { Unit = "us", AtLeast = 99, AtMost = 101 };
        foreach ((double reading, bool passes) in new[] { (98.999, false), (99, true), (100, true), (101, true), (101.001, false), (double.NaN, false) })
        {
            Assert.AreEqual(passes, figure.Passes(reading), $"{reading}");
        }
    }
}
