using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Rows 38 to 40: the coil, its temperature and its plug. The sensor is read ten times a second.</summary>
[TestClass]
public sealed class CoilTests
{
    private const int Times = 8;
    private const double SecondUs = 1_000_000;

    // 100 ms between two readings, two passes.
    private const double ReadingUs = 120_000;

    private static readonly Scenario theta = new(Sessions.Theta, Board(25_000));
    private static readonly Scenario warm = new(Sessions.Theta, Board(37_000));
    private static readonly Scenario plain = new(Sessions.Theta);

    [TestMethod]
    [Hazard(38)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.BetweenTrains)]
    public void A_coil_that_reaches_41_degrees_stops_within_a_second(Place place)
    {
        foreach (Instant instant in Early(warm, place).Where(one => one.At80 - warm.Calm().Onsets80[0] > Ticks80.FromMs(4_000)))
        {
            string note = $"row 38 coil reaches 41 degrees (S): {instant}";
            Incident run = warm.Run(instant, stage => stage.Bench.CoilSensor.Ramp(60_000, 1_500, stage.At80 - Ticks80.FromUs(4_000_000L * 1_000 / 1_500)));
            run.GateClosesWithin(SecondUs, note);
            run.HasLatched(note, "CoilTemperature");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(38)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.BetweenTrains)]
    public void A_coil_that_reaches_40_degrees_ends_its_train_and_begins_no_other(Place place)
    {
        Calm calm = warm.Calm(place);
        foreach (Instant instant in Early(warm, place))
        {
            string note = $"row 38 coil reaches 40 degrees (S): {instant}";
            Incident run = warm.Run(instant, stage => stage.Bench.CoilSensor.Ramp(40_500, 1_500, stage.At80 - Ticks80.FromMs(2_000)));
            List<long> onsets = run.Onsets80(RefereeSignal.Stimulator);
            long[] train = [.. calm.Onsets80.TakeWhile((onset, i) => onset <= instant.At80 || (i > 0 && onset - calm.Onsets80[i - 1] < Ticks80.FromMs(1_000)))];
            CollectionAssert.AreEqual(train, onsets, note);
            run.HasLatched(note, "CoilTemperature");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(39)]
    [DataRow(Place.Armed, SensorFault.Open)]
    [DataRow(Place.InBurst, SensorFault.Open)]
    [DataRow(Place.InBurst, SensorFault.Short)]
    [DataRow(Place.BetweenBursts, SensorFault.Short)]
    [DataRow(Place.BetweenTrains, SensorFault.Open)]
    [DataRow(Place.Held, SensorFault.Short)]
    public void A_sensor_that_is_open_or_shorted_trips_with_its_next_reading(Place place, SensorFault fault)
    {
        foreach (Instant instant in Early(theta, place))
        {
            string note = $"row 39 sensor open or shorted (S): {fault} {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.CoilSensor.Fail(fault, stage.At80));
            run.GateClosesWithin(ReadingUs, note);
            run.HasLatched(note, "CoilTemperature");
            run.LatchedWithin(ReadingUs, note);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(39)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenTrains)]
    public void A_reading_that_runs_away_as_from_a_sensor_that_came_loose_trips_within_a_second(Place place)
    {
        foreach (Instant instant in Early(theta, place))
        {
            string note = $"row 39 sensor comes loose, 5 degrees a second (S): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.CoilSensor.Ramp(15_000, 5_000, stage.At80));
            run.GateClosesWithin(SecondUs, note);
            run.HasLatched(note, "CoilTemperature");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(39)]
    public void A_reading_that_stands_still_for_a_minute_trips()
    {
        Scenario session = new(Sessions.Of("long", 3, 20_000, 10, 200_000, 12, 8_000_000), Board(25_000));
        foreach (Instant instant in session.Calm().Instants(Place.BetweenTrains, 40, seed: 3).Where(one => one.At80 < session.Calm().Onsets80[90]).Take(4))
        {
            string note = $"row 39 sensor stuck, a minute (S): {instant}";
            Incident run = session.Run(instant, stage => stage.Bench.CoilSensor.Fail(SensorFault.Frozen, stage.At80));

            // The first reading that stands still may be one that differs from the last; from then on it is a minute, seen at a reading.
            run.GateClosesWithin((60 * SecondUs) + (2 * ReadingUs), note);
            run.HasLatched(note, "CoilTemperature");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(40)]
    [DataRow(Place.Armed)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.BetweenTrains)]
    [DataRow(Place.Held)]
    public void A_coil_that_is_unplugged_stops_within_two_passes(Place place)
    {
        foreach (Instant instant in plain.Calm(place).Instants(place, Times))
        {
            string note = $"row 40 coil unplugged (S): {instant}";
            Incident run = plain.Run(instant, stage => stage.Bench.Contact(ContactName.Coil).Open(stage.At80));
            run.GateClosesWithin(Expect.TwoPassesUs, note);
            run.PulsesAfterAtMost(1, note);
            run.HasLatched(note, "CoilLost");
            run.LatchedWithin(Expect.TwoPassesUs, note);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(40)]
    [DataRow(1_000)]
    [DataRow(5_000)]
    [DataRow(50_000)]
    public void A_plug_that_lifts_for_a_moment_stops_as_well(int us)
    {
        foreach (Instant instant in plain.Calm().Instants(Place.InBurst, Times))
        {
            string note = $"row 40 coil's plug lifts (S): for {us} us, {instant}";
            Incident run = plain.Run(instant, stage =>
            {
                stage.Bench.Contact(ContactName.Coil).Open(stage.At80);
                stage.Bench.Contact(ContactName.Coil).Close(stage.At80 + Ticks80.FromUs(us));
            });
            run.GateClosesWithin(Expect.TwoPassesUs, note);
            run.PulsesAfterAtMost(1, note);
            run.HasLatched(note, "CoilLost");
            run.RecordSaysSo(note);
        }
    }

    // With a train still to come.
    private static IEnumerable<Instant> Early(Scenario session, Place place)
    {
        Calm calm = session.Calm(place);
        return calm.Instants(place, 6 * Times).Where(one => place is Place.Armed or Place.Held || calm.Onsets80[^1] - one.At80 > Ticks80.FromMs(2_500)).Take(2 * Times);
    }

    private static VirtualBoardOptions Board(int milliCelsius) =>
        new() { Seed = 7, BoardId = "esp32-s3-devkitc-1-bench", Bench = new BenchOptions { CoilMilliCelsius = milliCelsius } };
}
