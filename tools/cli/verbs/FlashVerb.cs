using System.CommandLine;
using Escapement.Boards;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>`escapement flash`: runtime, identity file and firmware onto a board, and then the board's own word for it.</summary>
internal static class FlashVerb
{
    public static Command Make(Streams streams)
    {
        var board = GivenBoard.Option();
        var port = new Option<string>("--port") { Description = "Serial port that carries flashing and the debugger.", HelpName = "NAME", Required = true };
        var link = new Option<string?>("--link") { Description = "Serial port of the host link, the board's other cable.", HelpName = "NAME" };
        var tcp = Given.Tcp();
        var image = new Option<string?>("--image") { Description = "An image that 'escapement image' made.", HelpName = "FILE" };
        var folder = new Option<string?>("--folder") { Description = "A folder with the firmware's .pe files, instead of an image.", HelpName = "DIR" };
        var uid = new Option<string?>("--uid") { Description = "Unique identifier of the board, 32 hexadecimal digits, or 'new' (default: the board keeps the one that it has).", HelpName = "HEX|new" };
        var dry = new Option<bool>("--dry-run") { Description = "Prints the commands and the identity file, and does nothing." };
        var nanoff = new Option<string?>("--nanoff") { Description = "The flashing tool, where it is not found by itself.", HelpName = "PATH" };
        var skip = new Option<bool>("--skip-runtime") { Description = "Leaves the runtime on the board, which must be the pinned one." };
        var erase = new Option<bool>("--erase") { Description = "Erases the whole flash first." };
        var newBoard = new Option<bool>("--new-board") { Description = "Your word that this board has never run: it then need not wait for its first hour to pass. Refused when one of ours answers." };
        var archive = new Option<string?>("--archive") { Description = "Takes the runtime from a folder that nanoff archived it in, instead of the internet.", HelpName = "DIR" };
        Option<int?> baud = Given.Whole("--baud", "Speed of flashing (default: the flashing tool's own).", 9600, 5_000_000);
        Option<int?> limit = Given.Whole("--limit-s", "How long any one step may take, in seconds (default: 180, for the runtime 900).", 1, 86400);
        Option<int?> boot = Given.Whole("--boot-s", "How long the board may take to answer when all is written, in seconds (default 30).", 1, 600);
        var json = Given.Json("Ends with one JSON object instead of text.");
        var verb = new Command("flash", "Flashes a board with the pinned runtime and the firmware, then asks the board itself what it runs.")
            { board, port, link, tcp, image, folder, uid, dry, nanoff, skip, erase, newBoard, archive, baud, limit, boot, json };
        verb.SetAction(parsed =>
        {
            Board found = GivenBoard.Find(parsed.GetValue(board)!);
            var order = new FlashOrder
            {
                Board = found.Id,
                Number = found.Number,
                Chip = found.Chip,
                Target = found.Runtime.Target,
                RuntimeVersion = found.Runtime.Version,
                DeployAddress = found.Runtime.DeployAddress,
                DeployBytes = found.Runtime.DeployBytes,
                Port = parsed.GetValue(port)!,
                KeepsRuntime = parsed.GetValue(skip),
                Erases = parsed.GetValue(erase),
                IsNewBoard = parsed.GetValue(newBoard),
                Archive = parsed.GetValue(archive),
                Baud = parsed.GetValue(baud),
                Limit = parsed.GetValue(limit) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                BootLimit = TimeSpan.FromSeconds(parsed.GetValue(boot) ?? 30),
            };
            var run = new FlashRun(streams, found, order)
            {
                Link = parsed.GetValue(link),
                Tcp = parsed.GetValue(tcp),
                Image = parsed.GetValue(image),
                Folder = parsed.GetValue(folder),
                Uid = parsed.GetValue(uid),
                Nanoff = parsed.GetValue(nanoff),
                IsJson = parsed.GetValue(json),
            };
            return parsed.GetValue(dry) ? run.Show() : run.Do();
        });
        return verb;
    }
}
