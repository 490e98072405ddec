namespace Escapement.Runtime.Ports
{
    /// <summary>Two independent pulse counters. Both count rising edges since power-up and are never reset while a run lasts.</summary>
    public interface ICounters
    {
        /// <summary>Pulses on the trigger line before the gate; negative when the counter failed.</summary>
        int RawPulses();

        /// <summary>Pulses behind the gate; negative when the counter failed.</summary>
        int GatedPulses();
    }
}
