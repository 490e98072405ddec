namespace Escapement.Rig;

/// <summary>A resistor, a capacitor and a Schmitt input.</summary>
/// <param name="RiseNs">Time constant towards high, in nanoseconds.</param>
/// <param name="FallNs">Time constant towards low, in nanoseconds.</param>
/// <param name="HighMillivolts">Where the capacitor ends up when driven high, in millivolts.</param>
/// <param name="RisingMillivolts">Threshold of the rising input, in millivolts.</param>
/// <param name="FallingMillivolts">Threshold of the falling input, in millivolts.</param>
public sealed record FilterFigures(long RiseNs, long FallNs, int HighMillivolts, int RisingMillivolts, int FallingMillivolts)
{
    internal void Check(string name)
    {
        if (RiseNs < 1 || FallNs < 1) { throw new ArgumentOutOfRangeException(name, this, $"{name}: a time constant is at least 1 ns."); }
        if (FallingMillivolts < 1 || RisingMillivolts <= FallingMillivolts || HighMillivolts <= RisingMillivolts)
        {
            throw new ArgumentOutOfRangeException(name, this, $"{name}: the thresholds must lie apart, the falling one lower, both between 0 V and high.");
        }
    }
}
