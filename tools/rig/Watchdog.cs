namespace Escapement.Rig;

/// <summary>Retriggerable monostable: each rising edge of the filtered heartbeat starts it anew.</summary>
internal sealed class Watchdog(long periodNs)
{
    private readonly long _period80 = Ticks80.FromNs(periodNs);

    /// <summary>When it expires unless fed.</summary>
    public long Expiry80 { get; private set; } = Ticks80.Never;

    public void Feed(long t80) => Expiry80 = t80 + _period80;

    public void Expire() => Expiry80 = Ticks80.Never;
}
