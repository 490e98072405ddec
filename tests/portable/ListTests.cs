using Escapement.Kernel;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    /// <summary>Whole sessions from bytes to words: whatever is repeated, copied, cut or sliced, every edge stands at its tick.</summary>
    [TestClass]
    public class ListTests
    {
        [TestMethod]
        [DataRow(1)]
        [DataRow(7)]
        [DataRow(1000)]
        public void Trains_of_18_hz_are_exact_at_any_budget(int budgetWords)
        {
            // 36 pulses every 1/18 s, every 22 s: a period of nine steps of 55,555 or 55,556 us, of which four fit and a rest is left.
            ProgramBytes program = new ProgramBytes();
            program.Repeats(2, 1, 100, 594000000);
            program.Level(3, 198000000);
            program.Level(36, 500000);
            Assert.AreEqual(3, SessionLists.Check(program.Finish(9, 108, 413500000, 594000000), new PlanLimits(), budgetWords));
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(5)]
        [DataRow(1000)]
        public void Continuous_theta_burst_of_30_hz_is_exact_at_any_budget(int budgetWords)
        {
            // 20 bursts of three pulses every 1/30 s, six bursts a second.
            ProgramBytes program = new ProgramBytes();
            program.Repeats(2, 0, 100, 10000000);
            program.Level(20, 500000);
            program.Level(3, 100000);
            Assert.AreEqual(1, SessionLists.Check(program.Finish(3, 60, 9700000, 10000000), new PlanLimits(), budgetWords));
        }

        // Groups of a fraction that do not divide the repeats: what is left over is written first, or copied from the group's beginning.
        [TestMethod]
        [DataRow(4)]
        [DataRow(10)]
        [DataRow(15)]
        [DataRow(16)]
        [DataRow(17)]
        [DataRow(21)]
        [DataRow(22)]
        [DataRow(23)]
        [DataRow(24)]
        [DataRow(30)]
        public void Any_number_of_sevenths_of_a_second_is_exact(int pulses)
        {
            byte[] image = ProgramBytes.Train(7, pulses, 1000000, 100, 100000000);
            Assert.AreEqual(1, SessionLists.Check(image, new PlanLimits(), 9));
        }

        // The same within repeats of an outer level, whose own period is a fraction too.
        [TestMethod]
        [DataRow(9, 9)]
        [DataRow(15, 5)]
        [DataRow(8, 16)]
        [DataRow(22, 3)]
        public void Fractions_within_fractions_are_exact(int outer, int inner)
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(2, 0, 100, 40000000);
            program.Level(outer, 250001);
            program.Level(inner, 14000 - inner);
            long last = (outer - 1) * 250001 + (inner - 1) * (14000 - inner);
            Assert.AreEqual(1, SessionLists.Check(program.Finish(7, outer * inner, last, 40000000), new PlanLimits(), 11));
        }

        [TestMethod]
        public void Four_levels_are_exact()
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(4, 1, 250, 80000000);
            program.Level(4, 20000000);
            program.Level(5, 1500000);
            program.Level(4, 100000);
            program.Level(2, 3000);
            Assert.AreEqual(4, SessionLists.Check(program.Finish(2, 160, 66303000, 80000000), new PlanLimits(), 13));
        }

        // Lows of 64 full words and more are not written at once but copied on.
        [TestMethod]
        [DataRow(4227076L, 1)]
        [DataRow(4227176L, 1)]
        [DataRow(5000000L, 3)]
        [DataRow(9000000L, 1000)]
        public void Silences_of_many_words_are_exact(long intervalUs, int budgetWords)
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(2, 0, 100, 100000000);
            program.Level(5, intervalUs);
            program.Level(2, 20000);
            byte[] image = program.Finish(1, 10, 4 * intervalUs + 20000, 100000000);
            Assert.AreEqual(1, SessionLists.Check(image, new PlanLimits(), budgetWords));
        }

        [TestMethod]
        [DataRow(2)]
        [DataRow(40)]
        public void Blocks_of_their_own_widths_follow_one_another_in_one_list(int budgetWords)
        {
            // A fraction, a list, a single pulse, and repeats again; nowhere a silence long enough to cut in.
            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, 0, 100, 900000);
            program.Level(8, 100001);
            program.Block(2, 0, 1, 200, 4, 500000);
            program.Entry(30000);
            program.Entry(10000);
            program.Entry(30000);
            program.Entry(10000);
            program.Repeats(1, 0, 300, 250001);
            program.Level(1, 0);
            program.Repeats(2, 0, 400, 1000000);
            program.Level(4, 100000);
            program.Level(2, 7001);
            byte[] image = program.Finish(3, 22, 900000 + 500000 + 250001 + 307001, 2650001);
            Assert.AreEqual(1, SessionLists.Check(image, new PlanLimits(), budgetWords));
        }

        // The same two lows behind pulses of another width: what was written for one width is never copied for another.
        [TestMethod]
        [DataRow(1)]
        [DataRow(30)]
        public void The_same_silence_after_another_width_is_another_word(int budgetWords)
        {
            ProgramBytes program = new ProgramBytes();
            int[] widths = { 100, 300, 300, 101 };
            long last = 0;
            for (int block = 0; block < 4; block++)
            {
                program.Block(2, 0, 0, widths[block], 3, 3 * widths[block] + 80000);
                program.Entry(widths[block] + 20000);
                program.Entry(widths[block] + 30000);
                program.Entry(widths[block] + 20000);
                last += block < 3 ? 3 * widths[block] + 80000 : 3 * widths[block] + 70000;
            }

            Assert.AreEqual(1, SessionLists.Check(program.Finish(1, 16, last, last + 10000), new PlanLimits(), budgetWords));
        }

        // A pulse, and in the same list sevenths of a tick; then, in a list of their own, halves: what repeats in one block does not in the other.
        [TestMethod]
        public void A_list_begins_with_its_own_blocks_fraction()
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, 0, 100, 1400000);
            program.Level(1, 0);
            program.Repeats(1, 0, 100, 40000000);
            program.Level(20, 1400002);
            program.Repeats(1, 0, 100, 40000000);
            program.Level(20, 1400007);
            byte[] image = program.Finish(14, 41, 41400000 + 19 * 1400007, 81400000);
            Assert.AreEqual(2, SessionLists.Check(image, new PlanLimits(), 10));
        }

        // 150 pulses a second apart need 16 words each; lists of at most 1,000 words hold 4 + 62 x 16 + 1, so 63 pulses.
        [TestMethod]
        public void What_does_not_fit_is_cut_after_the_most_repetitions_that_do()
        {
            byte[] image = ProgramBytes.Train(1, 150, 1000000, 100, 150000000);
            PlanLimits limits = new PlanLimits();
            limits.FirstListWords = 1000;
            limits.ListWords = 1000;
            Planner planner = new Planner();
            Assert.AreEqual(1, PlannerTests.Plan(planner, image, limits));
            Assert.AreEqual(3, planner.Transactions);
            Assert.AreEqual(63, planner.MaxPulses);
            Assert.AreEqual(997, planner.MaxWords);
            Assert.IsFalse(planner.IsExact(0, 0));
            Assert.AreEqual(3, SessionLists.Check(image, limits, 50));
        }

        // The first list may take 1,000 words, later ones 500: 63 pulses, then 31 (4 + 30 x 16 + 1 words) twice and the 25 that are left.
        [TestMethod]
        public void Later_transactions_are_held_to_their_own_length()
        {
            byte[] image = ProgramBytes.Train(1, 150, 1000000, 100, 150000000);
            PlanLimits limits = new PlanLimits();
            limits.FirstListWords = 1000;
            limits.ListWords = 500;
            Assert.AreEqual(4, SessionLists.Check(image, limits, 50));
        }

        // Twenty pulses 400 ms apart are cut where they no longer fit; 200 pulses every 20 ms can neither be cut nor fit, whatever could be cut before.
        [TestMethod]
        public void What_could_be_cut_in_one_transaction_does_not_help_another()
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, 0, 100, 8000000);
            program.Level(20, 400000);
            program.Repeats(1, 0, 100, 4000000);
            program.Level(200, 20000);
            PlanLimits limits = new PlanLimits();
            limits.FirstListWords = 80;
            limits.ListWords = 80;
            Planner planner = new Planner();
            Assert.AreEqual(-1, PlannerTests.Plan(planner, program.Finish(1, 220, 8000000 + 199 * 20000, 12000000), limits));
            Assert.AreEqual(ProgramError.CannotCut, planner.Error);
            Assert.AreEqual(2, planner.Transactions);
        }

        // Pairs 1 s apart in groups of four every 6 s: both gaps could be cut, the outermost is.
        [TestMethod]
        public void A_train_that_does_not_fit_is_cut_at_its_outermost_level()
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(3, 0, 100, 60000000);
            program.Level(10, 6000000);
            program.Level(4, 1000000);
            program.Level(2, 3000);
            byte[] image = program.Finish(1, 80, 54000000 + 3000000 + 3000, 60000000);
            PlanLimits limits = new PlanLimits();
            limits.FirstListWords = 500;
            limits.ListWords = 500;
            Planner planner = new Planner();
            Assert.AreEqual(1, PlannerTests.Plan(planner, image, limits));
            Assert.AreEqual(0, planner.MaxPulses % 8);
            Assert.IsFalse(planner.IsExact(0, 0));
            Assert.IsTrue(planner.IsExact(0, 1));
            Assert.IsTrue(planner.IsExact(0, 2));
            Assert.IsTrue(SessionLists.Check(image, limits, 20) > 1);
        }

        // Ten pulses of 100 us every 400 ms, then, too soon to cut before them, sixty of 250 us: the cut lies in the first block, before its last pulse.
        [TestMethod]
        public void A_cut_looks_back_over_a_block_to_the_last_silence_that_is_long_enough()
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, 0, 100, 3620000);
            program.Level(10, 400000);
            program.Repeats(1, 0, 250, 1200000);
            program.Level(60, 20000);
            byte[] image = program.Finish(1, 70, 3620000 + 59 * 20000, 4820000);
            PlanLimits limits = new PlanLimits();
            limits.FirstListWords = 80;
            limits.ListWords = 80;
            Planner planner = new Planner();
            Assert.AreEqual(1, PlannerTests.Plan(planner, image, limits));
            Assert.AreEqual(2, planner.Transactions);
            Assert.AreEqual(61, planner.MaxPulses);
            Assert.AreEqual(2, SessionLists.Check(image, limits, 10));
        }

        // Repeats of 400 3/7 ms that are cut again and again within a level: lists that begin in the middle of a fraction's period, whatever fits them.
        [TestMethod]
        [DataRow(20)]
        [DataRow(25)]
        [DataRow(26)]
        [DataRow(31)]
        [DataRow(40)]
        [DataRow(77)]
        [DataRow(83)]
        [DataRow(97)]
        [DataRow(160)]
        public void Lists_that_begin_within_a_level_are_exact(int listWords)
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(2, 0, 100, 100000000);
            program.Level(30, 2803000);
            program.Level(2, 21001);
            byte[] image = program.Finish(7, 60, 29 * 2803000 + 21001, 100000000);
            PlanLimits limits = new PlanLimits();
            limits.FirstListWords = listWords;
            limits.ListWords = listWords;
            int transactions = SessionLists.Check(image, limits, 10);

            // A pair takes 1 word and 7 of the long low, the last of a list 2 words, the head 4.
            int pairs = (listWords - 6) / 8 + 1;
            Assert.AreEqual((30 + pairs - 1) / pairs, transactions);
        }

        // Steps of 32,867 1/2 us: every other low needs a word more. 300,099 1/2 us can be cut only where it rounds up, 300,100 us and more always.
        [TestMethod]
        [DataRow(65735L, 0, 1)]
        [DataRow(65735L, 1, 1)]
        [DataRow(600199L, 0, 1)]
        [DataRow(600199L, 1, 11)]
        [DataRow(600201L, 0, 1)]
        [DataRow(600201L, 1, 20)]
        [DataRow(600200L, 1, 20)]
        [DataRow(600198L, 1, 1)]
        public void Steps_that_differ_by_a_tick_are_planned_one_by_one(long intervalUnits, int depth, int transactions)
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, depth, 100, 20 * intervalUnits + 400000);
            program.Level(20, intervalUnits);
            byte[] image = program.Finish(2, 20, 19 * intervalUnits, 20 * intervalUnits + 400000);
            Assert.AreEqual(transactions, SessionLists.Check(image, new PlanLimits(), 10));
        }

        // A word a pulse and 4 of head. Four lengths are taken as they come; then 24 pulses use the list of 29, and 49 make the longest longer, wherever it stands.
        [TestMethod]
        [DataRow(9, 19, 29, 39, 13, 23, 33, 53)]
        [DataRow(39, 9, 19, 29, 53, 13, 23, 33)]
        [DataRow(9, 39, 19, 29, 13, 53, 23, 33)]
        public void A_fifth_length_is_padded_to_a_longer_one_or_raises_the_longest(int a, int b, int c, int d, int words0, int words1, int words2, int words3)
        {
            byte[] image = TrainsOf(a, b, c, d, 24, 49);
            Planner planner = new Planner();
            Assert.AreEqual(1, PlannerTests.Plan(planner, image, new PlanLimits()));
            CheckLengths(planner, words0, words1, words2, words3);
            Assert.AreEqual(53, planner.MaxWords);
            Assert.AreEqual(13L + 23 + 33 + 53 + 33 + 53, planner.Words);
            Assert.AreEqual(6, SessionLists.Check(image, new PlanLimits(), 10));
        }

        // The first list may be longer than the 60 words of later ones, which never use it: a fifth length raises the longest of the others, up to 60.
        [TestMethod]
        [DataRow(10, 20, 30, 40, 35, 94, 14, 24, 44)]
        [DataRow(30, 10, 20, 40, 56, 94, 60, 14, 24)]
        [DataRow(56, 10, 20, 56, 50, 94, 60, 14, 24)]
        public void Later_transactions_never_use_the_first_ones_long_list(int b, int c, int d, int e, int f, int words0, int words1, int words2, int words3)
        {
            byte[] image = TrainsOf(90, b, c, d, e, f);
            PlanLimits limits = new PlanLimits();
            limits.ListWords = 60;
            Planner planner = new Planner();
            Assert.AreEqual(1, PlannerTests.Plan(planner, image, limits));
            CheckLengths(planner, words0, words1, words2, words3);
            Assert.AreEqual(94, planner.MaxWords);
            Assert.AreEqual(6, SessionLists.Check(image, limits, 10));
        }

        private static void CheckLengths(Planner planner, int words0, int words1, int words2, int words3)
        {
            Assert.AreEqual(4, planner.LengthCount);
            Assert.AreEqual(words0, planner.LengthWords(0));
            Assert.AreEqual(words1, planner.LengthWords(1));
            Assert.AreEqual(words2, planner.LengthWords(2));
            Assert.AreEqual(words3, planner.LengthWords(3));
        }

        // Six trains with a pulse every 20 ms and silences long enough to cut between.
        private static byte[] TrainsOf(int a, int b, int c, int d, int e, int f)
        {
            int[] pulses = { a, b, c, d, e, f };
            ProgramBytes program = new ProgramBytes();
            int sum = 0;
            for (int i = 0; i < pulses.Length; i++)
            {
                program.Repeats(1, 0, 100, 5000000);
                program.Level(pulses[i], 20000);
                sum += pulses[i];
            }

            return program.Finish(1, sum, 25000000 + (f - 1) * 20000L, 30000000);
        }
    }
}
