namespace Escapement.Chip
{
    /// <summary>Why a board stopped running managed code.</summary>
    public enum HaltReason
    {
        /// <summary>The firmware asked for a reboot.</summary>
        Reboot,

        /// <summary>The supply went away.</summary>
        PowerOff,

        /// <summary>A native fault: on a board it prints and reboots.</summary>
        Panic,

        /// <summary>A vendor call waits for something that never comes: on a board nothing restarts it.</summary>
        Frozen,
    }

    /// <summary>Thrown out of the vendor call in which the board stopped, and out of every later one until it is restarted.</summary>
    public sealed class BoardHalted : Exception
    {
        /// <summary>Makes one.</summary>
        public BoardHalted(HaltReason reason, string message)
            : base(message)
        {
            Reason = reason;
        }

        /// <summary>Why.</summary>
        public HaltReason Reason { get; }
    }
}
