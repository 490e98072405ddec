using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Virtual.Tests;

/// <summary>Limits of one session: tighter ones hold, looser ones are refused, and they end with the session.</summary>
[TestClass]
public sealed class SessionLimitsTests
{
    /// <summary>iTBS: 600 pulses, 30 a train, onsets 20 ms apart, 100 us wide, 190.1 s and a little.</summary>
    private static SessionLimits Fitting => new()
    {
        MinGapUs = 20_000, MaxTrainPulses = 30, MaxSessionPulses = 600, Window1Pulses = 3, Window2Pulses = 15, Window3Pulses = 30,
        MinWidthUs = 100, MaxWidthUs = 100, MaxSessionS = 200, MaxHourPulses = 600, MaxHighUs = 1_500,
    };

    internal static IEnumerable<object[]> TooTight =>
    [
        [Fitting with { MinGapUs = 20_001 }], [Fitting with { MaxTrainPulses = 29 }], [Fitting with { MaxSessionPulses = 599 }],
        [Fitting with { Window1Pulses = 2 }], [Fitting with { Window2Pulses = 14 }], [Fitting with { Window3Pulses = 29 }],
        [Fitting with { MinWidthUs = 101, MaxWidthUs = null }], [Fitting with { MinWidthUs = null, MaxWidthUs = 99 }], [Fitting with { MaxSessionS = 180 }], [Fitting with { MaxHourPulses = 599 }], [Fitting with { MaxHighUs = 1_499 }],
    ];

    [TestMethod]
    public void Session_that_just_fits_its_own_limits_runs_to_its_end()
    {
        SessionResult result = Run(Fitting, out VirtualBoard board);
        Assert.AreEqual(SessionVerdict.Completed, result.Verdict, result.Message);
        Assert.AreEqual(20_000, result.LimitsInForce!.MinGapUs);
        Assert.AreEqual(1_500, result.LimitsInForce.MaxHighUs);
        Assert.AreEqual(600, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
    }

    [TestMethod]
    [DynamicData(nameof(TooTight))]
    public void Session_beyond_one_of_its_own_limits_lets_out_no_pulse_more_than_that_limit(SessionLimits limits)
    {
        SessionResult result = Run(limits, out VirtualBoard board);
        Assert.AreNotEqual(SessionVerdict.Completed, result.Verdict, result.Message);
        Assert.IsLessThan(600, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
    }

    [TestMethod]
    public void Looser_limits_are_refused_all_at_once_and_nothing_is_armed()
    {
        SessionResult result = Run(new SessionLimits { MinGapUs = 999, MaxSessionPulses = 6_001, MaxWidthUs = 1_001 }, out VirtualBoard board);
        Assert.AreEqual(SessionVerdict.Refused, result.Verdict);
        Assert.AreEqual(ExitCode.Refused, result.ExitCode);
        foreach (string words in new[] { "MinGapUs 999", "MaxSessionPulses 6001", "MaxWidthUs 1001", "can only be tightened" })
        {
            Assert.Contains(words, result.Message);
        }

        Assert.AreEqual(0, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
    }

    private static SessionResult Run(SessionLimits limits, out VirtualBoard board)
    {
        board = new VirtualBoard(new VirtualBoardOptions());
        SessionRunner host = new(board.Connect(), new SessionOrder("itbs600", ProgramBuilder.Build(ProtocolLibrary.Find("itbs600"))) { Limits = limits, InVirtualTime = true });
        board.RunLockStep(host, 400_000_000);
        return host.Result!;
    }
}
