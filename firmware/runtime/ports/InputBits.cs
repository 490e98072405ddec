namespace Escapement.Runtime.Ports
{
    /// <summary>Bits of <see cref="IInputs.Read"/>; set is safe.</summary>
    public static class InputBits
    {
        /// <summary>Emergency stop, channel A: contact closed.</summary>
        public const int EmergencyStopA = 1;

        /// <summary>Emergency stop, channel B: contact closed.</summary>
        public const int EmergencyStopB = 2;

        /// <summary>Interlock loop closed.</summary>
        public const int Interlock = 4;

        /// <summary>Key switch on.</summary>
        public const int Key = 8;

        /// <summary>Coil present.</summary>
        public const int Coil = 16;

        /// <summary>Stimulator ready.</summary>
        public const int StimulatorReady = 32;

        /// <summary>All of them.</summary>
        public const int All = 63;
    }
}
