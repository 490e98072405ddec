using System.Text.RegularExpressions;
using Escapement.Boards;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>Looks at a machine, its serial ports, and what answers at one of them: each finding with symptom, cause and cure.</summary>
public sealed partial class Doctor(IMachine machine)
{
    private static readonly Version NeededDotNet = new(10, 0);
    private readonly List<Finding> findings = [];

    /// <summary>Everything, in the order in which one would look.</summary>
    /// <param name="port">The port that is meant; null for none.</param>
    /// <param name="asked">What is asked of the board there.</param>
    public IReadOnlyList<Finding> Examine(string? port, BoardExpectation? asked = null)
    {
        findings.Clear();
        LookAtDotNet();
        LookAtSystem();
        LookAtNanoff();
        string[] ports = [.. machine.PortNames().Where(IsOnUsb)];
        LookForPorts(ports);
        string? meant = port is null ? null : machine.Resolve(port) ?? port;
        foreach (string name in ports.Where(name => name != meant && name != port))
        {
            LookAtPort(name, isMeant: false);
        }

        if (port is not null && machine.Exists(port))
        {
            LookAtPort(port, isMeant: true);
        }

        LookForProbers();
        Note("reset-lines", "Ports are opened with RTS low first, then DTR: on many boards these lines pull reset and boot select, and RTS alone asserted holds the board in reset. A terminal program that asserts them restarts the board or keeps it down.");
        if (port is not null)
        {
            LookAtNamed(port, ports, asked);
        }

        return findings;
    }

    /// <summary>Linux lists every serial port that a PC might have; boards are on USB.</summary>
    private bool IsOnUsb(string port) => machine.Platform != Platform.Linux || UsbDevice.Of(machine, port) is not null;

    private void LookAtDotNet()
    {
        if (machine.DotNet >= NeededDotNet)
        {
            Ok("dotnet", $".NET {machine.DotNet} on {machine.Rid}.");
            return;
        }

        Warn("dotnet", $".NET {machine.DotNet} on {machine.Rid}.", "Commands fail with errors about missing methods.", $"This program is made for .NET {NeededDotNet} and runs on an older one by roll-forward settings.", $"install .NET {NeededDotNet} (https://dotnet.microsoft.com/download)");
    }

    private void LookAtSystem()
    {
        string pty = "Pseudo-terminals (virtual --pty) carry no baud rate and no DTR or RTS; clients that insist on DTR connect by TCP.";
        switch (machine.Platform)
        {
            case Platform.Linux:
                Ok("system", $"{machine.System}. {pty}");
                break;
            case Platform.MacOs:
                Note("system", $"{machine.System}: it should all work, but nothing of this was run on macOS by those who made it. Use /dev/cu.* names: /dev/tty.* waits for a carrier. {pty}");
                break;
            case Platform.Windows:
                Note("system", $"{machine.System}: it should all work but pseudo-terminals, which do not exist there, but nothing of this was run on Windows by those who made it. Ports are called COM3 and the like; bridges need their maker's driver.");
                break;
            default:
                Warn("system", $"{machine.System}.", "Serial ports may not be found.", "This system is not one that .NET's serial ports know.", "use Linux, macOS or Windows, or a board behind TCP");
                break;
        }
    }

    private void LookAtNanoff()
    {
        string tools = machine.Platform == Platform.Windows ? machine.Home + @"\.dotnet\tools" : machine.Home + "/.dotnet/tools";
        if (machine.Run("nanoff", "--version") is { } said)
        {
            Ok("nanoff", $"nanoff {VersionIn().Match(said) switch { { Success: true } found => found.Value, _ => "of an unknown version" }}.");
        }
        else if (machine.Exists(tools + (machine.Platform == Platform.Windows ? @"\nanoff.exe" : "/nanoff")))
        {
            Warn("nanoff", $"nanoff is installed in {tools}, but cannot be run by its name.", "A shell does not find nanoff; 'escapement flash' looks there too.", $"{tools} is not in PATH, or nanoff does not start.", $"add {tools} to PATH and open a new terminal");
        }
        else
        {
            Warn("nanoff", "nanoff is not installed.", "'escapement flash' cannot flash a board; everything else works.", "The flasher of .NET nanoFramework is a tool of its own.", Nanoff.Install);
        }
    }

