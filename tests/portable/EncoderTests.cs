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
                Assert.AreEqual(1, SessionLists.Finish(encoder, 7));
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

        // One encoder, one session after the other: heads of other lengths, also one of more than the 64 words that are kept ready.
        [TestMethod]
        public void A_head_of_any_length_makes_up_the_lead_in()
        {
            byte[] image = ProgramBytes.Train(1, 1, 0, 100, 1000);
            WordEncoder encoder = new WordEncoder();
            int[] words = { 4, 4, 64, 65, 80, 80, 4 };
            int[] leadInUs = { 200000, 150000, 150000, 150000, 150000, 160000, 200000 };
            for (int i = 0; i < words.Length; i++)
            {
                PlanLimits limits = new PlanLimits();
                limits.HeadWords = words[i];
                limits.LeadInUs = leadInUs[i];
                TransactionPlanner planner = new TransactionPlanner();
                planner.Begin(image, limits);
                Assert.AreEqual(1, PlannerTests.Step(planner));
                Assert.AreEqual(words[i] + 1, planner.Words);
                byte[] list = new byte[4 * planner.Words];
                encoder.Begin(list, planner, limits);
                Assert.AreEqual(1, SessionLists.Finish(encoder, 7));
                int sum = 0;
                for (int half = 0; half < 2 * words[i]; half++)
                {
                    Assert.IsTrue(Half(list, half) >= 1 && Half(list, half) <= 32767);
                    sum += Half(list, half);
                }

                Assert.AreEqual(leadInUs[i], sum);
                Assert.AreEqual(0x8000 + 100, Half(list, 2 * words[i]));
            }
        }

        // A list of 5,000, 7,000 and 20,000 us, then repeats of 10,000 us, then single pulses: planned, and changed in memory before it is encoded.
        // The bytes change; the list must neither be called good nor be written beyond its end.
        [TestMethod]
        [DataRow("nothing", 0, 0, 0, 1)]
        [DataRow("an interval needs a word more", 56, 4, 40000, -1)]
        [DataRow("an interval is shorter than its pulse", 56, 4, 50, -1)]
        [DataRow("an interval is longer than any list", 56, 4, 0x7FFFFFFF, -1)]
        [DataRow("a block of the wrong shape", 69, 1, 9, -1)]
        [DataRow("a block without levels", 69, 1, 0, -1)]
        [DataRow("a block that ends outside", 74, 2, 5000, -1)]
        [DataRow("repeats far longer", 84, 4, 1000000, -1)]
        [DataRow("fewer repeats", 84, 4, 7, -1)]
        [DataRow("repeats of nothing", 96, 4, 0, -1)]
        [DataRow("more repeats", 84, 4, 9, -1)]
        [DataRow("longer steps", 88, 4, 90000, -1)]
        public void A_program_that_changed_in_memory_is_never_encoded(string what, int offset, int bytes, int value, int result)
        {
            ProgramBytes program = new ProgramBytes();
            program.Block(2, 0, 0, 100, 3, 40000);
            program.Entry(5000);
            program.Entry(7000);
            program.Entry(20000);
            program.Repeats(2, 0, 100, 200000);
            program.Level(8, 20000);
            program.Level(2, 10000);
            program.Repeats(1, 0, 100, 40000);
            program.Level(1, 0);
            program.Repeats(1, 0, 100, 40000);
            program.Level(1, 0);
            byte[] image = program.Finish(1, 22, 280000, 320000);
            PlanLimits limits = new PlanLimits();
            TransactionPlanner planner = new TransactionPlanner();
            planner.Begin(image, limits);
            Assert.AreEqual(1, PlannerTests.Step(planner));
            Assert.AreEqual(22, planner.Pulses);
            for (int i = 0; i < bytes; i++)
            {
                image[offset + i] = (byte)(value >> (8 * i));
            }

            WordEncoder encoder = new WordEncoder();
            encoder.Begin(new byte[4 * planner.Words], planner, limits);
            Assert.AreEqual(result, SessionLists.Finish(encoder, 3), what);
            Assert.AreEqual(result == 1 ? ProgramError.None : ProgramError.ExpansionMismatch, encoder.Error, what);
        }

        [TestMethod]
        public void A_list_that_is_none_or_has_half_a_word_is_refused()
        {
            TransactionPlanner planner = new TransactionPlanner();
            planner.Begin(ProgramBytes.Train(1, 1, 0, 100, 1000), new PlanLimits());
            Assert.AreEqual(1, PlannerTests.Step(planner));
            WordEncoder encoder = new WordEncoder();
            Assert.AreEqual(-1, encoder.Step(1));
            encoder.Begin(null, planner, new PlanLimits());
            Assert.AreEqual(-1, encoder.Step(100));
            encoder.Begin(new byte[22], planner, new PlanLimits());
            Assert.AreEqual(-1, encoder.Step(100));
            Assert.AreEqual(ProgramError.BadListLength, encoder.Error);
        }

        // A list that was encoded well says nothing about the next one.
        [TestMethod]
        public void A_refusal_follows_a_good_list_as_it_follows_nothing()
        {
            PlanLimits limits = new PlanLimits();
            TransactionPlanner planner = new TransactionPlanner();
            planner.Begin(ProgramBytes.Train(1, 1, 0, 100, 1000), limits);
            Assert.AreEqual(1, PlannerTests.Step(planner));
            WordEncoder encoder = new WordEncoder();
            encoder.Begin(new byte[20], planner, limits);
            Assert.AreEqual(1, SessionLists.Finish(encoder, 7));
            Assert.AreEqual(ProgramError.None, encoder.Error);
            encoder.Begin(new byte[16], planner, limits);
            Assert.AreEqual(-1, encoder.Step(100));
            Assert.AreEqual(ProgramError.BadListLength, encoder.Error);
            encoder.Begin(new byte[20], planner, limits);
            Assert.AreEqual(1, SessionLists.Finish(encoder, 7));
        }

        // What is left of the wait after the coarse halves is what the last half has to be: 1 to 32,767 when the wait fits the head.
        [TestMethod]
        [DataRow(200000L, 183616, 16384)]
        [DataRow(25000L, 8616, 16384)]
        [DataRow(16384L, 7, 16377)]
        [DataRow(16391L, 7, 16384)]
        [DataRow(16392L, 8, 16384)]
        [DataRow(8L, 7, 1)]
        [DataRow(7L, 7, 1)]
        [DataRow(1L, 7, 1)]
        [DataRow(245753L, 229369, 16384)]
        [DataRow(262137L, 229369, 32767)]
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

            Assert.IsNull(ProgramErrorTable.Name(-1));
            Assert.IsNull(ProgramErrorTable.Cure(ProgramError.Codes));
        }

        // The numbers travel over the link: host and board must mean the same by them.
        [TestMethod]
        [DataRow(0, ProgramError.None, "None")]
        [DataRow(1, ProgramError.Truncated, "Truncated")]
        [DataRow(2, ProgramError.TooLong, "TooLong")]
        [DataRow(3, ProgramError.BadMagic, "BadMagic")]
        [DataRow(4, ProgramError.BadVersion, "BadVersion")]
        [DataRow(5, ProgramError.BadFlags, "BadFlags")]
        [DataRow(6, ProgramError.BadReserved, "BadReserved")]
        [DataRow(7, ProgramError.LengthMismatch, "LengthMismatch")]
        [DataRow(8, ProgramError.TrailingBytes, "TrailingBytes")]
        [DataRow(9, ProgramError.BadBlockCount, "BadBlockCount")]
        [DataRow(10, ProgramError.BadDen, "BadDen")]
        [DataRow(11, ProgramError.BadKind, "BadKind")]
        [DataRow(12, ProgramError.BadLevels, "BadLevels")]
        [DataRow(13, ProgramError.BadTrainDepth, "BadTrainDepth")]
        [DataRow(14, ProgramError.BadWidth, "BadWidth")]
        [DataRow(15, ProgramError.ListInRepeats, "ListInRepeats")]
        [DataRow(16, ProgramError.EmptyList, "EmptyList")]
        [DataRow(17, ProgramError.ZeroCount, "ZeroCount")]
        [DataRow(18, ProgramError.ZeroInterval, "ZeroInterval")]
        [DataRow(19, ProgramError.IntervalWithoutRepeat, "IntervalWithoutRepeat")]
        [DataRow(20, ProgramError.Overlap, "Overlap")]
        [DataRow(21, ProgramError.BlockOverlap, "BlockOverlap")]
        [DataRow(22, ProgramError.SilenceTooLong, "SilenceTooLong")]
        [DataRow(23, ProgramError.DurationTooLong, "DurationTooLong")]
        [DataRow(24, ProgramError.TooManyPulses, "TooManyPulses")]
        [DataRow(25, ProgramError.NumberTooLarge, "NumberTooLarge")]
        [DataRow(26, ProgramError.PulsesMismatch, "PulsesMismatch")]
        [DataRow(27, ProgramError.LastOnsetMismatch, "LastOnsetMismatch")]
        [DataRow(28, ProgramError.CycleMismatch, "CycleMismatch")]
        [DataRow(29, ProgramError.CannotCut, "CannotCut")]
        [DataRow(30, ProgramError.BadLimits, "BadLimits")]
        [DataRow(31, ProgramError.BadListLength, "BadListLength")]
        [DataRow(32, ProgramError.ExpansionMismatch, "ExpansionMismatch")]
        public void Errors_have_the_numbers_of_the_format(int number, int code, string name)
        {
            Assert.AreEqual(number, code);
            Assert.AreEqual(name, ProgramErrorTable.Name(number));
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
            Assert.AreEqual(1, SessionLists.Finish(encoder, 7));
            Assert.AreEqual(words, encoder.Written);
            return list;
        }

        private static int Half(byte[] list, int half)
        {
            return list[2 * half] | (list[2 * half + 1] << 8);
        }
    }
}
