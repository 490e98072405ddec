using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Escapement.Cli;

/// <summary>Options that several verbs share, with errors that say what to do.</summary>
internal static class Given
{
    public static Argument<string> Protocol() => new("protocol") { Description = "Id of a protocol of the library, or a protocol file (.yaml, .yml, .json)." };

    public static Option<bool> Json(string description) => new("--json") { Description = description };

    public static Option<string?> Port() => new("--port") { Description = "Serial port of a board.", HelpName = "NAME" };

    public static Option<string?> Tcp() => new("--tcp") { Description = "TCP address of a board on this machine.", HelpName = "HOST:PORT" };

    public static Option<string?> BoardId(string description) => new("--board") { Description = description, HelpName = "ID" };

    public static Option<bool> Real() => new("--real") { Description = "Refuses a virtual board." };

    public static Option<string?> Plot() => new("--plot") { Description = "Draws a picture, PNG or SVG by its ending.", HelpName = "FILE" };

    public static Option<int?> PulseWidth() => Whole("--pulse-width-us", "Width of the pulses in microseconds where the protocol states none (default 100).", 1, 32767);

    public static Option<int?> PauseMs() => Whole("--pause-ms", "Lets the virtual board's interpreter stand still at random, at most so many milliseconds at a time.", 0, 60000);

    public static Option<ulong?> Seed() => new("--seed")
    {
        Description = "Seed of everything random on the virtual board (default 1).",
        HelpName = "N",
        CustomParser = result => Parse<ulong>(result, "--seed", 0, ulong.MaxValue, text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : null),
    };

    public static Option<int?> Whole(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse<int>(result, name, least, most, text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? value : null),
    };

    private static T? Parse<T>(ArgumentResult result, string name, object least, object most, Func<string, T?> read)
        where T : struct
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        T? value = read(text);
        if (value is null)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is not a whole number from {least} to {most}; correct the number."));
        }

        return value;
    }
}
