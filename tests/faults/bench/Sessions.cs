using Escapement.Host;

namespace Escapement.Faults.Tests;

/// <summary>Short sessions with everything that a fault can fall into: pulses in bursts, bursts in trains, silences between trains.</summary>
internal static partial class Sessions
{
    /// <summary>Theta burst: 3 pulses 20 ms apart, 10 bursts 200 ms apart, 3 trains 8 s apart.</summary>
    public static Protocol Theta { get; } = Of("theta", pulses: 3, 20_000, bursts: 10, 200_000, trains: 3, 8_000_000);

    /// <summary>25 Hz: 50 pulses, 3 trains 8 s apart.</summary>
    public static Protocol At25Hz { get; } = Of("25hz", pulses: 1, 0, bursts: 50, 40_000, trains: 3, 8_000_000);

    /// <summary>10 Hz: 30 pulses, 3 trains 8 s apart.</summary>
    public static Protocol At10Hz { get; } = Of("10hz", pulses: 1, 0, bursts: 30, 100_000, trains: 3, 8_000_000);

    /// <summary>A session of trains of bursts of pulses; intervals in microseconds from onset to onset.</summary>
    public static Protocol Of(string id, int pulses, Rational interPulseUs, int bursts, Rational interBurstUs, int trains, Rational trainPeriodUs) => new()
    {
        Id = id,
        Blocks =
        [
            new RepeatBlock
            {
                PulsesPerBurst = pulses,
                InterPulseUs = interPulseUs,
                BurstsPerTrain = bursts,
                InterBurstUs = interBurstUs,
                Trains = trains,
                TrainPeriodUs = trainPeriodUs,
            },
        ],
    };
}
