namespace Escapement.Rig;

/// <summary>Figures of the bench's parts. The defaults are those of the reference wiring.</summary>
public sealed record BenchOptions
{
    /// <summary>Width of each pulse that the limiter makes, in microseconds.</summary>
    public int LimiterPulseUs { get; init; } = 100;

    /// <summary>Time from an accepted trigger edge during which the limiter ignores further edges, in microseconds.</summary>
    public int LimiterDeadUs { get; init; } = 800;

    /// <summary>Time from its last feed after which the watchdog expires, in microseconds; the part is 250 ms within 20 %.</summary>
    public int WatchdogUs { get; init; } = 250_000;

    /// <summary>Time for which a new heartbeat level must last before it counts, in microseconds (RC and Schmitt trigger).</summary>
    public int HeartbeatFilterUs { get; init; } = 2_000;

    /// <summary>True when all contacts start closed; false when they start open.</summary>
    public bool ContactsClosed { get; init; } = true;

    /// <summary>Terms of the gate that are broken: they always look good to the latch. For fault injection.</summary>
    public GateTerms BrokenTerms { get; init; }

    /// <summary>The stimulator.</summary>
    public StimulatorOptions Stimulator { get; init; } = new();

    internal BenchOptions Checked()
    {
        Require(LimiterPulseUs, 1, nameof(LimiterPulseUs));
        Require(LimiterDeadUs, LimiterPulseUs, nameof(LimiterDeadUs));
        Require(WatchdogUs, 1, nameof(WatchdogUs));
        Require(HeartbeatFilterUs, 0, nameof(HeartbeatFilterUs));
        Stimulator.Check();
        return this;
    }

    internal static void Require(int value, int least, string name)
    {
        if (value < least) { throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}."); }
    }
}