    private void LookForPorts(string[] ports)
    {
        if (ports.Length > 0)
        {
            Ok("ports", $"Serial ports that a board may be behind: {string.Join(", ", ports)}.");
            return;
        }

        Warn("ports", "No serial port that a board may be behind.", "A board is plugged in and no port appears.", Cause(), Cure());

        string Cause() => machine.Platform switch
        {
            Platform.Linux when HasBrltty() => "The cable carries power only, or brltty (for Braille displays) takes the bridge away as soon as it appears: its rules name the same USB ids.",
            Platform.Windows => "The cable carries power only, or the bridge's driver is missing.",
            _ => "No board is plugged in, or the cable carries power only.",
        };

        string Cure() => machine.Platform switch
        {
            Platform.Linux when HasBrltty() => "try another cable; then, unless you use a Braille display, sudo apt remove brltty, or " + UdevRule.Install,
            Platform.Windows => "try another cable; then install the driver of the bridge (CP210x, CH340 or FTDI) and look for it in the Device Manager",
            _ => "plug the board in with a cable that carries data, and look again",
        };
    }

    private bool HasBrltty() => machine.List("/usr/lib/udev/rules.d").Concat(machine.List("/etc/udev/rules.d")).Any(path => path.EndsWith("brltty.rules", StringComparison.Ordinal));

    private void LookAtPort(string port, bool isMeant)
    {
        string what = machine.Platform == Platform.Linux ? UsbDevice.Of(machine, port)?.ToString() ?? "not on USB" : "the system does not say what is behind it";
        if (machine.Platform == Platform.Linux && !machine.MayUse(port))
        {
            NotAllowed(port, what, isMeant);
            return;
        }

        string[] users = machine.Platform == Platform.Linux ? Users(port) : [];
        if (users.Length > 0)
        {
            Bad(isMeant, "busy", $"{port} ({what}) is in use by {string.Join(", ", users)}.", "The port opens for one program only, and two that share it as root lose bytes.", "Another program has it open.", "end that program; a session that runs there ends by its lease");
            return;
        }

        Ok("port", $"{port}: {what}.");
    }

    private void NotAllowed(string port, string what, bool isMeant)
    {
        string group = machine.Run("stat", "-c", "%G", port)?.Trim() is { Length: > 0 } found and not "root" and not "UNKNOWN" ? found : "dialout";
        string user = machine.Run("id", "-un")?.Trim() is { Length: > 0 } name ? name : "$USER";
        bool isMember = Groups(machine.Run("id", "-Gn", user)).Contains(group);
        bool isNow = Groups(machine.Run("id", "-Gn")).Contains(group);
        Bad(isMeant, "permission", $"{port} ({what}) may not be used by {user}.", "Opening the port fails with 'permission denied'.",
            isMember && !isNow ? $"{user} was added to the group {group} after logging in." : isNow ? $"The port does not let its group {group} in." : $"{user} is not in the group {group}.",
            isMember && !isNow ? "log out and in again" : (isNow ? "" : $"sudo usermod -aG {group} {user} and log in again; or ") + UdevRule.Install);
    }

    private static string[] Groups(string? said) => said?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Programs that have a port open, as far as this user may see.</summary>
    private string[] Users(string port)
    {
        var users = new List<string>();
        string own = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string target = machine.Resolve(port) ?? port;
        foreach (string process in machine.List("/proc").Where(path => char.IsAsciiDigit(path[^1]) && !path.EndsWith("/" + own, StringComparison.Ordinal)))
        {
            // Only those of this user can be read; of the others opening tells.
            if (machine.List(process + "/fd").Any(handle => machine.LinkOf(handle) == target))
            {
                users.Add($"{machine.ReadText(process + "/comm") ?? "a program"} (process {process[(process.LastIndexOf('/') + 1)..]})");
            }
        }

        return [.. users];
    }

