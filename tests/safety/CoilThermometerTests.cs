using CsCheck;

namespace Escapement.Safety.Tests;

/// <summary>Coil temperature: table against the thermistor's formula, thresholds, and every way in which a sensor lies.</summary>
[TestClass]
public class CoilThermometerTests
{
    // The B equation of the datasheet and the divider, in floating point: the second opinion on the integer table.
    private static int Reading(double celsius)
    {
        double ohm = 10_000 * Math.Exp(3977 * ((1 / (celsius + 273.15)) - (1 / 298.15)));
        return (int)Math.Round(4095 * ohm / (ohm + 10_000));
    }

    // One unit of the converter is up to a tenth of a degree at 80, and every reading flickers by less than that: a sensor that stands still is none.
    private static CoilThermometer At(double celsius, CoilThermometer? thermometer = null)
    {
        thermometer ??= new CoilThermometer();
        Take(thermometer, Reading(celsius), 0);
        return thermometer;
    }

    private static void Take(CoilThermometer thermometer, int reading, long nowUs) => thermometer.Take(reading, nowUs);

    [TestMethod]
    public void Table_follows_the_thermistor_within_a_tenth_of_a_degree_where_it_decides() =>
        Gen.Double[30, 50].Sample(celsius => Math.Abs((Thermistor.MilliCelsius(Reading(celsius)) / 1000.0) - celsius) < 0.1);

    [TestMethod]
    public void Every_fifth_degree_is_exact_and_a_straight_line_leads_from_one_to_the_next()
    {
        for (int celsius = -20; celsius < 80; celsius += 5)
        {
            int cold = Reading(celsius), warm = Reading(celsius + 5);
            for (int reading = warm; reading <= cold; reading++)
            {
                Assert.AreEqual((celsius * 1000) + ((cold - reading) * 5000 / (cold - warm)), Thermistor.MilliCelsius(reading), $"reading {reading}");
            }
        }
    }

    [TestMethod]
    public void Table_never_runs_backwards()
    {
        for (int reading = 1; reading <= 4095; reading++)
        {
            Assert.IsLessThanOrEqualTo(Thermistor.MilliCelsius(reading - 1), Thermistor.MilliCelsius(reading), $"reading {reading}");
        }
    }

    [TestMethod]
    [DataRow(20.0, TemperatureState.Normal)]
    [DataRow(37.8, TemperatureState.Normal)]
    [DataRow(38.2, TemperatureState.Warm)]
    [DataRow(39.8, TemperatureState.Warm)]
    [DataRow(40.2, TemperatureState.NoNewTrain)]
    [DataRow(40.8, TemperatureState.NoNewTrain)]
    [DataRow(41.2, TemperatureState.TooHot)]
    [DataRow(-40.0, TemperatureState.Open)]
    [DataRow(110.0, TemperatureState.Shorted)]
    public void Temperatures_mean_what_the_rules_say(double celsius, int state) => Assert.AreEqual(state, At(celsius).State);

    [TestMethod]
    [DataRow(4095, TemperatureState.Open)]
    [DataRow(Thermistor.OpenReading, TemperatureState.Open)]
    [DataRow(Thermistor.OpenReading - 1, TemperatureState.Normal)]
    [DataRow(-1, TemperatureState.Open)]
    [DataRow(0, TemperatureState.Shorted)]
    [DataRow(Thermistor.ShortReading, TemperatureState.Shorted)]
    [DataRow(Thermistor.ShortReading + 1, TemperatureState.TooHot)]
    public void A_sensor_that_is_open_or_shorted_is_said_to_be(int reading, int state)
    {
        CoilThermometer thermometer = new();
        thermometer.Take(reading, 0);
        Assert.AreEqual(state, thermometer.State);
        Assert.AreEqual(state is TemperatureState.Open or TemperatureState.Shorted, thermometer.IsUnknown);
        Assert.AreEqual(state != TemperatureState.Normal, thermometer.Trips);
    }

    [TestMethod]
    public void What_was_hot_stays_barred_until_it_is_below_35_and_an_operator_releases_it()
    {
        CoilThermometer thermometer = At(40.5);
        long us = 0;
        for (double celsius = 40.5; celsius > 36; celsius -= 0.1)
        {
            thermometer.Take(Reading(celsius), us += 100_000);
            Assert.IsTrue(thermometer.ForbidsTrain, $"at {celsius}");
            Assert.IsFalse(thermometer.Release(), $"at {celsius}");
        }

        for (double celsius = 36; celsius > 34; celsius -= 0.1)
        {
            thermometer.Take(Reading(celsius), us += 100_000);
        }

        Assert.AreEqual(TemperatureState.NoNewTrain, thermometer.State, "cooling alone releases nothing");
        Assert.IsTrue(thermometer.Release());
        Assert.AreEqual(TemperatureState.Normal, thermometer.State);
        Assert.IsFalse(thermometer.ForbidsTrain);
    }

    [TestMethod]
    public void A_reading_that_stands_still_for_a_minute_is_stuck_and_one_that_flickers_is_not()
    {
        CoilThermometer still = new();
        CoilThermometer alive = new();
        for (long us = 0; us < 59_900_000; us += 100_000)
        {
            still.Take(2000, us);
            alive.Take(2000 + (int)(us / 100_000 % 50 == 0 ? 1 : 0), us);
            Assert.AreEqual(TemperatureState.Normal, still.State, $"at {us} us");
        }

        still.Take(2000, 60_000_000);
        alive.Take(2000, 60_000_000);
        Assert.AreEqual(TemperatureState.Stuck, still.State);
        Assert.AreEqual(TemperatureState.Normal, alive.State);
    }

    [TestMethod]
    [DataRow(2.5, TemperatureState.TooFast)]
    [DataRow(-2.5, TemperatureState.TooFast)]
    [DataRow(1.5, TemperatureState.Normal)]
    [DataRow(-1.5, TemperatureState.Normal)]
    public void More_than_2_degrees_a_second_is_no_coil(double perSecond, int state)
    {
        CoilThermometer thermometer = new();
        int worst = TemperatureState.Normal;
        for (int i = 0; i <= 30; i++)
        {
            thermometer.Take(Reading(25 + (perSecond * i / 10)), i * 100_000L);
            worst = Math.Max(worst, thermometer.State);
        }

        Assert.AreEqual(state, worst);
    }

    [TestMethod]
    public void A_step_shows_in_the_sample_that_makes_it()
    {
        CoilThermometer thermometer = At(25);
        thermometer.Take(Reading(30), 100_000);
        Assert.AreEqual(TemperatureState.TooFast, thermometer.State);
    }
}
