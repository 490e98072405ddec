using Escapement.Kernel;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    /// <summary>Plans a session, encodes every list and reads each back, half by half: every pulse must stand where the schedule says, and nothing else.</summary>
    internal static class SessionLists
    {
        /// <summary>Checks all of a session; answers the number of its transactions.</summary>
        public static int Check(byte[] image, PlanLimits limits, int budgetWords)
        {
            Planner armed = new Planner();
            Assert.AreEqual(1, PlannerTests.Plan(armed, image, limits));
            TransactionPlanner planner = new TransactionPlanner();
            planner.Begin(image, armed);
            WordEncoder encoder = new WordEncoder();
            Schedule schedule = new Schedule(image);
            int pulse = 0;
            long words = 0;
            long lowFromUs = 0;
            while (PlannerTests.Step(planner) == 1)
            {
                Assert.AreEqual(pulse, planner.FirstPulse);
                byte[] list = Encode(encoder, planner, armed, limits, budgetWords);
                words += list.Length / 4;
                CheckList(list, limits, schedule, pulse, planner.Pulses, 2 * planner.Words);
                schedule.Find(pulse);
                Assert.AreEqual(schedule.OnsetUs, planner.FirstOnsetUs);
                Assert.IsTrue(pulse == 0 || schedule.OnsetUs - lowFromUs >= limits.MinCutGapUs, "cut where there is no silence");
                pulse += planner.Pulses;
                schedule.Find(pulse - 1);
                Assert.AreEqual(schedule.OnsetUs, planner.LastOnsetUs);
                Assert.AreEqual(schedule.WidthUs, planner.LastWidthUs);
                lowFromUs = schedule.OnsetUs + schedule.WidthUs;
                Assert.AreEqual(pulse == schedule.Pulses, planner.IsLast);
                planner.Next();
            }

            Assert.AreEqual(schedule.Pulses, pulse);
            Assert.AreEqual(armed.Words, words);
            return armed.Transactions;
        }

        private static byte[] Encode(WordEncoder encoder, TransactionPlanner planner, Planner armed, PlanLimits limits, int budgetWords)
        {
            int words = armed.LengthWords(planner.Slot);
            Assert.IsTrue(words % limits.ChannelWords != 0, "the hardware would send nothing");
            Assert.IsTrue(words <= (planner.Index == 0 ? limits.FirstListWords : limits.ListWords));
            byte[] list = new byte[4 * words];
            for (int i = 0; i < list.Length; i++)
            {
                list[i] = 0xA5;
            }

            encoder.Begin(list, planner, limits);
            Assert.AreEqual(1, Finish(encoder, budgetWords));
            Assert.AreEqual(words, encoder.Written);
            return list;
        }

        /// <summary>Steps to the end; answers how it ended.</summary>
        public static int Finish(WordEncoder encoder, int budgetWords)
        {
            int result = 0;
            for (int steps = 0; result == 0; steps++)
            {
                Assert.IsTrue(steps < 10000, "it never ends");
                result = encoder.Step(budgetWords);
            }

            return result;
        }

        private static void CheckList(byte[] list, PlanLimits limits, Schedule schedule, int firstPulse, int pulses, int usedHalves)
        {
            schedule.Find(firstPulse);
            long nowUs = schedule.OnsetUs - limits.LeadInUs;
            int found = 0;
            for (int half = 0; half < list.Length / 2; half++)
            {
                int value = list[2 * half] | list[2 * half + 1] << 8;
                int us = value & 0x7FFF;
                Assert.IsTrue(us > 0, "a half of zero ends the list");
                if (value != us)
                {
                    Assert.IsTrue(found < pulses && half >= 2 * limits.HeadWords && half % 2 == 0, "a pulse that is not planned, or not at the beginning of a word");
                    schedule.Find(firstPulse + found);
                    Assert.AreEqual(schedule.OnsetUs, nowUs);
                    Assert.AreEqual(schedule.WidthUs, us);
                    found++;
                }
                else if (found == pulses)
                {
                    Assert.AreEqual(1, us, "what follows the last pulse");
                }

                Assert.AreEqual(half >= usedHalves - 2, found == pulses, "the last pulse is the last word before the padding");
                nowUs += us;
            }

            Assert.AreEqual(pulses, found);
        }
    }
}
