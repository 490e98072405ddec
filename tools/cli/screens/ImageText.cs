using System.Globalization;
using System.Text.Json;
using Escapement.Boards;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>An image as a table of sizes, and as JSON.</summary>
internal static class ImageText
{
    public const string NoMark = "No assembly holds the build mark, so a board cannot say which image it runs: 'escapement flash' will not see a board that still runs another one of this version.";

    public static void Write(TextWriter to, AppImage image, Board board)
    {
        to.WriteLine(Row("assembly", "version", "bytes", "at"));
        foreach (PlacedAssembly placed in image.Assemblies)
        {
            PeFile file = placed.Assembly;
            to.WriteLine(Row(file.Name, file.Version.ToString(), Text($"{file.Size}"), Text($"0x{placed.Offset:x6}")));
        }

        to.WriteLine(Text($"image: {image.Size} bytes of the {board.Runtime.DeployBytes} that {board.Id} has for it ({Percent(image, board):0.0} %)"));
        to.WriteLine($"build tag: {image.Tag ?? "none. " + NoMark}");
        to.WriteLine($"SHA-256: {image.Sha256}");
    }

    public static string Json(AppImage image, Board board, string? path) => JsonText.Of(json =>
    {
        json.WriteString("board", board.Id);
        json.WriteString("image", path);
        json.WriteNumber("bytes", image.Size);
        json.WriteNumber("partitionBytes", board.Runtime.DeployBytes);
        json.WriteNumber("percent", Math.Round(Percent(image, board), 1));
        json.WriteString("buildTag", image.Tag);
        json.WriteString("sha256", image.Sha256);
        json.WriteStartArray("assemblies");
        foreach (PlacedAssembly placed in image.Assemblies)
        {
            Assembly(json, placed);
        }

        json.WriteEndArray();
    });

    private static void Assembly(Utf8JsonWriter json, PlacedAssembly placed)
    {
        json.WriteStartObject();
        json.WriteString("name", placed.Assembly.Name);
        json.WriteString("version", placed.Assembly.Version.ToString());
        json.WriteNumber("bytes", placed.Assembly.Size);
        json.WriteNumber("offset", placed.Offset);
        json.WriteString("nativeChecksum", Text($"0x{placed.Assembly.NativeChecksum:X8}"));
        json.WriteStartArray("references");
        foreach (PeReference reference in placed.Assembly.References)
        {
            json.WriteStringValue($"{reference.Name} {reference.Version}");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double Percent(AppImage image, Board board) => 100.0 * image.Size / board.Runtime.DeployBytes;

    private static string Row(string name, string version, string bytes, string at) => $"{name,-36} {version,-12} {bytes,8} {at,9}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
