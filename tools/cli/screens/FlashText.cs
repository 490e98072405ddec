using System.Text;
using System.Text.Json;
using Escapement.Boards;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>What flashing came to, as text and as JSON; and what it would do.</summary>
internal static class FlashText
{
    public const string IdentityName = "escapement.id";
    public const string HistoryName = "escapement.0";
    public const string ListName = "escapement.files.json";
    public const string ImageName = "app.bin";

    public static void Done(TextWriter to, FlashResult result)
    {
        BoardIdentity board = result.Board;
        Line(to, "chip", string.Join("; ", result.Chip.Lines));
        Line(to, "runtime", $"{result.Runtime.Target} {result.Runtime.Version}");
        Line(to, "board profile", $"{board.BoardId} {board.Board}");
        Line(to, "firmware", $"{board.Firmware}, build tag {board.Tag}");
        Line(to, "register map", $"version {board.InterfaceVersion}, SHA-1 {board.InterfaceHash}");
        Line(to, "UID", board.Uid);
        to.WriteLine("OK: the board itself says that it runs what was flashed.");
    }

    public static string Json(Board board, AppImage image, int exitCode, string message, FlashResult? result, FlashProgress progress, string output) => JsonText.Of(json =>
    {
        json.WriteString("verdict", exitCode == ExitCode.Completed ? "flashed" : exitCode == ExitCode.Aborted ? "failed" : exitCode == ExitCode.NoLink ? "noLink" : "refused");
        json.WriteNumber("exitCode", exitCode);
        json.WriteString("message", message);
        json.WriteString("board", board.Id);
        json.WriteString("runtime", result?.Runtime.Version);
        json.WriteString("target", result?.Runtime.Target);
        json.WriteString("chip", result?.Chip.Name);
        json.WriteString("firmware", result?.Board.Firmware);
        json.WriteString("buildTag", image.Tag);
        json.WriteString("sha256", image.Sha256);
        json.WriteString("uid", result?.Uid);
        Texts(json, "steps", progress.Steps);
        Texts(json, "notices", progress.Notices);
        json.WriteString("flasherOutput", output);
    });

    /// <summary>The commands, for a shell; nothing of it was done.</summary>
    public static void DryRun(TextWriter to, FlashOrder order, string nanoff, string uid, string image, string? folder)
    {
        to.WriteLine("# Nothing was done. These are the commands, in their order, for a POSIX shell.");
        if (folder is not null)
        {
            to.WriteLine(Shell.Command("escapement", ["image", folder, "--board", order.Board, "--out", image]));
        }

        to.WriteLine(Shell.Write(IdentityName, Encoding.ASCII.GetString(IdentityFile.Content(order.Board, uid))));
        if (order.IsNewBoard)
        {
            to.WriteLine(Shell.Write(HistoryName, HistoryFile.Blank()));
        }

        to.WriteLine(Shell.Write(ListName, Encoding.UTF8.GetString(Flasher.FileList(IdentityName, order.IsNewBoard ? HistoryName : null))));
        foreach (FlashStep step in FlashStep.All(order, ListName, image))
        {
            to.WriteLine($"# {step.Title}");
            to.WriteLine(Shell.Command(nanoff, step.Arguments));
        }
    }

    public static string DryRunJson(FlashOrder order, string nanoff, string uid, string image) => JsonText.Of(json =>
    {
        json.WriteString("verdict", "dryRun");
        json.WriteString("board", order.Board);
        json.WriteString("uid", uid);
        json.WriteString("identityFile", Encoding.ASCII.GetString(IdentityFile.Content(order.Board, uid)));
        json.WriteString("historyFile", order.IsNewBoard ? Convert.ToHexStringLower(HistoryFile.Blank()) : null);
        json.WriteStartArray("commands");
        foreach (FlashStep step in FlashStep.All(order, ListName, image))
        {
            json.WriteStartArray();
            foreach (string word in step.Arguments.Prepend(nanoff))
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    });

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Line(TextWriter to, string name, string text) => to.WriteLine($"  {name,-16} {text}");
}
