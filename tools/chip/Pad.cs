using System.Device.Gpio;

namespace Escapement.Chip
{
    /// <summary>One pad of the chip: who drives it, and what it sees.</summary>
    internal sealed class Pad
    {
        public bool Reserved;
        public bool OutputEnabled;
        public bool OpenDrain;
        public bool PullUp;

        /// <summary>The GPIO output register's bit; it also survives a mode without output.</summary>
        public bool Latch;

        /// <summary>The RMT channel that the matrix routes to this pad.</summary>
        public RmtTx? Rmt;

        /// <summary>What the wire outside does, if something drives it.</summary>
        public bool OutsideDrives;
        public bool OutsideLevel;

        /// <summary>The level as the outside sees it from the chip: low when the chip lets go.</summary>
        public bool ChipLevel;

        /// <summary>The level on the pad itself.</summary>
        public bool Level;

        /// <summary>The pulse counter that listens here.</summary>
        public PulseUnit? Unit;

        /// <summary>The pin object whose change events are on.</summary>
        public GpioPin? Listener;

        public bool ChipDrives => Rmt != null || (OutputEnabled && !(OpenDrain && Latch));

        public void Release()
        {
            OutputEnabled = false;
            OpenDrain = false;
            PullUp = false;
            Latch = false;
            Rmt = null;
            Listener = null;
            Unit = null;
            Reserved = false;
        }
    }
}
