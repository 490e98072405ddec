using System.Numerics;
using CsCheck;

namespace Escapement.Kernel.Tests;

[TestClass]
public class SequencerTests
{
    [TestMethod]
    [DynamicData(nameof(Library.Ids), typeof(Library))]
    public void Every_onset_of_a_library_row_is_within_half_a_tick_of_the_exact_rational(string id)
    {
        var row = Library.Row(id);
        var sequencer = new Sequencer();
        sequencer.Begin(row.ToProgram());
        int pulses = 0;
        while (sequencer.Next())
        {
            var exact = row.OnsetOf(pulses);
            var doubledError = 2 * (sequencer.OnsetUs * exact.Denominator - exact.Numerator);
            Assert.IsTrue(BigInteger.Abs(doubledError) <= exact.Denominator, $"pulse {pulses} is {sequencer.OnsetUs}");
            Assert.AreEqual(pulses, sequencer.Index);
            pulses++;
        }

        Assert.AreEqual(row.TotalPulses, pulses);
        var last = row.LastOnset;
        Assert.IsTrue(BigInteger.Abs(2 * (sequencer.OnsetUs * last.Denominator - last.Numerator)) <= last.Denominator);
    }

    [TestMethod]
    [DataRow("dtms-h1-18hz", 1_189_944_444L)] // 54 x 22 s + 35/18 s
    [DataRow("itbs600-30hz", 191_866_667L)] // 575,600,000 / 3
    [DataRow("ctbs600-30hz", 39_866_667L)]
    [DataRow("ctbs600-30hz-6hz", 33_233_333L)]
    [DataRow("prime6-600", 574_833_333L)]
    [DataRow("rtms0p9-810", 898_888_889L)] // 809 / 0.9 s
    public void Odd_frequencies_are_right_at_their_last_pulse(string id, long lastOnsetUs)
    {
        var sequencer = new Sequencer();
        sequencer.Begin(Library.Row(id).ToProgram());
        while (sequencer.Next())
        {
        }

        Assert.AreEqual(lastOnsetUs, sequencer.OnsetUs);
    }

    [TestMethod]
    public void Random_programs_give_the_pulses_of_the_reference()
    {
        Gen.Int.Sample(seed =>
        {
            byte[] image = RandomPrograms.Create(new Random(seed)).ToBytes();
            var sequencer = new Sequencer();
            sequencer.Begin(image);
            Assert.AreEqual(-1, sequencer.Index);
            foreach (var pulse in Reference.Expand(image))
            {
                Assert.IsTrue(sequencer.Next());
                Assert.AreEqual(pulse.OnsetUs, sequencer.OnsetUs);
                Assert.AreEqual((pulse.WidthUs, pulse.Level, pulse.Block, pulse.TrainDepth),
                    (sequencer.WidthUs, sequencer.Level, sequencer.Block, sequencer.TrainDepth));
            }

            var last = (sequencer.OnsetUs, sequencer.Index);
            Assert.IsFalse(sequencer.Next());
            Assert.IsFalse(sequencer.Next());
            Assert.AreEqual(last, (sequencer.OnsetUs, sequencer.Index));
        }, iter: 1000);
    }

    [TestMethod]
    public void A_copy_goes_on_alone_from_the_same_place()
    {
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            byte[] image = RandomPrograms.Create(random, 400).ToBytes();
            var pulses = Reference.Expand(image);
            Sequencer original = new(), copy = new();
            copy.Begin(RandomPrograms.Create(random, 50).ToBytes()); // a used one
            copy.Next();
            original.Begin(image);
            int at = random.Next(pulses.Count + 1);
            for (int i = 0; i < at; i++)
            {
                original.Next();
            }

            copy.CopyFrom(original);
            while (original.Next())
            {
            }

            for (int i = at; i < pulses.Count; i++)
            {
                Assert.IsTrue(copy.Next());
                Assert.AreEqual((pulses[i].OnsetUs, i, pulses[i].Level), (copy.OnsetUs, copy.Index, copy.Level));
            }

            Assert.IsFalse(copy.Next());
        }, iter: 500);
    }

    [TestMethod]
    public void A_million_pulses_over_24_hours_do_not_drift()
    {
        // 86,399.9 us and a prime fraction: every remainder occurs.
        const uint Den = 999_983;
        const ulong Interval = 86_399UL * Den + 900_007;
        var block = new BlockModel { Levels = [new LevelModel(1_000_000, Interval)], SpanUnits = 86_400_000_000UL * Den };
        byte[] image = new ProgramModel { Den = Den, Blocks = [block] }.ToBytes();
        Assert.AreEqual(ProgramError.None, Drive.Verify(image).Error);
        var sequencer = new Sequencer();
        sequencer.Begin(image);
        for (UInt128 k = 0; k < 1_000_000; k++)
        {
            sequencer.Next();
            Assert.AreEqual((long)((2 * k * Interval + Den) / (2 * Den)), sequencer.OnsetUs);
        }

        Assert.IsFalse(sequencer.Next());
    }

    [TestMethod]
    public void One_seventh_of_a_second_and_333_25_us_are_exact()
    {
        // Common denominator 28: 1/7 s = 4,000,000/28 us, 333.25 us = 9,331/28 us.
        var block = new BlockModel
        {
            WidthUs = 50, Levels = [new LevelModel(700, 4_000_000), new LevelModel(7, 9_331)], SpanUnits = 28ul * 101_000_000,
        };
        var sequencer = new Sequencer();
        sequencer.Begin(new ProgramModel { Den = 28, Blocks = [block] }.ToBytes());
        for (long i = 0; i < 700; i++)
        {
            for (long j = 0; j < 7; j++)
            {
                Assert.IsTrue(sequencer.Next());
                decimal exact = i * 1_000_000m / 7 + j * 333.25m;
                Assert.AreEqual((double)exact, (double)sequencer.OnsetUs, 0.5000001);
            }
        }
    }
}
