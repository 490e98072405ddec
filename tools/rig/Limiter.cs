namespace Escapement.Rig;

/// <summary>Non-retriggerable one-shot: a rising edge makes one pulse of fixed width; further edges within the dead time do nothing.</summary>
internal sealed class Limiter(long pulseNs, long deadNs)
{
    private readonly long _pulse80 = Ticks80.FromNs(pulseNs);
    private readonly long _dead80 = Ticks80.FromNs(deadNs);
    private long _readyAt80 = long.MinValue;

    /// <summary>When the pulse in progress ends.</summary>
    public long NextEvent80 { get; private set; } = Ticks80.Never;

    /// <summary>A rising edge. True when it starts a pulse.</summary>
    public bool Edge(long t80)
    {
        if (t80 < _readyAt80) { return false; }
        _readyAt80 = t80 + _dead80;
        NextEvent80 = t80 + _pulse80;
        return true;
    }

    public void End() => NextEvent80 = Ticks80.Never;
}