    private void LookForProbers()
    {
        if (machine.Platform != Platform.Linux || machine.Exists(UdevRule.Path))
        {
            return;
        }

        if (machine.List("/proc").Any(process => char.IsAsciiDigit(process[^1]) && machine.ReadText(process + "/comm") == "ModemManager"))
        {
            Warn("probers", "ModemManager runs and probes new serial ports.", "For some seconds after plugging in, the port is busy, or the board counts bytes that belong to no frame.", "ModemManager sends AT commands to every new port that it does not know.", UdevRule.Install);
        }
    }

    private void LookAtNamed(string port, string[] ports, BoardExpectation? asked)
    {
        if (machine.Platform == Platform.MacOs && port.StartsWith("/dev/tty.", StringComparison.Ordinal))
        {
            Bad(true, "name", $"{port} waits for a carrier.", "Opening the port never returns, or fails.", "macOS has two names for each port; this one is for modems that call in.", $"use {port.Replace("/dev/tty.", "/dev/cu.", StringComparison.Ordinal)}");
            return;
        }

        if (findings.Exists(finding => finding.Severity == Severity.Problem))
        {
            Note("answer", $"{port} was not opened: mend the problem above first.");
            return;
        }

        if (machine.Platform == Platform.Linux && UsbDevice.Of(machine, port) is { IsDebugPort: true } usb)
        {
            string others = string.Join(", ", ports.Where(other => other != port && UsbDevice.Of(machine, other) is { IsDebugPort: false }));
            Bad(true, "debug-port", $"{port} is {usb}.", "Nothing answers there, however long one waits.", "The board has two USB sockets: this one is the chip's own, for flashing and debugging. The host link is the other one, behind a bridge.", others.Length > 0 ? $"use {others}" : "plug a second cable into the other socket (marked UART), and leave this one in: without it the runtime keeps the host link to itself");
            return;
        }

        Knock(port, asked);
    }

    private void Knock(string port, BoardExpectation? asked)
    {
        ITransport transport;
        try
        {
            transport = machine.Open(port);
        }
        catch (TransportException error)
        {
            Bad(true, "open", error.Message, "Every command ends with exit code 5.", "The port is not there, in use, or not allowed.", "name one of the ports above, or mend what is said about it");
            return;
        }

        using (transport)
        {
            var probe = new BoardProbe(transport, asked);
            SessionLoop.Run(transport, probe);
            Judge(port, probe);
            if (probe.Refusal is null)
            {
                var survey = new BoardSurvey(transport);
                SessionLoop.Run(transport, survey);
                Survey(probe.Board!, survey);
            }
        }
    }

    /// <summary>What the board says about itself: nothing of it keeps a host from talking to it.</summary>
    private void Survey(BoardIdentity board, BoardSurvey seen)
    {
        if (BoardLibrary.Find(board.BoardId) is { } file)
        {
            Note("target", $"Runtime target {file.Runtime.Target} {file.Runtime.Version}, as the board's file has it: firmware whose runtime is for another target answers nobody. The board does not tell how much heap is free; its debugger does when it starts.");
        }

        if (seen.Inputs is { } inputs)
        {
            Note("inputs", $"Inputs: {inputs}. Absent: {inputs.AbsentText}.{(seen.Coil is { IsPresent: true } coil ? $" Coil: {coil}." : string.Empty)}");
        }

        if (seen.SelfTest is { } test)
        {
            LookAtSelfTest(test);
        }

        if (seen.History is { } kept)
        {
            Note("history", System.FormattableString.Invariant($"Kept across power-off: {kept.PowerUps} power-ups, {kept.TotalPulses} pulses, {kept.HourPulses} of them charged to the last hour, {kept.AbnormalEnds} abnormal ends."));
        }

        if (seen.Status is { } status)
        {
            LookAtState(status);
        }
    }

