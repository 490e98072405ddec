namespace Escapement.Esp32
{
    /// <summary>
    /// Pins of the reference board, esp32-s3-devkitc-1. Trigger, enable and heartbeat stand on pins that do not glitch at reset;
    /// 0, 3, 45, 46 strap the boot, 19 and 20 are USB, 26 to 37 belong to flash and octal PSRAM.
    /// </summary>
    public sealed class BoardPins
    {
        /// <summary>RMT output to the limiter.</summary>
        public int Trigger = 15;

        /// <summary>Enable of the latch.</summary>
        public int Enable = 16;

        /// <summary>Watchdog feed.</summary>
        public int Heartbeat = 21;

        /// <summary>Tap of the trigger line, counted.</summary>
        public int RawCounter = 4;

        /// <summary>Line behind the gate, counted.</summary>
        public int GatedCounter = 5;

        /// <summary>State of the latch.</summary>
        public int GateReadBack = 6;

        /// <summary>Emergency stop, channel A.</summary>
        public int EmergencyStopA = 7;

        /// <summary>Emergency stop, channel B.</summary>
        public int EmergencyStopB = 8;

        /// <summary>Interlock loop.</summary>
        public int Interlock = 9;

        /// <summary>Key switch.</summary>
        public int Key = 10;

        /// <summary>Coil present.</summary>
        public int Coil = 11;

        /// <summary>Stimulator ready.</summary>
        public int StimulatorReady = 12;

        /// <summary>State lamp.</summary>
        public int Lamp = 48;

        /// <summary>Host link, transmit (COM1).</summary>
        public int LinkTransmit = 43;

        /// <summary>Host link, receive (COM1).</summary>
        public int LinkReceive = 44;
    }
}
