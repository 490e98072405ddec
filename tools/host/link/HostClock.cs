namespace Escapement.Host;

/// <summary>
/// The clock that a lease holder sends with each renewal, and that the board holds against its own. It rises with every renewal.
/// A simulated board behind a line runs at the pace of the machine it is simulated on, with no crystal to compare: it gets its own time back.
/// </summary>
public sealed class HostClock
{
    private long lastUs;

    /// <summary>Whether the board's own time is handed back.</summary>
    public bool EchoesBoard { get; set; }

    /// <summary>Arguments of a renewal: the board time that it echoes and the host's clock, low and high word each.</summary>
    /// <param name="echoedUs">Board time of the Status event just consumed, in microseconds.</param>
    /// <param name="nowUs">The host's monotonic clock, in microseconds.</param>
    public uint[] Arguments(long echoedUs, long nowUs)
    {
        lastUs = Math.Max(lastUs + 1, EchoesBoard ? echoedUs : nowUs);
        return [(uint)echoedUs, (uint)(echoedUs >> 32), (uint)lastUs, (uint)(lastUs >> 32)];
    }
}
