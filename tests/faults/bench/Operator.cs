using Escapement.Rig;

namespace Escapement.Faults.Tests;

/// <summary>Switches the bench on again after a restart, as the bring-up page asks: stop pressed and key off at power-up; release; key on.</summary>
internal static class Operator
{
    /// <summary>Does it around a restart.</summary>
    /// <param name="bench">The bench.</param>
    /// <param name="offUs">When the supply goes, in microseconds.</param>
    /// <param name="onUs">When it comes back.</param>
    public static void SwitchesOnAgain(Bench bench, long offUs, long onUs)
    {
        foreach (ContactName stop in new[] { ContactName.EStopA, ContactName.EStopB })
        {
            bench.Contact(stop).Open(Ticks80.FromUs(offUs));
            bench.Contact(stop).Close(Ticks80.FromUs(onUs + 1_200_000));
        }

        bench.Contact(ContactName.Key).Open(Ticks80.FromUs(offUs));
        bench.Contact(ContactName.Key).Close(Ticks80.FromUs(onUs + 3_500_000));
    }
}
