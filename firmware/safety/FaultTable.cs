namespace Escapement.Safety
{
    /// <summary>The one table of faults. Each closes the gate, ends the transmission and latches; none clears itself.</summary>
    public static class FaultTable
    {
        private const int Low = SafetyEntry.SeverityLow;
        private const int Medium = SafetyEntry.SeverityMedium;
        private const int High = SafetyEntry.SeverityHigh;
        private const int Run = 1 << SupervisorState.Running;
        private const int Hold = 1 << SupervisorState.Held;
        private const int Load = 1 << SupervisorState.Loaded;
        private const int Live = (1 << SupervisorState.Armed) | Run | Hold;
        private const int AfterBoot = StateTable.All & ~(1 << SupervisorState.Boot);
        private const int Working = Live | Load | (1 << SupervisorState.Idle) | (1 << SupervisorState.Done);

        private const string Bug = "Report this with the session record, and restart the board before the next session.";
        private const string Memory = "Restart the board; when it comes back, replace the board.";

        private static readonly SafetyEntry[] rows =
        {
            new SafetyEntry(FaultCode.StartLate, "StartLate", Low, Run,
                "A start took longer than its bound; it was refused before its first pulse.",
                "Run again; when it comes back, look for what keeps the board busy or raise the board's start bound after measuring it."),
            new SafetyEntry(FaultCode.GateLate, "GateLate", Low, Run,
                "The gate opened too close to the first pulse.",
                "Run again; when it comes back, measure the gate's read-back time or lengthen the lead-in."),
            new SafetyEntry(FaultCode.GateMismatch, "GateMismatch", High, AfterBoot,
                "The gate reads back otherwise than it should.",
                "Switch the stimulator off; check latch, enable line, watchdog feed and read-back wire."),
            new SafetyEntry(FaultCode.TriggerNotQuiet, "TriggerNotQuiet", High, Live,
                "Pulses were counted on the trigger line outside a window.",
                "Find what drives the trigger line or couples into it."),
            new SafetyEntry(FaultCode.RawCountMismatch, "RawCountMismatch", High, Run,
                "The raw counter disagrees with the plan.",
                "Check the trigger line and its counter wire for noise or a break."),
            new SafetyEntry(FaultCode.GatedCountMismatch, "GatedCountMismatch", High, Live,
                "The counter behind the gate disagrees with the plan.",
                "Check limiter, gate and the gated counter's wire."),
            new SafetyEntry(FaultCode.GuardRejected, "GuardRejected", High, Live | Load,
                "The output guard rejected a word list.",
                "Read the verdict in the session record; change the protocol or report it."),
            new SafetyEntry(FaultCode.ListChanged, "ListChanged", High, Live,
                "A judged word list changed before it was sent.", Memory),
            new SafetyEntry(FaultCode.HeadMismatch, "HeadMismatch", High, Run,
                "The lead-in that was sent does not fit the clock and the plan.", Bug),
            new SafetyEntry(FaultCode.ProgramChanged, "ProgramChanged", High, Live | Load,
                "The program changed in memory.", Memory),
            new SafetyEntry(FaultCode.LimitsChanged, "LimitsChanged", High, Working,
                "The limits changed in memory.", Memory),
            new SafetyEntry(FaultCode.LeaseLost, "LeaseLost", Medium, Live,
                "The host stopped renewing its lease.",
                "Check the host program and the cable, take the lease again and clear."),
            new SafetyEntry(FaultCode.LinkSilenced, "LinkSilenced", Medium, Live,
                "Standby or muted replies were entered while armed, running or held.",
                "Write Active mode with replies to OPERATION_CTRL and clear; let no other program write it."),
            new SafetyEntry(FaultCode.InterlockOpened, "InterlockOpened", High, Live,
                "The interlock loop opened.",
                "Close the interlock loop and clear."),
            new SafetyEntry(FaultCode.KeyTurnedOff, "KeyTurnedOff", High, Live,
                "The key was turned off.",
                "Turn the key on and clear."),
            new SafetyEntry(FaultCode.CoilLost, "CoilLost", Medium, Live,
                "The coil was lost.",
                "Check the coil's plug and its presence line, then clear."),
            new SafetyEntry(FaultCode.StimulatorNotReady, "StimulatorNotReady", Low, Live,
                "The stimulator was not ready.",
                "Check the stimulator's charge time against the protocol's shortest interval, then clear."),
            new SafetyEntry(FaultCode.PassOverrun, "PassOverrun", Medium, Live,
                "The supervisor stood still for longer than 150 ms.",
                "Clear and run again; when it comes back, report it with the session record."),
            new SafetyEntry(FaultCode.SendFailed, "SendFailed", Low, Run,
                "The trigger hardware refused a list.",
                "Restart the board."),
            new SafetyEntry(FaultCode.CounterFailed, "CounterFailed", Medium, AfterBoot,
                "A pulse counter failed.",
                "Restart the board; when it comes back, check the board profile's counter pins."),
            new SafetyEntry(FaultCode.ClockFailed, "ClockFailed", Medium, AfterBoot,
                "The clock ran backwards or jumped.",
                "Restart the board; when it comes back, replace the board."),
            new SafetyEntry(FaultCode.HeldTooLong, "HeldTooLong", Low, Hold,
                "The hold lasted longer than allowed.",
                "Clear and start the session anew."),
            new SafetyEntry(FaultCode.ExpansionMismatch, "ExpansionMismatch", High, Live | Load,
                "The expanded program differs from its stated totals.", Bug),
            new SafetyEntry(FaultCode.EncodingLate, "EncodingLate", Low, Run | Hold,
                "The next word list was not ready in time.",
                "Lengthen the gaps between trains or shorten the trains."),
            new SafetyEntry(FaultCode.EmergencyStop, "EmergencyStop", High, Working | (1 << SupervisorState.Fault),
                "The emergency stop was actuated.",
                "Remove the danger, release the emergency stop and clear."),
            new SafetyEntry(FaultCode.Internal, "Internal", Medium, StateTable.All,
                "The firmware caught an error of its own.", Bug),
            new SafetyEntry(FaultCode.EmergencyStopDiscrepancy, "EmergencyStopDiscrepancy", High, Working | (1 << SupervisorState.Fault) | (1 << SupervisorState.EmergencyStop),
                "The two emergency stop channels disagreed for longer than 100 ms.",
                "Look for a welded contact or a broken wire; press and release the emergency stop, see both channels follow, then clear."),
            new SafetyEntry(FaultCode.TriggerOutMismatch, "TriggerOutMismatch", High, Live,
                "The stimulator's trigger-out disagrees with the pulses that were sent.",
                "Check the stimulator's charge, its trigger-out mode and the wire, then clear."),
            new SafetyEntry(FaultCode.CoilTemperature, "CoilTemperature", Medium, Live,
                "The coil is too hot, or its temperature is not known.",
                "Let the coil cool below 35 degrees Celsius, check the sensor and its wire, then clear."),
            new SafetyEntry(FaultCode.FootSwitchReleased, "FootSwitchReleased", Medium, Run,
                "The foot switch was released.",
                "Clear, and arm with the foot switch released; then hold it."),
            new SafetyEntry(FaultCode.ClockDisagrees, "ClockDisagrees", Medium, Working,
                "The board's clock and the host's clock drift apart.",
                "Find out which of the two is wrong: compare each with a third, then clear."),
            new SafetyEntry(FaultCode.AbnormalEnd, "AbnormalEnd", High, 1 << SupervisorState.SelfTest,
                "The board was reset or lost power while it was armed or running.",
                "Find out why; the whole program was charged to the limits. Then clear."),
        };

        /// <summary>Number of faults.</summary>
        public static int Count
        {
            get { return rows.Length; }
        }

        /// <summary>Every fault's bit.</summary>
        public static int All
        {
            get { return BitTable.All(rows); }
        }

        /// <summary>A row by its position, 0 to <see cref="Count"/> - 1; fault n has bit n.</summary>
        public static SafetyEntry At(int index)
        {
            return rows[index];
        }

        /// <summary>The row of one bit mask; null when it is not exactly one known bit.</summary>
        public static SafetyEntry ByBit(int bit)
        {
            return BitTable.ByBit(rows, bit);
        }

        /// <summary>Those of the faults whose cause latches them in a state.</summary>
        /// <param name="faults">Faults whose cause stands.</param>
        /// <param name="state">A <see cref="SupervisorState"/>.</param>
        public static int Latching(int faults, int state)
        {
            return BitTable.Within(rows, faults, state);
        }

        /// <summary>The state in which faults land: EmergencyStop when the emergency stop is among them, else Fault.</summary>
        public static int LandsIn(int faults)
        {
            return (faults & FaultCode.EmergencyStop) != 0 ? SupervisorState.EmergencyStop : SupervisorState.Fault;
        }

        /// <summary>The number of the lowest fault among them: its bit's position plus one (register FirstFault); 0 for none.</summary>
        public static int Number(int faults)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                if ((faults & rows[i].Code) != 0)
                {
                    return i + 1;
                }
            }

            return 0;
        }
    }
}
