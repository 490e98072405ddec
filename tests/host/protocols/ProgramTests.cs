using System.Numerics;
using CsCheck;
using Escapement.Kernel;

namespace Escapement.Host.Tests.Protocols;

[TestClass]
public class ProgramTests
{
    public static IEnumerable<object[]> Rows => ProtocolLibrary.All.Select(protocol => new object[] { protocol.Id });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Program_of_every_row_decodes_to_the_exact_onsets(string id)
    {
        var protocol = ProtocolLibrary.Find(id);
        AssertRoundTrip(protocol);
        Assert.AreEqual(((RepeatBlock)protocol.Blocks[0]).Trains > 1 ? 1 : 0, new ProgramDecoder(ProgramBuilder.Build(protocol)).TrainDepths.Single());
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Kernel_and_host_agree_on_every_onset_of_every_row(string id)
    {
        AssertKernelAgrees(ProtocolLibrary.Find(id));
    }

    [TestMethod]
    public void Eighteen_hertz_does_not_drift_to_the_last_pulse_of_the_last_train()
    {
        var last = new ExactSchedule(ProtocolLibrary.Find("dtms-h1-18hz")).Pulses().Last();
        var exactUs = (54 * Rational.Parse("22000000")) + (35 * Rational.Parse("1000000/18"));
        Assert.AreEqual(exactUs, Rational.Parse("10709500000/9"));
        Assert.AreEqual(1_189_944_444, last.TickUs);
        Assert.IsTrue(exactUs - last.TickUs <= new Rational(1, 2) && last.TickUs - exactUs <= new Rational(1, 2));
    }

    [TestMethod]
    public void Sevenths_and_quarters_of_a_microsecond_share_one_program()
    {
        var protocol = Nest(3, Rational.Parse("333.25"), 4, Rational.Parse("1000000/7"), 2, Rational.Parse("10000000"));
        AssertRoundTrip(protocol);
        Assert.AreEqual(28u, new ProgramDecoder(ProgramBuilder.Build(protocol, 50)).Den);
    }

    [TestMethod]
    public void Composite_and_list_blocks_follow_each_other_without_gap_or_overlap()
    {
        var protocol = new Protocol
        {
            Id = "composite",
            Blocks =
            [
                new RepeatBlock { PulsesPerBurst = 30, InterPulseUs = Rational.Parse("500000/3"), Trains = 20, TrainPeriodUs = 30_000_000 },
                new ListBlock { IntervalsUs = [4_000_000, 5_500_001, 7_999_999], StatedPeriodUs = 20_000_000, StatedPulseWidthUs = 50 },
                new RepeatBlock { PulsesPerBurst = 600, InterPulseUs = 1_000_000 },
            ],
        };
        AssertRoundTrip(protocol);
        AssertKernelAgrees(protocol);
        var decoded = new ProgramDecoder(ProgramBuilder.Build(protocol, 200));
        CollectionAssert.AreEqual(new[] { 200, 50, 200 }, new[] { decoded.WidthsUs[0], decoded.WidthsUs[600], decoded.WidthsUs[604] });
        Assert.AreEqual(Rational.Parse("600000000"), new Rational(decoded.Onsets[600], decoded.Den));
        Assert.AreEqual(Rational.Parse("620000000"), new Rational(decoded.Onsets[604], decoded.Den));
    }

    [TestMethod]
    public void Single_pulse_is_a_program_of_its_own()
    {
        var protocol = new Protocol { Id = "one", Blocks = [new RepeatBlock()] };
        AssertRoundTrip(protocol);
        AssertKernelAgrees(protocol);
        Assert.AreEqual(1, protocol.TotalPulses);
        Assert.AreEqual(Rational.Zero, protocol.LastPulseOnsetUs);
    }

    [TestMethod]
    public void Intervals_without_a_common_unit_are_refused()
    {
        var protocol = Nest(2, Rational.Parse("10000/997"), 2, Rational.Parse("1000000/1009"), 1, Rational.Zero).Blocks[0] with { StatedPulseWidthUs = 1 };
        var refusal = Assert.ThrowsExactly<InputException>(() => ProgramBuilder.Build(new Protocol { Id = "odd", Blocks = [protocol] }));
        StringAssert.Contains(refusal.Message, "no common unit");
    }

    [TestMethod]
    public void List_that_does_not_fit_a_program_is_refused()
    {
        var fits = new Protocol { Id = "list", Blocks = [new ListBlock { IntervalsUs = [.. Enumerable.Repeat(1_000_000L, 1010)] }] };
        Assert.HasCount(4096, ProgramBuilder.Build(fits));
        var over = new Protocol { Id = "list", Blocks = [new ListBlock { IntervalsUs = [.. Enumerable.Repeat(1_000_000L, 1011)] }] };
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => ProgramBuilder.Build(over)).Message, "4100 bytes");
    }

    [TestMethod]
    public void Random_nests_decode_to_the_exact_onsets_and_the_kernel_agrees()
    {
        RandomProtocol.Nests.Sample(
            protocol =>
            {
                AssertRoundTrip(protocol);
                AssertKernelAgrees(protocol);
            },
            iter: 300);
    }

    [TestMethod]
    public void What_the_host_refuses_and_what_the_kernel_refuses_are_the_same()
    {
        // Overlaps by one unit more or less: the host's sentence and the board's verdict must fall on the same side.
        Gen.Select(Gen.Int[1, 400], Gen.Int[1, 400], Gen.Int[1, 12], (width, interval, den) => (width, interval, den)).Sample(
            sample =>
            {
                var block = new RepeatBlock { PulsesPerBurst = 2, InterPulseUs = new Rational(sample.interval, sample.den), StatedPulseWidthUs = sample.width, StatedPeriodUs = 10_000 };
                var isPlayable = ProtocolCheck.FirstProblem(new Protocol { Id = "edge", Blocks = [block] }) is null;
                Assert.AreEqual(new Rational(sample.interval, sample.den) >= sample.width + 1, isPlayable);
            },
            iter: 2000);
    }

    internal static Protocol Nest(int pulses, Rational interPulse, int bursts, Rational interBurst, int trains, Rational period) => new()
    {
        Id = "nest",
        Blocks = [new RepeatBlock { PulsesPerBurst = pulses, InterPulseUs = interPulse, BurstsPerTrain = bursts, InterBurstUs = interBurst, Trains = trains, TrainPeriodUs = period, StatedPulseWidthUs = 100 }],
    };

    private static void AssertRoundTrip(Protocol protocol)
    {
        var decoded = new ProgramDecoder(ProgramBuilder.Build(protocol));
        var expected = Onsets(protocol).ToList();
        var schedule = new ExactSchedule(protocol);
        var planned = schedule.Pulses().ToList();
        Assert.HasCount(expected.Count, planned);
        Assert.HasCount(expected.Count, decoded.Onsets);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.AreEqual(expected[i], new Rational(decoded.Onsets[i], decoded.Den), $"program, pulse {i}");
            Assert.AreEqual(expected[i], schedule.OnsetUs(planned[i]), $"schedule, pulse {i}");
            Assert.AreEqual(expected[i].RoundHalfUp(), new BigInteger(planned[i].TickUs), $"tick, pulse {i}");
            Assert.AreEqual(i, planned[i].Index);
            Assert.IsTrue(i == 0 || planned[i].TickUs > planned[i - 1].TickUs, $"order, pulse {i}");
        }
    }

    private static void AssertKernelAgrees(Protocol protocol)
    {
        var program = ProgramBuilder.Build(protocol);
        var verifier = new ProgramVerifier();
        verifier.Begin(program, program.Length);
        var answer = 0;
        while (answer == 0)
        {
            answer = verifier.Step(1000);
        }

        Assert.AreEqual(1, answer, ProgramErrorTable.Name(verifier.Error));
        var sequencer = new Sequencer();
        sequencer.Begin(program);
        foreach (var pulse in new ExactSchedule(protocol.WithPulseWidth(100)).Pulses())
        {
            Assert.IsTrue(sequencer.Next(), $"pulse {pulse.Index}");
            Assert.AreEqual(pulse.TickUs, sequencer.OnsetUs, $"pulse {pulse.Index}");
            Assert.AreEqual(pulse.WidthUs, sequencer.WidthUs, $"pulse {pulse.Index}");
        }

        Assert.IsFalse(sequencer.Next());
    }

    // The definition, pulse by pulse, in fractions.
    private static IEnumerable<Rational> Onsets(Protocol protocol)
    {
        var start = Rational.Zero;
        foreach (var block in protocol.Blocks)
        {
            if (block is RepeatBlock nest)
            {
                for (var k = 0; k < nest.Pulses; k++)
                {
                    var (train, rest) = Math.DivRem(k, nest.BurstsPerTrain * nest.PulsesPerBurst);
                    var (burst, pulse) = Math.DivRem(rest, nest.PulsesPerBurst);
                    yield return start + (train * nest.TrainPeriodUs) + (burst * nest.InterBurstUs) + (pulse * nest.InterPulseUs);
                }
            }
            else
            {
                var at = start;
                yield return at;
                foreach (var interval in ((ListBlock)block).IntervalsUs)
                {
                    at += interval;
                    yield return at;
                }
            }

            start += block.SpanUs;
        }
    }
}
