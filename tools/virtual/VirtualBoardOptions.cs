using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Virtual;

/// <summary>One pause of the interpreter.</summary>
/// <param name="AtUs">From when, in microseconds of simulation time; it begins at the firmware's next vendor call.</param>
/// <param name="LengthUs">For how long, in microseconds.</param>
public readonly record struct ScheduledPause(long AtUs, long LengthUs);

/// <summary>What can be chosen about a virtual board.</summary>
public sealed record VirtualBoardOptions
{
    /// <summary>Which kind of board: chip, pins, link and memory follow from it. See <see cref="BoardModel.All"/>.</summary>
    public string BoardId { get; init; } = PlanBoard.ReferenceId;

    /// <summary>Unique identifier that was written at flashing ("VIRTUAL BOARD" and a 1), 32 hexadecimal digits; null: the board has no identity file.</summary>
    public string? Uid { get; init; } = "5649525455414c20424f415244000001";

    /// <summary>Files on the board's flash besides, by their paths there. One at the place of the identity file replaces it.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Seed of everything random. The same seed and the same host give the same edges.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Longest random pause of the interpreter, in milliseconds; 0 for none.</summary>
    public int MaxPauseMs { get; init; }

    /// <summary>Mean time between random pauses, in milliseconds.</summary>
    public int MeanPauseIntervalMs { get; init; } = 1_000;

    /// <summary>Pauses at fixed times, besides the random ones.</summary>
    public IReadOnlyList<ScheduledPause> Pauses { get; init; } = [];

    /// <summary>Time that each vendor call takes, in nanoseconds.</summary>
    public int CallLatencyNs { get; init; } = 20_000;

    /// <summary>What a call takes on top of it, from 0 to below this, drawn from the seed, ns: starts vary as they would on a board.</summary>
    public int CallJitterNs { get; init; } = 30_000;

    /// <summary>Largest free block of native memory, bytes; the driver's copy of a list must fit in it. Null: what is usual on the board.</summary>
    public int? NativeFreeBytes { get; init; }

    /// <summary>Error of the board's crystal in parts per thousand million; positive: it runs fast.</summary>
    public int ClockErrorPpb { get; init; }

    /// <summary>What the board's microsecond clock shows at each boot. A real one begins at 0; set it to come near a wrap without waiting.</summary>
    public long ClockStartUs { get; init; }

    /// <summary>How long a reboot takes before managed code runs again, in milliseconds.</summary>
    public int BootMs { get; init; } = 400;

    /// <summary>True: the board runs on its own thread at the pace of the wall clock. False: lock-step, as fast as the machine allows.</summary>
    public bool RealTime { get; init; }

    /// <summary>The bench.</summary>
    public BenchOptions Bench { get; init; } = new();

    /// <summary>True: somebody switches the bench on as the bring-up page asks, so that the board can test its stop and its gate. False: contacts stay as <see cref="Bench"/> has them. Null: true for the firmware itself on a bench that is closed.</summary>
    public bool? Operator { get; init; }

    /// <summary>True: on a board with a foot switch somebody steps on it when the live lamp goes on, and off it when the lamp goes out. False: it stays as the test has it.</summary>
    public bool Foot { get; init; } = true;

    /// <summary>True: the board was flashed and knows that it has never run. False: what it keeps across power-off is missing, which counts as unknown.</summary>
    public bool Flashed { get; init; } = true;

    /// <summary>Where the bench is wired to the chip; null: where the board's profile has it.</summary>
    public PinMap? Pins { get; init; }

    /// <summary>What runs on the board; null: the firmware itself.</summary>
    public Action? Firmware { get; init; }

    internal VirtualBoardOptions Checked()
    {
        Require(MaxPauseMs is >= 0 and <= 60_000, nameof(MaxPauseMs), MaxPauseMs, "0 to 60,000");
        Require(MeanPauseIntervalMs is >= 1 and <= 86_400_000, nameof(MeanPauseIntervalMs), MeanPauseIntervalMs, "1 to 86,400,000");
        Require(CallLatencyNs is >= 0 and <= 10_000_000, nameof(CallLatencyNs), CallLatencyNs, "0 to 10,000,000");
        Require(ClockErrorPpb is >= -100_000_000 and <= 100_000_000, nameof(ClockErrorPpb), ClockErrorPpb, "at most 10 % either way");
        Require(ClockStartUs is >= 0 and <= 1L << 53, nameof(ClockStartUs), ClockStartUs, "0 to 2^53");
        Require(BootMs is >= 0 and <= 60_000, nameof(BootMs), BootMs, "0 to 60,000");
        foreach (ScheduledPause pause in Pauses)
        {
            Require(pause is { AtUs: >= 0, LengthUs: > 0 and <= 3_600_000_000 }, nameof(Pauses), pause, "not before 0 and 1 us to 1 h long");
        }
        return this;
    }

    private static void Require(bool good, string name, object value, string range)
    {
        if (!good) { throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}."); }
    }
}
