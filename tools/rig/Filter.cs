namespace Escapement.Rig;

/// <summary>
/// A capacitor that is charged and discharged through resistors, and a Schmitt input that looks at it. It remembers: a row of short
/// pulses adds up, as on the real part.
/// </summary>
internal sealed class Filter
{
    private readonly FilterFigures _figures;
    private readonly double _rise80;
    private readonly double _fall80;
    private bool _driven;
    private double _millivolts;
    private long _since80;

    public Filter(FilterFigures figures, bool level)
    {
        _figures = figures;
        _rise80 = figures.RiseNs * (Ticks80.PerUs / 1000.0);
        _fall80 = figures.FallNs * (Ticks80.PerUs / 1000.0);
        _driven = Level = level;
        _millivolts = Target;
    }

    /// <summary>What the Schmitt input has made of it.</summary>
    public bool Level { get; private set; }

    /// <summary>When it will change by itself.</summary>
    public long NextEvent80 { get; private set; } = Ticks80.Never;

    private double Target => _driven ? _figures.HighMillivolts : 0;

    private double Tau80 => _driven ? _rise80 : _fall80;

    /// <summary>What drives it has changed.</summary>
    public void Drive(bool level, long t80)
    {
        _millivolts = Target + (_millivolts - Target) * Math.Exp(-(t80 - _since80) / Tau80);
        _since80 = t80;
        _driven = level;
        NextEvent80 = _driven == Level ? Ticks80.Never : t80 + (long)Math.Ceiling(ToThreshold80());
    }

    /// <summary>The time of its change has come.</summary>
    public void Change()
    {
        Level = _driven;
        NextEvent80 = Ticks80.Never;
    }

    /// <summary>A level that changes back before it was taken need not move the capacitor beyond the threshold again.</summary>
    private double ToThreshold80()
    {
        int threshold = _driven ? _figures.RisingMillivolts : _figures.FallingMillivolts;
        bool isBeyond = _driven ? _millivolts >= threshold : _millivolts <= threshold;
        return isBeyond ? 0 : Tau80 * Math.Log((Target - _millivolts) / (Target - threshold));
    }
}
