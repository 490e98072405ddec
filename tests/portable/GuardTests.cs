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
        [DataRow(3, 0x8001, GuardVerdict.HeadNotLow)]
        [DataRow(8, 100, GuardVerdict.FirstOnset)]
        [DataRow(9, 19901, GuardVerdict.Span)]
        [DataRow(9, 19899, GuardVerdict.Span)]
        [DataRow(9, 899, GuardVerdict.MinGap)]
        [DataRow(11, 0x8001, GuardVerdict.EndsHigh)]
        [DataRow(11, 2, GuardVerdict.Padding)]
        [DataRow(10, 0x8000, GuardVerdict.ZeroHalf)]
        [DataRow(10, 0x8009, GuardVerdict.WidthShort)]
        public void One_wrong_half_is_found(int half, int value, int verdict)
        {
            GuardBench list = GuardBench.Good(2, 20000, 100);
            list.Set(half, value);
            Assert.AreEqual(verdict, list.Judge(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings()));
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
            guard.BeginSession();
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

        private static void Send(OutputGuard guard, GuardBench list, long firstUs)
        {
            Assert.AreEqual(GuardVerdict.None, list.Judge(guard, firstUs, GuardBench.Ceilings()));
            Assert.IsTrue(guard.MaySend(firstUs));
            guard.Commit(firstUs);
            Assert.IsTrue(guard.LastOnsetUs >= firstUs);
        }
    }
}
