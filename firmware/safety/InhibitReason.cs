namespace Escapement.Safety
{
    /// <summary>Reasons that forbid arming; bits as in device.yml (InhibitFlags).</summary>
    public static class InhibitReason
    {
        /// <summary>The self-test has not passed since power-up.</summary>
        public const int SelfTestMissing = 0x1;

        /// <summary>An emergency stop channel is open.</summary>
        public const int EmergencyStopOpen = 0x2;

        /// <summary>The interlock loop is open.</summary>
        public const int InterlockOpen = 0x4;

        /// <summary>The key switch is off.</summary>
        public const int KeyOff = 0x8;

        /// <summary>No coil is present.</summary>
        public const int CoilAbsent = 0x10;

        /// <summary>The stimulator is not ready.</summary>
        public const int StimulatorNotReady = 0x20;

        /// <summary>The gate reads back open though it should be closed.</summary>
        public const int GateNotClosed = 0x40;

        /// <summary>Pulses were counted outside a run.</summary>
        public const int TriggerNotQuiet = 0x80;

        /// <summary>A fault is latched.</summary>
        public const int FaultLatched = 0x100;

        /// <summary>No host holds the lease.</summary>
        public const int NoLease = 0x200;

        /// <summary>The device is in Harp Standby mode.</summary>
        public const int StandbyMode = 0x400;

        /// <summary>Replies are muted.</summary>
        public const int RepliesMuted = 0x800;

        /// <summary>No program is loaded.</summary>
        public const int NoProgram = 0x1000;

        /// <summary>The program is still being verified.</summary>
        public const int ProgramNotVerified = 0x2000;

        /// <summary>The program exceeds the limits in force.</summary>
        public const int LimitsExceeded = 0x4000;

        /// <summary>The pulse windows leave no room yet.</summary>
        public const int HistoryFull = 0x8000;

        /// <summary>No valid challenge was given.</summary>
        public const int ChallengeMissing = 0x10000;

        /// <summary>The confirmed digest is not the loaded one.</summary>
        public const int DigestMismatch = 0x20000;

        /// <summary>The state does not allow it.</summary>
        public const int WrongState = 0x40000;

        /// <summary>The lists do not fit the memory.</summary>
        public const int MemoryLow = 0x80000;

        /// <summary>The program cannot be cut into transactions on this board.</summary>
        public const int PlanImpossible = 0x100000;

        /// <summary>The board has run too long since its self-test.</summary>
        public const int UptimeTooLong = 0x200000;

        /// <summary>Not both channels of the emergency stop have been seen open and closed since power-up.</summary>
        public const int EmergencyStopUntested = 0x400000;

        /// <summary>The foot switch is not as it must be: released until the board is armed, held from the start on.</summary>
        public const int FootSwitchNotReady = 0x800000;

        /// <summary>The coil has reached 40 degrees Celsius, and has not cooled below 35 since.</summary>
        public const int CoilWarm = 0x1000000;

        /// <summary>The coil's temperature is not known: its sensor is open, shorted, stuck, or changes too fast.</summary>
        public const int TemperatureUnknown = 0x2000000;

        /// <summary>The gate's terms have not been tested in the last 24 hours.</summary>
        public const int GateUntested = 0x4000000;

        /// <summary>The board cannot read or write what it keeps across power-off.</summary>
        public const int StoreUnsafe = 0x8000000;

        /// <summary>The pulses of the last hour leave no room for this program.</summary>
        public const int HourFull = 0x10000000;

        /// <summary>A garbage collection took longer than 100 ms.</summary>
        public const int CollectionTooLong = 0x20000000;
    }
}
