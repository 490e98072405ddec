using CsCheck;

namespace Escapement.Host.Tests;

[TestClass]
public class CalibrationTests
{
    [TestMethod]
    public void The_true_error_always_lies_inside_the_bounds_whatever_the_link_does() =>
        Gen.Select(Gen.Double[-200, 200], Gen.Int[2, 60], Gen.Int[1, 60], Gen.Long[0, 1L << 40]).Sample(
            (ppm, count, apartS, seed) =>
            {
                var random = new Random((int)seed);
                var comparison = new ClockComparison();
                long hostUs = 1_000_000;
                for (int i = 0; i < count; i++)
                {
                    long sent = hostUs;
                    long read = sent + random.Next(0, 20_000);
                    long received = read + random.Next(0, 20_000);
                    comparison.Add(sent, 5_000_000 + (long)Math.Floor(read * (1 + (ppm / 1e6))), received);
                    hostUs = received + (apartS * 1_000_000L);
                }

                return comparison.Bounds() is var (least, most) && least <= ppm && ppm <= most;
            },
            iter: 2000);

    [TestMethod]
    public void Measuring_ten_times_as_long_makes_the_bounds_ten_times_as_narrow()
    {
        double Width(int seconds)
        {
            var comparison = new ClockComparison();
            for (int i = 0; i <= 10; i++)
            {
                long at = i * seconds * 100_000L;
                comparison.Add(at, at + 1000, at + 2000);
            }

            var (least, most) = comparison.Bounds()!.Value;
            return most - least;
        }

        Assert.AreEqual(10, Width(60) / Width(600), 0.01);
    }

    [TestMethod]
    public void A_clock_that_jumps_fits_no_error()
    {
        var comparison = new ClockComparison();
        for (int i = 0; i < 10; i++)
        {
            long at = i * 1_000_000L;
            comparison.Add(at, at + (i >= 5 ? 100_000 : 0), at + 1000);
        }

        Assert.IsNull(comparison.Bounds());
    }

    [TestMethod]
    public void One_answer_is_no_comparison()
    {
        var comparison = new ClockComparison();
        Assert.IsNull(comparison.Bounds());
        comparison.Add(0, 5, 10);
        Assert.IsNull(comparison.Bounds());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => comparison.Add(20, 4, 30), "the board's clock went back");
    }

    [TestMethod]
    [DataRow(5.0, 4.9, ClockVerdict.Within)]
    [DataRow(-5.0, 5.0, ClockVerdict.Within)]
    [DataRow(5.0, 5.1, ClockVerdict.Undecided)]
    [DataRow(15.0, 5.0, ClockVerdict.Undecided)]
    [DataRow(-15.1, 5.0, ClockVerdict.Outside)]
    public void The_verdict_counts_the_uncertainty(double ppm, double uncertainty, ClockVerdict verdict) => Assert.AreEqual(
        verdict,
        new Calibration { Board = "x", Reference = "y", DurationUs = 1, Ppm = ppm, UncertaintyPpm = uncertainty, Basis = "z", TolerancePpm = 10 }.Verdict);

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(-80.0)]
    [DataRow(300.0)]
    public void A_watch_over_a_board_finds_the_error_between_two_clocks(double ppm)
    {
        var board = new FakeBoard();
        ClockWatch watch = Watch(board, 120, boardUs => (long)(boardUs / (1 + (ppm / 1e6))));
        Assert.IsNull(watch.Problem);
        Assert.AreEqual(1, watch.Board!.BoardId);
        var (least, most) = watch.Comparison.Bounds()!.Value;
        Assert.IsTrue(least <= ppm && ppm <= most, $"{least} to {most}");
        Assert.IsLessThan(400.0, most - least);
        Assert.AreEqual(0, board.WritesSeen, "it only reads");
    }

    [TestMethod]
    public void A_board_that_does_not_answer_is_no_link() =>
        Assert.AreEqual(ExitCode.NoLink, Watch(new FakeBoard { IsSilent = true }, 5, now => now).Problem!.ExitCode);

    [TestMethod]
    public void A_board_of_another_register_map_is_refused() =>
        Assert.AreEqual(ExitCode.Refused, Watch(new FakeBoard { InterfaceVersion = 9 }, 5, now => now).Problem!.ExitCode);

    /// <summary>A watch and a fake board in lock-step; the host's clock is a function of the board's.</summary>
    private static ClockWatch Watch(FakeBoard board, int seconds, Func<long, long> hostClock)
    {
        var line = new FakeLine(board);
        var watch = new ClockWatch(line, seconds * 1_000_000L);
        for (long boardUs = 0; !watch.IsFinished && boardUs < 1_000_000_000; boardUs += FakeBoard.PassUs)
        {
            line.Pass(boardUs);
            while (watch.Step(hostClock(boardUs)))
            {
            }
        }

        return watch;
    }
}
