using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>The figures of a board's stimulator tighten what is compiled in, and never loosen it.</summary>
[TestClass]
public class ProfileTests
{
    [TestMethod]
    [DataRow(5_000, 20, 500, 5_000u, 20u, 500u)]
    [DataRow(1, 1, 30_000, 1_000u, 10u, 1_000u)]
    [DataRow(0, 0, 0, 1_000u, 10u, 0u)]
    public void Limits_and_profile_show_what_holds_on_this_board(int minGapUs, int minWidthUs, int maxWidthUs, uint gapUs, uint shortestUs, uint longestUs)
    {
        Bench bench = Tight(minGapUs, minWidthUs, maxWidthUs);
        uint[] expected = [gapUs, shortestUs, longestUs];
        CollectionAssert.AreEqual(expected, Read(bench, RegisterAddress.EffectiveLimits, 0));
        CollectionAssert.AreEqual(expected, Read(bench, RegisterAddress.BoardProfile, 8));
    }

    [TestMethod]
    [DataRow(25_000, 10, 1_000)]
    [DataRow(1_000, 101, 1_000)]
    [DataRow(1_000, 10, 99)]
    public void Program_beyond_the_stimulators_figures_does_not_arm(int minGapUs, int minWidthUs, int maxWidthUs)
    {
        Bench bench = Tight(minGapUs, minWidthUs, maxWidthUs);
        bench.Load(Programs.ShortBursts);
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.LimitsExceeded);
        Assert.AreNotEqual(0u, bench.Arm());
        bench.RunFor(1_000_000);
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
    }

    [TestMethod]
    [DataRow(6_000, 5_000, 6_000u, 5_000u)]
    [DataRow(100_000, 100_000, 12_000u, 25_000u)]
    public void What_stimulator_and_coil_bear_holds_on_this_board(int hourPulses, int highUs, uint most, uint longestUs)
    {
        Bench bench = new(figures =>
        {
            figures.MaxHourPulses = hourPulses;
            figures.MaxHighUs = highUs;
        });
        bench.Connect();
        Assert.AreEqual(most, bench.Ask(RegisterAddress.EffectiveLimits, 4, 12));
        Assert.AreEqual(longestUs, bench.U32(RegisterAddress.EffectiveLimits, 13));
        Assert.AreNotEqual(0u, bench.Do(RegisterAddress.FurtherLimits, 0, 0, 0, most + 1));
    }

    [TestMethod]
    public void Host_tightens_from_the_boards_ceiling_and_cannot_go_back_to_the_compiled_one()
    {
        Bench bench = Tight(5_000, 10, 1_000);
        Assert.AreNotEqual(0u, bench.Do(RegisterAddress.Limits, 4_999));
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Limits, 6_000));
        Assert.AreEqual(6_000u, bench.U32(RegisterAddress.EffectiveLimits, 0));
    }

    private static Bench Tight(int minGapUs, int minWidthUs, int maxWidthUs)
    {
        Bench bench = new(figures =>
        {
            figures.MinGapUs = minGapUs;
            figures.MinWidthUs = minWidthUs;
            figures.MaxWidthUs = maxWidthUs;
        });
        bench.Connect();
        return bench;
    }

    private static uint[] Read(Bench bench, int address, int first)
    {
        bench.Seen.Remove(address);
        byte[] frame = new byte[128];
        int length = FrameWriter.Plain(frame, 0, 1, address, 4, [], 0, 0);
        bench.Board.Feed(frame[..length]);
        Assert.IsTrue(bench.RunUntil(() => bench.Seen.ContainsKey(address)), "no reply");
        return [bench.U32(address, first), bench.U32(address, first + 1), bench.U32(address, first + 2)];
    }
}
