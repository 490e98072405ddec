using CsCheck;

namespace Escapement.Kernel.Tests;

[TestClass]
public class VerifierTests
{
    private const ulong DayUs = 86_400_000_000;
    private const ulong HourUs = 3_600_000_000;

    [TestMethod]
    [DynamicData(nameof(Library.Ids), typeof(Library))]
    public void Every_row_of_the_library_is_accepted_with_its_totals(string id)
    {
        var row = Library.Row(id);
        var verifier = Drive.Verify(row.ToProgram());
        Assert.AreEqual(ProgramError.None, verifier.Error);
        Assert.AreEqual(row.TotalPulses, verifier.Pulses);
        Assert.AreEqual(Reference.Expand(row.ToProgram())[^1].OnsetUs, verifier.LastOnsetUs);
        Assert.AreEqual((long)((2 * row.Cycle.Numerator + row.Cycle.Denominator) / (2 * row.Cycle.Denominator)), verifier.CycleUs);
        Assert.AreEqual((int)row.Den, verifier.Den);
        Assert.AreEqual((100, 100), (verifier.MinWidthUs, verifier.MaxWidthUs));
    }

    [TestMethod]
    public void Random_programs_are_accepted_with_the_totals_of_the_reference()
    {
        Gen.Int.Sample(seed =>
        {
            byte[] image = RandomPrograms.Create(new Random(seed)).ToBytes();
            var verifier = Drive.Verify(image, 1 + (seed & 15));
            Assert.AreEqual(Reference.Accepts(image, image.Length), verifier.Error == 0, $"error {verifier.Error}");
            if (verifier.Error != 0)
            {
                return;
            }

            var pulses = Reference.Expand(image);
            Assert.HasCount(verifier.Pulses, pulses);
            Assert.AreEqual(pulses[^1].OnsetUs, verifier.LastOnsetUs);
            Assert.AreEqual(pulses.Min(pulse => pulse.WidthUs), verifier.MinWidthUs);
            Assert.AreEqual(pulses.Max(pulse => pulse.WidthUs), verifier.MaxWidthUs);
            int minGap = int.MaxValue;
            for (int i = 1; i < pulses.Count; i++)
            {
                var gap = (pulses[i].OnsetUnits - pulses[i - 1].OnsetUnits) / verifier.Den;
                minGap = gap < minGap ? (int)gap : minGap;
                Assert.IsGreaterThanOrEqualTo(pulses[i - 1].WidthUs + 1, pulses[i].OnsetUs - pulses[i - 1].OnsetUs, "no room for a low tick");
            }

            Assert.AreEqual(minGap, verifier.MinGapUs);
        }, iter: 2000);
    }

