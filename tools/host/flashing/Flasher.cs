using System.Security.Cryptography;
using System.Text.Json;

namespace Escapement.Host;

/// <summary>Watches a board being flashed.</summary>
public interface IFlashObserver
{
    /// <summary>A step begins.</summary>
    void OnStep(string title);

    /// <summary>The flasher wrote a line.</summary>
    void OnLine(string line);

    /// <summary>Something to know.</summary>
    void OnNotice(string sentence);
}

/// <summary>A board that was flashed and has said so itself.</summary>
/// <param name="Board">What it says that it is.</param>
/// <param name="Chip">Its chip, as the flasher found it.</param>
/// <param name="Runtime">Its runtime, as that describes itself.</param>
/// <param name="Uid">The unique identifier that was written.</param>
public sealed record FlashResult(BoardIdentity Board, ChipReading Chip, RuntimeReading Runtime, string Uid);

/// <summary>
/// Flashes a board and believes nobody: not that the chip is the board's, nor that the runtime is the one that was asked for, nor that
/// anything was written, until chip, runtime and firmware have each said so themselves.
/// </summary>
/// <param name="order">What to flash onto what.</param>
/// <param name="image">The firmware.</param>
/// <param name="nanoff">The flashing tool.</param>
/// <param name="openLink">Opens the host link.</param>
/// <param name="observer">Watches.</param>
public sealed class Flasher(FlashOrder order, AppImage image, Nanoff nanoff, Func<ITransport> openLink, IFlashObserver observer)
{
    private const string IdentityName = "escapement.id";
    private const string HistoryName = "escapement.0";
    private static readonly TimeSpan PortPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LinkPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A unique identifier that no board has.</summary>
    public static string NewUid() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdentityFile.UidDigits / 2));

    /// <summary>The list that the flasher wants: which file goes where on the board.</summary>
    /// <param name="identity">Path of the identity file on this machine.</param>
    /// <param name="history">Path of the record of a board that has never run; null for a board that keeps its own.</param>
    public static byte[] FileList(string identity, string? history = null) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["Files"] = (history is null ? [] : new[] { Placed(HistoryFile.Location, history) }).Append(Placed(IdentityFile.Location, identity)).ToArray(),
    });

    private static Dictionary<string, string> Placed(string destination, string source) =>
        new() { ["DestinationFilePath"] = destination, ["SourceFilePath"] = source };

    /// <summary>Does it.</summary>
    /// <param name="uid">The unique identifier to write; null to leave the board the one that it has, or give it a new one.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="FlashException">It could not be done.</exception>
    /// <exception cref="TransportException">The host link cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">It was ended by <paramref name="stop"/>.</exception>
    public FlashResult Run(string? uid, CancellationToken stop)
    {
        CheckPort("before flashing");
        BoardIdentity? before = LookBefore(stop);
        string written = uid ?? (before is not null && before.BoardId == order.Number && before.Uid.Any(digit => digit != '0') ? before.Uid : NewUid());
        string folder = Directory.CreateTempSubdirectory("escapement-flash-").FullName;
        try
        {
            return Write(folder, written, stop);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private FlashResult Write(string folder, string uid, CancellationToken stop)
    {
        string identity = Path.Combine(folder, IdentityName);
        string list = Path.Combine(folder, "files.json");
        string app = Path.Combine(folder, "app.bin");
        File.WriteAllBytes(identity, IdentityFile.Content(order.Board, uid));
        string? history = order.IsNewBoard ? Path.Combine(folder, HistoryName) : null;
        if (history is not null)
        {
            File.WriteAllBytes(history, HistoryFile.Blank());
        }

        File.WriteAllBytes(list, FileList(identity, history));
        File.WriteAllBytes(app, image.Bytes);

        ChipReading chip = CheckChip(Call(FlashStep.Chip(order), stop));
        if (!order.KeepsRuntime)
        {
            Call(FlashStep.Runtime(order), stop);
        }

        RuntimeReading runtime = CheckRuntime(Call(FlashStep.Details(order), stop));
        Call(FlashStep.Identity(order, list), stop);
        Call(FlashStep.Firmware(order, app), stop);
        BoardIdentity board = AskBoard(uid, stop);
        if (order.IsNewBoard)
        {
            AskHistory(stop);
        }

        return new FlashResult(board, chip, runtime, uid);
    }

    // Its first power-up, by its own word; any other figure is worth a person's look, and nothing to undo.
    private void AskHistory(CancellationToken stop)
    {
        using ITransport link = openLink();
        var survey = new BoardSurvey(link);
        SessionLoop.Run(link, survey, stop.ThrowIfCancellationRequested);
        if (survey.History is not { PowerUps: > 0 } kept)
        {
            observer.OnNotice("The board did not take the record of a board that has never run: it counts its last hour as full, and arms an hour after its first power-up.");
        }
        else if (kept.PowerUps > 1 || kept.TotalPulses > 0)
        {
            observer.OnNotice(FormattableString.Invariant($"The board says that it has been powered up {kept.PowerUps} times and has emitted {kept.TotalPulses} pulses: it kept a record of its own."));
        }
    }

    // A board that runs must not be reset: its trigger hardware goes on for the whole boot.
    private BoardIdentity? LookBefore(CancellationToken stop)
    {
        observer.OnStep("ask the board whether it is at rest");
        (string where, BoardLook look) = Look(stop);
        if (look.Board is not { } board)
        {
            observer.OnNotice($"Nothing of ours answers at {where} yet, as with a new board; if one runs there all the same, it is being reset.");
            return null;
        }

        if (board.IsVirtual)
        {
            throw new FlashException(ExitCode.Refused, $"A virtual board answers at {where}, and a virtual board is not flashed; name the host link of the real one.");
        }

        if (order.IsNewBoard)
        {
            throw new FlashException(ExitCode.Refused, $"--new-board: a board of ours answers at {where}, so it has run and keeps its own record of the last hour; leave --new-board away. Nothing was written.");
        }

        if (look.Status is not { } status)
        {
            throw new FlashException(ExitCode.NoLink, $"The board at {where} says who it is and not in which state; check cable and power, end other programs that use it, and try again.");
        }

        return !BoardNames.IsBusy(status.State) ? board : throw new FlashException(ExitCode.Refused, $"The board at {where} is {BoardNames.State(status.State)}; end its session first: a reset would leave its trigger line to itself.");
    }

    // A connection that breaks says nothing about the board, so it is made again; one that stays broken is no silence.
    private (string Where, BoardLook Look) Look(CancellationToken stop)
    {
        long end = Environment.TickCount64 + (long)LinkPatience.TotalMilliseconds;
        while (true)
        {
            using ITransport link = openLink();
            var look = new BoardLook(link);
            SessionLoop.Run(link, look, stop.ThrowIfCancellationRequested);
            if (look.Lost is null)
            {
                return (link.Name, look);
            }

            if (Environment.TickCount64 > end)
            {
                throw look.Lost;
            }

            stop.WaitHandle.WaitOne(Pause);
        }
    }

    private string Call(FlashStep step, CancellationToken stop)
    {
        observer.OnStep(step.Title);
        for (int attempt = 1; ; attempt++)
        {
            CheckPort("to " + step.Title);
            NanoffOutcome outcome = nanoff.Run(step.Arguments, step.Limit, observer.OnLine, stop);
            if (NanoffReading.Failure(outcome) is not { } why)
            {
                return outcome.Output;
            }

            if (attempt >= step.Attempts || outcome.ExitCode is null)
            {
                throw new FlashException(ExitCode.Aborted, $"nanoff could not {step.Title}: {why}") { Output = outcome.Output };
            }

            stop.WaitHandle.WaitOne(Pause);
        }
    }

    // A board's own USB port goes and comes back with each reset.
    private void CheckPort(string when)
    {
        long end = Environment.TickCount64 + (long)PortPatience.TotalMilliseconds;
        bool isFirst = when == "before flashing";
        while (!(OperatingSystem.IsWindows() ? SerialTransport.PortNames().Contains(order.Port, StringComparer.OrdinalIgnoreCase) : File.Exists(order.Port)))
        {
            if (isFirst || Environment.TickCount64 > end)
            {
                string[] here = SerialTransport.PortNames();
                throw new FlashException(ExitCode.NoLink, $"There is no serial port '{order.Port}' {when}; plug the board in, or name another one of {(here.Length == 0 ? "none found here" : string.Join(", ", here))}.");
            }

            Thread.Sleep(100);
        }
    }

    private ChipReading CheckChip(string output)
    {
        ChipReading chip = NanoffReading.Chip(output) ?? throw new FlashException(ExitCode.Aborted, $"nanoff did not say which chip is at {order.Port}; try again with nanoff {Nanoff.PinnedVersion}.") { Output = output };
        if (chip.Name != order.Chip)
        {
            throw new FlashException(ExitCode.Refused, $"The chip at {order.Port} is an {chip.Name}, and {order.Board} has an {order.Chip}; connect that board or name the right one. Nothing was written.") { Output = output };
        }

        if (chip.FlashBytes > 0 && chip.FlashBytes < order.DeployAddress + order.DeployBytes)
        {
            throw new FlashException(ExitCode.Refused, FormattableString.Invariant($"The chip at {order.Port} has {chip.FlashBytes >> 20} MB of flash, and the deployment partition of {order.Board} ends at {order.DeployAddress + order.DeployBytes} bytes; use a module that its board file names. Nothing was written.")) { Output = output };
        }

        return chip;
    }

    private RuntimeReading CheckRuntime(string output)
    {
        RuntimeReading runtime = NanoffReading.Runtime(output) ?? throw new FlashException(ExitCode.Aborted, $"the runtime at {order.Port} did not say what it is; reset the board and try again.") { Output = output };
        if (runtime.Target != order.Target || runtime.Version != order.RuntimeVersion)
        {
            throw new FlashException(order.KeepsRuntime ? ExitCode.Refused : ExitCode.Aborted, $"the runtime on the board is {runtime.Target} {runtime.Version}, and {order.Board} needs {order.Target} {order.RuntimeVersion}; "
                + (order.KeepsRuntime ? "leave --skip-runtime away." : "nanoff said that it had written that one, so try again with --erase.")) { Output = output };
        }

        string[] others = [.. image.Assemblies.Select(placed => placed.Assembly)
            .Where(file => runtime.Natives.TryGetValue(file.Name, out uint checksum) && checksum != file.NativeChecksum)
            .Select(file => FormattableString.Invariant($"{file.Name} {file.Version} is for native part 0x{file.NativeChecksum:X8}, the runtime has 0x{runtime.Natives[file.Name]:X8}"))];
        return others.Length == 0 ? runtime : throw new FlashException(ExitCode.Refused, $"the runtime {runtime.Version} would refuse the image: {string.Join("; ", others)}. Take packages and runtime that belong together (docs/compatibility.md). The firmware was not written.") { Output = output };
    }

    private BoardIdentity AskBoard(string uid, CancellationToken stop)
    {
        observer.OnStep("ask the board what it runs now");
        var asked = new BoardExpectation { IsReal = true, BoardId = order.Number, Tag = image.Tag, Uid = uid };
        long end = Environment.TickCount64 + (long)order.BootLimit.TotalMilliseconds;
        string last;
        do
        {
            try
            {
                using ITransport link = openLink();
                var probe = new BoardProbe(link, asked);
                SessionLoop.Run(link, probe, stop.ThrowIfCancellationRequested);
                if (probe.Refusal is null)
                {
                    return probe.Board!;
                }

                last = probe.Refusal.Message;
                if (probe.Refusal.ExitCode == ExitCode.Refused)
                {
                    throw new FlashException(ExitCode.Refused, "nanoff reported success, and the board is not what was flashed. " + last);
                }
            }
            catch (TransportException error)
            {
                last = error.Message;
            }

            stop.WaitHandle.WaitOne(Pause);
            stop.ThrowIfCancellationRequested();
        }
        while (Environment.TickCount64 < end);
        throw new FlashException(ExitCode.NoLink, FormattableString.Invariant($"nanoff reported success, and the board has not answered for {order.BootLimit.TotalSeconds:0} s. {last} Both cables must be in when the board starts; press its reset button, then ask it with 'escapement monitor'."));
    }
}
