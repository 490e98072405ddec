using Escapement.Kernel;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    [TestClass]
    public class SequencerTests
    {
        // Pulse k of 18 Hz at den 9 begins at floor((2 * 500,000 k + 9) / 18) us.
        [TestMethod]
        [DataRow(0, 0L)]
        [DataRow(1, 55556L)]
        [DataRow(2, 111111L)]
        [DataRow(3, 166667L)]
        [DataRow(4, 222222L)]
        [DataRow(5, 277778L)]
        [DataRow(6, 333333L)]
        [DataRow(7, 388889L)]
        [DataRow(8, 444444L)]
        [DataRow(9, 500000L)]
        [DataRow(1979, 109944444L)]
        public void Onsets_of_18_hz_are_rounded_once_from_the_origin(int index, long onsetUs)
        {
            Sequencer sequencer = At(ProgramBytes.Train(9, 1980, 500000, 100, 1000000000), index);
            Assert.AreEqual(index, sequencer.Index);
            Assert.AreEqual(onsetUs, sequencer.OnsetUs);
        }

        // 1,000.5 us: halves are rounded up, and the next but one is whole again.
        [TestMethod]
        [DataRow(1, 1001L)]
        [DataRow(2, 2001L)]
        [DataRow(3, 3002L)]
        [DataRow(4, 4002L)]
        public void Half_a_tick_is_rounded_up(int index, long onsetUs)
        {
            Assert.AreEqual(onsetUs, At(ProgramBytes.Train(2, 5, 2001, 100, 20000), index).OnsetUs);
        }

        [TestMethod]
        [DataRow(0, 0L, -1)]
        [DataRow(1, 20000L, 2)]
        [DataRow(2, 40000L, 2)]
        [DataRow(3, 200000L, 1)]
        [DataRow(29, 1840000L, 2)]
        [DataRow(30, 10000000L, 0)]
        [DataRow(33, 10200000L, 1)]
        [DataRow(599, 191840000L, 2)]
        public void Theta_burst_steps_at_the_right_level(int index, long onsetUs, int level)
        {
            Sequencer sequencer = At(ProgramBytes.ThetaBurst(), index);
            Assert.AreEqual(onsetUs, sequencer.OnsetUs);
            Assert.AreEqual(level, sequencer.Level);
            Assert.AreEqual(100, sequencer.WidthUs);
            Assert.AreEqual(1, sequencer.TrainDepth);
        }

        [TestMethod]
        [DataRow(0, 0L, -1)]
        [DataRow(1, 5000L, 0)]
        [DataRow(2, 12000L, 0)]
        [DataRow(3, 312000L, 0)]
        public void A_list_gives_its_intervals(int index, long onsetUs, int level)
        {
            Sequencer sequencer = At(ProgramBytes.List(0), index);
            Assert.AreEqual(onsetUs, sequencer.OnsetUs);
            Assert.AreEqual(level, sequencer.Level);
        }

        // The image lies in the board's one buffer of 4,096 bytes, with the rest of a longer program behind it.
        [TestMethod]
        [DataRow(0, 3, 312000L)]
        [DataRow(1, 599, 191840000L)]
        public void After_the_last_pulse_nothing_moves(int which, int lastIndex, long lastUs)
        {
            byte[] buffer = new byte[4096];
            for (int at = 40; at + 28 <= 4096; at += 28)
            {
                byte[] block = ProgramBytes.Train(1, 1, 0, 100, 1000);
                System.Array.Copy(block, 40, buffer, at, 28);
            }

            byte[] image = which == 0 ? ProgramBytes.List(0) : ProgramBytes.ThetaBurst();
            System.Array.Copy(image, 0, buffer, 0, image.Length);
            Sequencer sequencer = At(buffer, lastIndex);
            for (int i = 0; i < 3; i++)
            {
                Assert.IsFalse(sequencer.Next());
                Assert.AreEqual(lastIndex, sequencer.Index);
                Assert.AreEqual(lastUs, sequencer.OnsetUs);
                Assert.AreEqual(0, sequencer.Block);
            }
        }

        [TestMethod]
        public void A_sequencer_is_used_again_as_if_new()
        {
            Sequencer sequencer = At(ProgramBytes.ThetaBurst(), 40);
            sequencer.Begin(ProgramBytes.List(0));
            Assert.AreEqual(-1, sequencer.Index);
            Assert.AreEqual(-1, sequencer.Level);
            Assert.AreEqual(-1, sequencer.Block);
            Assert.AreEqual(0L, sequencer.OnsetUs);
            Assert.AreEqual(0, sequencer.WidthUs);
            Assert.AreEqual(0, sequencer.TrainDepth);
            Assert.IsTrue(sequencer.Next() && sequencer.Next());
            Assert.AreEqual(5000L, sequencer.OnsetUs);
            sequencer.Begin(ProgramBytes.Train(2, 5, 2001, 100, 20000));
            Assert.IsTrue(sequencer.Next());
            Assert.AreEqual(0L, sequencer.OnsetUs);
            Assert.AreEqual(0, sequencer.Index);
            Assert.IsTrue(sequencer.Next());
            Assert.AreEqual(1001L, sequencer.OnsetUs);
        }

        // A second block that no verifier would let pass stands in memory now: 4 levels at most, none in a list alone, all inside the buffer.
        [TestMethod]
        [DataRow(1, 4, 0, true)]
        [DataRow(1, 5, 0, false)]
        [DataRow(1, 255, 0, false)]
        [DataRow(1, 0, 0, false)]
        [DataRow(2, 0, 1003, true)]
        [DataRow(2, 0, 1004, false)]
        [DataRow(2, 0, 65535, false)]
        public void A_block_that_became_nonsense_ends_the_sequence(int kind, int levels, int entries, bool goesOn)
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, 0, 100, 5000);
            program.Level(1, 0);
            program.Block(kind, levels, 0, 100, entries, 5000);
            byte[] buffer = new byte[4096];
            byte[] image = program.Finish(1, 2, 5000, 10000);
            System.Array.Copy(image, 0, buffer, 0, image.Length);
            Sequencer sequencer = At(buffer, 0);
            Assert.AreEqual(goesOn, sequencer.Next());
            Assert.AreEqual(goesOn ? 1 : 0, sequencer.Index);
        }

        [TestMethod]
        public void A_fraction_is_carried_over_a_block_boundary()
        {
            // Block 0: pulses at 0 and 2,000.5, span 4,000.5; block 1: at 4,000.5 and 6,001 exactly (4,001 + 2,001 would be 6,002).
            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, 0, 100, 8001);
            program.Level(2, 4001);
            program.Repeats(1, 0, 250, 8001);
            program.Level(2, 4001);
            byte[] image = program.Finish(2, 4, 12002, 16002);
            Sequencer sequencer = At(image, 1);
            Assert.AreEqual(2001L, sequencer.OnsetUs);
            Assert.AreEqual(0, sequencer.Block);
            Assert.IsTrue(sequencer.Next());
            Assert.AreEqual(4001L, sequencer.OnsetUs);
            Assert.AreEqual(-1, sequencer.Level);
            Assert.AreEqual(1, sequencer.Block);
            Assert.AreEqual(250, sequencer.WidthUs);
            Assert.IsTrue(sequencer.Next());
            Assert.AreEqual(6001L, sequencer.OnsetUs);
            Assert.IsFalse(sequencer.Next());
        }

        // Blocks of one pulse, 4,000 1/2 us long: halves are rounded up at a block's beginning too.
        [TestMethod]
        public void Half_a_tick_at_a_block_boundary_is_rounded_up()
        {
            ProgramBytes program = new ProgramBytes();
            for (int i = 0; i < 4; i++)
            {
                program.Repeats(1, 0, 100, 8001);
                program.Level(1, 0);
            }

            byte[] image = program.Finish(2, 4, 24003, 32004);
            Assert.AreEqual(4001L, At(image, 1).OnsetUs);
            Assert.AreEqual(8001L, At(image, 2).OnsetUs);
            Sequencer sequencer = At(image, 3);
            Assert.AreEqual(12002L, sequencer.OnsetUs);

            // Used again, nothing of the half is left.
            sequencer.Begin(ProgramBytes.Train(2, 5, 2001, 100, 20000));
            Assert.IsTrue(sequencer.Next());
            Assert.AreEqual(0L, sequencer.OnsetUs);
            Assert.IsTrue(sequencer.Next());
            Assert.AreEqual(1001L, sequencer.OnsetUs);
            Assert.IsTrue(sequencer.Next());
            Assert.AreEqual(2001L, sequencer.OnsetUs);
        }

        [TestMethod]
        public void A_copy_goes_on_by_itself()
        {
            Sequencer sequencer = At(ProgramBytes.ThetaBurst(), 28);
            Sequencer copy = new Sequencer();
            copy.CopyFrom(sequencer);
            Assert.IsTrue(sequencer.Next());
            Assert.IsTrue(sequencer.Next());
            Assert.AreEqual(28, copy.Index);
            Assert.AreEqual(1, copy.TrainDepth);
            Assert.AreEqual(0, copy.Block);
            Assert.AreEqual(100, copy.WidthUs);
            Assert.AreEqual(2, copy.Level);
            Assert.IsTrue(copy.Next());
            Assert.IsTrue(copy.Next());
            Assert.AreEqual(sequencer.OnsetUs, copy.OnsetUs);
            Assert.AreEqual(10000000L, copy.OnsetUs);
        }

        // Two blocks of a pulse each, 28 bytes a block behind the header of 40; of the second only some bytes are left.
        [TestMethod]
        [DataRow(96, true)]
        [DataRow(95, false)]
        [DataRow(84, false)]
        [DataRow(83, false)]
        [DataRow(68, false)]
        public void A_program_that_was_cut_short_ends_with_its_last_whole_block(int bytes, bool isWhole)
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, 0, 100, 5000);
            program.Level(1, 0);
            program.Repeats(1, 0, 100, 5000);
            program.Level(1, 0);
            byte[] image = new byte[bytes];
            System.Array.Copy(program.Finish(1, 2, 5000, 10000), 0, image, 0, bytes);
            Sequencer sequencer = At(image, 0);
            Assert.AreEqual(isWhole, sequencer.Next());
            Assert.AreEqual(isWhole ? 1 : 0, sequencer.Index);
        }

        private static Sequencer At(byte[] image, int index)
        {
            Sequencer sequencer = new Sequencer();
            sequencer.Begin(image);
            for (int i = 0; i <= index; i++)
            {
                Assert.IsTrue(sequencer.Next());
            }

            return sequencer;
        }
    }
}
