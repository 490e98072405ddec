using Escapement.Safety;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    /// <summary>What the guard remembers: onsets where they were really sent, over lists, sessions, late starts and nonsense.</summary>
    [TestClass]
    public class GuardHistoryTests
    {
        // 149 pulses 40 ms apart, sent 7.777777 s later than judged, last one at 'last'. Three back lies 120 ms before the last; a fifth pulse within
        // a window of 130 ms must wait 10 ms, whatever the slices in which the late onsets are moved to their place.
        [TestMethod]
        [DataRow(1, 9999L, GuardVerdict.Window1)]
        [DataRow(1, 10000L, GuardVerdict.None)]
        [DataRow(7, 9999L, GuardVerdict.Window1)]
        [DataRow(1000, 10000L, GuardVerdict.None)]
        public void A_list_sent_later_than_judged_stands_where_it_was_sent(int budgetWords, long laterUs, int verdict)
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(149, 40000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            guard.Commit(GuardBench.ClearUs + 7777777);
            long lastUs = GuardBench.ClearUs + 7777777 + 148 * 40000;
            Assert.AreEqual(lastUs, guard.LastOnsetUs);
            Limits limits = GuardBench.Ceilings();
            limits.Window1Us = 130000;
            Assert.AreEqual(lastUs + 10000, guard.EarliestUs(limits));
            Limits all = GuardBench.Ceilings();
            all.Window3Pulses = 149;
            all.Window3Us = 6000000;
            Assert.AreEqual(GuardBench.ClearUs + 7777777 + 6000000, guard.EarliestUs(all));
            guard.Begin(GuardBench.Good(1, 1000, 100).Bytes(), 5, 4, lastUs + laterUs, 1, 0, limits);
            Assert.AreEqual(verdict, GuardBench.Finish(guard, budgetWords));
        }

        // 149 pulses 33 ms apart, then one judged at 4.95 s and sent at 4.99 s: the next may come when the first is 5 s old, for only the late one was late.
        [TestMethod]
        [DataRow(4999999L, GuardVerdict.Window3)]
        [DataRow(5000000L, GuardVerdict.None)]
        public void What_was_sent_before_a_late_list_stays_where_it_was(long atUs, int verdict)
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(149, 33000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            guard.Commit(GuardBench.ClearUs);
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs + 4950000, GuardBench.Ceilings()));
            guard.Commit(GuardBench.ClearUs + 4990000);
            Assert.AreEqual(GuardBench.ClearUs + 5000000, guard.EarliestUs(GuardBench.Ceilings()));
            Assert.AreEqual(verdict, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs + atUs, GuardBench.Ceilings()));
            Assert.AreEqual(verdict != GuardVerdict.None, guard.HistoryToBlame);
        }

        // 29 pulses a second apart, broken off after 10 s: what lies ahead does not count, and every window is full when silence was confirmed.
        [TestMethod]
        [DataRow(0L, GuardVerdict.MinGap)]
        [DataRow(4999999L, GuardVerdict.Window3)]
        [DataRow(5000000L, GuardVerdict.None)]
        public void A_list_broken_off_counts_as_full_windows_when_silence_was_confirmed(long laterUs, int verdict)
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(29, 1000000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            guard.Commit(GuardBench.ClearUs);
            long silentUs = GuardBench.ClearUs + 10000000;
            guard.Silence(silentUs);
            Assert.AreEqual(silentUs, guard.LastOnsetUs);
            Assert.AreEqual(silentUs + 5000000, guard.EarliestUs(GuardBench.Ceilings()));
            Assert.AreEqual(29, guard.SessionPulses);
            Assert.AreEqual(verdict, GuardBench.Good(1, 1000, 100).Judge(guard, silentUs + laterUs, GuardBench.Ceilings()));
        }

        // Silence after the last pulse, or before power-up is known, changes nothing.
        [TestMethod]
        public void Silence_with_nothing_ahead_or_nothing_known_changes_nothing()
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(2, 1000000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            guard.Commit(GuardBench.ClearUs);
            long before = guard.EarliestUs(GuardBench.Ceilings());
            guard.Silence(GuardBench.ClearUs + 1000000);
            Assert.AreEqual(before, guard.EarliestUs(GuardBench.Ceilings()));
            guard.Silence(-1);
            Assert.AreEqual(GuardBench.ClearUs + 1000000, guard.LastOnsetUs);
            OutputGuard unknown = new OutputGuard(48, GuardBench.Ceilings());
            long never = unknown.LastOnsetUs;
            unknown.Silence(GuardBench.ClearUs);
            Assert.AreEqual(never, unknown.LastOnsetUs);
        }

        // More pulses than the history keeps: 300, the last 256 of which are remembered, moved by 5 s.
        [TestMethod]
        public void More_pulses_than_are_kept_leave_the_newest()
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(300, 34000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            guard.Commit(GuardBench.ClearUs + 5000000);
            long lastUs = GuardBench.ClearUs + 5000000 + 299 * 34000;
            Assert.AreEqual(lastUs, guard.LastOnsetUs);

            // 150 pulses back, the window of 5 s: 149 steps of 34 ms are 5.066 s, so the next may come after the minimum gap.
            Assert.AreEqual(lastUs + 1000, guard.EarliestUs(GuardBench.Ceilings()));
            Limits limits = GuardBench.Ceilings();
            limits.Window3Us = 5100000;
            Assert.AreEqual(lastUs - 149 * 34000 + 5100000, guard.EarliestUs(limits));
            Assert.AreEqual(GuardVerdict.Window3, GuardBench.Good(1, 1000, 100).Judge(guard, lastUs + 33999, limits));
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(1, 1000, 100).Judge(guard, lastUs + 34000, limits));
        }

        [TestMethod]
        public void What_was_judged_and_never_sent_leaves_no_trace()
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(50, 20000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            Assert.AreEqual(GuardBench.BootUs, guard.LastOnsetUs);
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(50, 20000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            Assert.AreEqual(0, guard.SessionPulses);
            guard.Commit(GuardBench.ClearUs);
            long lastUs = GuardBench.ClearUs + 49 * 20000;
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(100, 34000, 100).Judge(guard, lastUs + 50000, GuardBench.Ceilings()));
            Assert.AreEqual(lastUs, guard.LastOnsetUs);
            Assert.AreEqual(lastUs + 20000, guard.EarliestUs(GuardBench.Ceilings()));
            Assert.AreEqual(50, guard.SessionPulses);
        }

        // A history that begins at no time at all, or later than any clock: nothing may ever follow.
        [TestMethod]
        [DataRow(-1L)]
        [DataRow(2305843009213693952L)]
        public void A_power_up_at_an_impossible_time_lets_nothing_pass(long nowUs)
        {
            OutputGuard guard = new OutputGuard(48, GuardBench.Ceilings());
            guard.Boot(nowUs);
            guard.BeginSession(0);
            Assert.AreEqual(GuardVerdict.MinGap, GuardBench.Good(1, 1000, 100).Judge(guard, 1000000000000L, GuardBench.Ceilings()));
            Assert.IsTrue(guard.HistoryToBlame);
        }

        [TestMethod]
        public void What_was_sent_without_ever_being_judged_uses_the_session_up_too()
        {
            OutputGuard guard = GuardBench.Guard();
            guard.Commit(GuardBench.ClearUs);
            Assert.AreEqual(GuardBench.ClearUs, guard.LastOnsetUs);
            Assert.AreEqual(6000, guard.SessionPulses);
            Assert.AreEqual(GuardVerdict.SessionTotal, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs + 10000000, GuardBench.Ceilings()));
            guard.BeginSession(0);
            Assert.AreEqual(GuardVerdict.Window3, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs + 4999999, GuardBench.Ceilings()));
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs + 5000000, GuardBench.Ceilings()));
        }

        [TestMethod]
        public void Full_windows_stand_at_their_own_instant_whatever_was_sent_late_before()
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(2, 10000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            guard.Commit(GuardBench.ClearUs + 3000000);
            Assert.AreEqual(GuardVerdict.BadPlan, GuardBench.Good(2, 10000, 100).JudgeAs(guard, GuardBench.ClearUs + 20000000, GuardBench.Ceilings(), 2, -1));
            guard.Commit(GuardBench.ClearUs + 4000000);
            Assert.AreEqual(GuardBench.ClearUs + 4000000, guard.LastOnsetUs);
            guard.Boot(7);
            guard.BeginSession(0);
            Assert.AreEqual(7L, guard.LastOnsetUs);
            Assert.AreEqual(5000007L, guard.EarliestUs(GuardBench.Ceilings()));
            Assert.AreEqual(0, guard.SessionPulses);
        }

        [TestMethod]
        public void The_blame_is_the_last_lists_own()
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.Window3, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs - 1, GuardBench.Ceilings()));
            Assert.IsTrue(guard.HistoryToBlame);
            Assert.AreEqual(GuardVerdict.WidthLong, GuardBench.Good(1, 1000, 1001).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            Assert.IsFalse(guard.HistoryToBlame);
        }

        // None, or fewer than none, in one of the windows: no pulse may ever come.
        [TestMethod]
        [DataRow(1, 0)]
        [DataRow(2, 0)]
        [DataRow(3, 0)]
        [DataRow(2, -1)]
        public void A_window_of_no_pulses_lets_nothing_pass(int window, int pulses)
        {
            Limits limits = GuardBench.Ceilings();
            limits.Window1Pulses = window == 1 ? pulses : 4;
            limits.Window2Pulses = window == 2 ? pulses : 50;
            limits.Window3Pulses = window == 3 ? pulses : 150;
            OutputGuard guard = GuardBench.Guard();
            Assert.IsTrue(guard.EarliestUs(limits) > 1000000000000000L);
            Assert.AreEqual(GuardVerdict.Window1 + window - 1, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs, limits));
        }

        // The second window may allow more than the third: 60 in a second, of which the third lets 55 pass in its five.
        [TestMethod]
        [DataRow(55, GuardVerdict.None)]
        [DataRow(56, GuardVerdict.Window3)]
        public void The_tighter_of_two_windows_holds_whichever_it_is(int pulses, int verdict)
        {
            Limits ceilings = GuardBench.Ceilings();
            ceilings.Window2Pulses = 60;
            ceilings.Window3Pulses = 55;
            OutputGuard guard = new OutputGuard(48, ceilings);
            guard.Boot(GuardBench.BootUs);
            guard.BeginSession(0);
            Assert.AreEqual(verdict, GuardBench.Good(pulses, 20000, 100).Judge(guard, GuardBench.ClearUs, ceilings));
        }

        // Two windows of 5 s, of which one allows ten pulses and the other far more: ten dense ones and a rest, then a pulse every 500 ms.
        // Only the first after the rest can be one too many.
        [TestMethod]
        [DataRow(10, 240, 4820000, GuardVerdict.None)]
        [DataRow(10, 240, 4819999, GuardVerdict.Window2)]
        [DataRow(240, 10, 4820000, GuardVerdict.None)]
        [DataRow(240, 10, 4819999, GuardVerdict.Window3)]
        public void A_tight_window_is_kept_beside_a_wide_one(int pulses2, int pulses3, int restUs, int verdict)
        {
            Limits ceilings = GuardBench.Ceilings();
            ceilings.Window2Us = 5000000;
            ceilings.Window2Pulses = pulses2;
            ceilings.Window3Pulses = pulses3;
            OutputGuard guard = new OutputGuard(48, ceilings);
            guard.Boot(GuardBench.BootUs);
            guard.BeginSession(0);
            GuardBench list = new GuardBench();
            list.Low(200000, 8);
            for (int i = 1; i < 10; i++)
            {
                list.Gap(20000, 100);
            }

            list.Gap(restUs, 100);
            for (int i = 0; i < 20; i++)
            {
                list.Gap(500000, 100);
            }

            list.Last(100);
            Assert.AreEqual(verdict, list.Judge(guard, GuardBench.ClearUs, ceilings));
        }

        // The first onset lies before the newest pulse, or months after it: neither wraps.
        [TestMethod]
        [DataRow(0L, GuardVerdict.MinGap)]
        [DataRow(5000000L, GuardVerdict.MinGap)]
        [DataRow(6000999L, GuardVerdict.MinGap)]
        [DataRow(6001000L, GuardVerdict.None)]
        [DataRow(1006000001L, GuardVerdict.None)]
        [DataRow(4300967296L, GuardVerdict.None)]
        [DataRow(10000000000000000L, GuardVerdict.None)]
        public void Times_far_apart_do_not_wrap(long firstUs, int verdict)
        {
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs, GuardBench.Ceilings()));
            guard.Commit(GuardBench.ClearUs);
            guard.BeginSession(0);
            Assert.AreEqual(verdict, GuardBench.Good(2, 20000, 100).Judge(guard, firstUs, GuardBench.Ceilings()));
        }

        // The session's time runs from its first list's first onset, not from the list before, to the last onset of the list that is judged.
        [TestMethod]
        [DataRow(9980000L, GuardVerdict.None)]
        [DataRow(9980001L, GuardVerdict.SessionTime)]
        public void The_sessions_time_runs_from_its_first_onset_to_its_last(long atUs, int verdict)
        {
            Limits limits = GuardBench.Ceilings();
            limits.MaxSessionS = 10;
            OutputGuard guard = GuardBench.Guard();
            for (int i = 0; i < 3; i++)
            {
                long firstUs = GuardBench.ClearUs + i * 3000000;
                Assert.AreEqual(GuardVerdict.None, GuardBench.Good(1, 1000, 100).Judge(guard, firstUs, limits));
                guard.Commit(firstUs);
            }

            Assert.AreEqual(verdict, GuardBench.Good(2, 20000, 100).Judge(guard, GuardBench.ClearUs + atUs, limits));
        }

        // From the session's first onset to its last, holds and late starts included: 10 s and not a microsecond more.
        [TestMethod]
        [DataRow(9980000L, true)]
        [DataRow(9980001L, false)]
        public void A_late_start_may_not_make_the_session_too_long(long laterUs, bool maySend)
        {
            Limits limits = GuardBench.Ceilings();
            limits.MaxSessionS = 10;
            OutputGuard guard = GuardBench.Guard();
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(1, 1000, 100).Judge(guard, GuardBench.ClearUs, limits));
            guard.Commit(GuardBench.ClearUs);
            Assert.AreEqual(GuardVerdict.None, GuardBench.Good(2, 20000, 100).Judge(guard, GuardBench.ClearUs + 5000000, limits));
            Assert.AreEqual(maySend, guard.MaySend(GuardBench.ClearUs + laterUs));
        }
    }
}
