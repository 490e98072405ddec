namespace Escapement.Chip
{
    /// <summary>What is wired to the pins. Called on the board's thread, in the order of time.</summary>
    public interface IOutside
    {
        /// <summary>When the outside next does something of its own, in ticks of 12.5 ns; long.MaxValue: never.</summary>
        long NextEvent80 { get; }

        /// <summary>Brings the outside to a time. Everything due by then is done; pins that it drives are set through <see cref="Board.DriveInput"/>.</summary>
        void AdvanceTo(long t80);

        /// <summary>The level that the chip gives a pin changed. A pin that the chip lets go counts as low: the external pull-down decides.</summary>
        void PinChanged(int pin, bool level, long t80);

        /// <summary>The interpreter stands still from now on, for an injected pause or in a call that freezes it. Simulation time in microseconds.</summary>
        void OnPause(long nowUs);
    }
}
