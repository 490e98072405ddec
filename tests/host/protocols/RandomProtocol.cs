using CsCheck;

namespace Escapement.Host.Tests.Protocols;

/// <summary>Protocols made up at random that can be played.</summary>
internal static class RandomProtocol
{
    private static readonly int[] Denominators = [1, 2, 3, 7, 9, 11, 13];

    private static readonly Gen<Rational> Stretch = Gen.Select(Gen.Int[1, 5_000_000], Gen.Int[0, Denominators.Length - 1], (n, d) => new Rational(n, Denominators[d]));

    private static readonly Gen<RepeatBlock> Block = Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int[1, 5], Stretch, Stretch, Stretch, Gen.Int[1, 1000], Make);

    /// <summary>One to three nests one after the other.</summary>
    public static Gen<Protocol> Nests { get; } = Block.Array[1, 3].Select(blocks => new Protocol { Id = "random", Blocks = [.. blocks.Select(WithPeriod)] });

    private static RepeatBlock Make(int pulses, int bursts, int trains, Rational a, Rational b, Rational c, int width)
    {
        var low = new Rational(width + 1, 1);
        var interPulse = pulses > 1 ? low + a : Rational.Zero;
        var burst = (pulses - 1) * interPulse;
        var interBurst = bursts > 1 ? burst + low + b : Rational.Zero;
        var train = burst + ((bursts - 1) * interBurst);
        return new RepeatBlock
        {
            PulsesPerBurst = pulses,
            InterPulseUs = interPulse,
            BurstsPerTrain = bursts,
            InterBurstUs = interBurst,
            Trains = trains,
            TrainPeriodUs = trains > 1 ? train + low + c : Rational.Zero,
            StatedPulseWidthUs = width,
        };
    }

    private static ProtocolBlock WithPeriod(RepeatBlock block) =>
        block.HasNaturalSpan ? block : block with { StatedPeriodUs = block.LastOnsetUs + block.PulseWidthUs + 1000 };
}