    private void LookAtSelfTest(SelfTestReading test)
    {
        string text = System.FormattableString.Invariant($"Self-test: passed {string.Join(", ", SelfTestReading.Terms.Where(test.Has).Select(term => term.Name))}; forced garbage collection {test.CollectionUs / 1000.0:0.0} ms (at most 100); gate {(test.GateTestedAtUs == 0 ? "not tested since power-up" : "tested since power-up")}.");
        if (test.Failures.Count == 0)
        {
            Note("selftest", text);
            return;
        }

        Warn("selftest", text, "The board refuses to arm.", "Failed: " + string.Join(" ", test.Failures.Select(term => $"{term.Name}: not so: {term.Sentence}")), string.Join(" ", test.Failures.Select(term => term.Cure)));
    }

    private void LookAtState(BoardStatus status)
    {
        IReadOnlyList<NamedReason> faults = BoardNames.Faults(status.Faults), inhibits = BoardNames.Inhibits(status.Inhibits);
        if (faults.Count > 0)
        {
            Warn("faults", $"The board is {BoardNames.State(status.State)} with {BoardNames.List(faults)}.", "The board refuses to arm until it is cleared.", string.Join(" ", faults.Select(fault => fault.Sentence)), string.Join(" ", faults.Select(fault => fault.Cure)));
        }

        Note("state", inhibits.Count == 0 ? $"The board is {BoardNames.State(status.State)}; nothing forbids arming." : $"The board is {BoardNames.State(status.State)}. What forbids arming: {BoardNames.Explain(inhibits)}");
    }

    private void Judge(string port, BoardProbe probe)
    {
        switch (probe.Refusal)
        {
            case null:
                Ok("answer", $"At {port} answers {probe.Board!.Board} ({(probe.Board.IsVirtual ? "virtual" : "real")}), firmware {probe.Board.Firmware}, build tag {probe.Board.Tag}, UID {probe.Board.Uid}; it goes with this host ({Compatibility.HostVersion}).");
                break;
            case { ExitCode: ExitCode.Refused } refusal:
                findings.Add(new Finding("versions", Severity.Problem, refusal.Message) { Symptom = "Every command refuses this board.", Cause = "Board and host are of different versions, or it is another board than asked for.", Cure = string.Join("; ", refusal.Differences.Select(difference => difference.Cure).Distinct()), ExitCode = ExitCode.Refused });
                break;
            case { } refusal:
                Bad(true, "answer", refusal.Message, "The port opens, but no board of ours answers.",
                    "Another device, such as the debugger's bridge on a board whose host link has an adapter of its own; or the firmware is not on the board or was not linked (a runtime of another version); or the runtime's debugger took the host link, because the board's own USB was not plugged in when it started; or the board is held in reset by DTR or RTS.",
                    "plug in both USB cables and press reset; then look at the flashed versions ('escapement flash' tells), and end every terminal program that has had this port open");
                break;
        }
    }

    private void Ok(string id, string text) => findings.Add(new Finding(id, Severity.Ok, text));

    private void Note(string id, string text) => findings.Add(new Finding(id, Severity.Note, text));

    private void Warn(string id, string text, string symptom, string cause, string cure) => findings.Add(new Finding(id, Severity.Warning, text) { Symptom = symptom, Cause = cause, Cure = cure });

    /// <summary>A problem of the port that is meant; of any other a warning.</summary>
    private void Bad(bool isMeant, string id, string text, string symptom, string cause, string cure) =>
        findings.Add(new Finding(id, isMeant ? Severity.Problem : Severity.Warning, text) { Symptom = symptom, Cause = cause, Cure = cure, ExitCode = isMeant ? ExitCode.NoLink : ExitCode.Completed });

    [GeneratedRegex(@"\d+\.\d+\.\d+")]
    private static partial Regex VersionIn();
}
