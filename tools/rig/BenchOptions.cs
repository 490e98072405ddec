namespace Escapement.Rig;

/// <summary>Figures of the bench's parts. The defaults are the typical figures of the drawn gate circuit.</summary>
public sealed record BenchOptions
{
    /// <summary>Width of each pulse that the limiter makes, in nanoseconds.</summary>
    public long LimiterPulseNs { get; init; } = CircuitFigures.LimiterPulseNs;

    /// <summary>Time from an accepted trigger edge during which the limiter ignores further edges, in nanoseconds.</summary>
    public long LimiterDeadNs { get; init; } = CircuitFigures.LimiterDeadNs;

    /// <summary>Time from its last feed after which the watchdog expires, in nanoseconds.</summary>
    public long WatchdogNs { get; init; } = CircuitFigures.WatchdogNs;

    /// <summary>Filter between the heartbeat and the watchdog.</summary>
    public FilterFigures HeartbeatFilter { get; init; } = CircuitFigures.HeartbeatFilter;

    /// <summary>Filter between enable and the clock of the latch.</summary>
    public FilterFigures EnableFilter { get; init; } = CircuitFigures.EnableFilter;

    /// <summary>Filter behind each contact.</summary>
    public FilterFigures ContactFilter { get; init; } = CircuitFigures.ContactFilter;

    /// <summary>Time from key on until the stimulator's side works, in nanoseconds.</summary>
    public long KeyOnNs { get; init; } = CircuitFigures.KeyOnNs;

    /// <summary>Time from key off until the stimulator's side is dead, in nanoseconds.</summary>
    public long KeyOffNs { get; init; } = CircuitFigures.KeyOffNs;

    /// <summary>True when all contacts start closed; false when they start open.</summary>
    public bool ContactsClosed { get; init; } = true;

    /// <summary>Temperature of the coil at the start, thousandths of a degree Celsius.</summary>
    public int CoilMilliCelsius { get; init; } = 25_000;

    /// <summary>Terms of the gate that are broken: they always look good to the latch. For fault injection.</summary>
    public GateTerms BrokenTerms { get; init; }

    /// <summary>The stimulator.</summary>
    public StimulatorOptions Stimulator { get; init; } = new();

    internal BenchOptions Checked()
    {
        Require(LimiterPulseNs, 1, nameof(LimiterPulseNs));
        Require(LimiterDeadNs, LimiterPulseNs, nameof(LimiterDeadNs));
        Require(WatchdogNs, 1, nameof(WatchdogNs));
        Require(KeyOnNs, 0, nameof(KeyOnNs));
        Require(KeyOffNs, 0, nameof(KeyOffNs));
        HeartbeatFilter.Check(nameof(HeartbeatFilter));
        EnableFilter.Check(nameof(EnableFilter));
        ContactFilter.Check(nameof(ContactFilter));
        Stimulator.Check();
        return this;
    }

    internal static void Require(long value, long least, string name)
    {
        if (value < least) { throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}."); }
    }
}
