using System.Numerics;
using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Virtual.Tests;

/// <summary>One session on a virtual board, to its end.</summary>
internal sealed class Outcome
{
    public required VirtualBoard Board { get; init; }

    public required SessionResult Result { get; init; }

    /// <summary>Rising edges of the trigger line, 12.5 ns ticks.</summary>
    public required List<long> Onsets80 { get; init; }

    public static Outcome Of(string id, VirtualBoardOptions? options = null, bool dry = false, int noiseSeed = 0) =>
        Of(ProtocolLibrary.Find(id), options, dry, noiseSeed);

    public static Outcome Of(Protocol protocol, VirtualBoardOptions? options = null, bool dry = false, int noiseSeed = 0)
    {
        VirtualBoard board = new(options);
        ITransport line = board.Connect();
        if (noiseSeed != 0)
        {
            line = new NoisyTransport(line, noiseSeed);
        }

        SessionRunner runner = new(line, new SessionOrder(protocol.Id, ProgramBuilder.Build(protocol)) { Dry = dry, InVirtualTime = true });
        board.RunLockStep(runner, 4_000_000_000);
        Assert.IsNotNull(runner.Result, "the host never finished");
        Assert.AreEqual(0, Analysis.PulsesWithGateClosed(board.Bench.Referee.All, RefereeSignal.Stimulator));

        // A host that gives up before the key is turned has seen the self-test only; its pulses reach nobody.
        List<long> onsets80 = board.IsSwitchedOn ? Analysis.Onsets80(board.Bench.Referee.Span, RefereeSignal.Trigger) : Analysis.Onsets80(board.Bench.Referee.All, RefereeSignal.Stimulator);
        return new Outcome { Board = board, Result = runner.Result, Onsets80 = onsets80 };
    }

    /// <summary>Every edge inside a transaction within half a tick of the exact schedule; every start no later than its bound.</summary>
    public void AssertEdges(IReadOnlyList<Onset> schedule, IReadOnlyList<int> transactions)
    {
        int at = 0;
        for (int index = 0; index < transactions.Count && at < Onsets80.Count; index++)
        {
            int first = at;
            long shift80 = Onsets80[first] - (schedule[first].TickUs * 80);
            for (int i = 0; i < transactions[index] && at < Onsets80.Count; i++, at++)
            {
                // |t - shift - exact| <= half a tick, in exact integers: t in 1/80 us, exact = Numerator/Denominator us.
                BigInteger off = ((BigInteger)(Onsets80[at] - shift80) * schedule[at].Denominator) - (schedule[at].Numerator * 80);
                Assert.IsTrue(BigInteger.Abs(off) <= 40 * schedule[at].Denominator, $"pulse {at} is off by {(double)off / 80 / (double)schedule[at].Denominator} us");
            }

            long startError80 = shift80 - (Onsets80[0] - (schedule[0].TickUs * 80));
            Assert.IsLessThanOrEqualTo(Result.StartBoundUs * 80, Math.Abs(startError80), $"start of transaction {index}");
        }
    }
}

/// <summary>An exact onset and its tick.</summary>
internal readonly record struct Onset(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>Rounded half up, once, from the session's origin.</summary>
    public long TickUs => (long)BigInteger.Divide((2 * Numerator) + Denominator, 2 * Denominator);
}

/// <summary>The schedule straight from the protocol's parameters: pulse, burst and train indices times their intervals, as fractions.</summary>
internal static class Schedule
{
    public static List<Onset> Of(Protocol protocol)
    {
        RepeatBlock block = (RepeatBlock)protocol.Blocks.Single();
        List<Onset> onsets = [];
        for (int train = 0; train < block.Trains; train++)
        {
            for (int burst = 0; burst < block.BurstsPerTrain; burst++)
            {
                for (int pulse = 0; pulse < block.PulsesPerBurst; pulse++)
                {
                    BigInteger numerator = 0;
                    BigInteger denominator = 1;
                    foreach ((int count, Rational interval) in new[] { (train, block.TrainPeriodUs), (burst, block.InterBurstUs), (pulse, block.InterPulseUs) })
                    {
                        if (count > 0)
                        {
                            numerator = (numerator * interval.Denominator) + (count * interval.Numerator * denominator);
                            denominator *= interval.Denominator;
                        }
                    }

                    onsets.Add(new Onset(numerator, denominator));
                }
            }
        }

        return onsets;
    }
}
