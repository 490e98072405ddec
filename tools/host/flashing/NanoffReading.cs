using System.Globalization;
using System.Text.RegularExpressions;

namespace Escapement.Host;

/// <summary>The chip, as the flasher describes it.</summary>
/// <param name="Name">Its type.</param>
/// <param name="FlashBytes">Its flash; 0 when not said.</param>
/// <param name="Lines">All that was said about it.</param>
public sealed record ChipReading(string Name, long FlashBytes, IReadOnlyList<string> Lines);

/// <summary>The runtime, as it describes itself.</summary>
/// <param name="Target">Which image.</param>
/// <param name="Version">Its version.</param>
/// <param name="Natives">Checksums of the native parts that it has, by the assembly's name.</param>
public sealed record RuntimeReading(string Target, string Version, IReadOnlyDictionary<string, uint> Natives);

/// <summary>What the flasher's output says.</summary>
public static partial class NanoffReading
{
    private static readonly Dictionary<int, string> Errors = new()
    {
        [2000] = "it could not talk to the runtime on the board; unplug and plug the board, and see that no debugger uses the port",
        [2001] = "it could not talk to the runtime on the board; unplug and plug the board, and see that no debugger uses the port",
        [2002] = "the runtime on the board did not do what it was asked; reset the board and try again",
        [2003] = "it could not write a file on the board; reset the board and try again",
        [4000] = "it could not talk to the boot loader; hold BOOT while you press RESET, and try a slower --baud 115200",
        [4001] = "the chip's flash has a size for which there is no runtime",
        [4002] = "erasing failed; try a slower --baud 115200",
        [4003] = "writing failed; try a slower --baud 115200 and another cable",
        [4004] = "reading failed; try a slower --baud 115200 and another cable",
        [4005] = "it could not open the port; see that no other program uses it and that this user may open it",
        [5022] = "what was read back is not what was written; try a slower --baud 115200 and another cable",
        [6000] = "it could not open the port; see that no other program uses it and that this user may open it",
        [6001] = "it missed the name of a port",
        [6002] = "another program holds the port; end it",
        [9000] = "it did not understand its arguments; install the version that this was written for",
        [9005] = "it found no such target; see that this machine reaches the internet",
        [9006] = "it could not make its folder for downloads",
        [9007] = "it could not download the runtime; see that this machine reaches the internet and that the pinned version still exists",
        [9008] = "it did not find the image",
        [9009] = "it did not take the address",
        [9015] = "its archive does not hold the runtime",
    };

    [GeneratedRegex(@"\bE(\d{4})\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"^.*(\b(error|exception|fail|failed|failure|failed!)\b|no operation was performed|mismatch|couldn't|can't connect).*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Trouble();

    [GeneratedRegex(@"Connected to:\s*\n((?:.*\S.*\n?)+)")]
    private static partial Regex Connected();

    [GeneratedRegex(@"^Flash size (\d+)(MB|kB)", RegexOptions.Multiline)]
    private static partial Regex FlashSize();

    [GeneratedRegex(@"^\s*Target:\s*(\S+)", RegexOptions.Multiline)]
    private static partial Regex Target();

    [GeneratedRegex(@"^\s*CLR Version:\s*v?(\S+)", RegexOptions.Multiline)]
    private static partial Regex ClrVersion();

    [GeneratedRegex(@"^\s*(\S+) v[0-9.]+, checksum 0x([0-9A-Fa-f]{8})\s*$", RegexOptions.Multiline)]
    private static partial Regex Native();

    /// <summary>Why a call did not succeed, in words; null when neither its exit code nor its output says so. Some errors are written with exit code 0.</summary>
    public static string? Failure(NanoffOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        string text = outcome.Output.ReplaceLineEndings("\n");
        Match trouble = Trouble().Match(text);
        string said = trouble.Success ? $" It wrote: {trouble.Value.Trim()}" : string.Empty;
        if (outcome.ExitCode is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it did not end within {outcome.Took.TotalSeconds:0} s and was ended; reset the board, then try again.") + said;
        }

        if (outcome.ExitCode != 0)
        {
            return $"it ended with {Known(outcome.ExitCode.Value, text)}.{said}";
        }

        return trouble.Success ? $"its exit code says success, its output does not; see what it says and try again.{said}" : null;
    }

    /// <summary>The chip; null when the output does not say.</summary>
    public static ChipReading? Chip(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Match block = Connected().Match(output.ReplaceLineEndings("\n"));
        if (!block.Success)
        {
            return null;
        }

        string[] lines = block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Match size = FlashSize().Match(block.Groups[1].Value);
        long bytes = size.Success ? long.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture) << (size.Groups[2].Value == "MB" ? 20 : 10) : 0;
        return new ChipReading(lines[0].Split(' ')[0], bytes, lines);
    }

    /// <summary>The runtime; null when the output does not say.</summary>
    public static RuntimeReading? Runtime(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        string text = output.ReplaceLineEndings("\n");
        Match target = Target().Match(text);
        Match version = ClrVersion().Match(text);
        if (!target.Success || !version.Success)
        {
            return null;
        }

        var natives = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (Match native in Native().Matches(text))
        {
            natives[native.Groups[1].Value] = uint.Parse(native.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return new RuntimeReading(target.Groups[1].Value, version.Groups[1].Value, natives);
    }

    // Unix keeps the lowest eight bits of an exit code; the output mostly has the whole one.
    private static string Known(int exitCode, string text)
    {
        int[] written = [.. Code().Matches(text).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Where(code => code == exitCode || (code & 0xFF) == exitCode)];
        int code = written.Length > 0 ? written[0] : Errors.Keys.FirstOrDefault(key => key == exitCode || (key & 0xFF) == exitCode, exitCode);
        string number = written.Length > 0 || exitCode == code ? string.Create(CultureInfo.InvariantCulture, $"code {code}") : string.Create(CultureInfo.InvariantCulture, $"code {exitCode}, which may be {code}");
        return Errors.TryGetValue(code, out string? meaning) ? $"{number}: {meaning}" : number;
    }
}
