using Escapement.Kernel;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    [TestClass]
    public class VerifierTests
    {
        [TestMethod]
        public void The_example_of_the_format_is_accepted_with_its_figures()
        {
            ProgramVerifier verifier = new ProgramVerifier();
            Assert.AreEqual(0, Verify(verifier, ProgramBytes.ThetaBurst(), 92));
            Assert.AreEqual(600, verifier.Pulses);
            Assert.AreEqual(191840000L, verifier.LastOnsetUs);
            Assert.AreEqual(200000000L, verifier.CycleUs);
            Assert.AreEqual(20000, verifier.MinGapUs);
            Assert.AreEqual(100, verifier.MinWidthUs);
            Assert.AreEqual(100, verifier.MaxWidthUs);
            Assert.AreEqual(1, verifier.Den);
        }

        [TestMethod]
        public void Fractions_are_rounded_in_the_figures_only()
        {
            // 18 Hz at den 9: 500,000 units are 55,555.5 us; 35 of them 1,944,444.4; the span 2,000,000.56.
            ProgramVerifier verifier = new ProgramVerifier();
            byte[] image = ProgramBytes.Train(9, 36, 500000, 100, 18000005);
            Assert.AreEqual(0, Verify(verifier, image, image.Length));
            Assert.AreEqual(55555, verifier.MinGapUs);
            Assert.AreEqual(1944444L, verifier.LastOnsetUs);
            Assert.AreEqual(2000001L, verifier.CycleUs);
        }

        [TestMethod]
        [DataRow(0, 0x44, ProgramError.BadMagic)]
        [DataRow(1, 0x00, ProgramError.BadMagic)]
        [DataRow(2, 2, ProgramError.BadVersion)]
        [DataRow(2, 0, ProgramError.BadVersion)]
        [DataRow(3, 1, ProgramError.BadFlags)]
        [DataRow(4, 91, ProgramError.LengthMismatch)]
        [DataRow(5, 1, ProgramError.LengthMismatch)]
        [DataRow(6, 0, ProgramError.BadBlockCount)]
        [DataRow(6, 65, ProgramError.BadBlockCount)]
        [DataRow(6, 2, ProgramError.Truncated)]
        [DataRow(8, 0, ProgramError.BadDen)]
        [DataRow(11, 1, ProgramError.BadDen)]
        [DataRow(12, 0x59, ProgramError.PulsesMismatch)]
        [DataRow(16, 1, ProgramError.LastOnsetMismatch)]
        [DataRow(24, 1, ProgramError.CycleMismatch)]
        [DataRow(32, 1, ProgramError.BadReserved)]
        [DataRow(39, 0x80, ProgramError.BadReserved)]
        [DataRow(40, 0, ProgramError.BadKind)]
        [DataRow(40, 3, ProgramError.BadKind)]
        [DataRow(41, 0, ProgramError.BadLevels)]
        [DataRow(41, 5, ProgramError.BadLevels)]
        [DataRow(41, 4, ProgramError.Truncated)]
        [DataRow(41, 2, ProgramError.TrailingBytes)]
        [DataRow(42, 4, ProgramError.BadTrainDepth)]
        [DataRow(43, 1, ProgramError.BadReserved)]
        [DataRow(44, 0, ProgramError.BadWidth)]
        [DataRow(45, 0x80, ProgramError.BadWidth)]
        [DataRow(46, 1, ProgramError.ListInRepeats)]
        [DataRow(55, 0x80, ProgramError.NumberTooLarge)]
        [DataRow(80, 0, ProgramError.ZeroCount)]
        [DataRow(80, 1, ProgramError.IntervalWithoutRepeat)]
        [DataRow(91, 0x80, ProgramError.NumberTooLarge)]
        public void One_wrong_byte_of_the_example_is_refused_by_name(int offset, int value, int error)
        {
            byte[] image = ProgramBytes.ThetaBurst();
            image[offset] = (byte)value;
            Assert.AreEqual(error, Verify(new ProgramVerifier(), image, image.Length));
        }

        [TestMethod]
        [DataRow(2, 101L, 100, 202L, 0)]
        [DataRow(2, 101L, 100, 201L, ProgramError.BlockOverlap)]
        [DataRow(2, 100L, 100, 201L, ProgramError.Overlap)]
        [DataRow(2, 0L, 100, 201L, ProgramError.ZeroInterval)]
        [DataRow(2, 1L, 100, 201L, ProgramError.Overlap)]
        [DataRow(1, 0L, 100, 0L, ProgramError.BlockOverlap)]
        [DataRow(0, 500L, 100, 601L, ProgramError.ZeroCount)]
        [DataRow(1, 500L, 100, 601L, ProgramError.IntervalWithoutRepeat)]
        [DataRow(1, 0L, 100, 101L, 0)]
        [DataRow(1, 0L, 100, 100L, ProgramError.BlockOverlap)]
        [DataRow(2, 500L, 100, 600L, ProgramError.BlockOverlap)]
        [DataRow(2, 500L, 100, 601L, 0)]
        [DataRow(2, 3600000000L, 100, 3600000101L, 0)]
        [DataRow(2, 3600000001L, 100, 3600000102L, ProgramError.SilenceTooLong)]
        [DataRow(1, 0L, 100, 86400000000L, 0)]
        [DataRow(1, 0L, 100, 86400000001L, ProgramError.DurationTooLong)]
        [DataRow(1000000, 1000L, 100, 1000000000L, 0)]
        [DataRow(1000001, 1000L, 100, 1000001000L, ProgramError.TooManyPulses)]
        [DataRow(1, 0L, 32767, 32768L, 0)]
        [DataRow(1, 0L, 0, 32768L, ProgramError.BadWidth)]
        public void A_train_just_inside_is_accepted_and_one_just_outside_refused(int count, long intervalUs, int widthUs, long spanUs, int error)
        {
            byte[] image = ProgramBytes.Train(1, count, intervalUs, widthUs, spanUs);
            Assert.AreEqual(error, Verify(new ProgramVerifier(), image, image.Length));
        }

        [TestMethod]
        [DataRow(10, 1010L, 0)]
        [DataRow(10, 1009L, ProgramError.Overlap)]
        [DataRow(10, 36000000000L, 0)]
        [DataRow(10, 36000000001L, ProgramError.SilenceTooLong)]
        public void Rules_hold_in_exact_units(int den, long intervalUnits, int error)
        {
            byte[] image = ProgramBytes.Train(den, 2, intervalUnits, 100, intervalUnits + 2000);
            Assert.AreEqual(error, Verify(new ProgramVerifier(), image, image.Length));
        }

        [TestMethod]
        [DataRow(101, 0)]
        [DataRow(100, ProgramError.Overlap)]
        [DataRow(0, ProgramError.ZeroInterval)]
        public void List_entries_are_held_to_the_same_rules(int entryUs, int error)
        {
            ProgramBytes program = new ProgramBytes();
            program.Block(2, 0, 0, 100, 2, 10000);
            program.Entry(5000);
            program.Entry(entryUs);
            byte[] image = program.Finish(1, 3, 5000 + entryUs, 10000);
            Assert.AreEqual(error, Verify(new ProgramVerifier(), image, image.Length));
        }

        [TestMethod]
        public void A_list_without_an_interval_is_refused()
        {
            ProgramBytes program = new ProgramBytes();
            program.Block(2, 0, 0, 100, 0, 10000);
            byte[] image = program.Finish(1, 1, 0, 10000);
            Assert.AreEqual(ProgramError.EmptyList, Verify(new ProgramVerifier(), image, image.Length));
        }

        [TestMethod]
        [DataRow(1, 0, ProgramError.BadLevels)]
        [DataRow(0, 2, ProgramError.BadTrainDepth)]
        [DataRow(0, 1, 0)]
        public void A_list_has_no_levels_and_a_train_depth_of_at_most_one(int levels, int depth, int error)
        {
            ProgramBytes program = new ProgramBytes();
            program.Block(2, levels, depth, 100, 1, 10000);
            program.Entry(5000);
            byte[] image = program.Finish(1, 2, 5000, 10000);
            Assert.AreEqual(error, Verify(new ProgramVerifier(), image, image.Length));
        }

        // 24 h are 24 steps of an hour: not one more, in repeats or in a list, whatever the span says.
        [TestMethod]
        [DataRow(1, 24, 0)]
        [DataRow(1, 25, ProgramError.BlockOverlap)]
        [DataRow(1, 26, ProgramError.DurationTooLong)]
        [DataRow(2, 24, 0)]
        [DataRow(2, 25, ProgramError.BlockOverlap)]
        [DataRow(2, 26, ProgramError.DurationTooLong)]
        public void Nothing_lasts_longer_than_a_day(int kind, int pulses, int error)
        {
            ProgramBytes program = new ProgramBytes();
            if (kind == 1)
            {
                program.Repeats(1, 0, 100, 86400000000L);
                program.Level(pulses, 3600000000L);
            }
            else
            {
                program.Block(2, 0, 0, 100, pulses - 1, 86400000000L);
                for (int i = 1; i < pulses; i++)
                {
                    program.Entry(3600000000L);
                }
            }

            byte[] image = program.Finish(1, pulses, (pulses - 1) * 3600000000L, 86400000000L);
            Assert.AreEqual(error, Verify(new ProgramVerifier(), image, image.Length));
        }

        // A block of a number of pulses 1 ms apart, then one of a single pulse.
        [TestMethod]
        [DataRow(2, 3600001000L, 0)]
        [DataRow(2, 3600001001L, ProgramError.SilenceTooLong)]
        [DataRow(2, 1251L, 0)]
        [DataRow(2, 1250L, ProgramError.BlockOverlap)]
        [DataRow(999999, 1000000000L, 0)]
        [DataRow(1000000, 1000000000L, ProgramError.TooManyPulses)]
        public void Rules_hold_between_blocks_and_over_all_of_them(int pulses, long spanUs, int error)
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, 0, 250, spanUs);
            program.Level(pulses, 1000);
            program.Repeats(1, 0, 100, 1000);
            program.Level(1, 0);
            byte[] image = program.Finish(1, pulses + 1, spanUs, spanUs + 1000);
            ProgramVerifier verifier = new ProgramVerifier();
            Assert.AreEqual(error, Verify(verifier, image, image.Length));
            Assert.IsTrue(error != 0 || (verifier.MinWidthUs == 100 && verifier.MaxWidthUs == 250 && verifier.Pulses == pulses + 1));
        }

        [TestMethod]
        public void A_narrow_block_before_a_wide_one_gives_both_widths_and_the_smallest_gap_of_all()
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, 0, 50, 20000);
            program.Level(2, 9000);
            program.Block(2, 0, 0, 300, 2, 30000);
            program.Entry(8000);
            program.Entry(7000);
            byte[] image = program.Finish(1, 5, 35000, 50000);
            ProgramVerifier verifier = new ProgramVerifier();
            Assert.AreEqual(0, Verify(verifier, image, image.Length));
            Assert.AreEqual(50, verifier.MinWidthUs);
            Assert.AreEqual(300, verifier.MaxWidthUs);
            Assert.AreEqual(7000, verifier.MinGapUs);
        }

        [TestMethod]
        public void Figures_of_a_single_pulse_and_of_nothing()
        {
            ProgramVerifier verifier = new ProgramVerifier();
            Assert.AreEqual(0L, verifier.LastOnsetUs);
            Assert.AreEqual(0L, verifier.CycleUs);
            Assert.AreEqual(0, verifier.MinGapUs);
            byte[] image = ProgramBytes.Train(1, 1, 0, 100, 20000);
            Assert.AreEqual(0, Verify(verifier, image, image.Length));
            Assert.AreEqual(0L, verifier.LastOnsetUs);
            Assert.AreEqual(20000L, verifier.CycleUs);
            Assert.AreEqual(int.MaxValue, verifier.MinGapUs);
        }

        // The last good figure of what is counted: 4,096 bytes (a list of 1,010 intervals), 64 blocks, a million to a unit, one tick of width, all levels separating trains.
        [TestMethod]
        [DataRow("bytes", 1010, 0)]
        [DataRow("bytes", 1011, ProgramError.TooLong)]
        [DataRow("blocks", 64, 0)]
        [DataRow("blocks", 65, ProgramError.BadBlockCount)]
        [DataRow("den", 1000000, 0)]
        [DataRow("den", 1000001, ProgramError.BadDen)]
        [DataRow("width", 1, 0)]
        [DataRow("width", 0, ProgramError.BadWidth)]
        [DataRow("depth", 2, 0)]
        [DataRow("depth", 3, ProgramError.BadTrainDepth)]
        public void What_is_just_allowed_is_accepted(string what, int value, int error)
        {
            ProgramBytes program = new ProgramBytes();
            int den = what == "den" ? value : 1;
            int blocks = what == "blocks" ? value : 1;
            int pulses = 0;
            for (int i = 0; i < blocks; i++)
            {
                if (what == "bytes")
                {
                    program.Block(2, 0, 0, 100, value, 10000000);
                    for (pulses = 1; pulses <= value; pulses++)
                    {
                        program.Entry(1000);
                    }
                }
                else
                {
                    program.Repeats(2, what == "depth" ? value : 0, what == "width" ? value : 100, 10000000L * den);
                    program.Level(2, 50000L * den);
                    program.Level(2, 20000L * den);
                    pulses += 4;
                }
            }

            long last = what == "bytes" ? value * 1000L : (blocks - 1) * 10000000L + 70000L;
            byte[] image = program.Finish(den, pulses, last * den, blocks * 10000000L * den);
            Assert.AreEqual(error, Verify(new ProgramVerifier(), image, image.Length));
        }

        // 1,000 times 1,000 pulses 1 ms apart are a million; 13 pulses an hour apart, twice, 12 h or 13 h later, end after 24 h or 25 h; two spans of 12 h are a day.
        [TestMethod]
        [DataRow(1000, 1000000L, 1000, 1000L, 80000000000L, 0)]
        [DataRow(1001, 1000000L, 1000, 1000L, 80000000000L, ProgramError.TooManyPulses)]
        [DataRow(2, 46800000000L, 13, 3600000000L, 86400000000L, ProgramError.DurationTooLong)]
        [DataRow(2, 46800000000L, 11, 3600000000L, 86400000000L, ProgramError.SilenceTooLong)]
        [DataRow(2, 43200000000L, 12, 3600000000L, 86400000000L, 0)]
        public void Levels_are_judged_together(int outer, long outerUs, int inner, long innerUs, long spanUs, int error)
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(2, 0, 100, spanUs);
            program.Level(outer, outerUs);
            program.Level(inner, innerUs);
            byte[] image = program.Finish(1, outer * inner, (outer - 1) * outerUs + (inner - 1) * innerUs, spanUs);
            Assert.AreEqual(error, Verify(new ProgramVerifier(), image, image.Length));
        }

        [TestMethod]
        [DataRow(0L, 0)]
        [DataRow(1L, ProgramError.DurationTooLong)]
        public void The_spans_of_all_blocks_are_at_most_a_day(long moreUs, int error)
        {
            ProgramBytes program = new ProgramBytes();
            for (int i = 0; i < 2; i++)
            {
                program.Repeats(1, 0, 100, 43200000000L + i * moreUs);
                program.Level(13, 3600000000L - 1000);
            }

            byte[] image = program.Finish(1, 26, 43200000000L + 12 * (3600000000L - 1000), 86400000000L + moreUs);
            Assert.AreEqual(error, Verify(new ProgramVerifier(), image, image.Length));
        }

        [TestMethod]
        public void Intervals_of_a_list_are_whole_microseconds_whatever_the_unit()
        {
            ProgramBytes program = new ProgramBytes();
            program.Block(2, 0, 0, 100, 2, 30000);
            program.Entry(5000);
            program.Entry(4000);
            byte[] image = program.Finish(3, 3, 27000, 30000);
            ProgramVerifier verifier = new ProgramVerifier();
            Assert.AreEqual(0, Verify(verifier, image, image.Length));
            Assert.AreEqual(9000L, verifier.LastOnsetUs);
            Assert.AreEqual(10000L, verifier.CycleUs);
            Assert.AreEqual(4000, verifier.MinGapUs);
        }

        // Whatever was verified before, accepted, refused half way or not finished, and whatever else the buffer holds: as if it were the first.
        [TestMethod]
        public void A_verifier_is_used_again_as_if_new()
        {
            ProgramVerifier verifier = new ProgramVerifier();
            byte[] buffer = new byte[4096];
            for (int before = 0; before < 4; before++)
            {
                byte[] other = before == 0 ? ProgramBytes.ThetaBurst() : ProgramBytes.Train(7, 50, 70000, 900, 7000000);
                other[before == 2 ? 59 : 3] = (byte)(before == 2 ? 0x80 : 0);
                System.Array.Copy(other, 0, buffer, 0, other.Length);
                verifier.Begin(buffer, other.Length);
                Assert.AreEqual(0, verifier.Step(before == 3 ? 2 : 0));
                verifier.Step(before == 3 ? 0 : 1000);
                byte[] list = ProgramBytes.List(0);
                System.Array.Copy(list, 0, buffer, 0, list.Length);
                Assert.AreEqual(0, Verify(verifier, buffer, list.Length));
                Assert.AreEqual(4, verifier.Pulses);
                Assert.AreEqual(312000L, verifier.LastOnsetUs);
                Assert.AreEqual(400000L, verifier.CycleUs);
                Assert.AreEqual(5000, verifier.MinGapUs);
                Assert.AreEqual(100, verifier.MinWidthUs);
                Assert.AreEqual(100, verifier.MaxWidthUs);
                Assert.AreEqual(1, verifier.Den);
            }

            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, 0, 100, 3600000001L);
            program.Level(1, 0);
            program.Repeats(1, 0, 100, 1000);
            program.Level(1, 0);
            byte[] two = program.Finish(1, 2, 3600000001L, 3600001001L);
            Assert.AreEqual(ProgramError.SilenceTooLong, Verify(verifier, two, two.Length));
        }

        // A header, a block, three levels, the block's end, the totals: seven items.
        [TestMethod]
        public void A_step_does_no_more_than_its_budget()
        {
            byte[] image = ProgramBytes.ThetaBurst();
            ProgramVerifier verifier = new ProgramVerifier();
            verifier.Begin(image, image.Length);
            Assert.AreEqual(0, verifier.Step(6));
            Assert.AreEqual(0, verifier.Step(0));
            Assert.AreEqual(1, verifier.Step(1));
            Assert.AreEqual(1, verifier.Step(1));
        }

        [TestMethod]
        public void Every_shorter_length_of_the_example_is_refused()
        {
            byte[] image = ProgramBytes.ThetaBurst();
            ProgramVerifier verifier = new ProgramVerifier();
            for (int length = 0; length < 92; length++)
            {
                int error = Verify(verifier, image, length);
                Assert.AreEqual(length < 40 ? ProgramError.Truncated : ProgramError.LengthMismatch, error);
            }

            Assert.AreEqual(0, Verify(verifier, image, 92));
        }

        [TestMethod]
        public void What_is_longer_than_4096_bytes_is_refused()
        {
            Assert.AreEqual(ProgramError.TooLong, Verify(new ProgramVerifier(), new byte[4097], 4097));
        }

        [TestMethod]
        public void No_image_is_refused_and_nothing_is_accepted_before_a_beginning()
        {
            ProgramVerifier verifier = new ProgramVerifier();
            Assert.AreEqual(-1, verifier.Step(10));
            Assert.AreEqual(ProgramError.Truncated, Verify(verifier, null, 92));
        }

        // Four levels whose product, or whose sum, would pass 2^64.
        [TestMethod]
        [DataRow(4294967295L, 1000L, ProgramError.TooManyPulses)]
        [DataRow(65536L, 1000L, ProgramError.Overlap)]
        [DataRow(2L, 4611686018427387904L, ProgramError.SilenceTooLong)]
        [DataRow(2L, -1L, ProgramError.NumberTooLarge)]
        public void Numbers_that_would_wrap_are_refused(long count, long intervalUnits, int error)
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(4, 0, 100, 86400000000L);
            for (int level = 0; level < 4; level++)
            {
                program.Level(count, intervalUnits);
            }

            byte[] image = program.Finish(1, 1, 0, 86400000000L);
            Assert.AreEqual(error, Verify(new ProgramVerifier(), image, image.Length));
        }

        private static int Verify(ProgramVerifier verifier, byte[] image, int length)
        {
            verifier.Begin(image, length);
            int result = 0;
            for (int steps = 0; result == 0; steps++)
            {
                Assert.IsTrue(steps < 1000, "it never ends");
                result = verifier.Step(2);
            }

            Assert.AreEqual(result == 1, verifier.Error == 0);
            return verifier.Error;
        }
    }
}
