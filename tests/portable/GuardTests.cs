using Escapement.Safety;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    [TestClass]
    public class GuardTests
    {
        [TestMethod]
        [DataRow(1, 20000, 100, GuardVerdict.None)]
        [DataRow(2, 1000, 100, GuardVerdict.None)]
        [DataRow(2, 999, 100, GuardVerdict.MinGap)]
        [DataRow(2, 50000, 10, GuardVerdict.None)]
        [DataRow(2, 50000, 9, GuardVerdict.WidthShort)]
        [DataRow(2, 50000, 1000, GuardVerdict.None)]
        [DataRow(2, 50000, 1001, GuardVerdict.WidthLong)]
        [DataRow(1, 50000, 9, GuardVerdict.WidthShort)]
        [DataRow(1, 50000, 1001, GuardVerdict.WidthLong)]
        [DataRow(5, 12500, 100, GuardVerdict.None)]
        [DataRow(5, 12499, 100, GuardVerdict.Window1)]
        [DataRow(51, 20000, 100, GuardVerdict.None)]
        [DataRow(51, 19999, 100, GuardVerdict.Window2)]
        [DataRow(150, 33333, 100, GuardVerdict.None)]
        [DataRow(151, 33333, 100, GuardVerdict.Window3)]
        [DataRow(151, 33334, 100, GuardVerdict.None)]
        public void Equal_gaps_are_judged_by_the_ceilings(int pulses, int gapUs, int widthUs, int verdict)
        {
            Assert.AreEqual(verdict, GuardBench.Good(pulses, gapUs, widthUs).Judge(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings()));
        }

        // Halves of a list of two pulses 20,000 us apart: 0 to 7 head, 8 high, 9 low, 10 high, 11 low.
        [TestMethod]
        [DataRow(0, 0, GuardVerdict.ZeroHalf)]
        [DataRow(9, 0, GuardVerdict.ZeroHalf)]
        [DataRow(11, 0, GuardVerdict.ZeroHalf)]
        [DataRow(1, 0, GuardVerdict.ZeroHalf)]
        [DataRow(6, 0, GuardVerdict.ZeroHalf)]
        [DataRow(7, 0, GuardVerdict.ZeroHalf)]
        [DataRow(1, 0x8000, GuardVerdict.ZeroHalf)]
        [DataRow(2, 0x8000, GuardVerdict.ZeroHalf)]
        [DataRow(0, 0x8001, GuardVerdict.HeadNotLow)]
        [DataRow(3, 0x8001, GuardVerdict.HeadNotLow)]
        [DataRow(7, 0x8001, GuardVerdict.HeadNotLow)]
        [DataRow(8, 100, GuardVerdict.FirstOnset)]
        [DataRow(9, 19901, GuardVerdict.Span)]
        [DataRow(9, 19899, GuardVerdict.Span)]
        [DataRow(9, 899, GuardVerdict.MinGap)]
        [DataRow(11, 0x8001, GuardVerdict.EndsHigh)]
        [DataRow(11, 2, GuardVerdict.Padding)]
        [DataRow(10, 0x8000, GuardVerdict.ZeroHalf)]
        [DataRow(10, 0, GuardVerdict.ZeroHalf)]
        [DataRow(10, 0x8009, GuardVerdict.WidthShort)]
        public void One_wrong_half_is_found(int half, int value, int verdict)
        {
            GuardBench list = GuardBench.Good(2, 20000, 100);
            list.Set(half, value);
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(verdict, list.Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            Assert.AreEqual(verdict == GuardVerdict.Span || verdict == GuardVerdict.EndsHigh ? 6 : verdict == GuardVerdict.MinGap ? 5 : half / 2, guard.Word);
        }

        // The shortest pulse allowed is no exception: a zero after it is found, also where a tighter limit makes it the shortest.
        [TestMethod]
        [DataRow(10, 9)]
        [DataRow(10, 11)]
        [DataRow(100, 9)]
        [DataRow(100, 11)]
        public void A_zero_after_the_shortest_pulse_is_found(int widthUs, int half)
        {
            Limits limits = GuardBench.Ceilings();
            limits.MinWidthUs = widthUs;
            GuardBench list = GuardBench.Good(2, 20000, widthUs);
            Assert.AreEqual(GuardVerdict.None, list.Judge(GuardBench.Guard(), GuardBench.ClearUs, limits));
            list.Set(half, 0);
            Assert.AreEqual(GuardVerdict.ZeroHalf, list.Judge(GuardBench.Guard(), GuardBench.ClearUs, limits));
        }

        [TestMethod]
        [DataRow(3, 40000L, GuardVerdict.None)]
        [DataRow(2, 40000L, GuardVerdict.Padding)]
        [DataRow(4, 40000L, GuardVerdict.Count)]
        [DataRow(3, 39999L, GuardVerdict.Span)]
        [DataRow(0, 40000L, GuardVerdict.BadPlan)]
        [DataRow(3, -1L, GuardVerdict.BadPlan)]
        public void A_list_that_is_not_the_plan_is_rejected(int pulses, long spanUs, int verdict)
        {
            Assert.AreEqual(verdict, GuardBench.Good(3, 20000, 100).JudgeAs(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings(), pulses, spanUs));
        }

        [TestMethod]
        public void A_list_of_the_wrong_length_is_rejected()
        {
            byte[] list = GuardBench.Good(3, 20000, 100).Bytes();
            OutputGuard guard = GuardBench.Guard();
            guard.Begin(list, 8, 4, GuardBench.ClearUs, 3, 40000, GuardBench.Ceilings());
            Assert.AreEqual(GuardVerdict.ListLength, GuardBench.Finish(guard, 7));
            guard.Begin(null, 7, 4, GuardBench.ClearUs, 3, 40000, GuardBench.Ceilings());
            Assert.AreEqual(GuardVerdict.ListLength, GuardBench.Finish(guard, 7));
            guard.Begin(new byte[48 * 4], 48, 4, GuardBench.ClearUs, 3, 40000, GuardBench.Ceilings());
            Assert.AreEqual(GuardVerdict.ChannelMultiple, GuardBench.Finish(guard, 7));
        }

        [TestMethod]
        public void Limits_given_later_tighten_and_never_loosen()
        {
            GuardBench list = GuardBench.Good(3, 5000, 100);
            Limits limits = GuardBench.Ceilings();
            limits.MinGapUs = 5000;
            Assert.AreEqual(GuardVerdict.None, list.Judge(GuardBench.Guard(), GuardBench.ClearUs, limits));
            limits.MinGapUs = 5001;
            Assert.AreEqual(GuardVerdict.MinGap, list.Judge(GuardBench.Guard(), GuardBench.ClearUs, limits));
            limits = GuardBench.Ceilings();
            limits.MaxTrainPulses = 2;
            Assert.AreEqual(GuardVerdict.TrainTotal, list.Judge(GuardBench.Guard(), GuardBench.ClearUs, limits));
            limits = GuardBench.Ceilings();
            limits.MinGapUs = 1;
            Assert.AreEqual(GuardVerdict.MinGap, GuardBench.Good(2, 999, 100).Judge(GuardBench.Guard(), GuardBench.ClearUs, limits));
        }

        // Windows of 50 ms, 1 s and 5 s count as full at power-up: the first pulse may come 5 s later, to the microsecond.
        [TestMethod]
        [DataRow(5999999L, GuardVerdict.Window3)]
        [DataRow(6000000L, GuardVerdict.None)]
        public void After_power_up_the_past_counts_as_full(long firstUs, int verdict)
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(6000000L, guard.EarliestUs(GuardBench.Ceilings()));
            Assert.AreEqual(verdict, GuardBench.Good(1, 1000, 100).Judge(guard, firstUs, GuardBench.Ceilings()));
            Assert.AreEqual(verdict != GuardVerdict.None, guard.HistoryToBlame);
        }

        [TestMethod]
        public void Before_power_up_is_known_nothing_passes()
        {
            OutputGuard guard = new OutputGuard(48, GuardBench.Ceilings());
            Assert.AreEqual(GuardVerdict.NotJudged, guard.Verdict);
            Assert.AreEqual(GuardVerdict.MinGap, GuardBench.Good(1, 1000, 100).Judge(guard, 1000000000000L, GuardBench.Ceilings()));
        }

        [TestMethod]
        [DataRow(999L, GuardVerdict.MinGap)]
        [DataRow(1000L, GuardVerdict.None)]
        public void The_gap_to_the_list_before_is_judged(long laterUs, int verdict)
        {
            OutputGuard guard = GuardBench.Guard();
            Send(guard, GuardBench.Good(1, 1000, 100), GuardBench.ClearUs);
            Assert.AreEqual(verdict, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs + laterUs, GuardBench.Ceilings()));
        }

        // Pulses at 0, 10 and 20 ms, then two 1 ms apart: the second is the fifth within 50 ms unless it is 50 ms after the first.
        [TestMethod]
        [DataRow(46000L, GuardVerdict.Window1)]
        [DataRow(49000L, GuardVerdict.None)]
        public void Windows_reach_over_lists_and_session_beginnings(long firstUs, int verdict)
        {
            OutputGuard guard = GuardBench.Guard();
            Send(guard, GuardBench.Good(1, 1000, 100), GuardBench.ClearUs);
            Send(guard, GuardBench.Good(1, 1000, 100), GuardBench.ClearUs + 10000);
            Send(guard, GuardBench.Good(1, 1000, 100), GuardBench.ClearUs + 20000);
            guard.BeginSession(0);
            Assert.AreEqual(0, guard.SessionPulses);
            Assert.AreEqual(verdict, GuardBench.Good(2, 1000, 100).Judge(guard, GuardBench.ClearUs + firstUs, GuardBench.Ceilings()));
        }

        [TestMethod]
        public void A_session_ends_at_its_pulses_and_at_its_seconds()
        {
            OutputGuard guard = GuardBench.Guard();
            Limits limits = GuardBench.Ceilings();
            limits.MaxSessionPulses = 3;
            limits.MaxSessionS = 10;
            Send(guard, GuardBench.Good(2, 20000, 100), GuardBench.ClearUs);
            Assert.AreEqual(GuardVerdict.SessionTotal, GuardBench.Good(2, 20000, 100).Judge(guard, GuardBench.ClearUs + 1000000, limits));
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(1, 20000, 100).Judge(guard, GuardBench.ClearUs + 10000000, limits));
            Assert.AreEqual(GuardVerdict.SessionTime, GuardBench.Good(1, 20000, 100).Judge(guard, GuardBench.ClearUs + 10000001, limits));
        }

        [TestMethod]
        public void Only_what_passed_may_be_sent_and_not_earlier_than_judged()
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.IsFalse(guard.MaySend(GuardBench.ClearUs));
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            Assert.IsTrue(guard.MaySend(GuardBench.ClearUs));
            Assert.IsTrue(guard.MaySend(GuardBench.ClearUs + 1));
            Assert.IsFalse(guard.MaySend(GuardBench.ClearUs - 1));
            Assert.IsTrue(guard.BodyAgrees(1));
            Assert.IsFalse(guard.BodyAgrees(2));
            guard.Commit(GuardBench.ClearUs);
            Assert.IsFalse(guard.MaySend(GuardBench.ClearUs));
            Assert.AreEqual(GuardVerdict.NotJudged, guard.Verdict);
            Assert.AreEqual(-1, guard.Step(10));
        }

        [TestMethod]
        public void What_was_sent_without_passing_uses_the_session_up()
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.MinGap, GuardBench.Good(2, 999, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            guard.Commit(GuardBench.ClearUs);
            Assert.AreEqual(6000, guard.SessionPulses);
            Assert.AreEqual(GuardBench.ClearUs + 999 + 5000000, guard.EarliestUs(GuardBench.Ceilings()));
        }

        // The same verdict whatever the slices: one word a step, or all at once.
        [TestMethod]
        [DataRow(1)]
        [DataRow(3)]
        [DataRow(4)]
        [DataRow(1000)]
        public void Slices_do_not_matter(int budgetWords)
        {
            OutputGuard guard = GuardBench.Guard();
            guard.Begin(GuardBench.Good(51, 20000, 100).Bytes(), 55, 4, GuardBench.ClearUs, 51, 1000000, GuardBench.Ceilings());
            Assert.AreEqual(0, guard.Step(0));
            Assert.AreEqual(0, guard.Word);
            Assert.AreEqual(GuardVerdict.None, GuardBench.Finish(guard, budgetWords));
            Assert.AreEqual(55, guard.Word);
            guard.Begin(GuardBench.Good(51, 19999, 100).Bytes(), 55, 4, GuardBench.ClearUs, 51, 999950, GuardBench.Ceilings());
            Assert.AreEqual(GuardVerdict.Window2, GuardBench.Finish(guard, budgetWords));
            Assert.AreEqual(54, guard.Word);
            Assert.IsFalse(guard.HistoryToBlame);
        }

        [TestMethod]
        public void A_step_judges_no_more_words_than_its_budget()
        {
            OutputGuard guard = GuardBench.Guard();
            guard.Begin(GuardBench.Good(8, 100000, 100).Bytes(), 4 + 7 * 3 + 1, 4, GuardBench.ClearUs, 8, 700000, GuardBench.Ceilings());
            for (int word = 1; word < 26; word++)
            {
                Assert.AreEqual(0, guard.Step(1));
                Assert.AreEqual(word, guard.Word);
            }

            Assert.AreEqual(1, guard.Step(1));
            Assert.AreEqual(26, guard.Word);
        }

        // A pulse of the shortest width whose word holds a tick or two of the low after it, the rest in a word of its own.
        [TestMethod]
        [DataRow(10, 1)]
        [DataRow(10, 2)]
        [DataRow(11, 1)]
        public void The_shortest_pulse_with_the_shortest_low_counts_like_any_other(int widthUs, int lowUs)
        {
            GuardBench list = new GuardBench();
            list.Low(200000, 8);
            for (int i = 0; i < 3; i++)
            {
                list.Half(true, widthUs);
                list.Half(false, lowUs);
                list.Low(20000 - lowUs - widthUs, 2);
            }

            list.Half(true, widthUs);
            list.Half(false, 1);
            Assert.AreEqual(GuardVerdict.None, list.JudgeAs(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings(), 4, 60000));
            Assert.AreEqual(GuardVerdict.Span, list.JudgeAs(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings(), 4, 60001));
        }

        // Pulses at 0, 20,000 and 40,000 us, the second in the second half of its word, high for 100 us like the others.
        [TestMethod]
        [DataRow(9900, 40000L, GuardVerdict.None)]
        [DataRow(9901, 40000L, GuardVerdict.Span)]
        [DataRow(9901, 40001L, GuardVerdict.None)]
        public void What_follows_a_pulse_in_a_second_half_is_counted_from_its_onset(int lastLowUs, long spanUs, int verdict)
        {
            GuardBench list = new GuardBench();
            list.Low(200000, 8);
            list.Half(true, 100);
            list.Half(false, 10000);
            list.Half(false, 9900);
            list.Half(true, 100);
            list.Half(false, 10000);
            list.Half(false, lastLowUs);
            list.Half(true, 100);
            list.Half(false, 1);
            Assert.AreEqual(verdict, list.JudgeAs(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings(), 3, spanUs));
        }

        // Five pulses, all but the first in second halves: gaps and windows are judged there as anywhere.
        [TestMethod]
        [DataRow(12500, GuardVerdict.None)]
        [DataRow(12499, GuardVerdict.Window1)]
        [DataRow(1000, GuardVerdict.Window1)]
        [DataRow(999, GuardVerdict.MinGap)]
        public void Pulses_in_second_halves_are_held_to_gaps_and_windows(int gapUs, int verdict)
        {
            GuardBench list = new GuardBench();
            list.Low(200000, 8);
            list.Half(true, 100);
            list.Half(false, 100);
            list.Half(false, gapUs - 200);
            list.Half(true, 100);
            for (int i = 2; i < 5; i++)
            {
                list.Half(false, gapUs - 100);
                list.Half(true, 100);
            }

            list.Low(2, 2);
            Assert.AreEqual(verdict, list.JudgeAs(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings(), 5, 4 * gapUs));
        }

        // What was a good pulse under one list's limits is judged anew under the next one's.
        [TestMethod]
        [DataRow(900, 900, GuardVerdict.None)]
        [DataRow(901, 1000, GuardVerdict.WidthShort)]
        [DataRow(10, 899, GuardVerdict.WidthLong)]
        public void Every_list_is_judged_by_its_own_limits(int minWidthUs, int maxWidthUs, int verdict)
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(3, 20000, 900).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            Limits limits = GuardBench.Ceilings();
            limits.MinWidthUs = minWidthUs;
            limits.MaxWidthUs = maxWidthUs;
            Assert.AreEqual(verdict, GuardBench.Good(3, 20000, 900).Judge(guard, GuardBench.ClearUs, limits));
        }

        // A list that ended with the line high leaves nothing of it to the next one.
        [TestMethod]
        public void A_rejected_list_leaves_no_trace()
        {
            OutputGuard guard = GuardBench.Guard();
            GuardBench bad = GuardBench.Good(2, 20000, 100);
            bad.Set(11, 0x8001);
            Assert.AreEqual(GuardVerdict.EndsHigh, bad.Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(2, 20000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
        }

        [TestMethod]
        public void A_judgement_does_not_outlive_its_session()
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(2, 20000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            guard.BeginSession(0);
            Assert.IsFalse(guard.MaySend(GuardBench.ClearUs));
            Assert.AreEqual(GuardVerdict.NotJudged, guard.Verdict);
        }

        // Each ceiling, reached and passed by one, with the limits given as loose as can be.
        [TestMethod]
        [DataRow("MinGapUs", 5000, 3, 5000, 100, GuardVerdict.None)]
        [DataRow("MinGapUs", 5001, 3, 5000, 100, GuardVerdict.MinGap)]
        [DataRow("MinWidthUs", 100, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("MinWidthUs", 101, 3, 20000, 100, GuardVerdict.WidthShort)]
        [DataRow("MaxWidthUs", 100, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("MaxWidthUs", 99, 3, 20000, 100, GuardVerdict.WidthLong)]
        [DataRow("MaxTrainPulses", 3, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("MaxTrainPulses", 2, 3, 20000, 100, GuardVerdict.TrainTotal)]
        [DataRow("MaxSessionPulses", 3, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("MaxSessionPulses", 2, 3, 20000, 100, GuardVerdict.SessionTotal)]
        [DataRow("MaxSessionS", 2, 3, 1000000, 100, GuardVerdict.None)]
        [DataRow("MaxSessionS", 1, 3, 1000000, 100, GuardVerdict.SessionTime)]
        [DataRow("MaxHourPulses", 3, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("MaxHourPulses", 2, 3, 20000, 100, GuardVerdict.HourTotal)]
        [DataRow("MaxHighUs", 300, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("MaxHighUs", 299, 3, 20000, 100, GuardVerdict.Duty)]
        [DataRow("Window1Us", 40000, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("Window1Us", 40001, 3, 20000, 100, GuardVerdict.Window1)]
        [DataRow("Window2Us", 40000, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("Window2Us", 40001, 3, 20000, 100, GuardVerdict.Window2)]
        [DataRow("Window3Us", 40000, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("Window3Us", 40001, 3, 20000, 100, GuardVerdict.Window3)]
        [DataRow("Window1Pulses", 3, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("Window1Pulses", 2, 3, 20000, 100, GuardVerdict.Window1)]
        [DataRow("Window2Pulses", 3, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("Window2Pulses", 2, 3, 20000, 100, GuardVerdict.Window2)]
        [DataRow("Window3Pulses", 3, 3, 20000, 100, GuardVerdict.None)]
        [DataRow("Window3Pulses", 2, 3, 20000, 100, GuardVerdict.Window3)]
        [DataRow("Window1Pulses", 1000, 255, 3000, 100, GuardVerdict.None)]
        [DataRow("Window1Pulses", 1000, 256, 3000, 100, GuardVerdict.Window1)]
        [DataRow("Window2Pulses", 1000, 255, 3000, 100, GuardVerdict.None)]
        [DataRow("Window2Pulses", 1000, 256, 3000, 100, GuardVerdict.Window2)]
        [DataRow("Window3Pulses", 1000, 255, 3000, 100, GuardVerdict.None)]
        [DataRow("Window3Pulses", 1000, 256, 3000, 100, GuardVerdict.Window3)]
        public void No_limit_given_later_loosens_a_ceiling(string ceiling, int value, int pulses, int gapUs, int widthUs, int verdict)
        {
            Limits ceilings = Loose();
            switch (ceiling)
            {
                case "MinGapUs": ceilings.MinGapUs = value; break;
                case "MinWidthUs": ceilings.MinWidthUs = value; break;
                case "MaxWidthUs": ceilings.MaxWidthUs = value; break;
                case "MaxTrainPulses": ceilings.MaxTrainPulses = value; break;
                case "MaxSessionPulses": ceilings.MaxSessionPulses = value; break;
                case "MaxSessionS": ceilings.MaxSessionS = value; break;
                case "MaxHourPulses": ceilings.MaxHourPulses = value; break;
                case "MaxHighUs": ceilings.Window2Us = 1000000; ceilings.MaxHighUs = value; break;
                case "Window1Us": ceilings.Window1Us = value; ceilings.Window1Pulses = 2; break;
                case "Window2Us": ceilings.Window2Us = value; ceilings.Window2Pulses = 2; break;
                case "Window3Us": ceilings.Window3Us = value; ceilings.Window3Pulses = 2; break;
                case "Window1Pulses": ceilings.Window1Us = 1000000; ceilings.Window1Pulses = value; break;
                case "Window2Pulses": ceilings.Window2Us = 1000000; ceilings.Window2Pulses = value; break;
                default: ceilings.Window3Us = 1000000; ceilings.Window3Pulses = value; break;
            }

            OutputGuard guard = new OutputGuard(48, ceilings);
            guard.Boot(GuardBench.BootUs);
            guard.BeginSession(0);
            Assert.AreEqual(verdict, GuardBench.Good(pulses, gapUs, widthUs).Judge(guard, GuardBench.ClearUs, Loose()));
        }

        // 25 ms a second, every pulse as wide as the widest before it: also when that one comes late, or fills words of its own.
        [TestMethod]
        [DataRow(1000, 40000, 60, 1000, GuardVerdict.None)]
        [DataRow(1000, 39999, 60, 1000, GuardVerdict.Duty)]
        [DataRow(500, 20000, 60, 500, GuardVerdict.None)]
        [DataRow(501, 20000, 60, 501, GuardVerdict.Duty)]
        [DataRow(100, 40000, 60, 1000, GuardVerdict.None)]
        [DataRow(100, 39999, 60, 1000, GuardVerdict.Duty)]
        [DataRow(100, 25000, 24, 1000, GuardVerdict.None)]
        [DataRow(100, 25000, 25, 1000, GuardVerdict.Duty)]
        public void The_line_is_never_high_for_more_than_25_ms_of_a_second(int widthUs, int gapUs, int pulses, int lastUs, int verdict)
        {
            GuardBench whole = new GuardBench();
            GuardBench split = new GuardBench();
            whole.Low(200000, 8);
            split.Low(200000, 8);
            for (int i = 0; i < pulses; i++)
            {
                whole.Gap(gapUs, widthUs);
                split.Gap(gapUs, widthUs);
            }

            whole.Last(lastUs);
            split.Half(true, 1);
            split.Half(true, lastUs - 2);
            split.Last(1);
            Assert.AreEqual(verdict, whole.Judge(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings()));
            Assert.AreEqual(verdict, split.Judge(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings()));
        }

        // A wide pulse of the list before weighs for a second, from where it was really sent.
        [TestMethod]
        [DataRow(999999, 0, GuardVerdict.Duty)]
        [DataRow(1000000, 0, GuardVerdict.None)]
        [DataRow(1000000, 1, GuardVerdict.Duty)]
        [DataRow(1000001, 1, GuardVerdict.None)]
        public void A_wide_pulse_sent_before_counts_for_a_second(int afterUs, int lateUs, int verdict)
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(1, 1000, 1000).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            guard.Commit(GuardBench.ClearUs + lateUs);
            Assert.AreEqual(verdict, GuardBench.Good(40, 20000, 100).Judge(guard, GuardBench.ClearUs + afterUs, GuardBench.Ceilings()));
            Assert.AreEqual(verdict == GuardVerdict.Duty, guard.HistoryToBlame);
            Assert.AreEqual(GuardVerdict.Duty, GuardBench.Good(40, 39999, 1000).Judge(guard, GuardBench.ClearUs + 15000000, GuardBench.Ceilings()));
            Assert.IsFalse(guard.HistoryToBlame);
        }

        // The pulses of the last hour: those before this session, those of its lists until now, those of this list.
        [TestMethod]
        [DataRow(11995, GuardVerdict.None)]
        [DataRow(11996, GuardVerdict.HourTotal)]
        [DataRow(12000, GuardVerdict.HourTotal)]
        public void The_hour_is_counted_over_all_lists(int before, int verdict)
        {
            OutputGuard guard = GuardBench.Guard();
            guard.BeginSession(before - 3);
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(3, 20000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            guard.Commit(GuardBench.ClearUs);
            Assert.AreEqual(verdict, GuardBench.Good(5, 20000, 100).Judge(guard, GuardBench.ClearUs + 5000000, GuardBench.Ceilings()));
            Limits limits = GuardBench.Ceilings();
            limits.MaxHourPulses = before + 4;
            Assert.AreEqual(GuardVerdict.HourTotal, GuardBench.Good(5, 20000, 100).Judge(guard, GuardBench.ClearUs + 5000000, limits));
        }

        [TestMethod]
        public void After_power_up_the_hour_counts_as_full()
        {
            OutputGuard guard = new OutputGuard(48, GuardBench.Ceilings());
            guard.Boot(GuardBench.BootUs);
            Assert.AreEqual(GuardVerdict.HourTotal, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
        }

        // Limits that allow nearly everything; more pulses in a window than the guard remembers, 255, it never lets pass.
        private static Limits Loose()
        {
            Limits limits = new Limits();
            limits.MinGapUs = 0;
            limits.MinWidthUs = 1;
            limits.MaxWidthUs = 30000;
            limits.MaxTrainPulses = 100000;
            limits.MaxSessionPulses = 100000;
            limits.MaxSessionS = 100000;
            limits.Window1Us = 1;
            limits.Window1Pulses = 1000;
            limits.Window2Us = 1;
            limits.Window2Pulses = 1000;
            limits.Window3Us = 1;
            limits.Window3Pulses = 1000;
            limits.MaxHourPulses = 100000;
            limits.MaxHighUs = 30000000;
            return limits;
        }

        // Some pulses 100 ms apart, then one window's worth of dense ones and a rest: only the pulse after the rest can be one too many, and long before the list's end.
        [TestMethod]
        [DataRow(0, 50, 14000, 314000, GuardVerdict.None)]
        [DataRow(0, 50, 14000, 313999, GuardVerdict.Window2)]
        [DataRow(1, 50, 14000, 313999, GuardVerdict.Window2)]
        [DataRow(7, 50, 14000, 313999, GuardVerdict.Window2)]
        [DataRow(16, 50, 14000, 313999, GuardVerdict.Window2)]
        [DataRow(17, 50, 14000, 314000, GuardVerdict.None)]
        [DataRow(0, 150, 33000, 83000, GuardVerdict.None)]
        [DataRow(0, 150, 33000, 82999, GuardVerdict.Window3)]
        [DataRow(3, 150, 33000, 82999, GuardVerdict.Window3)]
        [DataRow(11, 150, 33000, 82999, GuardVerdict.Window3)]
        [DataRow(16, 150, 33000, 83000, GuardVerdict.None)]
        public void One_pulse_too_many_in_the_middle_of_a_list_is_found(int before, int dense, int gapUs, int restUs, int verdict)
        {
            GuardBench list = new GuardBench();
            list.Low(200000, 8);
            for (int i = 0; i < before; i++)
            {
                list.Gap(i == before - 1 ? 1000000 : 100000, 100);
            }

            for (int i = 1; i < dense; i++)
            {
                list.Gap(gapUs, 100);
            }

            list.Gap(restUs, 100);
            for (int i = 0; i < 40; i++)
            {
                list.Gap(100000, 100);
            }

            list.Last(100);
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(verdict, list.Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            Assert.IsFalse(guard.HistoryToBlame);
        }

        // High halves one after the other are one pulse, over the words' boundaries too.
        [TestMethod]
        [DataRow(400, 400, 200, GuardVerdict.None)]
        [DataRow(400, 400, 201, GuardVerdict.WidthLong)]
        [DataRow(3, 3, 4, GuardVerdict.None)]
        [DataRow(3, 3, 3, GuardVerdict.WidthShort)]
        public void High_halves_in_a_row_are_one_pulse(int first, int second, int third, int verdict)
        {
            GuardBench list = new GuardBench();
            list.Low(200000, 8);
            list.Half(true, first);
            list.Half(true, second);
            list.Half(true, third);
            list.Half(false, 1);
            Assert.AreEqual(verdict, list.JudgeAs(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings(), 1, 0));
        }

        // A second pulse that begins in the second half of a word, 20,000 us after the first.
        [TestMethod]
        [DataRow(2, 20000L, GuardVerdict.None)]
        [DataRow(1, 0L, GuardVerdict.Padding)]
        [DataRow(3, 20000L, GuardVerdict.Count)]
        [DataRow(2, 19999L, GuardVerdict.Span)]
        public void A_pulse_in_the_second_half_of_a_word_is_seen(int pulses, long spanUs, int verdict)
        {
            GuardBench list = new GuardBench();
            list.Low(200000, 8);
            list.Half(true, 100);
            list.Half(false, 10000);
            list.Half(false, 9900);
            list.Half(true, 100);
            list.Half(false, 1);
            list.Half(false, 1);
            Assert.AreEqual(verdict, list.JudgeAs(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings(), pulses, spanUs));
        }

        // Behind the last of two pulses, halves 10 and 11, stand four of padding: 12 to 15.
        [TestMethod]
        [DataRow(12, 1, GuardVerdict.None)]
        [DataRow(12, 2, GuardVerdict.Padding)]
        [DataRow(15, 2, GuardVerdict.Padding)]
        [DataRow(13, 0, GuardVerdict.ZeroHalf)]
        [DataRow(14, 0x8001, GuardVerdict.Count)]
        [DataRow(15, 0x8064, GuardVerdict.Count)]
        public void Padding_is_low_halves_of_one_tick(int half, int value, int verdict)
        {
            GuardBench list = GuardBench.Good(2, 20000, 100);
            list.Low(4, 4);
            list.Set(half, value);
            Assert.AreEqual(verdict, list.Judge(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings()));
        }

        // Bursts of pulses 14 ms apart, a long rest, and bursts again: windows fill, empty and fill, and the last pulse is one too many or just not.
        [TestMethod]
        [DataRow(50, 50, 300000, GuardVerdict.None)]
        [DataRow(50, 51, 300000, GuardVerdict.Window2)]
        [DataRow(51, 1, 300000, GuardVerdict.Window2)]
        [DataRow(50, 1, 314000, GuardVerdict.None)]
        [DataRow(50, 1, 313999, GuardVerdict.Window2)]
        public void A_window_that_emptied_fills_again(int before, int after, int restUs, int verdict)
        {
            GuardBench list = new GuardBench();
            list.Low(200000, 8);
            for (int i = 1; i < before; i++)
            {
                list.Gap(14000, 100);
            }

            list.Gap(restUs + (after == 1 ? 0 : 700000), 100);
            for (int i = 1; i < after; i++)
            {
                list.Gap(14000, 100);
            }

            list.Last(100);
            Assert.AreEqual(verdict, list.Judge(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings()));
        }

        [TestMethod]
        [DataRow("MinWidthUs", 1001)]
        [DataRow("MinWidthUs", 40000)]
        [DataRow("MaxWidthUs", 9)]
        [DataRow("MaxWidthUs", -1)]
        public void Widths_that_contradict_each_other_let_nothing_pass(string limit, int us)
        {
            Limits limits = GuardBench.Ceilings();
            if (limit == "MinWidthUs")
            {
                limits.MinWidthUs = us;
            }
            else
            {
                limits.MaxWidthUs = us;
            }

            Assert.AreEqual(GuardVerdict.BadPlan, GuardBench.Good(1, 1000, 100).Judge(GuardBench.Guard(), GuardBench.ClearUs, limits));
        }

        // Ceilings may allow more than the 15 bits of a half: then nothing passes either.
        [TestMethod]
        [DataRow(32767, GuardVerdict.WidthShort)]
        [DataRow(32768, GuardVerdict.BadPlan)]
        public void A_shortest_width_that_no_half_holds_lets_nothing_pass(int us, int verdict)
        {
            Limits ceilings = GuardBench.Ceilings();
            ceilings.MinWidthUs = us;
            ceilings.MaxWidthUs = 40000;
            OutputGuard guard = new OutputGuard(48, ceilings);
            guard.Boot(0);
            guard.BeginSession(0);
            Assert.AreEqual(verdict, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs, ceilings));
        }

        // A figure of a list of three pulses 20,000 us apart, 7 words with the head of 4, that makes no sense.
        [TestMethod]
        [DataRow("limits", 0L, GuardVerdict.BadPlan)]
        [DataRow("head", 0L, GuardVerdict.BadPlan)]
        [DataRow("head", 32769L, GuardVerdict.BadPlan)]
        [DataRow("head", 7L, GuardVerdict.ListLength)]
        [DataRow("head", 1L, GuardVerdict.FirstOnset)]
        [DataRow("words", 32769L, GuardVerdict.ListLength)]
        [DataRow("pulses", 0L, GuardVerdict.BadPlan)]
        [DataRow("span", -1L, GuardVerdict.BadPlan)]
        [DataRow("span", 2305843009213693952L, GuardVerdict.BadPlan)]
        [DataRow("first", -1L, GuardVerdict.BadPlan)]
        [DataRow("first", 2305843009213693952L, GuardVerdict.BadPlan)]
        [DataRow("nothing", 0L, GuardVerdict.None)]
        public void A_plan_without_sense_is_rejected(string figure, long value, int verdict)
        {
            OutputGuard guard = GuardBench.Guard();
            guard.Begin(GuardBench.Good(3, 20000, 100).Bytes(), figure == "words" ? (int)value : 7, figure == "head" ? (int)value : 4,
                figure == "first" ? value : GuardBench.ClearUs, figure == "pulses" ? (int)value : 3, figure == "span" ? value : 40000,
                figure == "limits" ? null : GuardBench.Ceilings());
            Assert.AreEqual(verdict, GuardBench.Finish(guard, 7));
        }

        [TestMethod]
        public void Nothing_is_sent_or_agrees_without_its_crc()
        {
            OutputGuard guard = GuardBench.Guard();
            guard.Begin(GuardBench.Good(3, 20000, 100).Bytes(), 7, 4, GuardBench.ClearUs, 3, 40000, GuardBench.Ceilings());
            Assert.AreEqual(0, guard.Step(4));
            guard.BodyCrc = 0xCAFEF00D;
            Assert.IsFalse(guard.MaySend(GuardBench.ClearUs));
            Assert.IsFalse(guard.BodyAgrees(0xCAFEF00D));
            guard.Begin(GuardBench.Good(3, 20000, 100).Bytes(), 7, 4, GuardBench.ClearUs, 3, 40000, GuardBench.Ceilings());
            Assert.AreEqual(0U, guard.BodyCrc);
            Assert.AreEqual(GuardVerdict.None, GuardBench.Finish(guard, 7));
            Assert.IsFalse(guard.MaySend(GuardBench.ClearUs));
            Assert.IsFalse(guard.BodyAgrees(0));
            guard.BodyCrc = 0xCAFEF00D;
            Assert.AreEqual(0xCAFEF00D, guard.BodyCrc);
            Assert.IsTrue(guard.BodyAgrees(0xCAFEF00D));
            Assert.IsTrue(guard.MaySend(GuardBench.ClearUs));
            Assert.IsFalse(guard.MaySend(long.MaxValue));
        }

        // A head of 8 halves: 7 of 25,000 and one of 25,000 make a wait of 200,000 us.
        [TestMethod]
        [DataRow(7, 25000, true)]
        [DataRow(7, 25001, false)]
        [DataRow(7, 24999, false)]
        [DataRow(7, 0, false)]
        [DataRow(0, 0x8000 + 25000, false)]
        public void A_head_agrees_only_to_the_tick(int half, int value, bool agrees)
        {
            GuardBench head = new GuardBench();
            head.Low(200000, 8);
            for (int i = 0; i < 8; i++)
            {
                head.Set(i, 25000);
            }

            head.Set(half, value);
            Assert.AreEqual(agrees, GuardBench.Guard().HeadAgrees(head.Bytes(), 4, 7000000, 7200000));
        }

        // A half of zero ends the list there, though the sum of the others is the wait.
        [TestMethod]
        [DataRow(0)]
        [DataRow(3)]
        [DataRow(7)]
        public void A_head_with_a_zero_half_does_not_agree(int half)
        {
            GuardBench head = new GuardBench();
            head.Low(200000, 8);
            for (int i = 0; i < 8; i++)
            {
                head.Set(i, i == half ? 0 : 28000);
            }

            Assert.IsFalse(GuardBench.Guard().HeadAgrees(head.Bytes(), 4, 7000000, 7196000));
            head.Set(half, 1);
            Assert.IsTrue(GuardBench.Guard().HeadAgrees(head.Bytes(), 4, 7000000, 7196001));
        }

        [TestMethod]
        [DataRow(4, true)]
        [DataRow(5, false)]
        [DataRow(0, false)]
        [DataRow(32769, false)]
        public void A_head_that_is_not_there_does_not_agree(int words, bool agrees)
        {
            GuardBench head = new GuardBench();
            head.Low(200000, 8);
            Assert.AreEqual(agrees, GuardBench.Guard().HeadAgrees(head.Bytes(), words, 7000000, 7200000));
            Assert.IsTrue(GuardBench.Guard().HeadAgrees(head.Bytes(), 1, 7000000, 7065534));
            Assert.IsFalse(GuardBench.Guard().HeadAgrees(null, words, 7000000, 7200000));
        }

        private static void Send(OutputGuard guard, GuardBench list, long firstUs)
        {
            Assert.AreEqual(GuardVerdict.None, list.Judge(guard, firstUs, GuardBench.Ceilings()));
            Assert.IsTrue(guard.MaySend(firstUs));
            guard.Commit(firstUs);
            Assert.IsTrue(guard.LastOnsetUs >= firstUs);
        }
    }
}
