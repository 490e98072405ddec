using System.Text.Json;
using Escapement.Host;
using Escapement.Virtual;

namespace Escapement.Cli.Tests;

/// <summary>Issue 3, item 6: each symptom of a machine that does not reach its board, with cause and cure.</summary>
[TestClass]
public class DoctorTests
{
    [TestMethod]
    public void A_machine_with_everything_in_order_has_no_warning_and_its_board_is_named()
    {
        using VirtualBoard board = Served();
        var machine = new FakeMachine { Opens = _ => new Liar(board.Connect(), Liar.Real) };
        IReadOnlyList<Finding> findings = new Doctor(machine).Examine("/dev/ttyUSB0");
        Assert.IsTrue(findings.All(finding => finding.Severity is Severity.Ok or Severity.Note), string.Join("\n", findings));
        Assert.Contains("10c4:ea60, CP210x bridge", Of(findings, "port").Text);
        Assert.Contains("nanoff 2.5.162", Of(findings, "nanoff").Text);
        Assert.Contains(".NET 10.0.1 on linux-x64", Of(findings, "dotnet").Text);
        Assert.Contains("esp32-s3-devkitc-1 (real), firmware 0.1.0", Of(findings, "answer").Text);
        Assert.Contains("RTS low first, then DTR", Of(findings, "reset-lines").Text);
        Assert.Contains("Absent: foot switch, coil temperature sensor", Of(findings, "inputs").Text);
        Assert.Contains("forced garbage collection", Of(findings, "selftest").Text);
        Assert.Contains("ESP32_S3_OCTAL", Of(findings, "target").Text);
        Assert.Contains("power-ups", Of(findings, "history").Text);
        Assert.Contains("NoLease: No host holds the lease. Take the lease", Of(findings, "state").Text);
    }

    [TestMethod]
    public void A_user_outside_the_ports_group_is_told_the_group_and_the_udev_rule()
    {
        var machine = new FakeMachine { Allowed = false, Group = "uucp", UsersGroups = "alice audio", SessionGroups = "alice audio" };
        Finding finding = Problem(machine, "permission");
        Assert.Contains("alice is not in the group uucp", finding.Cause!);
        Assert.Contains("sudo usermod -aG uucp alice", finding.Cure!);
        Assert.Contains("udevadm control --reload", finding.Cure!);
        Assert.AreEqual(0, machine.Opened, "a port that may not be used is not opened");
    }

    [TestMethod]
    public void A_user_who_was_added_to_the_group_after_logging_in_is_told_to_log_in_again()
    {
        Finding finding = Problem(new FakeMachine { Allowed = false, UsersGroups = "alice dialout", SessionGroups = "alice" }, "permission");
        Assert.Contains("after logging in", finding.Cause!);
        Assert.AreEqual("log out and in again", finding.Cure);
    }

    [TestMethod]
    public void A_member_whom_the_port_does_not_let_in_gets_the_rule_and_not_the_group()
    {
        Finding finding = Problem(new FakeMachine { Allowed = false, UsersGroups = "alice dialout", SessionGroups = "alice dialout" }, "permission");
        Assert.Contains("does not let its group dialout in", finding.Cause!);
        Assert.DoesNotContain("usermod", finding.Cure!);
        Assert.Contains("--udev", finding.Cure!);
    }

    [TestMethod]
    public void A_port_that_another_program_has_open_is_busy_and_the_program_is_named()
    {
        var machine = new FakeMachine();
        machine.Links["/proc/4711/fd/5"] = "/dev/ttyUSB0";
        machine.Files["/proc/4711/comm"] = "minicom";
        Finding finding = Problem(machine, "busy");
        Assert.Contains("minicom (process 4711)", finding.Text);
        Assert.AreEqual(0, machine.Opened);
        Assert.AreEqual(Severity.Warning, Of(new Doctor(machine).Examine(null), "busy").Severity, "nobody asked for this port");
    }

    [TestMethod]
    public void A_port_that_cannot_be_opened_says_why_in_the_words_of_every_other_command()
    {
        Finding finding = Problem(new FakeMachine { Opens = _ => throw new TransportException("The serial port '/dev/ttyUSB0' is in use by another program; close that program and try again.") }, "open");
        Assert.Contains("in use by another program", finding.Text);
    }

