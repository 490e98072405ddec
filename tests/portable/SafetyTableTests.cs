using Escapement.Safety;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    [TestClass]
    public class SafetyTableTests
    {
        // In the order of register EffectiveLimits.
        [TestMethod]
        [DataRow(0, 1000)]
        [DataRow(1, 10)]
        [DataRow(2, 1000)]
        [DataRow(3, 6000)]
        [DataRow(4, 6000)]
        [DataRow(5, 14400)]
        [DataRow(6, 50000)]
        [DataRow(7, 4)]
        [DataRow(8, 1000000)]
        [DataRow(9, 50)]
        [DataRow(10, 5000000)]
        [DataRow(11, 150)]
        [DataRow(12, 12000)]
        [DataRow(13, 25000)]
        public void Ceilings_are_written_little_endian(int index, int value)
        {
            byte[] bytes = new byte[58];
            GuardBench.Ceilings().Write(bytes, 1);
            int at = 1 + 4 * index;
            Assert.AreEqual(value, bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));
        }

        [TestMethod]
        public void All_four_bytes_of_a_figure_are_written()
        {
            Limits limits = GuardBench.Ceilings();
            limits.Window3Us = 0x12345678;
            byte[] bytes = new byte[Limits.Bytes];
            limits.Write(bytes, 0);
            Assert.AreEqual(56, bytes.Length);
            Assert.AreEqual("78 56 34 12", Hex.Text(bytes, 40, 4));
        }

        [TestMethod]
        [DataRow(0, 999, 0)]
        [DataRow(0, 1000, -1)]
        [DataRow(0, 1001, -1)]
        [DataRow(0, -1, 0)]
        [DataRow(1, 6001, 1)]
        [DataRow(1, 6000, -1)]
        [DataRow(1, 1, -1)]
        [DataRow(2, 6001, 2)]
        [DataRow(2, 6000, -1)]
        [DataRow(3, 5, 3)]
        [DataRow(3, 3, -1)]
        [DataRow(4, 51, 4)]
        [DataRow(4, 49, -1)]
        [DataRow(5, 151, 5)]
        [DataRow(5, 149, -1)]
        [DataRow(5, -1, 5)]
        public void Limits_tighten_and_never_loosen(int argument, int value, int refused)
        {
            int[] a = new int[6];
            a[argument] = value;
            Limits limits = GuardBench.Ceilings();
            Assert.AreEqual(refused, limits.Tighten(a[0], a[1], a[2], a[3], a[4], a[5]));
            Assert.IsTrue(limits.IsWithin(GuardBench.Ceilings()));
            Assert.AreEqual(argument == 0 && refused == -1 ? value : 1000, limits.MinGapUs);
            Assert.AreEqual(argument == 1 && refused == -1 ? value : 6000, limits.MaxTrainPulses);
            Assert.AreEqual(argument == 2 && refused == -1 ? value : 6000, limits.MaxSessionPulses);
            Assert.AreEqual(argument == 3 && refused == -1 ? value : 4, limits.Window1Pulses);
            Assert.AreEqual(argument == 4 && refused == -1 ? value : 50, limits.Window2Pulses);
            Assert.AreEqual(argument == 5 && refused == -1 ? value : 150, limits.Window3Pulses);
        }

        // The command's six arguments tighten the figures 0, 3, 4, 7, 9 and 11, all at once, and leave the others.
        [TestMethod]
        public void Every_argument_tightens_its_own_figure()
        {
            Limits limits = GuardBench.Ceilings();
            Assert.AreEqual(-1, limits.Tighten(2000, 600, 1200, 3, 30, 100));
            byte[] bytes = new byte[56];
            limits.Write(bytes, 0);
            int[] figures = { 2000, 10, 1000, 600, 1200, 14400, 50000, 3, 1000000, 30, 5000000, 100, 12000, 25000 };
            for (int i = 0; i < 14; i++)
            {
                Assert.AreEqual(figures[i], bytes[4 * i] | (bytes[4 * i + 1] << 8) | (bytes[4 * i + 2] << 16) | (bytes[4 * i + 3] << 24));
            }

            Limits copy = new Limits();
            copy.CopyFrom(limits);
            byte[] copied = new byte[56];
            copy.Write(copied, 0);
            for (int i = 0; i < 56; i++)
            {
                Assert.AreEqual((int)bytes[i], (int)copied[i]);
            }

            Assert.AreEqual(4, limits.Tighten(3000, 500, 1000, 2, 31, 90));
            Assert.AreEqual(2000, limits.MinGapUs);
            Assert.AreEqual(600, limits.MaxTrainPulses);
            Assert.AreEqual(100, limits.Window3Pulses);
        }

        [TestMethod]
        [DataRow(0, 9, 0)]
        [DataRow(0, 11, -1)]
        [DataRow(0, -1, 0)]
        [DataRow(1, 1001, 1)]
        [DataRow(1, 999, -1)]
        [DataRow(2, 14401, 2)]
        [DataRow(2, 14399, -1)]
        [DataRow(3, 12001, 3)]
        [DataRow(3, 11999, -1)]
        [DataRow(3, -1, 3)]
        [DataRow(4, 25001, 4)]
        [DataRow(4, 24999, -1)]
        [DataRow(4, -1, 4)]
        public void Further_limits_tighten_and_never_loosen(int argument, int value, int refused)
        {
            int[] a = new int[5];
            a[argument] = value;
            Limits limits = GuardBench.Ceilings();
            Assert.AreEqual(refused, limits.TightenFurther(a[0], a[1], a[2], a[3], a[4]));
            Assert.IsTrue(limits.IsWithin(GuardBench.Ceilings()));
            Assert.AreEqual(argument == 0 && refused == -1 ? value : 10, limits.MinWidthUs);
            Assert.AreEqual(argument == 1 && refused == -1 ? value : 1000, limits.MaxWidthUs);
            Assert.AreEqual(argument == 2 && refused == -1 ? value : 14400, limits.MaxSessionS);
            Assert.AreEqual(argument == 3 && refused == -1 ? value : 12000, limits.MaxHourPulses);
            Assert.AreEqual(argument == 4 && refused == -1 ? value : 25000, limits.MaxHighUs);
        }

        [TestMethod]
        [DataRow(11000, 20000, 11000, 20000)]
        [DataRow(12001, 25001, 12000, 25000)]
        public void What_a_coil_bears_tightens_and_never_loosens(int hourPulses, int highUs, int most, int longest)
        {
            Limits limits = GuardBench.Ceilings();
            limits.TightenLoad(hourPulses, highUs);
            Assert.AreEqual(most, limits.MaxHourPulses);
            Assert.AreEqual(longest, limits.MaxHighUs);
        }

        // A board's stimulator: each figure counts only where it is tighter than the ceiling.
        [TestMethod]
        [DataRow(2000, 20, 500, 2000, 20, 500)]
        [DataRow(999, 9, 1001, 1000, 10, 1000)]
        [DataRow(0, 0, 40000, 1000, 10, 1000)]
        [DataRow(5000, 9, 1000, 5000, 10, 1000)]
        [DataRow(1, 11, 2000, 1000, 11, 1000)]
        [DataRow(-1, -1, 999, 1000, 10, 999)]
        public void Stimulator_tightens_and_never_loosens(int minGapUs, int minWidthUs, int maxWidthUs, int gapUs, int shortestUs, int longestUs)
        {
            Limits limits = GuardBench.Ceilings();
            limits.TightenPulse(minGapUs, minWidthUs, maxWidthUs);
            Assert.AreEqual(gapUs, limits.MinGapUs);
            Assert.AreEqual(shortestUs, limits.MinWidthUs);
            Assert.AreEqual(longestUs, limits.MaxWidthUs);
            Assert.IsTrue(limits.IsWithin(GuardBench.Ceilings()));
        }

        // One figure is moved by one from its ceiling: in one direction it is tighter, in the other looser.
        [TestMethod]
        [DataRow(0, 1)]
        [DataRow(1, 1)]
        [DataRow(2, -1)]
        [DataRow(3, -1)]
        [DataRow(4, -1)]
        [DataRow(5, -1)]
        [DataRow(6, 1)]
        [DataRow(7, -1)]
        [DataRow(8, 1)]
        [DataRow(9, -1)]
        [DataRow(10, 1)]
        [DataRow(11, -1)]
        [DataRow(12, -1)]
        [DataRow(13, -1)]
        public void Each_figure_has_its_tighter_side(int index, int tighter)
        {
            Assert.IsTrue(Moved(index, 0).IsWithin(GuardBench.Ceilings()));
            Assert.IsTrue(Moved(index, tighter).IsWithin(GuardBench.Ceilings()));
            Assert.IsFalse(Moved(index, -tighter).IsWithin(GuardBench.Ceilings()));
            Assert.IsTrue(tighter > 0 || !Moved(index, -100000).IsWithin(GuardBench.Ceilings()), "a negative figure");
        }

        // The table of states: rows from, columns to.
        [TestMethod]
        [DataRow(0, SupervisorState.Boot, "Boot", "0100000011")]
        [DataRow(1, SupervisorState.SelfTest, "SelfTest", "0010000011")]
        [DataRow(2, SupervisorState.Idle, "Idle", "0001000011")]
        [DataRow(3, SupervisorState.Loaded, "Loaded", "0010100011")]
        [DataRow(4, SupervisorState.Armed, "Armed", "0011010011")]
        [DataRow(5, SupervisorState.Running, "Running", "0010001111")]
        [DataRow(6, SupervisorState.Held, "Held", "0010010011")]
        [DataRow(7, SupervisorState.Done, "Done", "0010000011")]
        [DataRow(8, SupervisorState.Fault, "Fault", "0010000001")]
        [DataRow(9, SupervisorState.EmergencyStop, "EmergencyStop", "0010000010")]
        public void States_lead_where_the_table_says(int number, int from, string name, string to)
        {
            Assert.AreEqual(number, from);
            Assert.AreEqual(name, StateTable.Name(number));
            for (int state = 0; state < StateTable.Count; state++)
            {
                Assert.AreEqual(to[state] == '1', StateTable.Allows(from, state));
            }

            Assert.IsFalse(StateTable.Allows(from, -1));
            Assert.IsFalse(StateTable.Allows(from, 10));
            Assert.IsFalse(StateTable.Allows(10, from));
            Assert.AreEqual(1 << from, StateTable.Bit(from));
        }

        [TestMethod]
        public void Numbers_that_are_no_state_have_no_bit_and_no_name()
        {
            Assert.AreEqual(0, StateTable.Bit(-1));
            Assert.AreEqual(0, StateTable.Bit(10));
            Assert.AreEqual("Unknown", StateTable.Name(10));
            Assert.AreEqual("Running", StateTable.Name(5));
            Assert.AreEqual("No such state.", StateTable.Sentence(-1));
            Assert.AreEqual("No such state.", StateTable.Sentence(10));
            Assert.AreEqual("Unknown", StateTable.Name(-1));
        }

        [TestMethod]
        public void Every_state_has_its_own_name_and_sentence()
        {
            for (int state = 0; state < StateTable.Count; state++)
            {
                Assert.IsTrue(StateTable.Name(state).Length > 0 && StateTable.Sentence(state).Length > 0);
                for (int other = 0; other < state; other++)
                {
                    Assert.IsFalse(StateTable.Name(state) == StateTable.Name(other));
                    Assert.IsFalse(StateTable.Sentence(state) == StateTable.Sentence(other));
                }
            }
        }

        [TestMethod]
        public void Every_reason_has_its_bit_its_name_and_a_cure()
        {
            Assert.AreEqual(30, InhibitTable.Count);
            Assert.AreEqual(0x3FFFFFFF, InhibitTable.All);
            for (int i = 0; i < InhibitTable.Count; i++)
            {
                SafetyEntry row = InhibitTable.At(i);
                Assert.AreEqual(1 << i, row.Code);
                Assert.AreEqual(row.Name, InhibitTable.ByBit(1 << i).Name);
                Assert.IsTrue(row.Name.Length > 0 && row.Sentence.Length > 0 && row.Cure.Length > 0);
            }

            Assert.IsNull(InhibitTable.ByBit(0));
            Assert.IsNull(InhibitTable.ByBit(3));
        }

        [TestMethod]
        public void Every_fault_has_its_bit_its_number_and_a_cure()
        {
            Assert.AreEqual(32, FaultTable.Count);
            Assert.AreEqual(-1, FaultTable.All);
            for (int i = 0; i < FaultTable.Count; i++)
            {
                SafetyEntry row = FaultTable.At(i);
                Assert.AreEqual(1 << i, row.Code);
                Assert.AreEqual(i + 1, FaultTable.Number(row.Code));
                Assert.IsTrue(row.Name.Length > 0 && row.Sentence.Length > 0 && row.Cure.Length > 0);
            }

            Assert.AreEqual("LeaseLost", FaultTable.ByBit(FaultCode.LeaseLost).Name);
            Assert.IsNull(FaultTable.ByBit(0));
            Assert.IsNull(FaultTable.ByBit(FaultCode.LeaseLost | FaultCode.CoilLost));
            Assert.AreEqual(0, FaultTable.Number(0));
            Assert.AreEqual(1, FaultTable.Number(FaultCode.StartLate | FaultCode.Internal));
        }

        // Bit, name, severity and the states in which the cause latches: Boot, SelfTest, Idle, Loaded, Armed, Running, Held, Done, Fault, EmergencyStop.
        [TestMethod]
        [DataRow(0, FaultCode.StartLate, "StartLate", 1, "0000010000")]
        [DataRow(1, FaultCode.GateLate, "GateLate", 1, "0000010000")]
        [DataRow(2, FaultCode.GateMismatch, "GateMismatch", 3, "0111111111")]
        [DataRow(3, FaultCode.TriggerNotQuiet, "TriggerNotQuiet", 3, "0000111000")]
        [DataRow(4, FaultCode.RawCountMismatch, "RawCountMismatch", 3, "0000010000")]
        [DataRow(5, FaultCode.GatedCountMismatch, "GatedCountMismatch", 3, "0000111000")]
        [DataRow(6, FaultCode.GuardRejected, "GuardRejected", 3, "0001111000")]
        [DataRow(7, FaultCode.ListChanged, "ListChanged", 3, "0000111000")]
        [DataRow(8, FaultCode.HeadMismatch, "HeadMismatch", 3, "0000010000")]
        [DataRow(9, FaultCode.ProgramChanged, "ProgramChanged", 3, "0001111000")]
        [DataRow(10, FaultCode.LimitsChanged, "LimitsChanged", 3, "0011111100")]
        [DataRow(11, FaultCode.LeaseLost, "LeaseLost", 2, "0000111000")]
        [DataRow(12, FaultCode.LinkSilenced, "LinkSilenced", 2, "0000111000")]
        [DataRow(13, FaultCode.InterlockOpened, "InterlockOpened", 3, "0000111000")]
        [DataRow(14, FaultCode.KeyTurnedOff, "KeyTurnedOff", 3, "0000111000")]
        [DataRow(15, FaultCode.CoilLost, "CoilLost", 2, "0000111000")]
        [DataRow(16, FaultCode.StimulatorNotReady, "StimulatorNotReady", 1, "0000111000")]
        [DataRow(17, FaultCode.PassOverrun, "PassOverrun", 2, "0000111000")]
        [DataRow(18, FaultCode.SendFailed, "SendFailed", 1, "0000010000")]
        [DataRow(19, FaultCode.CounterFailed, "CounterFailed", 2, "0111111111")]
        [DataRow(20, FaultCode.ClockFailed, "ClockFailed", 2, "0111111111")]
        [DataRow(21, FaultCode.HeldTooLong, "HeldTooLong", 1, "0000001000")]
        [DataRow(22, FaultCode.ExpansionMismatch, "ExpansionMismatch", 3, "0001111000")]
        [DataRow(23, FaultCode.EncodingLate, "EncodingLate", 1, "0000011000")]
        [DataRow(24, FaultCode.EmergencyStop, "EmergencyStop", 3, "0011111110")]
        [DataRow(25, FaultCode.Internal, "Internal", 2, "1111111111")]
        [DataRow(26, FaultCode.EmergencyStopDiscrepancy, "EmergencyStopDiscrepancy", 3, "0011111111")]
        [DataRow(27, FaultCode.TriggerOutMismatch, "TriggerOutMismatch", 3, "0000111000")]
        [DataRow(28, FaultCode.CoilTemperature, "CoilTemperature", 2, "0000111000")]
        [DataRow(29, FaultCode.FootSwitchReleased, "FootSwitchReleased", 2, "0000010000")]
        [DataRow(30, FaultCode.ClockDisagrees, "ClockDisagrees", 2, "0011111100")]
        [DataRow(31, FaultCode.AbnormalEnd, "AbnormalEnd", 3, "0100000000")]
        public void Every_fault_latches_in_its_states(int bit, int code, string name, int severity, string states)
        {
            Assert.AreEqual(1 << bit, code);
            Assert.AreEqual(name, FaultTable.ByBit(code).Name);
            Assert.AreEqual(severity, FaultTable.ByBit(code).Severity);
            for (int state = 0; state < StateTable.Count; state++)
            {
                Assert.AreEqual(states[state] == '1' ? code : 0, FaultTable.Latching(code, state));
            }
        }

        // The same of the reasons: the states that they forbid to enter.
        [TestMethod]
        [DataRow(0, InhibitReason.SelfTestMissing, "SelfTestMissing", 3, "0000110000")]
        [DataRow(1, InhibitReason.EmergencyStopOpen, "EmergencyStopOpen", 3, "0000110000")]
        [DataRow(2, InhibitReason.InterlockOpen, "InterlockOpen", 3, "0000110000")]
        [DataRow(3, InhibitReason.KeyOff, "KeyOff", 3, "0000110000")]
        [DataRow(4, InhibitReason.CoilAbsent, "CoilAbsent", 2, "0000110000")]
        [DataRow(5, InhibitReason.StimulatorNotReady, "StimulatorNotReady", 1, "0000110000")]
        [DataRow(6, InhibitReason.GateNotClosed, "GateNotClosed", 3, "0000100000")]
        [DataRow(7, InhibitReason.TriggerNotQuiet, "TriggerNotQuiet", 3, "0000110000")]
        [DataRow(8, InhibitReason.FaultLatched, "FaultLatched", 3, "0000110000")]
        [DataRow(9, InhibitReason.NoLease, "NoLease", 2, "0000110000")]
        [DataRow(10, InhibitReason.StandbyMode, "StandbyMode", 2, "0000110000")]
        [DataRow(11, InhibitReason.RepliesMuted, "RepliesMuted", 2, "0000110000")]
        [DataRow(12, InhibitReason.NoProgram, "NoProgram", 1, "0000110000")]
        [DataRow(13, InhibitReason.ProgramNotVerified, "ProgramNotVerified", 2, "0000110000")]
        [DataRow(14, InhibitReason.LimitsExceeded, "LimitsExceeded", 3, "0000100000")]
        [DataRow(15, InhibitReason.HistoryFull, "HistoryFull", 3, "0000100000")]
        [DataRow(16, InhibitReason.ChallengeMissing, "ChallengeMissing", 2, "0000100000")]
        [DataRow(17, InhibitReason.DigestMismatch, "DigestMismatch", 3, "0000110000")]
        [DataRow(18, InhibitReason.WrongState, "WrongState", 2, "0000110000")]
        [DataRow(19, InhibitReason.MemoryLow, "MemoryLow", 1, "0000100000")]
        [DataRow(20, InhibitReason.PlanImpossible, "PlanImpossible", 1, "0000100000")]
        [DataRow(21, InhibitReason.UptimeTooLong, "UptimeTooLong", 2, "0000100000")]
        [DataRow(22, InhibitReason.EmergencyStopUntested, "EmergencyStopUntested", 2, "0000110000")]
        [DataRow(23, InhibitReason.FootSwitchNotReady, "FootSwitchNotReady", 2, "0000110000")]
        [DataRow(24, InhibitReason.CoilWarm, "CoilWarm", 2, "0000110000")]
        [DataRow(25, InhibitReason.TemperatureUnknown, "TemperatureUnknown", 2, "0000110000")]
        [DataRow(26, InhibitReason.GateUntested, "GateUntested", 3, "0000100000")]
        [DataRow(27, InhibitReason.StoreUnsafe, "StoreUnsafe", 2, "0000100000")]
        [DataRow(28, InhibitReason.HourFull, "HourFull", 3, "0000100000")]
        [DataRow(29, InhibitReason.CollectionTooLong, "CollectionTooLong", 1, "0000100000")]
        public void Every_reason_forbids_its_states(int bit, int code, string name, int severity, string states)
        {
            Assert.AreEqual(1 << bit, code);
            Assert.AreEqual(name, InhibitTable.ByBit(code).Name);
            Assert.AreEqual(severity, InhibitTable.ByBit(code).Severity);
            for (int state = 0; state < StateTable.Count; state++)
            {
                Assert.AreEqual(states[state] == '1' ? code : 0, InhibitTable.Blocking(code, state));
            }
        }

        [TestMethod]
        [DataRow(InhibitReason.KeyOff, SupervisorState.Running, InhibitReason.KeyOff)]
        [DataRow(InhibitReason.KeyOff, SupervisorState.Idle, 0)]
        [DataRow(InhibitReason.GateNotClosed, SupervisorState.Running, 0)]
        [DataRow(InhibitReason.GateNotClosed, SupervisorState.Armed, InhibitReason.GateNotClosed)]
        [DataRow(0x40000000, SupervisorState.Armed, 0x40000000)]
        [DataRow(0x40000000, SupervisorState.Idle, 0)]
        public void Reasons_block_the_states_of_their_row_and_unknown_ones_block_output(int reasons, int state, int blocking)
        {
            Assert.AreEqual(blocking, InhibitTable.Blocking(reasons, state));
        }

        [TestMethod]
        [DataRow(FaultCode.EmergencyStop, SupervisorState.EmergencyStop)]
        [DataRow(FaultCode.EmergencyStop | FaultCode.StartLate, SupervisorState.EmergencyStop)]
        [DataRow(FaultCode.LeaseLost, SupervisorState.Fault)]
        public void Faults_land_where_they_should(int faults, int state)
        {
            Assert.AreEqual(state, FaultTable.LandsIn(faults));
        }

        [TestMethod]
        [DataRow(FaultCode.StartLate, SupervisorState.Running, FaultCode.StartLate)]
        [DataRow(FaultCode.StartLate, SupervisorState.Idle, 0)]
        [DataRow(FaultCode.GateMismatch, SupervisorState.Boot, 0)]
        [DataRow(FaultCode.GateMismatch, SupervisorState.Idle, FaultCode.GateMismatch)]
        public void Faults_latch_in_the_states_of_their_row(int faults, int state, int latching)
        {
            Assert.AreEqual(latching, FaultTable.Latching(faults, state));
        }

        [TestMethod]
        [DataRow(0, GuardVerdict.None, "None")]
        [DataRow(1, GuardVerdict.NotJudged, "NotJudged")]
        [DataRow(2, GuardVerdict.BadPlan, "BadPlan")]
        [DataRow(3, GuardVerdict.ListLength, "ListLength")]
        [DataRow(4, GuardVerdict.ChannelMultiple, "ChannelMultiple")]
        [DataRow(5, GuardVerdict.ZeroHalf, "ZeroHalf")]
        [DataRow(6, GuardVerdict.HeadNotLow, "HeadNotLow")]
        [DataRow(7, GuardVerdict.FirstOnset, "FirstOnset")]
        [DataRow(8, GuardVerdict.Count, "Count")]
        [DataRow(9, GuardVerdict.MinGap, "MinGap")]
        [DataRow(10, GuardVerdict.WidthShort, "WidthShort")]
        [DataRow(11, GuardVerdict.WidthLong, "WidthLong")]
        [DataRow(12, GuardVerdict.Window1, "Window1")]
        [DataRow(13, GuardVerdict.Window2, "Window2")]
        [DataRow(14, GuardVerdict.Window3, "Window3")]
        [DataRow(15, GuardVerdict.Span, "Span")]
        [DataRow(16, GuardVerdict.EndsHigh, "EndsHigh")]
        [DataRow(17, GuardVerdict.Padding, "Padding")]
        [DataRow(18, GuardVerdict.TrainTotal, "TrainTotal")]
        [DataRow(19, GuardVerdict.SessionTotal, "SessionTotal")]
        [DataRow(20, GuardVerdict.SessionTime, "SessionTime")]
        [DataRow(21, GuardVerdict.HourTotal, "HourTotal")]
        [DataRow(22, GuardVerdict.Duty, "Duty")]
        public void Verdicts_have_their_numbers(int number, int verdict, string name)
        {
            Assert.AreEqual(number, verdict);
            Assert.AreEqual(name, GuardTable.At(number).Name);
            Assert.IsTrue(GuardTable.At(number).Sentence.Length > 0 && GuardTable.At(number).Cure.Length > 0);
        }

        [TestMethod]
        public void Every_verdict_has_its_row()
        {
            Assert.AreEqual(23, GuardTable.Count);
            for (int verdict = 0; verdict < GuardTable.Count; verdict++)
            {
                Assert.AreEqual(verdict, GuardTable.At(verdict).Code);
            }

            Assert.AreEqual("Window3", GuardTable.At(GuardVerdict.Window3).Name);
            Assert.IsNull(GuardTable.At(-1));
            Assert.IsNull(GuardTable.At(23));
        }

        private static Limits Moved(int index, int by)
        {
            Limits limits = GuardBench.Ceilings();
            switch (index)
            {
                case 0: limits.MinGapUs += by; break;
                case 1: limits.MinWidthUs += by; break;
                case 2: limits.MaxWidthUs += by; break;
                case 3: limits.MaxTrainPulses += by; break;
                case 4: limits.MaxSessionPulses += by; break;
                case 5: limits.MaxSessionS += by; break;
                case 6: limits.Window1Us += by; break;
                case 7: limits.Window1Pulses += by; break;
                case 8: limits.Window2Us += by; break;
                case 9: limits.Window2Pulses += by; break;
                case 10: limits.Window3Us += by; break;
                case 11: limits.Window3Pulses += by; break;
                case 12: limits.MaxHourPulses += by; break;
                default: limits.MaxHighUs += by; break;
            }

            return limits;
        }
    }
}
