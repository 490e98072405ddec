namespace Escapement.Safety
{
    /// <summary>The one table of reasons that forbid arming, starting or resuming.</summary>
    public static class InhibitTable
    {
        private const int Low = SafetyEntry.SeverityLow;
        private const int Medium = SafetyEntry.SeverityMedium;
        private const int High = SafetyEntry.SeverityHigh;
        private const int Arm = 1 << SupervisorState.Armed;
        private const int ArmAndRun = Arm | (1 << SupervisorState.Running);

        private static readonly SafetyEntry[] rows =
        {
            new SafetyEntry(InhibitReason.SelfTestMissing, "SelfTestMissing", High, ArmAndRun,
                "The self-test has not passed since power-up.",
                "Wait for the self-test; when it failed, read Faults, mend the cause and restart the board."),
            new SafetyEntry(InhibitReason.EmergencyStopOpen, "EmergencyStopOpen", High, ArmAndRun,
                "An emergency stop channel is open.",
                "Release the emergency stop; when it is released, check both of its channels for a broken wire."),
            new SafetyEntry(InhibitReason.InterlockOpen, "InterlockOpen", High, ArmAndRun,
                "The interlock loop is open.",
                "Close every contact of the interlock loop."),
            new SafetyEntry(InhibitReason.KeyOff, "KeyOff", High, ArmAndRun,
                "The key switch is off.",
                "Turn the key on."),
            new SafetyEntry(InhibitReason.CoilAbsent, "CoilAbsent", Medium, ArmAndRun,
                "No coil is present.",
                "Connect the coil or the dummy load and its presence line."),
            new SafetyEntry(InhibitReason.StimulatorNotReady, "StimulatorNotReady", Low, ArmAndRun,
                "The stimulator is not ready.",
                "Enable the stimulator and wait until it is charged."),
            new SafetyEntry(InhibitReason.GateNotClosed, "GateNotClosed", High, Arm,
                "The gate reads back open though it should be closed.",
                "Switch the stimulator off and check the gate's latch and its read-back wire."),
            new SafetyEntry(InhibitReason.TriggerNotQuiet, "TriggerNotQuiet", High, ArmAndRun,
                "Pulses were counted outside a run.",
                "Find what drives the trigger line or couples into it, send Stop to begin the silence anew, then clear."),
            new SafetyEntry(InhibitReason.FaultLatched, "FaultLatched", High, ArmAndRun,
                "A fault is latched.",
                "Read Faults, remove the cause and send Clear."),
            new SafetyEntry(InhibitReason.NoLease, "NoLease", Medium, ArmAndRun,
                "No host holds the lease.",
                "Take the lease and renew it on every Status event."),
            new SafetyEntry(InhibitReason.StandbyMode, "StandbyMode", Medium, ArmAndRun,
                "The device is in Harp Standby mode.",
                "Write Active mode to OPERATION_CTRL."),
            new SafetyEntry(InhibitReason.RepliesMuted, "RepliesMuted", Medium, ArmAndRun,
                "Replies are muted.",
                "Clear MUTE_RPL in OPERATION_CTRL."),
            new SafetyEntry(InhibitReason.NoProgram, "NoProgram", Low, ArmAndRun,
                "No program is loaded.",
                "Upload a program and seal it."),
            new SafetyEntry(InhibitReason.ProgramNotVerified, "ProgramNotVerified", Medium, ArmAndRun,
                "The program is still being verified.",
                "Wait until the state is Loaded."),
            new SafetyEntry(InhibitReason.LimitsExceeded, "LimitsExceeded", High, Arm,
                "The program exceeds the limits in force.",
                "Compare ProgramTotals with EffectiveLimits and change the protocol."),
            new SafetyEntry(InhibitReason.HistoryFull, "HistoryFull", High, Arm,
                "The pulse windows leave no room yet.",
                "Wait a few seconds: 5 s after power-up, or until the last pulses are old enough."),
            new SafetyEntry(InhibitReason.ChallengeMissing, "ChallengeMissing", Medium, Arm,
                "No valid challenge was given.",
                "Request a challenge and arm with it within 2 s; each serves once."),
            new SafetyEntry(InhibitReason.DigestMismatch, "DigestMismatch", High, ArmAndRun,
                "The confirmed digest is not the loaded one.",
                "Read Digest again, compare the program and confirm what is loaded."),
            new SafetyEntry(InhibitReason.WrongState, "WrongState", Medium, ArmAndRun,
                "The state does not allow it.",
                "Read SupervisorState and do what leads to the state needed."),
            new SafetyEntry(InhibitReason.MemoryLow, "MemoryLow", Low, Arm,
                "The lists do not fit the memory.",
                "Shorten the trains, restart the board, or use a board with PSRAM."),
            new SafetyEntry(InhibitReason.PlanImpossible, "PlanImpossible", Low, Arm,
                "The program cannot be cut into transactions on this board.",
                "Lengthen the gaps between trains or shorten the trains."),
            new SafetyEntry(InhibitReason.UptimeTooLong, "UptimeTooLong", Medium, Arm,
                "The board has run too long since its self-test.",
                "Restart the board, which tests itself again."),
            new SafetyEntry(InhibitReason.EmergencyStopUntested, "EmergencyStopUntested", Medium, ArmAndRun,
                "Not both channels of the emergency stop have been seen open and closed since power-up.",
                "Press and release the emergency stop, then clear."),
            new SafetyEntry(InhibitReason.FootSwitchNotReady, "FootSwitchNotReady", Medium, ArmAndRun,
                "The foot switch is not as it must be: released until the board is armed, held from the start on.",
                "Release the foot switch before arming and hold it before starting; when that changes nothing, check its wire."),
            new SafetyEntry(InhibitReason.CoilWarm, "CoilWarm", Medium, ArmAndRun,
                "The coil has reached 40 degrees Celsius, and has not cooled below 35 since.",
                "Let the coil cool below 35 degrees Celsius, then clear."),
            new SafetyEntry(InhibitReason.TemperatureUnknown, "TemperatureUnknown", Medium, ArmAndRun,
                "The coil's temperature is not known: its sensor is open, shorted, stuck, or changes too fast.",
                "Check the temperature sensor and its wire, then clear."),
            new SafetyEntry(InhibitReason.GateUntested, "GateUntested", High, Arm,
                "The gate's terms have not been tested in the last 24 hours.",
                "Turn the key off, send GateTest and wait until it has passed."),
            new SafetyEntry(InhibitReason.StoreUnsafe, "StoreUnsafe", Medium, Arm,
                "The board cannot read or write what it keeps across power-off.",
                "Restart the board; when it comes back, flash the board anew."),
            new SafetyEntry(InhibitReason.HourFull, "HourFull", High, Arm,
                "The pulses of the last hour leave no room for this program.",
                "Wait until enough of them are older than an hour."),
            new SafetyEntry(InhibitReason.CollectionTooLong, "CollectionTooLong", Low, Arm,
                "A garbage collection took longer than 100 ms.",
                "Restart the board; when it comes back, report it with the register dump."),
        };

        /// <summary>Number of reasons.</summary>
        public static int Count
        {
            get { return rows.Length; }
        }

        /// <summary>Every reason's bit.</summary>
        public static int All
        {
            get { return BitTable.All(rows); }
        }

        /// <summary>A row by its position, 0 to <see cref="Count"/> - 1; reason n has bit n.</summary>
        public static SafetyEntry At(int index)
        {
            return rows[index];
        }

        /// <summary>The row of one bit mask; null when it is not exactly one known bit.</summary>
        public static SafetyEntry ByBit(int bit)
        {
            return BitTable.ByBit(rows, bit);
        }

        /// <summary>Those of the reasons that forbid entering a state. A bit that the table does not know forbids Armed and Running.</summary>
        /// <param name="reasons">Reasons that stand.</param>
        /// <param name="state">A <see cref="SupervisorState"/>.</param>
        public static int Blocking(int reasons, int state)
        {
            int blocking = BitTable.Within(rows, reasons, state);
            return (StateTable.Bit(state) & ArmAndRun) != 0 ? blocking | (reasons & ~All) : blocking;
        }
    }
}
