using Escapement.Boards;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>One call of the verb.</summary>
internal sealed class FlashRun(Streams streams, Board board, FlashOrder order)
{
    public string? Link { get; init; }

    public string? Tcp { get; init; }

    public string? Image { get; init; }

    public string? Folder { get; init; }

    public string? Uid { get; init; }

    public string? Nanoff { get; init; }

    public bool IsJson { get; init; }

    /// <summary>Says what would be done.</summary>
    public int Show()
    {
        AppImage();
        CheckOptions();
        string uid = GivenUid() ?? Flasher.NewUid();
        string image = Image ?? FlashText.ImageName;
        if (IsJson)
        {
            streams.Out.WriteLine(FlashText.DryRunJson(order, Nanoff ?? "nanoff", uid, image));
        }
        else
        {
            FlashText.DryRun(streams.Out, order, Nanoff ?? "nanoff", uid, image, Folder);
        }

        return ExitCode.Completed;
    }

    /// <summary>Does it.</summary>
    public int Do()
    {
        AppImage image = AppImage();
        CheckOptions();
        string? uid = GivenUid();
        if (Link is null && Tcp is null)
        {
            throw new InputException($"--link: the host link is missing, by which the board says afterwards what it runs; name its port. {board.Link.Cables}");
        }

        using var stop = new CancellationTokenSource();
        using var interrupts = new Interrupts(_ => stop.Cancel());
        using var progress = new FlashProgress(streams, IsJson);
        try
        {
            FlashResult result = Flash(image, uid, progress, stop.Token);
            return Tell(image, progress, ExitCode.Completed, "The board itself says that it runs what was flashed.", result, string.Empty);
        }
        catch (FlashException error)
        {
            return Tell(image, progress, error.ExitCode, error.Message, null, error.Output);
        }
        catch (TransportException error)
        {
            return Tell(image, progress, ExitCode.NoLink, error.Message, null, string.Empty);
        }
        catch (OperationCanceledException)
        {
            return Tell(image, progress, ExitCode.Aborted, $"stopped while it was to {progress.Steps.LastOrDefault() ?? "begin"}; the board may hold a part of it, so flash it again before it is used.", null, string.Empty);
        }
    }

    private FlashResult Flash(AppImage image, string? uid, FlashProgress progress, CancellationToken stop)
    {
        Nanoff tool = Host.Nanoff.Find(Nanoff);
        progress.OnStep($"look at {tool.Path}");
        Version version = tool.AskVersion(stop);
        if (version > Version.Parse(Host.Nanoff.PinnedVersion))
        {
            progress.OnNotice($"nanoff is {version}; this was written for {Host.Nanoff.PinnedVersion}.");
        }

        if (image.Tag is null)
        {
            progress.OnNotice(ImageText.NoMark);
        }

        return new Flasher(order, image, tool, () => DistantBoard.Open(Link, Tcp)!, progress).Run(uid, stop);
    }

    private AppImage AppImage()
    {
        if ((Image is null) == (Folder is null))
        {
            throw new InputException("--image and --folder: give one of them, an image that 'escapement image' made or a folder with the firmware's .pe files.");
        }

        AppImage made = Image is not null
            ? Host.AppImage.Read(Image, ImageFiles.Read(Image), PinnedAssemblies.Versions)
            : Host.AppImage.Build(ImageFiles.Assemblies([Folder!]), PinnedAssemblies.Versions);
        return ImageVerb.Fitting(made, board);
    }

    private void CheckOptions()
    {
        if (Link is not null && Tcp is not null)
        {
            throw new InputException("--link and --tcp: a board has one host link; leave one of them away.");
        }

        if (Link == order.Port)
        {
            throw new InputException($"--link: '{Link}' is the port that carries flashing, and the host link of {board.Id} is another cable. {board.Link.Cables}");
        }

        if (order.Archive is { } archive && !Directory.Exists(archive))
        {
            throw new InputException($"--archive: there is no folder '{archive}'; make one with 'nanoff --archivepath DIR --updatearchive --target {order.Target} --fwversion {order.RuntimeVersion}'.");
        }

        if (order is { KeepsRuntime: true, Erases: true })
        {
            throw new InputException("--erase and --skip-runtime: erasing takes the runtime away; leave one of them away.");
        }
    }

    private string? GivenUid()
    {
        string? uid = Uid == "new" ? Flasher.NewUid() : Uid?.ToLowerInvariant();
        IdentityFile.Content(board.Id, uid ?? Flasher.NewUid());
        return uid is null || uid.Any(digit => digit != '0') ? uid : throw new InputException("--uid: zeros mean that a board has none; give another one, or 'new'.");
    }

    private int Tell(AppImage image, FlashProgress progress, int exitCode, string message, FlashResult? result, string output)
    {
        if (IsJson)
        {
            streams.Out.WriteLine(FlashText.Json(board, image, exitCode, message, result, progress, output));
        }
        else if (result is not null)
        {
            FlashText.Done(streams.Out, result);
        }
        else if (output.Length > 0 && !streams.IsTerminal)
        {
            streams.Out.WriteLine("nanoff wrote:");
            streams.Out.WriteLine(output.TrimEnd());
        }

        if (exitCode != ExitCode.Completed)
        {
            streams.Complain(message);
        }

        return exitCode;
    }
}
