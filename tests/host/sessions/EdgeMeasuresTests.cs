using System.Numerics;

namespace Escapement.Host.Tests;

[TestClass]
public class EdgeMeasuresTests
{
    private const long TickPs = 12_500;
    private const long TicksPerUs = 80;

    // 5 trains of 9 pulses 1/7 s apart, a train every 10 s.
    private static readonly Protocol Sevenths = new()
    {
        Id = "sevenths",
        Blocks = [new RepeatBlock { PulsesPerBurst = 9, InterPulseUs = new Rational(1_000_000, 7), Trains = 5, TrainPeriodUs = 10_000_000 }],
    };

    [TestMethod]
    public void Edges_on_the_boards_tick_are_within_half_a_tick_and_the_worst_is_exact()
    {
        EdgeFigures figures = Measure(Edges());
        // k/7 s: the worst distance from a whole microsecond among k = 1..8 is 3/7 us.
        Assert.AreEqual(3000.0 / 7, figures.MaxEdgeErrorNs!.Value, 1e-9);
        Assert.AreEqual(0, figures.MaxStartErrorUs);
        Assert.AreEqual(45, figures.PulsesEmitted);
    }

    [TestMethod]
    public void One_displaced_edge_is_found_with_its_exact_distance()
    {
        long[] edges = Edges();
        edges[31] += 4000 * TicksPerUs;
        // Pulse 31 is number 4 of its train: 4/7 s is 571,428 4/7 us, its tick 3/7 us later.
        Assert.AreEqual(4_000_000 + (3000.0 / 7), Measure(edges).MaxEdgeErrorNs!.Value, 1e-6);
    }

    [TestMethod]
    public void A_train_that_starts_late_as_a_whole_is_a_start_error_and_no_edge_error()
    {
        long[] edges = Edges();
        for (int i = 18; i < 27; i++)
        {
            edges[i] += 37 * TicksPerUs;
        }

        EdgeFigures figures = Measure(edges);
        Assert.AreEqual(37, figures.MaxStartErrorUs!.Value, 1e-9);
        Assert.AreEqual(3000.0 / 7, figures.MaxEdgeErrorNs!.Value, 1e-9);
    }

    [TestMethod]
    public void An_aborted_session_is_measured_as_far_as_it_went()
    {
        long[] edges = Edges()[..22];
        TrainReading[] trains = [.. Trains().Take(2), Trains()[2] with { RawPulses = 4, GatedPulses = 4, Result = 255 }];
        EdgeFigures figures = EdgeMeasures.Of(edges, TickPs, 22, new ExactSchedule(Sevenths), trains);
        Assert.IsLessThan(500, figures.MaxEdgeErrorNs!.Value);
        Assert.AreEqual(0, figures.MaxStartErrorUs);
    }

    [TestMethod]
    public void A_dry_run_is_measured_by_the_raw_counts()
    {
        TrainReading[] trains = [.. Trains().Select(train => train with { GatedPulses = 0 })];
        Assert.AreEqual(3000.0 / 7, EdgeMeasures.Of(Edges(), TickPs, 0, new ExactSchedule(Sevenths), trains, true).MaxEdgeErrorNs!.Value, 1e-9);
        Assert.IsNull(EdgeMeasures.Of(Edges(), TickPs, 0, new ExactSchedule(Sevenths), trains, false).MaxEdgeErrorNs);
    }

    [TestMethod]
    public void Nothing_to_measure_is_null_and_not_zero()
    {
        EdgeFigures figures = EdgeMeasures.Of([], TickPs, 0, new ExactSchedule(Sevenths), []);
        Assert.IsNull(figures.MaxEdgeErrorNs);
        Assert.IsNull(figures.MaxStartErrorUs);
    }

    private static EdgeFigures Measure(long[] edges) => EdgeMeasures.Of(edges, TickPs, edges.Length, new ExactSchedule(Sevenths), Trains());

    private static long[] Edges() => [.. Enumerable.Range(0, 45).Select(k => (3_333_333 + Tick(k)) * TicksPerUs)];

    // Straight from the definition: train * 10 s + pulse / 7 s, halves up.
    private static long Tick(int k) => (long)(((new BigInteger(k / 9) * 140_000_000) + ((k % 9) * 2_000_000) + 7) / 14);

    private static TrainReading[] Trains() =>
        [.. Enumerable.Range(0, 5).Select(t => new TrainReading(t, 900_000 + Tick(9 * t), 0, 0, 0, 1000, 9, 9, 9, 0, 9 * t, 900_000 + Tick((9 * t) + 8)))];
}
