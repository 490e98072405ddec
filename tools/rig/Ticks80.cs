namespace Escapement.Rig;

/// <summary>Time on the bench: whole ticks of 12.5 ns (80 MHz), counted from power-up.</summary>
public static class Ticks80
{
    /// <summary>Ticks in one microsecond.</summary>
    public const int PerUs = 80;

    /// <summary>A time that never comes.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Ticks of so many microseconds.</summary>
    public static long FromUs(long us) => us * PerUs;

    /// <summary>Ticks of so many nanoseconds, rounded down.</summary>
    public static long FromNs(long ns) => ns * PerUs / 1000;

    /// <summary>Ticks of so many milliseconds.</summary>
    public static long FromMs(long ms) => ms * (1000L * PerUs);

    /// <summary>Whole microseconds of so many ticks, rounded down.</summary>
    public static long ToUs(long ticks80) => ticks80 / PerUs;
}
