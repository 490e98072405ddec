using Escapement.Host;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Whole sessions on a board that a test has prepared.</summary>
internal static partial class Sessions
{
    private const long LimitUs = 600_000_000;

    /// <summary>Runs a session to its verdict.</summary>
    public static SessionResult RunOn(VirtualBoard board, Protocol? protocol = null) =>
        TryRunOn(board, protocol) ?? throw new AssertFailedException("the session never ended");

    /// <summary>Runs a session; null when it comes to no verdict within ten minutes.</summary>
    public static SessionResult? TryRunOn(VirtualBoard board, Protocol? protocol = null)
    {
        Protocol wanted = protocol ?? Theta;
        SessionRunner runner = new(board.Connect(), new SessionOrder(wanted.Id, ProgramBuilder.Build(wanted)) { InVirtualTime = true });
        board.RunLockStep(runner, LimitUs);
        return runner.Result;
    }
}

/// <summary>Trains compared with those of a calm run.</summary>
internal static class Trains
{
    private const double HalfATickUs = 0.5;

    /// <summary>Onsets since the first of the same train are those of the calm run, each to half a tick; trains that came are whole.</summary>
    public static void TrainIsAsPlanned(this Incident run, Calm calm, string note)
    {
        List<double> wanted = [.. Within(calm.Onsets80)], found = [.. Within(run.Onsets80(Rig.RefereeSignal.Stimulator))];
        Assert.HasCount(wanted.Count, found, $"{note}: pulses");
        for (int i = 0; i < wanted.Count; i++)
        {
            Assert.IsLessThanOrEqualTo(HalfATickUs, Math.Abs(wanted[i] - found[i]), $"{note}: pulse {i} of its train");
        }
    }

    private static IEnumerable<double> Within(List<long> onsets80)
    {
        long first80 = 0, last80 = long.MinValue / 2;
        foreach (long onset80 in onsets80)
        {
            first80 = onset80 - last80 > Rig.Ticks80.FromMs(1_000) ? onset80 : first80;
            last80 = onset80;
            yield return (onset80 - first80) / (double)Rig.Ticks80.PerUs;
        }
    }
}
