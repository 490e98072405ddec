namespace Escapement.Runtime.Ports
{
    /// <summary>Independent pulse counters. All count rising edges since power-up and are never reset while a run lasts.</summary>
    public interface ICounters
    {
        /// <summary>Pulses on the trigger line before the gate; negative when the counter failed.</summary>
        int RawPulses();

        /// <summary>Pulses behind the gate; negative when the counter failed.</summary>
        int GatedPulses();

        /// <summary>Pulses of the stimulator's trigger-out; 0 for ever when the board has none, negative when the counter failed.</summary>
        int TriggerOutPulses();
    }
}
