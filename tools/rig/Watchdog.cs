namespace Escapement.Rig;

/// <summary>
/// Retriggerable monostable behind RC and Schmitt trigger: the filtered heartbeat takes a new level only after that level has
/// lasted for the filter time, and each change of the filtered level feeds. A shorter pulse, from cross-talk, never shows.
/// </summary>
internal sealed class Watchdog(int periodUs, int filterUs)
{
    private readonly long _period80 = Ticks80.FromUs(periodUs);
    private readonly long _filter80 = Ticks80.FromUs(filterUs);
    private bool _filtered;
    private bool _line;

    public bool Running => Expiry80 != Ticks80.Never;

    /// <summary>When it expires unless fed.</summary>
    public long Expiry80 { get; private set; } = Ticks80.Never;

    /// <summary>When the heartbeat's new level will have lasted long enough.</summary>
    public long Accept80 { get; private set; } = Ticks80.Never;

    public long NextEvent80 => Math.Min(Expiry80, Accept80);

    public void Line(bool level, long t80)
    {
        _line = level;
        Accept80 = level == _filtered ? Ticks80.Never : t80 + _filter80;
    }

    public void Accept(long t80)
    {
        _filtered = _line;
        Accept80 = Ticks80.Never;
        Expiry80 = t80 + _period80;
    }

    public void Expire() => Expiry80 = Ticks80.Never;
}
