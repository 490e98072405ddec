using System.Diagnostics;
using System.Text.Json;
using Escapement.Host;
using Escapement.Host.Tests;
using Escapement.Link;

namespace Escapement.Cli.Tests;

/// <summary>Flashing with a flasher that behaves, fails, hangs and lies, onto a board that answers for itself.</summary>
[TestClass]
public sealed partial class FlashTests : IDisposable
{
    private const string Uid = "00112233445566778899aabbccddeeff";

    private readonly Folder folder = new();
    private readonly FakeNanoff nanoff = new();
    private readonly string image;
    private readonly AppImage made;
    private BoardBehindProxy? board;

    public FlashTests()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("The fake flasher is a shell script.");
        }

        made = AppImage.Build(new WholeProgram().Files(), PinnedAssemblies.Versions);
        image = folder["app.bin"];
        File.WriteAllBytes(image, made.Bytes.ToArray());
    }

    private BoardBehindProxy Board => board ??= new BoardBehindProxy(nanoff);

    public void Dispose()
    {
        board?.Dispose();
        nanoff.Dispose();
        folder.Dispose();
    }

    [TestMethod]
    public void Chip_runtime_identity_and_firmware_in_this_order_and_then_the_boards_own_word()
    {
        Cli flash = Flash("--uid", Uid, "--json");
        Assert.AreEqual(0, flash.ExitCode, flash.Error);
        JsonElement json = flash.Json;
        Assert.AreEqual("flashed", json.GetProperty("verdict").GetString());
        Assert.AreEqual(made.Tag, json.GetProperty("buildTag").GetString());
        Assert.AreEqual(Uid, json.GetProperty("uid").GetString());
        Assert.AreEqual("ESP32-S3", json.GetProperty("chip").GetString());
        CollectionAssert.AreEqual(made.Bytes.ToArray(), nanoff.Flashed);
        Assert.AreEqual($"escapement 1\nboard esp32-s3-devkitc-1\nuid {Uid}\ncrc ", nanoff.Identity![..^9]);
        string[] calls = [.. nanoff.Calls];
        string port = "--serialport " + nanoff.Port;
        Assert.HasCount(6, calls);
        Assert.AreEqual("--version", calls[0]);
        Assert.AreEqual($"--suppressnanoffversioncheck --platform esp32 {port} --devicedetails", calls[1]);
        Assert.AreEqual($"--suppressnanoffversioncheck --target ESP32_S3_OCTAL {port} --update --fwversion 1.17.0.339 --verbosity minimal", calls[2]);
        Assert.AreEqual($"--suppressnanoffversioncheck --nanodevice {port} --devicedetails", calls[3]);
        Assert.StartsWith("--suppressnanoffversioncheck --filedeployment ", calls[4]);
        Assert.EndsWith(" " + port, calls[4]);
        Assert.StartsWith($"--suppressnanoffversioncheck --target ESP32_S3_OCTAL {port} --deploy --image ", calls[5]);
        Assert.EndsWith(" --address 0x1B0000", calls[5], "the flasher's own address is wrong for some chips");
        Assert.IsFalse(File.Exists(calls[5].Split(' ')[^3]), "the files made for flashing are gone");
    }

    [TestMethod]
    public void The_text_says_what_the_board_says_and_the_firmware_may_be_given_as_a_folder()
    {
        new WholeProgram().WriteTo(Directory.CreateDirectory(folder["release"]).FullName);
        Cli flash = Cli.Run("flash", "--board", "esp32-s3-devkitc-1", "--port", nanoff.Port, "--tcp", Board.Where, "--folder", folder["release"], "--nanoff", nanoff.Path, "--uid", Uid, "--skip-runtime", "--baud", "115200");
        Assert.AreEqual(0, flash.ExitCode, flash.Error);
        foreach (string words in new[] { "- write the firmware", "ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))", "ESP32_S3_OCTAL 1.17.0.339", "1 esp32-s3-devkitc-1", "build tag " + made.Tag, Uid, "OK: the board itself says" })
        {
            Assert.Contains(words, flash.Out);
        }

        CollectionAssert.AreEqual(made.Bytes.ToArray(), nanoff.Flashed);
        Assert.IsFalse(nanoff.Calls.Any(call => call.Contains("--update", StringComparison.Ordinal)), "--skip-runtime");
        Assert.HasCount(2, nanoff.Calls.Where(call => call.Contains("--baud 115200", StringComparison.Ordinal)).ToList());
    }

    [TestMethod]
    public void A_board_keeps_its_UID_and_new_gives_another()
    {
        Assert.AreEqual(new Virtual.VirtualBoardOptions().Uid, Flash("--json").Json.GetProperty("uid").GetString(), "what was there before");
        Assert.AreEqual(0, Flash("--uid", Uid).ExitCode);
        Cli again = Flash("--json", "--erase", "--archive", folder.Path);
        Assert.AreEqual(Uid, again.Json.GetProperty("uid").GetString(), again.Error);
        Assert.IsTrue(nanoff.Calls.Any(call => call.Contains($"--update --fwversion 1.17.0.339 --archivepath {folder.Path} --fromarchive --masserase", StringComparison.Ordinal)));
        string other = Flash("--json", "--uid", "new").Json.GetProperty("uid").GetString()!;
        Assert.AreEqual(32, other.Length);
        Assert.AreNotEqual(Uid, other);
    }

    [TestMethod]
    public void A_new_board_gets_the_record_of_a_board_that_has_never_run_before_its_identity()
    {
        Board.Lie = (address, payload) => payload[0] ^= address == RegisterAddress.Identity && nanoff.Flashed is null ? (byte)1 : (byte)0;
        nanoff.Files = "cp \"$list\" \"$here/list\"; cp \"$(sed 's/.*Files\":.{\"DestinationFilePath\":\"[^\"]*\",\"SourceFilePath\":\"\\([^\"]*\\)\".*/\\1/' \"$list\")\" \"$here/first\"; " + nanoff.Files;
        Cli flash = Flash("--uid", Uid, "--json", "--new-board");
        Assert.AreEqual(0, flash.ExitCode, flash.Error + flash.Out);
        CollectionAssert.AreEqual(HistoryFile.Blank(), File.ReadAllBytes(nanoff["first"]));
        JsonElement[] files = [.. JsonDocument.Parse(File.ReadAllText(nanoff["list"])).RootElement.GetProperty("Files").EnumerateArray()];
        CollectionAssert.AreEqual(new[] { @"I:\escapement.0", @"I:\escapement.id" }, files.Select(file => file.GetProperty("DestinationFilePath").GetString()).ToArray());
        Assert.Contains("escapement 1", nanoff.Identity!);
    }

    [TestMethod]
    public void A_board_that_answers_is_not_new_and_keeps_its_record()
    {
        Flash("--new-board").Complains(3, "it has run and keeps its own record");
        Assert.IsTrue(nanoff.Calls.All(call => call == "--version"), "nothing was written");
        Assert.AreEqual(0, Flash("--json").ExitCode);
        Assert.DoesNotContain("escapement.0", string.Concat(nanoff.Calls));
    }

    [TestMethod]
    public void The_record_of_a_new_board_is_in_the_commands_for_a_shell_byte_for_byte()
    {
        Cli dry = Cli.Run("flash", "--board", "esp32-devkitc", "--port", "x", "--image", image, "--uid", Uid, "--nanoff", "/bin/true", "--new-board", "--dry-run");
        Assert.AreEqual(0, dry.ExitCode, dry.Error);
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-e", folder.Write("script.sh", dry.Out)]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true })!;
        shell.WaitForExit();
        CollectionAssert.AreEqual(HistoryFile.Blank(), File.ReadAllBytes(folder["escapement.0"]));
        JsonElement json = Cli.Run("flash", "--board", "esp32-devkitc", "--port", "x", "--image", image, "--new-board", "--dry-run", "--json").Json;
        Assert.AreEqual(Convert.ToHexStringLower(HistoryFile.Blank()), json.GetProperty("historyFile").GetString());
    }

    [TestMethod]
    public void A_flasher_that_fails_is_exit_4_with_its_words_and_nothing_more_is_called()
    {
        nanoff.Update = "echo 'Error E4003: Failed to write new firmware to ESP32. (timeout)'; exit 163";
        Cli flash = Flash();
        flash.Complains(4, "could not write the runtime ESP32_S3_OCTAL 1.17.0.339");
        Assert.Contains("code 4003: writing failed", flash.Error);
        Assert.Contains("nanoff wrote:\nError E4003", flash.Out);
        Assert.Contains("--update", nanoff.Calls[^1]);
        Assert.AreEqual("failed", Flash("--json").Json.GetProperty("verdict").GetString());
    }

    [TestMethod]
    [DataRow("files", "echo 'Deploying file a to b...'; echo 'Error deploying content file a to b'")]
    [DataRow("firmware", "echo 'No operation was performed with the options supplied.'")]
    [DataRow("runtime", "echo 'Failure to download package.'")]
    public void A_flasher_that_prints_errors_with_exit_code_0_is_exit_4(string step, string script)
    {
        nanoff.Files = step == "files" ? script : nanoff.Files;
        nanoff.Deploy = step == "firmware" ? script : nanoff.Deploy;
        nanoff.Update = step == "runtime" ? script : nanoff.Update;
        Flash().Complains(4, "its exit code says success, its output does not");
    }

    [TestMethod]
    public void A_flasher_that_hangs_is_ended_and_exit_4()
    {
        nanoff.Chip = "echo $$ > \"$here/pid\"; echo 'Reading details'; sleep 600";
        Flash("--limit-s", "1").Complains(4, "did not end within 1 s");
        int process = int.Parse(File.ReadAllText(nanoff["pid"]), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process), "the flasher still runs");
    }

    [TestMethod]
    public void A_flasher_that_reports_success_and_writes_nothing_is_found_out_by_the_boards_build_tag()
    {
        nanoff.Deploy = "echo 'Flashing deployment partition...OK'";
        Cli flash = Flash();
        flash.Complains(3, "reported success, and the board is not what was flashed");
        Assert.Contains("build tag: the board has ", flash.Error);
        Assert.Contains(made.Tag!, flash.Error);
    }

    [TestMethod]
    public void An_identity_file_that_did_not_arrive_and_a_foreign_board_are_found_out_together()
    {
        nanoff.Files = "echo 'Deploying file a to b...OK'";
        Board.Lie = (address, payload) =>
        {
            if (address == RegisterAddress.Identity)
            {
                payload[8] = 2;
            }
        };
        Cli flash = Flash("--uid", Uid);
        flash.Complains(3, "UID: the board has ");
        Assert.Contains(Uid, flash.Error);
        Assert.Contains("board profile: the board has number 2", flash.Error);
    }

    [TestMethod]
    public void Another_register_map_or_firmware_after_flashing_is_named()
    {
        Board.Lie = (address, payload) =>
        {
            if (address == RegisterAddress.Version)
            {
                payload[4]++;
                payload[12]++;
            }
        };
        Cli flash = Flash();
        flash.Complains(3, "device.yml: the board has SHA-1");
        Assert.Contains("firmware: the board has 0.2.0", flash.Error);
    }

    [TestMethod]
    public void A_virtual_board_is_not_flashed()
    {
        Cli.Run("flash", "--board", "esp32-s3-devkitc-1", "--port", nanoff.Port, "--tcp", Board.Naked, "--image", image, "--nanoff", nanoff.Path).Complains(3, "a virtual board is not flashed");
        Assert.HasCount(1, nanoff.Calls);
    }

    [TestMethod]
    [DataRow(4, "Armed")]
    [DataRow(5, "Running")]
    [DataRow(6, "Held")]
    public void A_board_in_a_session_is_not_touched(int state, string name)
    {
        Board.Lie = (address, payload) =>
        {
            if (address == RegisterAddress.Status)
            {
                payload[8] = (byte)state;
            }
        };
        Flash().Complains(3, $"is {name}; end its session first");
        CollectionAssert.AreEqual(new[] { "--version" }, nanoff.Calls.ToArray());
    }

    [TestMethod]
    public void Another_chip_and_a_small_flash_are_refused_before_anything_is_written()
    {
        nanoff.Chip = FakeNanoff.ChipOf("ESP32", "4MB");
        Flash().Complains(3, "is an ESP32, and esp32-s3-devkitc-1 has an ESP32-S3");
        nanoff.Chip = FakeNanoff.ChipOf("ESP32-S3", "4MB");
        Flash().Complains(3, "has 4 MB of flash");
        nanoff.Chip = "echo hello";
        Flash().Complains(4, "did not say which chip");
        Assert.IsNull(nanoff.Flashed);
        Assert.IsFalse(nanoff.Calls.Any(call => call.Contains("--update", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_runtime_that_is_not_the_pinned_one_is_found_out_and_never_gets_the_firmware()
    {
        nanoff.Details = FakeNanoff.DetailsOf("ESP32_S3_OCTAL", "1.17.0.300");
        Flash().Complains(4, "the runtime on the board is ESP32_S3_OCTAL 1.17.0.300");
        Flash("--skip-runtime").Complains(3, "leave --skip-runtime away");
        nanoff.Details = FakeNanoff.DetailsOf("ESP32_S3_QUAD", "1.17.0.339");
        Flash().Complains(4, "ESP32_S3_QUAD");
        nanoff.Details = FakeNanoff.DetailsOf("ESP32_S3_OCTAL", "1.17.0.339", "nanoFramework.Hardware.Esp32.Rmt v100.0.5.1, checksum 0x8ADAC728");
        Flash().Complains(3, "nanoFramework.Hardware.Esp32.Rmt 3.0.1.0 is for native part 0x00000000, the runtime has 0x8ADAC728");
        Assert.IsNull(nanoff.Flashed);
    }

    [TestMethod]
    public void What_talks_to_a_runtime_that_still_boots_is_tried_again()
    {
        string good = nanoff.Details;
        nanoff.Details = "if [ ! -e \"$here/second\" ]; then touch \"$here/second\"; echo 'Error E2001: Error occurred with listing nano devices.'; exit 209; fi\n" + good;
        Cli flash = Flash();
        Assert.AreEqual(0, flash.ExitCode, flash.Error);
        Assert.HasCount(2, nanoff.Calls.Where(call => call.Contains("--nanodevice", StringComparison.Ordinal)).ToList());
    }

    [TestMethod]
    public void A_flasher_that_is_missing_old_or_something_else_is_refused_with_how_to_get_it()
    {
        Cli.Run(Words("--nanoff", nanoff["none"])).Complains(2, "dotnet tool install -g nanoff --version 2.5.162");
        nanoff.Version = "echo 'nanoff 2.5.96+x'";
        Flash().Complains(3, "version 2.5.96; versions before 2.5.162");
        nanoff.Version = "echo 'hello 9.9.9'";
        Flash().Complains(2, "did not say that it is nanoff");
        Cli.Run(Words("--nanoff", folder.Write("text", "no program"))).Complains(2, "cannot be started");
        using Process run = Start(new Dictionary<string, string> { ["HOME"] = folder.Path, ["PATH"] = folder.Path }, Words());
        Assert.IsTrue(run.WaitForExit(60_000));
        string error = run.StandardError.ReadToEnd();
        Assert.AreEqual(2, run.ExitCode, error);
        Assert.Contains("neither on PATH nor in", error);
    }

    [TestMethod]
    public void No_port_no_link_and_a_board_that_stays_silent_are_exit_5()
    {
        Cli.Run("flash", "--board", "esp32-s3-devkitc-1", "--port", "/dev/ttyNONE9", "--tcp", Board.Where, "--image", image, "--nanoff", nanoff.Path).Complains(5, "There is no serial port '/dev/ttyNONE9'");
        Cli.Run("flash", "--board", "esp32-s3-devkitc-1", "--port", nanoff.Port, "--tcp", "127.0.0.1:1", "--image", image, "--nanoff", nanoff.Path).Complains(5, "Nobody listens");
        Assert.IsTrue(nanoff.Calls.All(call => call == "--version"), "nothing was touched");
        File.WriteAllText(nanoff["dead"], string.Empty);
        Flash().Complains(5, "closed the connection");
        Assert.IsTrue(nanoff.Calls.All(call => call == "--version"), "a link that breaks is no silence");
        File.Delete(nanoff["dead"]);
        nanoff.Deploy = "touch \"$here/dead\"; " + nanoff.Deploy;
        Cli silent = Flash("--boot-s", "1", "--json");
        silent.Complains(5, "the board has not answered for 1 s");
        Assert.AreEqual("noLink", silent.Json.GetProperty("verdict").GetString());
    }

    [TestMethod]
    public void Bad_options_are_refused_before_anything_is_called()
    {
        string[] Without(params string[] words) => ["flash", "--board", "esp32-s3-devkitc-1", "--port", nanoff.Port, "--nanoff", nanoff.Path, .. words];
        Cli.Run(Without("--image", image)).Complains(2, "--link: the host link is missing");
        Cli.Run(Without("--image", image, "--link", nanoff.Port)).Complains(2, "is another cable");
        Cli.Run(Without("--tcp", "1")).Complains(2, "--image and --folder: give one");
        Cli.Run(Without("--image", image, "--folder", folder.Path, "--tcp", "1")).Complains(2, "--image and --folder: give one");
        Cli.Run(Without("--image", image, "--tcp", "1", "--link", "x")).Complains(2, "leave one of them away");
        Cli.Run(Without("--image", image, "--tcp", "1", "--uid", "12")).Complains(2, "'12' is no unique identifier");
        Cli.Run(Without("--image", image, "--tcp", "1", "--uid", new string('0', 32))).Complains(2, "zeros mean");
        Cli.Run(Without("--image", image, "--tcp", "1", "--erase", "--skip-runtime")).Complains(2, "erasing takes the runtime away");
        Cli.Run(Without("--image", folder.Write("bad.bin", "hello"), "--tcp", "1")).Complains(2, "not a .pe file");
        Cli.Run(Without("--image", image, "--tcp", "1", "--archive", folder["none"])).Complains(2, "--updatearchive --target ESP32_S3_OCTAL --fwversion 1.17.0.339");
        Cli.Run(Without("--image", folder["none"], "--tcp", "1")).Complains(2, "no such file");
        Cli.Run("flash", "--board", "esp32-s3-devkitc-2", "--port", "x").Complains(2, "did you mean 'esp32-s3-devkitc-1'");
        Assert.IsEmpty(nanoff.Calls);
    }

    [TestMethod]
    public void Firmware_without_a_build_mark_is_flashed_with_a_warning()
    {
        var program = new WholeProgram();
        program.Part("Escapement.Firmware").Code = "no mark"u8.ToArray();
        File.WriteAllBytes(image, AppImage.Build(program.Files(), PinnedAssemblies.Versions).Bytes.ToArray());
        nanoff.Deploy = "echo OK";
        Cli flash = Flash("--json");
        Assert.AreEqual(0, flash.ExitCode, flash.Error);
        Assert.Contains("build mark", flash.Json.GetProperty("notices")[0].GetString()!);
    }

    [TestMethod]
    public void A_dry_run_calls_nothing_and_its_lines_in_a_shell_do_what_flashing_does()
    {
        string odd = folder["it's an image.bin"];
        File.Copy(image, odd);
        Cli dry = Cli.Run("flash", "--board", "esp32-devkitc", "--port", "/dev/tty USB0", "--image", odd, "--uid", Uid, "--nanoff", nanoff.Path, "--dry-run");
        Assert.AreEqual(0, dry.ExitCode, dry.Error);
        Assert.IsEmpty(nanoff.Calls, "nothing was called");
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-e", folder.Write("script.sh", dry.Out)]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true })!;
        shell.StandardOutput.ReadToEnd();
        Assert.IsTrue(shell.WaitForExit(60_000));
        Assert.AreEqual(0, shell.ExitCode, dry.Out);
        CollectionAssert.AreEqual(File.ReadAllBytes(odd), nanoff.Flashed);
        Assert.AreEqual($"escapement 1\nboard esp32-devkitc\nuid {Uid}\ncrc ", nanoff.Identity![..^9]);
        CollectionAssert.AreEqual(
            new[]
            {
                "--suppressnanoffversioncheck --platform esp32 --serialport /dev/tty USB0 --devicedetails",
                "--suppressnanoffversioncheck --target ESP32_REV3 --serialport /dev/tty USB0 --update --fwversion 1.17.0.339 --verbosity minimal",
                "--suppressnanoffversioncheck --nanodevice --serialport /dev/tty USB0 --devicedetails",
                "--suppressnanoffversioncheck --filedeployment escapement.files.json --serialport /dev/tty USB0",
                $"--suppressnanoffversioncheck --target ESP32_REV3 --serialport /dev/tty USB0 --deploy --image {odd} --address 0x1E0000",
            },
            nanoff.Calls.ToArray());
        JsonElement json = Cli.Run("flash", "--board", "esp32-devkitc", "--port", "x", "--image", odd, "--dry-run", "--json").Json;
        Assert.AreEqual("dryRun", json.GetProperty("verdict").GetString());
        Assert.AreEqual(5, json.GetProperty("commands").GetArrayLength());
        Assert.AreEqual("nanoff", json.GetProperty("commands")[0][0].GetString());
    }

    [TestMethod]
    public void Ctrl_C_ends_the_flasher_and_says_what_the_board_may_hold()
    {
        nanoff.Update = "echo $$ > \"$here/pid\"; sleep 600";
        nanoff.Write();
        using Process run = Start([], Words("--tcp", Board.Where));
        Assert.IsTrue(SpinWait.SpinUntil(() => File.Exists(nanoff["pid"]) && File.ReadAllText(nanoff["pid"]).EndsWith('\n'), 60_000));
        Assert.AreEqual(0, kill(run.Id, 2));
        Assert.IsTrue(run.WaitForExit(60_000));
        string error = run.StandardError.ReadToEnd();
        Assert.AreEqual(4, run.ExitCode, error);
        Assert.Contains("stopped while it was to write the runtime", error);
        int process = int.Parse(File.ReadAllText(nanoff["pid"]), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process), "the flasher still runs");
    }

    private string[] Words(params string[] more)
    {
        string[] link = more.Contains("--tcp") ? [] : ["--tcp", "127.0.0.1:1"];
        string[] tool = more.Contains("--nanoff") || more.Length == 0 ? [] : ["--nanoff", nanoff.Path];
        return ["flash", "--board", "esp32-s3-devkitc-1", "--port", nanoff.Port, "--image", image, .. link, .. tool, .. more];
    }

    private Cli Flash(params string[] more)
    {
        nanoff.Write();
        return Cli.Run(Words([.. more, "--tcp", Board.Where]));
    }

    private static Process Start(Dictionary<string, string> environment, string[] words)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet");
        var start = new ProcessStartInfo(host, [Path.Combine(AppContext.BaseDirectory, "Escapement.Cli.dll"), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    [System.Runtime.InteropServices.LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
