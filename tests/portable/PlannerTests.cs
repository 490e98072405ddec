using Escapement.Kernel;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    [TestClass]
    public class PlannerTests
    {
        // A train of theta burst: 9 bursts of 1 + 1 + 3 words (159,900 us of low take 32,767 and 2 words more), the last of 3, head 4: 52.
        [TestMethod]
        public void Every_train_of_theta_burst_is_one_transaction()
        {
            Planner planner = new Planner();
            Assert.AreEqual(1, Plan(planner, ProgramBytes.ThetaBurst(), new PlanLimits()));
            Assert.AreEqual(20, planner.Transactions);
            Assert.AreEqual(600, planner.Pulses);
            Assert.AreEqual(30, planner.MaxPulses);
            Assert.AreEqual(1, planner.LengthCount);
            Assert.AreEqual(52, planner.LengthWords(0));
            Assert.AreEqual(52, planner.MaxWords);
            Assert.AreEqual(1040L, planner.Words);
            Assert.IsFalse(planner.IsExact(0, 0));
            Assert.IsTrue(planner.IsExact(0, 1));
            Assert.IsTrue(planner.IsExact(0, 2));
        }

        // 20,000 us apart a pulse is a word: n pulses and a head of 4 are n + 4 words; 48 and 96 are one more.
        [TestMethod]
        [DataRow(1, 5)]
        [DataRow(43, 47)]
        [DataRow(44, 49)]
        [DataRow(45, 49)]
        [DataRow(91, 95)]
        [DataRow(92, 97)]
        public void A_list_is_never_a_multiple_of_the_channel_memory(int pulses, int words)
        {
            Planner planner = new Planner();
            Assert.AreEqual(1, Plan(planner, Pulses(pulses), new PlanLimits()));
            Assert.AreEqual(1, planner.Transactions);
            Assert.AreEqual(words, planner.LengthWords(0));
        }

        // Low after a pulse of 100 us: up to 32,767 one word, then one more for every 65,534.
        [TestMethod]
        [DataRow(32867L, 6)]
        [DataRow(32868L, 7)]
        [DataRow(98401L, 7)]
        [DataRow(98402L, 8)]
        public void Words_of_a_gap_are_as_the_format_says(long intervalUs, int words)
        {
            Planner planner = new Planner();
            Assert.AreEqual(1, Plan(planner, ProgramBytes.Train(1, 2, intervalUs, 100, 400000), new PlanLimits()));
            Assert.AreEqual(words, planner.LengthWords(0));
        }

        [TestMethod]
        public void What_neither_fits_nor_can_be_cut_is_refused()
        {
            PlanLimits limits = new PlanLimits();
            limits.FirstListWords = 64;
            Planner planner = new Planner();
            Assert.AreEqual(1, Plan(planner, Pulses(60), limits));
            Assert.AreEqual(-1, Plan(planner, Pulses(61), limits));
            Assert.AreEqual(ProgramError.CannotCut, planner.Error);
        }

        // Each rule of the limits by its last good and first bad figure, the others being the reference board's or, where that is in the way, as said.
        [TestMethod]
        [DataRow("ChannelWords", 2, true)]
        [DataRow("ChannelWords", 1, false)]
        [DataRow("HeadWords", 0, false)]
        [DataRow("HeadWords with the shortest lead-in", 1, true)]
        [DataRow("HeadWords with the shortest lead-in", 0, false)]
        [DataRow("HeadWords with the shortest lead-in", 1501, true)]
        [DataRow("HeadWords with the shortest lead-in", 1502, false)]
        [DataRow("HeadWords", 32769, false)]
        [DataRow("FirstListWords", 32768, true)]
        [DataRow("FirstListWords", 32769, false)]
        [DataRow("FirstListWords", 6, true)]
        [DataRow("FirstListWords", 5, false)]
        [DataRow("ListWords", 32768, true)]
        [DataRow("ListWords", 32769, false)]
        [DataRow("ListWords", 6, true)]
        [DataRow("ListWords", 5, false)]
        [DataRow("LeadInUs", 262136, true)]
        [DataRow("LeadInUs", 262137, false)]
        [DataRow("LeadInUs with the shortest bound", 8, true)]
        [DataRow("LeadInUs with the shortest bound", 7, false)]
        [DataRow("LeadInMinUs", 200000, true)]
        [DataRow("LeadInMinUs", 200001, false)]
        [DataRow("LeadInMinUs", 1001, true)]
        [DataRow("LeadInMinUs", 1000, false)]
        [DataRow("StartBoundUs", 0, false)]
        [DataRow("MinCutGapUs", 201001, true)]
        [DataRow("MinCutGapUs", 201000, false)]
        public void Limits_that_contradict_themselves_are_refused(string rule, int value, bool sane)
        {
            PlanLimits limits = new PlanLimits();
            switch (rule)
            {
                case "ChannelWords": limits.ChannelWords = value; break;
                case "HeadWords": limits.HeadWords = value; break;
                case "FirstListWords": limits.FirstListWords = value; break;
                case "ListWords": limits.ListWords = value; break;
                case "LeadInUs": limits.LeadInUs = value; break;
                case "LeadInMinUs": limits.LeadInMinUs = value; break;
                case "StartBoundUs": limits.StartBoundUs = value; break;
                case "MinCutGapUs": limits.MinCutGapUs = value; break;
                case "HeadWords with the shortest lead-in":
                    limits.LeadInMinUs = 2000;
                    limits.LeadInUs = 3003; // two ticks a word
                    limits.HeadWords = value;
                    break;
                default:
                    limits.StartBoundUs = 1;
                    limits.LeadInMinUs = 2;
                    limits.LeadInUs = value;
                    break;
            }

            Planner planner = new Planner();
            Assert.AreEqual(sane ? 1 : -1, Plan(planner, Pulses(2), limits));
            Assert.AreEqual(sane ? ProgramError.None : ProgramError.BadLimits, planner.Error);
        }

        [TestMethod]
        public void Without_limits_nothing_is_planned()
        {
            Planner planner = new Planner();
            Assert.AreEqual(-1, planner.Step(10));
            Assert.AreEqual(-1, Plan(planner, Pulses(2), null));
            Assert.AreEqual(ProgramError.BadLimits, planner.Error);
            Assert.AreEqual(1, Plan(planner, Pulses(2), new PlanLimits()));
            Assert.AreEqual(ProgramError.None, planner.Error);
        }

        // Whatever was planned before, to its end, impossible or not finished: as if it were the first.
        [TestMethod]
        public void A_planner_is_used_again_as_if_new()
        {
            Planner planner = new Planner();
            PlanLimits small = new PlanLimits();
            small.FirstListWords = 64;
            for (int before = 0; before < 3; before++)
            {
                planner.Begin(before == 1 ? Pulses(61) : ProgramBytes.ThetaBurst(), before == 1 ? small : new PlanLimits());
                planner.Step(before == 2 ? 20 : 100000);
                Assert.AreEqual(1, Plan(planner, Pulses(10), new PlanLimits()));
                Assert.AreEqual(1, planner.Transactions);
                Assert.AreEqual(10, planner.Pulses);
                Assert.AreEqual(10, planner.MaxPulses);
                Assert.AreEqual(1, planner.LengthCount);
                Assert.AreEqual(14L, planner.Words);
                Assert.AreEqual(14, planner.MaxWords);
                for (int level = -1; level < 4; level++)
                {
                    Assert.IsTrue(planner.IsExact(0, level));
                    Assert.IsTrue(planner.IsExact(63, level));
                }
            }
        }

        [TestMethod]
        public void A_transaction_planner_is_used_again_as_if_new()
        {
            byte[] image = ProgramBytes.ThetaBurst();
            Planner armed = new Planner();
            Assert.AreEqual(1, Plan(armed, image, new PlanLimits()));
            TransactionPlanner planner = new TransactionPlanner();
            planner.Begin(image, armed);
            Assert.AreEqual(1, Step(planner));
            planner.Next();
            Assert.AreEqual(1, Step(planner));
            Assert.AreEqual(0, planner.Slot);
            planner.Begin(image, new PlanLimits());
            Assert.AreEqual(1, Step(planner));
            Assert.AreEqual(0, planner.Index);
            Assert.AreEqual(-1, planner.Slot);
            PlanLimits none = new PlanLimits();
            none.HeadWords = 0;
            planner.Begin(image, none);
            Assert.AreEqual(-1, planner.Step(10));
            Assert.AreEqual(ProgramError.BadLimits, planner.Error);
            planner.Begin(image, new PlanLimits());
            Assert.AreEqual(1, Step(planner));
            Assert.AreEqual(ProgramError.None, planner.Error);
        }

        [TestMethod]
        public void The_reference_boards_figures_are_the_defaults()
        {
            PlanLimits limits = new PlanLimits();
            Assert.AreEqual(32768, limits.FirstListWords);
            Assert.AreEqual(4096, limits.ListWords);
            Assert.AreEqual(48, limits.ChannelWords);
            Assert.AreEqual(4, limits.HeadWords);
            Assert.AreEqual(200000, limits.LeadInUs);
            Assert.AreEqual(25000, limits.LeadInMinUs);
            Assert.AreEqual(1000, limits.StartBoundUs);
            Assert.AreEqual(300000, limits.MinCutGapUs);
        }

        // Lists of at most 96 words, an exact multiple of the channel memory: 95 may be used, 4 of head and 91 pulses.
        [TestMethod]
        [DataRow(91, 1)]
        [DataRow(92, -1)]
        public void The_longest_list_is_no_multiple_of_the_channel_memory_either(int pulses, int result)
        {
            PlanLimits limits = new PlanLimits();
            limits.FirstListWords = 96;
            Assert.AreEqual(result, Plan(new Planner(), Pulses(pulses), limits));
        }

        [TestMethod]
        public void A_planner_goes_on_only_from_a_transaction_that_it_has_found()
        {
            TransactionPlanner planner = new TransactionPlanner();
            Assert.AreEqual(-1, planner.Step(10));
            planner.Begin(ProgramBytes.ThetaBurst(), new PlanLimits());
            planner.Next();
            Assert.AreEqual(0, planner.Step(0));
            Assert.AreEqual(1, Step(planner));
            Assert.AreEqual(0, planner.Index);
            Assert.AreEqual(-1, planner.Slot);
            Assert.AreEqual(0, planner.FirstBlock);
            Assert.AreEqual(-1, planner.CutLevel);
            planner.Next();
            Assert.AreEqual(1, Step(planner));
            Assert.AreEqual(1, planner.Index);
            Assert.AreEqual(0, planner.CutLevel);
        }

        [TestMethod]
        public void A_list_is_cut_at_long_silences_only_when_it_may_be()
        {
            // The silence of 300,000 us less the pulse is 100 us too short; one of 300,100 us is just long enough.
            Planner planner = new Planner();
            Assert.AreEqual(1, Plan(planner, ProgramBytes.List(1), new PlanLimits()));
            Assert.AreEqual(1, planner.Transactions);
            Assert.AreEqual(1, Plan(planner, TwoPulses(1, 300100), new PlanLimits()));
            Assert.AreEqual(2, planner.Transactions);
            Assert.AreEqual(1, Plan(planner, TwoPulses(1, 300099), new PlanLimits()));
            Assert.AreEqual(1, planner.Transactions);
            Assert.AreEqual(1, Plan(planner, TwoPulses(0, 300100), new PlanLimits()));
            Assert.AreEqual(1, planner.Transactions);
        }

        [TestMethod]
        public void Transactions_follow_one_another_pulse_by_pulse()
        {
            byte[] image = ProgramBytes.ThetaBurst();
            Planner armed = new Planner();
            Assert.AreEqual(1, Plan(armed, image, new PlanLimits()));
            TransactionPlanner planner = new TransactionPlanner();
            planner.Begin(image, armed);
            for (int i = 0; i < 20; i++)
            {
                Assert.AreEqual(1, Step(planner));
                Assert.AreEqual(i, planner.Index);
                Assert.AreEqual(30 * i, planner.FirstPulse);
                Assert.AreEqual(30, planner.Pulses);
                Assert.AreEqual(10000000L * i, planner.FirstOnsetUs);
                Assert.AreEqual(10000000L * i + 1840000L, planner.LastOnsetUs);
                Assert.AreEqual(100, planner.LastWidthUs);
                Assert.AreEqual(52, planner.Words);
                Assert.AreEqual(0, planner.Slot);
                Assert.AreEqual(i == 19, planner.IsLast);
                planner.Next();
            }

            Assert.AreEqual(2, Step(planner));
        }

        /// <summary>A scan to its end.</summary>
        internal static int Plan(Planner planner, byte[] image, PlanLimits limits)
        {
            planner.Begin(image, limits);
            int result = 0;
            for (int steps = 0; result == 0; steps++)
            {
                Assert.IsTrue(steps < 10000, "it never ends");
                result = planner.Step(25);
            }

            return result;
        }

        /// <summary>The next transaction.</summary>
        internal static int Step(TransactionPlanner planner)
        {
            int result = 0;
            for (int steps = 0; result == 0; steps++)
            {
                Assert.IsTrue(steps < 10000, "it never ends");
                result = planner.Step(25);
            }

            return result;
        }

        private static byte[] Pulses(int count)
        {
            return ProgramBytes.Train(1, count, count == 1 ? 0 : 20000, 100, count * 20000);
        }

        private static byte[] TwoPulses(int depth, long intervalUs)
        {
            ProgramBytes program = new ProgramBytes();
            program.Block(2, 0, depth, 100, 1, 400000);
            program.Entry(intervalUs);
            return program.Finish(1, 2, intervalUs, 400000);
        }
    }
}
