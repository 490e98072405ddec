using Escapement.Kernel;
using Escapement.Safety;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    [TestClass]
    public class EncoderTests
    {
        // 200,000 us less the 16,384 that the patched half aims at: 183,616 over 7 halves is 26,230 and 6 of them one more.
        [TestMethod]
        public void A_single_pulse_is_a_head_and_one_word()
        {
            byte[] list = Encode(ProgramBytes.Train(1, 1, 0, 100, 1000), 5);
            for (int half = 0; half < 6; half++)
            {
                Assert.AreEqual(26231, Half(list, half));
            }

            Assert.AreEqual(26230, Half(list, 6));
            Assert.AreEqual(16384, Half(list, 7));
            Assert.AreEqual(0x8000 + 100, Half(list, 8));
            Assert.AreEqual(1, Half(list, 9));
        }

        [TestMethod]
        [DataRow(20000L, 19900)]
        [DataRow(101L, 1)]
        [DataRow(32867L, 32767)]
        public void A_short_gap_is_one_word(long intervalUs, int lowUs)
        {
            byte[] list = Encode(ProgramBytes.Train(1, 2, intervalUs, 100, 50000), 6);
            Assert.AreEqual(0x8000 + 100, Half(list, 8));
            Assert.AreEqual(lowUs, Half(list, 9));
            Assert.AreEqual(0x8000 + 100, Half(list, 10));
            Assert.AreEqual(1, Half(list, 11));
        }

        // The rest of a long low: at most one word that is not full, then full ones; no half is ever zero.
        [TestMethod]
        [DataRow(32868L, 2)]
        [DataRow(98401L, 2)]
        [DataRow(98402L, 3)]
        [DataRow(160000L, 3)]
        [DataRow(250000L, 5)]
        public void A_long_gap_takes_as_many_words_as_it_needs(long intervalUs, int words)
        {
            byte[] list = Encode(ProgramBytes.Train(1, 2, intervalUs, 100, 400000), 4 + words + 1);
            int pulse = 8;
            int end = 8 + 2 * words;
            long sum = 100;
            Assert.AreEqual(0x8000 + 100, Half(list, pulse));
            for (int half = pulse + 1; half < end; half++)
            {
                Assert.IsTrue(Half(list, half) >= 1 && Half(list, half) <= 32767);
                sum += Half(list, half);
            }

            Assert.AreEqual(intervalUs, sum);
            for (int half = pulse + 4; half < end; half++)
            {
                Assert.AreEqual(32767, Half(list, half));
            }

            Assert.AreEqual(0x8000 + 100, Half(list, end));
        }

        [TestMethod]
        public void Padding_is_low_halves_of_one_tick()
        {
            byte[] list = Encode(ProgramBytes.Train(1, 44, 20000, 100, 1000000), 49);
            Assert.AreEqual(1, Half(list, 95)); // behind the last pulse
            Assert.AreEqual(1, Half(list, 96));
            Assert.AreEqual(1, Half(list, 97));
        }

        // Every onset of every list, decoded here, is the one that exact arithmetic gives; and the guard, which knows no program, agrees.
        [TestMethod]
        public void Every_pulse_of_theta_burst_is_where_it_should_be_and_the_guard_passes_it()
        {
            byte[] image = ProgramBytes.ThetaBurst();
            PlanLimits limits = new PlanLimits();
            Planner armed = new Planner();
            Assert.AreEqual(1, PlannerTests.Plan(armed, image, limits));
            TransactionPlanner planner = new TransactionPlanner();
            WordEncoder encoder = new WordEncoder();
            OutputGuard guard = GuardBench.Guard();
            byte[] list = new byte[52 * 4];
            planner.Begin(image, armed);
            for (int train = 0; train < 20; train++)
            {
                Assert.AreEqual(1, PlannerTests.Step(planner));
                encoder.Begin(list, planner, limits);
                Finish(encoder);
                int pulses = CheckTrain(list);
                Assert.AreEqual(30, pulses);
                long first = GuardBench.ClearUs + planner.FirstOnsetUs;
                guard.Begin(list, 52, 4, first, planner.Pulses, planner.LastOnsetUs - planner.FirstOnsetUs, GuardBench.Ceilings());
                guard.BodyCrc = 1;
                Assert.AreEqual(GuardVerdict.None, GuardBench.Finish(guard, 10));
                Assert.IsTrue(guard.MaySend(first));
                guard.Commit(first);
                planner.Next();
            }

            Assert.AreEqual(600, guard.SessionPulses);
        }

        [TestMethod]
        [DataRow(4)]
        [DataRow(48)]
        public void A_buffer_of_the_wrong_length_is_refused(int words)
        {
            byte[] image = ProgramBytes.Train(1, 1, 0, 100, 1000);
            PlanLimits limits = new PlanLimits();
            Planner armed = new Planner();
            Assert.AreEqual(1, PlannerTests.Plan(armed, image, limits));
            TransactionPlanner planner = new TransactionPlanner();
            planner.Begin(image, armed);
            Assert.AreEqual(1, PlannerTests.Step(planner));
            WordEncoder encoder = new WordEncoder();
            encoder.Begin(new byte[words * 4], planner, limits);
            Assert.AreEqual(-1, encoder.Step(100));
            Assert.AreEqual(ProgramError.BadListLength, encoder.Error);
        }

        // What is left of the wait after the coarse halves is what the last half has to be: 1 to 32,767 when the wait fits the head.
        [TestMethod]
        [DataRow(200000L, 183616, 16384)]
        [DataRow(25000L, 8616, 16384)]
        [DataRow(16384L, 7, 16377)]
        [DataRow(8L, 7, 1)]
        [DataRow(1L, 7, 1)]
        [DataRow(262136L, 229369, 32767)]
        [DataRow(300000L, 229369, 32767)]
        public void A_head_holds_the_wait(long waitUs, int coarseUs, int lastUs)
        {
            byte[] list = new byte[16];
            Assert.AreEqual(coarseUs, HeadWriter.SetCoarse(list, 4, waitUs));
            int sum = 0;
            for (int half = 0; half < 7; half++)
            {
                Assert.IsTrue(Half(list, half) >= 1 && Half(list, half) <= 32767);
                sum += Half(list, half);
            }

            Assert.AreEqual(coarseUs, sum);
            Assert.AreEqual(lastUs, Half(list, 7));
            Assert.AreEqual(14, HeadWriter.PatchOffset(4));
        }

        [TestMethod]
        public void Every_error_has_a_name_a_sentence_and_a_cure()
        {
            for (int code = 0; code < ProgramError.Codes; code++)
            {
                Assert.IsTrue(ProgramErrorTable.Name(code).Length > 0);
                Assert.IsTrue(ProgramErrorTable.Sentence(code).Length > 0);
                Assert.IsTrue(ProgramErrorTable.Cure(code).Length > 0);
            }

            Assert.AreEqual("Overlap", ProgramErrorTable.Name(ProgramError.Overlap));
            Assert.AreEqual("ExpansionMismatch", ProgramErrorTable.Name(32));
            Assert.IsNull(ProgramErrorTable.Name(-1));
            Assert.IsNull(ProgramErrorTable.Cure(ProgramError.Codes));
        }

        private static int CheckTrain(byte[] list)
        {
            int pulses = 0;
            long at = -200000;
            for (int half = 0; half < 104; half++)
            {
                int value = Half(list, half);
                if ((value & 0x8000) != 0)
                {
                    Assert.AreEqual(pulses / 3 * 200000L + pulses % 3 * 20000L, at);
                    Assert.AreEqual(100, value & 0x7FFF);
                    pulses++;
                }

                at += value & 0x7FFF;
            }

            return pulses;
        }

        private static byte[] Encode(byte[] image, int words)
        {
            PlanLimits limits = new PlanLimits();
            Planner armed = new Planner();
            Assert.AreEqual(1, PlannerTests.Plan(armed, image, limits));
            Assert.AreEqual(1, armed.Transactions);
            Assert.AreEqual(words, armed.LengthWords(0));
            TransactionPlanner planner = new TransactionPlanner();
            planner.Begin(image, armed);
            Assert.AreEqual(1, PlannerTests.Step(planner));
            byte[] list = new byte[words * 4];
            for (int i = 0; i < list.Length; i++)
            {
                list[i] = 0xA5;
            }

            WordEncoder encoder = new WordEncoder();
            encoder.Begin(list, planner, limits);
            Finish(encoder);
            Assert.AreEqual(words, encoder.Written);
            return list;
        }

        private static void Finish(WordEncoder encoder)
        {
            int result = 0;
            for (int steps = 0; result == 0; steps++)
            {
                Assert.IsTrue(steps < 10000, "it never ends");
                result = encoder.Step(7);
            }

            Assert.AreEqual(1, result);
        }

        private static int Half(byte[] list, int half)
        {
            return list[2 * half] | (list[2 * half + 1] << 8);
        }
    }
}
