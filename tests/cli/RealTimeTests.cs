using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Escapement.Virtual;

namespace Escapement.Cli.Tests;

/// <summary>The command against a served board, and its reaction to signals. Waits are bounds against hanging, not measurements.</summary>
[TestClass]
public partial class RealTimeTests
{
    private const int SigInt = 2;
    private const int PatienceMs = 60_000;

    private const string ThreePulses = "name: three\npulsesPerBurst: 3\ninterPulseIntervalMs: 50\n";
    private const string OneHertz = "name: slow\npulsesPerBurst: 300\ninterPulseIntervalS: 1\n";

    [TestMethod]
    public void A_session_over_tcp_completes_without_a_referee_and_the_monitor_watches_the_board()
    {
        using var folder = new Folder();
        using var board = new VirtualBoard(new VirtualBoardOptions { RealTime = true });
        board.Start();
        using var tcp = new TcpExposure(board);
        string where = $"127.0.0.1:{tcp.Port}";
        Cli run = Cli.Run("run", folder.Write("three.yaml", ThreePulses), "--tcp", where, "--json", "--out", folder["r"]);
        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.AreEqual(3, run.Json.GetProperty("pulsesCounted").GetInt32());
        Assert.AreEqual(JsonValueKind.Null, run.Json.GetProperty("pulsesEmitted").ValueKind);
        Assert.AreEqual(100_000, run.Json.GetProperty("durationUs").GetDouble());
        Assert.IsFalse(File.Exists(folder["r/edges.csv"]), "no referee, no edges");
        Cli monitor = Again(() => Cli.Run("monitor", "--tcp", where, "--json", "--count", "2", "--every-ms", "20"));
        Assert.AreEqual("Done", monitor.Json.GetProperty("state").GetString());
        CollectionAssert.AreEqual(new[] { "footSwitch", "coilTemperature" }, monitor.Json.GetProperty("absentInputs").EnumerateArray().Select(name => name.GetString()).ToArray());
        Assert.AreEqual("closed", monitor.Json.GetProperty("inputs")[0].GetProperty("state").GetString());
        Assert.IsTrue(monitor.Json.GetProperty("inhibits").EnumerateArray().All(reason => reason.GetProperty("sentence").GetString()!.Length > 0 && reason.GetProperty("cure").GetString()!.Length > 0));
    }

