using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Escapement.Host;

/// <summary>Whether a clock keeps its tolerance.</summary>
public enum ClockVerdict
{
    /// <summary>The error is inside the tolerance, uncertainty included.</summary>
    Within,

    /// <summary>The error is outside the tolerance, whatever the uncertainty.</summary>
    Outside,

    /// <summary>The uncertainty is too large to tell.</summary>
    Undecided,
}

/// <summary>How much a board's clock is off, and how well that is known.</summary>
public sealed record Calibration
{
    /// <summary>The board's id.</summary>
    public required string Board { get; init; }

    /// <summary>Its unique identifier in hexadecimal; null when it has none or nobody asked it.</summary>
    public string? Uid { get; init; }

    /// <summary>What it was compared with.</summary>
    public required string Reference { get; init; }

    /// <summary>Length of the comparison in microseconds.</summary>
    public required double DurationUs { get; init; }

    /// <summary>How much faster than the reference the board's clock runs, in parts per million; negative when it is slow.</summary>
    public required double Ppm { get; init; }

    /// <summary>By how much that may be wrong, either way, in parts per million.</summary>
    public required double UncertaintyPpm { get; init; }

    /// <summary>What the uncertainty comes from.</summary>
    public required string Basis { get; init; }

    /// <summary>The board's tolerance in parts per million.</summary>
    public required int TolerancePpm { get; init; }

    /// <summary>The verdict.</summary>
    public ClockVerdict Verdict => Math.Abs(Ppm) + UncertaintyPpm <= TolerancePpm ? ClockVerdict.Within
        : Math.Abs(Ppm) - UncertaintyPpm > TolerancePpm ? ClockVerdict.Outside
        : ClockVerdict.Undecided;

    /// <summary>From an interval that the board made and an instrument measured.</summary>
    /// <param name="board">The board's id.</param>
    /// <param name="tolerancePpm">Its tolerance in parts per million.</param>
    /// <param name="expectedUs">The interval by the board's clock, in microseconds: what was planned.</param>
    /// <param name="measuredUs">The interval as measured, in microseconds.</param>
    /// <param name="uncertaintyUs">By how much the measured figure may be wrong, in microseconds.</param>
    public static Calibration Measured(string board, int tolerancePpm, double expectedUs, double measuredUs, double uncertaintyUs)
    {
        // Both edges stand on the board's tick of 1 us, each within half of it.
        double wrongUs = uncertaintyUs + 1;
        return new()
        {
            Board = board,
            Reference = "an instrument",
            DurationUs = measuredUs,
            Ppm = (expectedUs - measuredUs) / measuredUs * 1e6,
            UncertaintyPpm = wrongUs / measuredUs * 1e6,
            Basis = Text($"{wrongUs:0.###} us in {measuredUs / 1e6:0.###} s: the instrument's {uncertaintyUs:0.###} us and the board's tick; the instrument's own clock comes on top"),
            TolerancePpm = tolerancePpm,
        };
    }

    /// <summary>From a comparison with the host's clock; null when the answers contradict each other or are too few.</summary>
    /// <param name="board">The board's id.</param>
    /// <param name="uid">Its unique identifier in hexadecimal.</param>
    /// <param name="tolerancePpm">Its tolerance in parts per million.</param>
    /// <param name="comparison">The answers.</param>
    public static Calibration? Compared(string board, string uid, int tolerancePpm, ClockComparison comparison) => comparison.Bounds() is not { } bounds ? null : new()
    {
        Board = board,
        Uid = uid.All(digit => digit == '0') ? null : uid,
        Reference = "this computer's monotonic clock",
        DurationUs = comparison.DurationUs,
        Ppm = (bounds.LeastPpm + bounds.MostPpm) / 2,
        UncertaintyPpm = (bounds.MostPpm - bounds.LeastPpm) / 2,
        Basis = Text($"the way to the board and back, over {comparison.DurationUs / 1e6:0.###} s and {comparison.Samples} answers; the error of this computer's own clock comes on top"),
        TolerancePpm = tolerancePpm,
    };

    /// <summary>As one JSON object.</summary>
    /// <param name="at">When it was measured; null leaves it out.</param>
    public string ToJson(DateTimeOffset? at = null)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteNumber("format", 1);
            json.WriteString("board", Board);
            json.WriteString("uid", Uid);
            if (at is { } time)
            {
                json.WriteString("measuredAt", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            }

            json.WriteString("reference", Reference);
            json.WriteNumber("durationUs", Math.Round(DurationUs, 3));
            json.WriteNumber("errorPpm", Math.Round(Ppm, 4));
            json.WriteNumber("uncertaintyPpm", Math.Round(UncertaintyPpm, 4));
            json.WriteString("basis", Basis);
            json.WriteNumber("tolerancePpm", TolerancePpm);
            json.WriteString("verdict", JsonNamingPolicy.CamelCase.ConvertName(Verdict.ToString()));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    /// <summary>The verdict in one sentence.</summary>
    public string Sentence() => Verdict switch
    {
        ClockVerdict.Within => Text($"within the board's tolerance of {TolerancePpm} ppm"),
        ClockVerdict.Outside => Text($"outside the board's tolerance of {TolerancePpm} ppm: do not use this board where the figure matters, or state the tolerance that it keeps"),
        _ => Text($"undecided: the uncertainty is too large for a tolerance of {TolerancePpm} ppm; measure longer"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
