using Escapement.Rig;

namespace Escapement.Rig.Tests;

/// <summary>Short words for what a board does to the bench.</summary>
internal static class Drive
{
    public static long Us(long us) => us * 80;

    public static long Ms(long ms) => ms * 80_000;

    /// <summary>From low, fully discharged, to the Schmitt input's rising edge: R C ln(V / (V - threshold)), up to the next tick.</summary>
    public static long Rise80(FilterFigures filter) =>
        (long)Math.Ceiling(filter.RiseNs * 0.08 * Math.Log((double)filter.HighMillivolts / (filter.HighMillivolts - filter.RisingMillivolts)));

    /// <summary>From high, fully charged, to the Schmitt input's falling edge: R C ln(V / threshold), up to the next tick.</summary>
    public static long Fall80(FilterFigures filter) =>
        (long)Math.Ceiling(filter.FallNs * 0.08 * Math.Log((double)filter.HighMillivolts / filter.FallingMillivolts));

    public static readonly long EnableDelay80 = Rise80(CircuitFigures.EnableFilter);

    public static readonly long ContactOpens80 = Fall80(CircuitFigures.ContactFilter);

    public static readonly long ContactCloses80 = Rise80(CircuitFigures.ContactFilter);

    /// <summary>A heartbeat edge every 10 ms in [from, to).</summary>
    public static void Feed(this Bench bench, long fromMs, long toMs)
    {
        for (long ms = fromMs; ms < toMs; ms += 10) { bench.SetHeartbeat(ms / 10 % 2 == 0, Ms(ms)); }
    }

    public static void Pulse(this Bench bench, long t80, long widthUs = 50)
    {
        bench.SetTrigger(true, t80);
        bench.SetTrigger(false, t80 + Us(widthUs));
    }

    /// <summary>A bench fed until 100 ms whose gate was opened at 50 ms.</summary>
    public static Bench Open(BenchOptions? options = null)
    {
        Bench bench = new(options);
        bench.Feed(0, 50);
        bench.SetEnable(true, Ms(50));
        bench.Feed(60, 100);
        bench.AdvanceTo(Ms(99));
        Assert.IsTrue(bench.Level(RigSignal.Latch), "the gate should be open");
        return bench;
    }
}
