namespace Escapement.Runtime.Ports
{
    /// <summary>The hardware gate between trigger line and isolator: the enable line, the watchdog feed and the read-back of the latch.</summary>
    public interface IGate
    {
        /// <summary>Drives enable high: the rising edge sets the latch if the hardware agrees.</summary>
        void Enable();

        /// <summary>Drives enable low: the latch drops, whatever else.</summary>
        void Disable();

        /// <summary>Toggles the heartbeat line once. Called by the supervisor only, at most once a pass.</summary>
        void Feed();

        /// <summary>The latch's state, read back from the hardware: true is open.</summary>
        bool IsOpen();
    }
}
