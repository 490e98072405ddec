namespace Escapement.Host;

/// <summary>Names of the fields of a protocol file; those of times and rates are followed by their unit.</summary>
internal static class ProtocolFields
{
    public const string Name = "name";
    public const string Title = "title";
    public const string Family = "family";
    public const string Source = "source";
    public const string Blocks = "blocks";
    public const string PulseWidth = "pulseWidth";
    public const string PulsesPerBurst = "pulsesPerBurst";
    public const string InterPulseInterval = "interPulseInterval";
    public const string PulseRate = "pulseRate";
    public const string BurstsPerTrain = "burstsPerTrain";
    public const string InterBurstInterval = "interBurstInterval";
    public const string BurstRate = "burstRate";
    public const string Trains = "trains";
    public const string InterTrainInterval = "interTrainInterval";
    public const string InterTrainConvention = "interTrainConvention";
    public const string BlockPeriod = "blockPeriod";
    public const string Intervals = "intervals";

    public const string OnsetToOnset = "onsetToOnset";
    public const string LastPulseToFirstPulse = "lastPulseToFirstPulse";

    /// <summary>The fields that give count and interval of a level.</summary>
    public static (string Count, string Interval) OfLevel(string level) => level switch
    {
        RepeatLevel.Train => (Trains, InterTrainInterval),
        RepeatLevel.Burst => (BurstsPerTrain, InterBurstInterval),
        _ => (PulsesPerBurst, InterPulseInterval),
    };
}
