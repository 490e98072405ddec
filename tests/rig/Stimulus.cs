using CsCheck;
using Escapement.Rig;

namespace Escapement.Rig.Tests;

/// <summary>What a board and an operator may do to a gate, at random: mostly a board at work, now and then anything at all.</summary>
internal static class Stimulus
{
    public const int Trigger = 0, Enable = 1, Heartbeat = 2, FirstContact = 3, LastContact = 7;

    /// <summary>One input takes its other level.</summary>
    public readonly record struct Step(int Input, long T80)
    {
        public void Apply(Bench bench)
        {
            bench.AdvanceTo(T80);
            switch (Input)
            {
                case Trigger: bench.SetTrigger(!bench.Level(RigSignal.Trigger), T80); break;
                case Enable: bench.SetEnable(!bench.Level(RigSignal.Enable), T80); break;
                case Heartbeat: bench.SetHeartbeat(!bench.Level(RigSignal.Heartbeat), T80); break;
                default:
                    Contact contact = bench.Contact((ContactName)(Input - FirstContact));
                    contact.Set(!contact.IsClosed, T80);
                    break;
            }
        }
    }

    /// <summary>Gaps from below a filter's time to beyond the watchdog's, in ticks of 12.5 ns.</summary>
    private static readonly Gen<long> Gap80 = CsCheck.Gen.Frequency(
        (6, CsCheck.Gen.Long[1, 1_000]),
        (20, CsCheck.Gen.Long[1_000, 100_000]),
        (20, CsCheck.Gen.Long[100_000, 1_000_000]),
        (1, CsCheck.Gen.Long[1_000_000, 25_000_000]));

    private static readonly Gen<int> Input = CsCheck.Gen.Frequency(
        (12, CsCheck.Gen.Const(Trigger)), (5, CsCheck.Gen.Const(Enable)), (12, CsCheck.Gen.Const(Heartbeat)), (2, CsCheck.Gen.Int[FirstContact, LastContact]));

    public static readonly Gen<Step[]> Gen = CsCheck.Gen.Select(Input, Gap80).Array[200].Select(Steps);

    private static Step[] Steps((int Input, long Gap80)[] changes)
    {
        var steps = new Step[changes.Length];
        long t80 = 0;
        for (int i = 0; i < changes.Length; i++) { steps[i] = new Step(changes[i].Input, t80 += changes[i].Gap80); }
        return steps;
    }
}
