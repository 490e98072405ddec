using System.Buffers.Binary;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>Reads register EffectiveLimits.</summary>
internal static class LimitsReading
{
    /// <summary>The fourteen figures of its payload, in its order.</summary>
    public static Limits From(ReadOnlySpan<byte> payload) => new()
    {
        MinGapUs = At(payload, 0),
        MinWidthUs = At(payload, 1),
        MaxWidthUs = At(payload, 2),
        MaxTrainPulses = At(payload, 3),
        MaxSessionPulses = At(payload, 4),
        MaxSessionS = At(payload, 5),
        Window1Us = At(payload, 6),
        Window1Pulses = At(payload, 7),
        Window2Us = At(payload, 8),
        Window2Pulses = At(payload, 9),
        Window3Us = At(payload, 10),
        Window3Pulses = At(payload, 11),
        MaxHourPulses = At(payload, 12),
        MaxHighUs = At(payload, 13),
    };

    private static int At(ReadOnlySpan<byte> payload, int index) => BinaryPrimitives.ReadInt32LittleEndian(payload[(index * 4)..]);
}