    [TestMethod]
    public void The_debuggers_port_is_never_the_host_link_and_the_right_one_is_named()
    {
        var machine = new FakeMachine();
        machine.Add("ttyACM0", "303a", "1001");
        var doctor = new Doctor(machine);
        Finding finding = Of(doctor.Examine("/dev/ttyACM0"), "debug-port");
        Assert.AreEqual(Severity.Problem, finding.Severity);
        Assert.AreEqual("use /dev/ttyUSB0", finding.Cure);
        Assert.AreEqual(0, machine.Opened);
        machine.Ports.Remove("/dev/ttyUSB0");
        Assert.Contains("second cable", Of(doctor.Examine("/dev/ttyACM0"), "debug-port").Cure!);
    }

    [TestMethod]
    public void Nobody_who_answers_is_told_with_the_causes_that_a_board_has_and_is_exit_5()
    {
        Finding finding = Problem(new FakeMachine { Opens = _ => new Silence() }, "answer");
        Assert.Contains("Nothing answers", finding.Text);
        Assert.Contains("own USB was not plugged in", finding.Cause!);
        Assert.Contains("held in reset by DTR or RTS", finding.Cause!);
        Assert.Contains("both USB cables", finding.Cure!);
    }

    [TestMethod]
    public void A_board_of_another_version_is_exit_3_with_every_difference_and_its_cure()
    {
        using VirtualBoard board = Served();
        var machine = new FakeMachine { Opens = _ => new Liar(board.Connect(), frame => Liar.At(19, payload => payload.Span[4] = 9)(Liar.At(32, payload => payload.Span[8] = 99)(frame)!)) };
        Finding finding = Of(new Doctor(machine).Examine("/dev/ttyUSB0"), "versions");
        Assert.AreEqual(3, finding.ExitCode);
        Assert.Contains("firmware: the board has 0.9.0", finding.Text);
        Assert.Contains("board profile: the board has number 99", finding.Text);
        Assert.Contains("install a host that knows this board", finding.Cure!);
    }

    [TestMethod]
    public void A_virtual_board_where_a_real_one_is_asked_for_is_exit_3()
    {
        using VirtualBoard board = Served();
        var machine = new FakeMachine { Opens = _ => board.Connect() };
        Assert.AreEqual(3, Of(new Doctor(machine).Examine("/dev/ttyUSB0", new BoardExpectation { IsReal = true }), "versions").ExitCode);
    }

    [TestMethod]
    public void No_port_at_all_has_a_cause_for_each_system()
    {
        var linux = new FakeMachine();
        linux.Ports.Clear();
        Assert.Contains("power only", Of(new Doctor(linux).Examine(null), "ports").Cause!);
        linux.Files["/usr/lib/udev/rules.d/85-brltty.rules"] = "";
        Finding brltty = Of(new Doctor(linux).Examine(null), "ports");
        Assert.Contains("brltty", brltty.Cause!);
        Assert.Contains("apt remove brltty", brltty.Cure!);
        var windows = new FakeMachine { Platform = Platform.Windows };
        windows.Ports.Clear();
        Assert.Contains("Device Manager", Of(new Doctor(windows).Examine(null), "ports").Cure!);
        var mac = new FakeMachine { Platform = Platform.MacOs };
        mac.Ports.Clear();
        Assert.AreEqual(Severity.Warning, Of(new Doctor(mac).Examine(null), "ports").Severity);
    }

    [TestMethod]
    public void A_serial_port_of_the_pc_itself_is_no_port_for_a_board()
    {
        var machine = new FakeMachine();
        machine.Ports.Add("/dev/ttyS0");
        Assert.DoesNotContain("ttyS0", Of(new Doctor(machine).Examine(null), "ports").Text);
    }

    [TestMethod]
    public void ModemManager_is_told_of_until_the_rule_is_installed()
    {
        var machine = new FakeMachine();
        machine.Files["/proc/812/comm"] = "ModemManager";
        Finding finding = Of(new Doctor(machine).Examine(null), "probers");
        Assert.Contains("AT commands", finding.Cause!);
        machine.Files["/etc/udev/rules.d/60-escapement.rules"] = "";
        Assert.IsFalse(new Doctor(machine).Examine(null).Any(other => other.Id == "probers"));
    }

