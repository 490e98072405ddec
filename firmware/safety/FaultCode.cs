namespace Escapement.Safety
{
    /// <summary>Faults; bits as in device.yml (FaultFlags).</summary>
    public static class FaultCode
    {
        /// <summary>A start took longer than its bound; it was refused before its first pulse.</summary>
        public const int StartLate = 0x1;

        /// <summary>The gate opened too close to the first pulse.</summary>
        public const int GateLate = 0x2;

        /// <summary>The gate reads back otherwise than it should.</summary>
        public const int GateMismatch = 0x4;

        /// <summary>Pulses on the trigger line outside a window.</summary>
        public const int TriggerNotQuiet = 0x8;

        /// <summary>The raw counter disagrees with the plan.</summary>
        public const int RawCountMismatch = 0x10;

        /// <summary>The counter behind the gate disagrees with the plan.</summary>
        public const int GatedCountMismatch = 0x20;

        /// <summary>The output guard rejected a word list.</summary>
        public const int GuardRejected = 0x40;

        /// <summary>A judged word list changed before it was sent.</summary>
        public const int ListChanged = 0x80;

        /// <summary>The lead-in sent does not fit the clock and the plan.</summary>
        public const int HeadMismatch = 0x100;

        /// <summary>The program changed in memory.</summary>
        public const int ProgramChanged = 0x200;

        /// <summary>The limits changed in memory.</summary>
        public const int LimitsChanged = 0x400;

        /// <summary>The host stopped renewing its lease.</summary>
        public const int LeaseLost = 0x800;

        /// <summary>Standby or muted replies were entered while armed or running.</summary>
        public const int LinkSilenced = 0x1000;

        /// <summary>The interlock loop opened.</summary>
        public const int InterlockOpened = 0x2000;

        /// <summary>The key was turned off.</summary>
        public const int KeyTurnedOff = 0x4000;

        /// <summary>The coil was lost.</summary>
        public const int CoilLost = 0x8000;

        /// <summary>The stimulator was not ready.</summary>
        public const int StimulatorNotReady = 0x10000;

        /// <summary>The supervisor stood still for longer than 150 ms.</summary>
        public const int PassOverrun = 0x20000;

        /// <summary>The trigger hardware refused a list.</summary>
        public const int SendFailed = 0x40000;

        /// <summary>A pulse counter failed.</summary>
        public const int CounterFailed = 0x80000;

        /// <summary>The clock ran backwards or jumped.</summary>
        public const int ClockFailed = 0x100000;

        /// <summary>The hold lasted longer than allowed.</summary>
        public const int HeldTooLong = 0x200000;

        /// <summary>The expanded program differs from its stated totals.</summary>
        public const int ExpansionMismatch = 0x400000;

        /// <summary>The next word list was not ready in time.</summary>
        public const int EncodingLate = 0x800000;

        /// <summary>The emergency stop was actuated.</summary>
        public const int EmergencyStop = 0x1000000;

        /// <summary>The firmware caught an error of its own.</summary>
        public const int Internal = 0x2000000;

        /// <summary>The two emergency stop channels disagreed for longer than 100 ms.</summary>
        public const int EmergencyStopDiscrepancy = 0x4000000;

        /// <summary>The stimulator's trigger-out disagrees with the pulses that were sent.</summary>
        public const int TriggerOutMismatch = 0x8000000;

        /// <summary>The coil is too hot, or its temperature is not known.</summary>
        public const int CoilTemperature = 0x10000000;

        /// <summary>The foot switch was released.</summary>
        public const int FootSwitchReleased = 0x20000000;

        /// <summary>The board's clock and the host's clock drift apart.</summary>
        public const int ClockDisagrees = 0x40000000;

        /// <summary>The board was reset or lost power while it was armed or running. Bit 31.</summary>
        public const int AbnormalEnd = int.MinValue;
    }
}
