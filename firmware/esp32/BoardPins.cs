namespace Escapement.Esp32
{
    /// <summary>GPIO numbers of a board's signals; <see cref="Absent"/> where the board has none. Filled by the board's profile.</summary>
    public sealed class BoardPins
    {
        /// <summary>The board has no such signal.</summary>
        public const int Absent = -1;

        /// <summary>RMT output to the limiter.</summary>
        public int Trigger = Absent;

        /// <summary>Enable of the latch.</summary>
        public int Enable = Absent;

        /// <summary>Watchdog feed.</summary>
        public int Heartbeat = Absent;

        /// <summary>Tap of the trigger line, counted.</summary>
        public int RawCounter = Absent;

        /// <summary>Line behind the gate, counted.</summary>
        public int GatedCounter = Absent;

        /// <summary>State of the latch.</summary>
        public int GateReadBack = Absent;

        /// <summary>Emergency stop, channel A.</summary>
        public int EmergencyStopA = Absent;

        /// <summary>Emergency stop, channel B.</summary>
        public int EmergencyStopB = Absent;

        /// <summary>Interlock loop.</summary>
        public int Interlock = Absent;

        /// <summary>Key switch.</summary>
        public int Key = Absent;

        /// <summary>Coil present.</summary>
        public int Coil = Absent;

        /// <summary>Stimulator ready.</summary>
        public int StimulatorReady = Absent;

        /// <summary>Trigger-out of the stimulator. Carried as data; nothing reads it yet.</summary>
        public int TriggerOut = Absent;

        /// <summary>Foot switch. Carried as data; nothing reads it yet.</summary>
        public int FootSwitch = Absent;

        /// <summary>Coil temperature, analogue. Carried as data; nothing reads it yet.</summary>
        public int Temperature = Absent;

        /// <summary>State lamp.</summary>
        public int Lamp = Absent;

        /// <summary>Host link, from the chip.</summary>
        public int LinkTransmit = Absent;

        /// <summary>Host link, to the chip.</summary>
        public int LinkReceive = Absent;
    }
}
