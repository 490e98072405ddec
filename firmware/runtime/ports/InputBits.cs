namespace Escapement.Runtime.Ports
{
    /// <summary>Bits of <see cref="IInputs"/>, as in device.yml (InputFlags); set is safe.</summary>
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

        /// <summary>Foot switch held.</summary>
        public const int FootSwitch = 64;

        /// <summary>Not a level: the stimulator's trigger-out is counted (<see cref="IInputs.Present"/> only).</summary>
        public const int TriggerOut = 128;

        /// <summary>Not a level: the coil has a temperature sensor (<see cref="IInputs.Present"/> only).</summary>
        public const int CoilTemperature = 256;

        /// <summary>Both channels of the emergency stop.</summary>
        public const int EmergencyStops = EmergencyStopA | EmergencyStopB;

        /// <summary>How many of them are levels.</summary>
        public const int Count = 7;

        /// <summary>All levels.</summary>
        public const int Levels = (1 << Count) - 1;
    }
}
