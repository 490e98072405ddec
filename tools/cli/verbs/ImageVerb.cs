using System.CommandLine;
using Escapement.Boards;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>`escapement image`: what goes into a board's deployment partition, made of .pe files.</summary>
internal static class ImageVerb
{
    public static Command Make(Streams streams)
    {
        var files = new Argument<string[]>("files") { Description = "A folder with the .pe files of the firmware, or the files.", Arity = ArgumentArity.OneOrMore };
        var board = GivenBoard.Option();
        var to = new Option<string?>("--out") { Description = "Writes the image.", HelpName = "FILE" };
        var json = Given.Json("Writes one JSON object instead of the table.");
        var verb = new Command("image", "Makes the image for a board's deployment partition from the firmware's .pe files, and lists sizes.") { files, board, to, json };
        verb.SetAction(parsed => Build(streams, parsed.GetValue(files)!, GivenBoard.Find(parsed.GetValue(board)!), parsed.GetValue(to), parsed.GetValue(json)));
        return verb;
    }

    /// <summary>The image of assemblies, refused where it does not fit the board.</summary>
    public static AppImage Fitting(AppImage image, Board board) => image.Size <= board.Runtime.DeployBytes ? image : throw new InputException(
        FormattableString.Invariant($"the image has {image.Size} bytes and {board.Id} has room for {board.Runtime.DeployBytes}: {image.Size - board.Runtime.DeployBytes} too many; build with optimization, or leave out what the firmware does not need."));

    private static int Build(Streams streams, string[] files, Board board, string? to, bool isJson)
    {
        AppImage image = Fitting(AppImage.Build(ImageFiles.Assemblies(files), PinnedAssemblies.Versions), board);
        if (to is not null)
        {
            AtomicFile.Write(to, stream => stream.Write(image.Bytes));
        }

        if (isJson)
        {
            streams.Out.WriteLine(ImageText.Json(image, board, to));
        }
        else
        {
            ImageText.Write(streams.Out, image, board);
        }

        return ExitCode.Completed;
    }
}