    [TestMethod]
    public void Ctrl_C_stops_the_board_waits_for_its_word_and_ends_with_4_and_a_record_that_says_aborted()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Signals are sent with kill(2).");
        }

        using var folder = new Folder();
        using Process board = Start("virtual", "--json");
        try
        {
            string where = JsonDocument.Parse(board.StandardOutput.ReadLine()!).RootElement.GetProperty("tcp").GetString()!;
            using Process run = Start("run", folder.Write("slow.yaml", OneHertz), "--tcp", where, "--out", folder["r"]);
            string? line;
            do
            {
                line = run.StandardOutput.ReadLine();
            }
            while (line is not null && !line.Contains("state Running", StringComparison.Ordinal));
            Assert.AreEqual(0, kill(run.Id, SigInt));
            string rest = run.StandardOutput.ReadToEnd();
            Assert.IsTrue(run.WaitForExit(PatienceMs));
            Assert.AreEqual(4, run.ExitCode, run.StandardError.ReadToEnd());
            Assert.Contains("aborted", rest);
            JsonElement session = JsonDocument.Parse(File.ReadAllText(folder["r/session.json"])).RootElement;
            Assert.AreEqual("aborted", session.GetProperty("verdict").GetString());
            Assert.IsTrue(session.GetProperty("stopConfirmed").GetBoolean());
            Assert.AreEqual("Idle", session.GetProperty("finalState").GetString());
            Assert.AreEqual(0, kill(board.Id, SigInt));
            Assert.IsTrue(board.WaitForExit(PatienceMs));
            Assert.AreEqual(0, board.ExitCode, "a served board ends well");
        }
        finally
        {
            if (!board.HasExited)
            {
                board.Kill();
            }
        }
    }

    [TestMethod]
    public void A_board_that_goes_away_during_the_run_is_exit_5_and_never_completed()
    {
        using var folder = new Folder();
        var board = new VirtualBoard(new VirtualBoardOptions { RealTime = true });
        board.Start();
        var tcp = new TcpExposure(board);
        string where = $"127.0.0.1:{tcp.Port}";
        string slow = folder.Write("slow.yaml", OneHertz);
        var run = Task.Run(() => Cli.Run("run", slow, "--tcp", where, "--json", "--out", folder["r"]));
        Assert.IsTrue(SpinWait.SpinUntil(() => board.Bench.Referee.Pulses(Escapement.Rig.RefereeSignal.Stimulator) > 0, PatienceMs));
        tcp.Dispose();
        board.Dispose();
        Assert.IsTrue(run.Wait(PatienceMs));
        Assert.AreEqual(5, run.Result.ExitCode, run.Result.Error);
        Assert.AreEqual("aborted", run.Result.Json.GetProperty("verdict").GetString());
    }

    [TestMethod]
    public void A_serial_port_that_hangs_up_during_the_run_is_exit_5_and_the_record_is_kept()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("There are no pseudo-terminals.");
        }

        using var folder = new Folder();
        var board = new VirtualBoard(new VirtualBoardOptions { RealTime = true });
        board.Start();
        var terminal = new PtyExposure(board);
        string port = terminal.Path;
        string slow = folder.Write("slow.yaml", OneHertz);
        var run = Task.Run(() => Cli.Run("run", slow, "--port", port, "--json", "--out", folder["r"]));
        Assert.IsTrue(SpinWait.SpinUntil(() => board.Bench.Referee.Pulses(Escapement.Rig.RefereeSignal.Stimulator) > 0, PatienceMs));
        terminal.Dispose();
        board.Dispose();
        Assert.IsTrue(run.Wait(PatienceMs));
        run.Result.Complains(5, "was lost");
        Assert.AreEqual("aborted", run.Result.Json.GetProperty("verdict").GetString());
        Assert.IsTrue(File.Exists(folder["r/session.json"]));
    }

    [TestMethod]
    public void A_pseudo_terminal_is_a_serial_port_to_the_command()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("There are no pseudo-terminals.");
        }

        using var folder = new Folder();
        using var board = new VirtualBoard(new VirtualBoardOptions { RealTime = true });
        board.Start();
        using var terminal = new PtyExposure(board);
        Cli run = Cli.Run("run", folder.Write("three.yaml", ThreePulses), "--port", terminal.Path, "--json");
        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.AreEqual(3, run.Json.GetProperty("pulsesCounted").GetInt32());
    }

    [TestMethod]
    public void A_virtual_board_where_a_real_one_is_asked_for_is_exit_3_and_nothing_is_written()
    {
        using var folder = new Folder();
        using var board = new VirtualBoard(new VirtualBoardOptions { RealTime = true });
        board.Start();
        using var tcp = new TcpExposure(board);
        Cli.Run("run", folder.Write("three.yaml", ThreePulses), "--tcp", $"127.0.0.1:{tcp.Port}", "--real").Complains(3, "kind: the board has virtual, needed is real");
        Assert.AreEqual(0, board.Bench.Referee.Pulses(Escapement.Rig.RefereeSignal.Trigger));
    }

    /// <summary>A served board takes one client at a time and may need a moment to notice that the last one has left.</summary>
    private static Cli Again(Func<Cli> command)
    {
        Cli last = command();
        for (int i = 0; i < 20 && last.ExitCode == 5; i++)
        {
            Thread.Sleep(100);
            last = command();
        }

        return last;
    }

    private static Process Start(params string[] args)
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "Escapement.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [dll, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