    [TestMethod]
    public void Damaged_programs_are_judged_as_the_reference_judges_them_and_never_throw()
    {
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            var model = RandomPrograms.Create(random);
            byte[] image = random.Next(2) == 0
                ? RandomPrograms.Damage(random, model.ToBytes())
                : RandomPrograms.Bend(random, model).ToBytes();
            var verifier = Drive.Verify(image, 1 + (seed & 15));
            Assert.AreEqual(Reference.Accepts(image, image.Length), verifier.Error == 0, $"error {verifier.Error}");
        }, iter: 20000);
    }

    [TestMethod]
    public void Random_bytes_never_throw_and_are_refused()
    {
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            Assert.AreNotEqual(ProgramError.None, Drive.Verify(bytes).Error);
            if (bytes.Length > 8)
            {
                (bytes[0], bytes[1], bytes[2], bytes[3]) = (0x45, 0x50, 1, 0);
                (bytes[4], bytes[5]) = ((byte)bytes.Length, (byte)(bytes.Length >> 8));
                Assert.AreEqual(Reference.Accepts(bytes, bytes.Length), Drive.Verify(bytes).Error == 0);
            }
        }, iter: 5000);
    }

    [TestMethod]
    public void A_program_of_exactly_24_hours_is_accepted_at_every_denominator()
    {
        foreach (uint den in new uint[] { 1, 3, 999_983, 1_000_000 })
        {
            var verifier = Drive.Verify(Hourly(den, 24, DayUs * den).ToBytes());
            Assert.AreEqual(ProgramError.None, verifier.Error);
            Assert.AreEqual((long)(23 * HourUs), verifier.LastOnsetUs);
            Assert.AreEqual((long)DayUs, verifier.CycleUs);
            Assert.AreEqual(int.MaxValue, verifier.MinGapUs);
        }
    }

    [TestMethod]
    public void Repeats_may_fill_24_hours_to_their_last_pulse()
    {
        // 24 steps of 3,599.999 s: the last onset is 24 ms before the end, though 25 intervals would be longer than the day.
        var block = new BlockModel { Levels = [new LevelModel(25, 3_599_999_000)], SpanUnits = DayUs };
        Assert.AreEqual(ProgramError.None, Drive.Verify(new ProgramModel { Blocks = [block] }.ToBytes()).Error);
    }

    [TestMethod]
    public void One_unit_more_than_24_hours_is_refused()
    {
        foreach (uint den in new uint[] { 1, 3, 999_983, 1_000_000 })
        {
            Assert.AreEqual(ProgramError.DurationTooLong, Drive.Verify(Hourly(den, 24, DayUs * den + 1).ToBytes()).Error);
            Assert.AreEqual(ProgramError.DurationTooLong, Drive.Verify(Hourly(den, 26, DayUs * den).ToBytes()).Error);
        }
    }

    [TestMethod]
    public void A_gap_of_one_hour_is_accepted_and_one_unit_more_is_silence_for_ever()
    {
        foreach (uint den in new uint[] { 1, 7, 1_000_000 })
        {
            var levels = new[] { new LevelModel(2, HourUs * den) };
            var block = new BlockModel { Levels = levels, SpanUnits = 2 * HourUs * den };
            Assert.AreEqual(ProgramError.None, Drive.Verify(new ProgramModel { Den = den, Blocks = [block] }.ToBytes()).Error);
            block = block with { Levels = [new LevelModel(2, HourUs * den + 1)] };
            Assert.AreEqual(ProgramError.SilenceTooLong, Drive.Verify(new ProgramModel { Den = den, Blocks = [block] }.ToBytes()).Error);
        }
    }

    [TestMethod]
    [DataRow(0xFFFFFFFFu, 0x7FFFFFFFFFFFFFFFul)]
    [DataRow(0xFFFFFFFFu, 0xFFFFFFFFFFFFFFFFul)]
    [DataRow(0xFFFFFFFFu, 1_000_000ul)]
    [DataRow(0x80000000u, 0x200000000ul)]
    [DataRow(0x40000001u, 0x4000000000000000ul)]
    [DataRow(2u, 0x8000000000000000ul)]
    [DataRow(1_000_000u, 100_000ul)]
    [DataRow(3u, 0x7FFFFFFFFFFFFFFFul)]
    public void Counts_and_intervals_that_would_wrap_are_refused(uint count, ulong interval)
    {
        foreach (ulong span in new ulong[] { 0, 1000, DayUs, long.MaxValue, ulong.MaxValue })
        {
            foreach (uint den in new uint[] { 1, 1_000_000 })
            {
                var level = new LevelModel(count, interval);
                foreach (var levels in new[] { new[] { level }, [level, level], [level, level, level, level], [level, new LevelModel(1, 0)] })
                {
                    var image = new ProgramModel { Den = den, Blocks = [new BlockModel { Levels = levels, SpanUnits = span }] }.ToBytes();
                    Assert.AreNotEqual(ProgramError.None, Drive.Verify(image).Error);
                }
            }
        }
    }

    [TestMethod]
    public void Spans_whose_sum_would_wrap_are_refused()
    {
        foreach (ulong span in new ulong[] { DayUs, long.MaxValue, 0x8000000000000000, ulong.MaxValue, 0x0400000000000000 })
        {
            var block = new BlockModel { Levels = [new LevelModel(1, 0)], SpanUnits = span };
            var image = new ProgramModel { Blocks = Enumerable.Repeat(block, 64).ToArray() }.ToBytes();
            Assert.AreNotEqual(ProgramError.None, Drive.Verify(image).Error);
        }
    }

    [TestMethod]
    public void A_million_pulses_are_accepted_and_one_more_is_refused()
    {
        Assert.AreEqual(ProgramError.None, Drive.Verify(Million(1_000_000, 0)).Error);
        Assert.AreEqual(ProgramError.TooManyPulses, Drive.Verify(Million(1_000_001, 0)).Error);
        Assert.AreEqual(ProgramError.TooManyPulses, Drive.Verify(Million(1_000_000, 1)).Error);
    }

    [TestMethod]
    public void The_pulse_needs_one_whole_low_tick_before_the_next_at_every_place()
    {
        // 101 us on a grid of 1/9 us: one unit less can round to a gap of 100 us, which is no gap for a pulse of 100 us.
        foreach ((ulong units, int error) in new[] { (909ul, ProgramError.None), (908ul, ProgramError.Overlap) })
        {
            var block = new BlockModel { Levels = [new LevelModel(5, units)], SpanUnits = 10_000 };
            Assert.AreEqual(error, Drive.Verify(new ProgramModel { Den = 9, Blocks = [block] }.ToBytes()).Error);
        }
    }

    [TestMethod]
    public void Any_budget_gives_the_same_verdict()
    {
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            byte[] image = RandomPrograms.Create(random).ToBytes();
            image = random.Next(2) == 0 ? RandomPrograms.Damage(random, image) : image;
            var whole = Drive.Verify(image, int.MaxValue);
            var sliced = Drive.Verify(image, random.Next(1, 5));
            Assert.AreEqual(whole.Error, sliced.Error);
            Assert.AreEqual((whole.Pulses, whole.LastOnsetUs, whole.CycleUs), (sliced.Pulses, sliced.LastOnsetUs, sliced.CycleUs));
        }, iter: 1000);
    }

    [TestMethod]
    public void Nothing_is_done_without_budget_and_a_verifier_can_be_used_again()
    {
        var verifier = new ProgramVerifier();
        Assert.AreEqual(-1, verifier.Step(1), "not begun");
        byte[] image = Library.Rows[0].ToProgram();
        verifier.Begin(image, image.Length);
        Assert.AreEqual(0, verifier.Step(0));
        Assert.AreEqual(0, verifier.Step(-1));
        Assert.AreEqual(1, verifier.Step(100));
        verifier.Begin(null!, 40);
        Assert.AreEqual(-1, verifier.Step(1));
        verifier.Begin(image, image.Length + 1);
        Assert.AreEqual(-1, verifier.Step(1));
        verifier.Begin(image, image.Length);
        Assert.AreEqual(1, verifier.Step(100));
    }

    private static ProgramModel Hourly(uint den, uint count, ulong spanUnits) => new()
    {
        Den = den, Blocks = [new BlockModel { Levels = [new LevelModel(count, HourUs * den)], SpanUnits = spanUnits }],
    };

    private static byte[] Million(uint pulses, int more)
    {
        var block = new BlockModel { Levels = [new LevelModel(pulses, 80_000)], SpanUnits = pulses * 80_000ul };
        var one = new BlockModel { Levels = [new LevelModel(1, 0)], SpanUnits = 80_000 };
        return new ProgramModel { Blocks = [block, .. Enumerable.Repeat(one, more)] }.ToBytes();
    }
}