    [TestMethod]
    public void Nanoff_is_missing_or_outside_the_path_or_of_a_version()
    {
        var machine = new FakeMachine { NanoffSays = null };
        Assert.AreEqual("dotnet tool install -g nanoff --version 2.5.162", Of(new Doctor(machine).Examine(null), "nanoff").Cure);
        machine.Files["/home/alice/.dotnet/tools/nanoff"] = "";
        Assert.Contains("add /home/alice/.dotnet/tools to PATH", Of(new Doctor(machine).Examine(null), "nanoff").Cure!);
    }

    [TestMethod]
    public void An_older_dotnet_is_told()
    {
        Finding finding = Of(new Doctor(new FakeMachine { DotNet = new Version(8, 0, 4) }).Examine(null), "dotnet");
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("install .NET 10", finding.Cure!);
    }

    [TestMethod]
    public void Each_system_has_its_notes_and_what_was_never_run_says_so()
    {
        foreach ((Platform platform, string words) in new[] { (Platform.Linux, "Pseudo-terminals"), (Platform.MacOs, "nothing of this was run on macOS"), (Platform.Windows, "nothing of this was run on Windows"), (Platform.Other, "may") })
        {
            Finding finding = Of(new Doctor(new FakeMachine { Platform = platform }).Examine(null), "system");
            Assert.Contains(words, finding.Text + finding.Symptom);
        }
    }

    [TestMethod]
    public void On_macOS_the_name_that_waits_for_a_carrier_is_replaced_before_it_is_opened()
    {
        var machine = new FakeMachine { Platform = Platform.MacOs };
        Finding finding = Problem(machine, "name", "/dev/tty.usbserial-1");
        Assert.AreEqual("use /dev/cu.usbserial-1", finding.Cure);
        Assert.AreEqual(0, machine.Opened);
    }

    [TestMethod]
    public void Whatever_is_wrong_has_a_symptom_a_cause_and_a_cure()
    {
        var machine = new FakeMachine { Allowed = false, NanoffSays = null, DotNet = new Version(9, 0), Platform = Platform.Linux };
        machine.Files["/proc/812/comm"] = "ModemManager";
        IReadOnlyList<Finding> findings = new Doctor(machine).Examine("/dev/ttyUSB0");
        Finding[] wrong = [.. findings.Where(finding => finding.Severity is Severity.Warning or Severity.Problem)];
        Assert.HasCount(4, wrong);
        Assert.IsTrue(wrong.All(finding => finding is { Symptom.Length: > 0, Cause.Length: > 0, Cure.Length: > 0 }));
    }

    [TestMethod]
    public void The_command_ends_with_the_problems_code_and_its_json_holds_every_finding()
    {
        Cli machine = Cli.Run("doctor", "--json");
        Assert.AreEqual(0, machine.ExitCode, "without a port nothing was asked that could fail");
        string[] ids = [.. machine.Json.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("id").GetString()!)];
        CollectionAssert.IsSubsetOf(new[] { "dotnet", "system", "nanoff", "ports", "reset-lines" }, ids);
        Cli nothing = Cli.Run("doctor", "--json", "--port", "/dev/does-not-exist").Complains(5, "does-not-exist");
        Assert.AreEqual(5, nothing.Json.GetProperty("exitCode").GetInt32());
        Cli.Run("doctor", "--real").Complains(2, "--port");
        Cli.Run("doctor", "--port", " ").Complains(2, "empty");
    }

    [TestMethod]
    public void A_board_behind_a_pseudo_terminal_answers_the_whole_command()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("There are no pseudo-terminals.");
        }

        using VirtualBoard board = Served();
        using var terminal = new PtyExposure(board);
        Cli run = Cli.Run("doctor", "--port", terminal.Path);
        Assert.AreEqual(0, run.ExitCode, run.Out + run.Error);
        Assert.Contains("esp32-s3-devkitc-1 (virtual)", run.Out);
    }

    [TestMethod]
    public void The_udev_rule_names_every_bridge_and_keeps_the_probers_away()
    {
        using var folder = new Folder();
        Assert.AreEqual(0, Cli.Run("doctor", "--udev", folder["60.rules"]).ExitCode);
        string rule = File.ReadAllText(folder["60.rules"]);
        foreach (string line in rule.TrimEnd().Split('\n').Where(line => !line.StartsWith('#')))
        {
            Assert.Contains("ENV{ID_MM_DEVICE_IGNORE}=\"1\"", line);
            Assert.Contains("GROUP=\"dialout\"", line);
            Assert.Contains("SUBSYSTEM==\"tty\"", line);
        }

        foreach (string vendor in new[] { "10c4", "1a86", "0403", "303a" })
        {
            Assert.Contains($"ATTRS{{idVendor}}==\"{vendor}\"", rule);
        }
    }

    private static VirtualBoard Served()
    {
        var board = new VirtualBoard(new VirtualBoardOptions { RealTime = true });
        board.Start();
        return board;
    }

    private static Finding Of(IReadOnlyList<Finding> findings, string id) => findings.Single(finding => finding.Id == id);

    /// <summary>The only problem, with exit code 5.</summary>
    private static Finding Problem(FakeMachine machine, string id, string port = "/dev/ttyUSB0")
    {
        Finding finding = new Doctor(machine).Examine(port).Single(finding => finding.Severity == Severity.Problem);
        Assert.AreEqual(id, finding.Id);
        Assert.AreEqual(5, finding.ExitCode);
        Assert.IsTrue(finding is { Symptom.Length: > 0, Cause.Length: > 0, Cure.Length: > 0 });
        return finding;
    }

    /// <summary>A port at which nobody is.</summary>
    private sealed class Silence : ITransport
    {
        public string Name => "/dev/ttyUSB0";

        public int Read(Span<byte> buffer) => 0;

        public void Write(ReadOnlySpan<byte> bytes)
        {
        }

        public bool WaitReadable(TimeSpan atMost)
        {
            Thread.Sleep(atMost);
            return false;
        }

        public void Dispose()
        {
        }
    }

    /// <summary>A machine made of what the test says.</summary>
    private sealed class FakeMachine : IMachine
    {
        public FakeMachine() => Add("ttyUSB0", "10c4", "ea60");

        public Dictionary<string, string> Files { get; } = [];

        public Dictionary<string, string> Links { get; } = [];

        public List<string> Ports { get; } = [];

        public Platform Platform { get; init; } = Platform.Linux;

        public string System => "a system";

        public Version DotNet { get; init; } = new(10, 0, 1);

        public string Rid => "linux-x64";

        public string Home => "/home/alice";

        public bool Allowed { get; init; } = true;

        public string Group { get; init; } = "dialout";

        public string UsersGroups { get; init; } = "alice dialout";

        public string SessionGroups { get; init; } = "alice dialout";

        public string? NanoffSays { get; init; } = ".NET nanoFramework Firmware Flasher v2.5.162+abc";

        public Func<string, ITransport> Opens { get; init; } = _ => new Silence();

        public int Opened { get; private set; }

        public void Add(string name, string vendor, string product)
        {
            Ports.Add("/dev/" + name);
            Files["/dev/" + name] = "";
            Links[$"/sys/class/tty/{name}/device"] = $"/sys/devices/usb1/{name}/{name}:1.0/tty";
            Files[$"/sys/devices/usb1/{name}/idVendor"] = vendor;
            Files[$"/sys/devices/usb1/{name}/idProduct"] = product;
        }

        public string[] PortNames() => [.. Ports];

        public bool Exists(string path) => Files.ContainsKey(path);

        public string? ReadText(string path) => Files.GetValueOrDefault(path);

        public IReadOnlyList<string> List(string folder) => [.. Files.Keys.Concat(Links.Keys).Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)).Select(path => folder + "/" + path[(folder.Length + 1)..].Split('/')[0]).Distinct()];

        public string? Resolve(string path) => Links.GetValueOrDefault(path) ?? (Exists(path) ? path : null);

        public string? LinkOf(string path) => Links.GetValueOrDefault(path);

        public bool MayUse(string path) => Allowed;

        public string? Run(string program, params string[] arguments) => (program, string.Join(' ', arguments)) switch
        {
            ("nanoff", _) => NanoffSays,
            ("stat", _) => Group + "\n",
            ("id", "-un") => "alice\n",
            ("id", "-Gn alice") => UsersGroups + "\n",
            ("id", "-Gn") => SessionGroups + "\n",
            _ => null,
        };

        public ITransport Open(string port)
        {
            Opened++;
            return Opens(port);
        }
    }
}
