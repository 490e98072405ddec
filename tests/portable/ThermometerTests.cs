using Escapement.Safety;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    /// <summary>Coil temperature: what a reading means, what bars a train, and how a lying sensor shows.</summary>
    [TestClass]
    public class ThermometerTests
    {
        // Readings of the divider from the thermistor's B equation: 4095 R / (R + 10 kOhm), R = 10 kOhm exp(3977 (1/T - 1/298.15)), rounded.
        [TestMethod]
        [DataRow(3745, -20000)]
        [DataRow(3690, -17500)]
        [DataRow(2048, 25000)]
        [DataRow(1236, 45000)]
        [DataRow(456, 80000)]
        [DataRow(4000, -20000)]
        [DataRow(300, 80000)]
        public void A_reading_is_a_temperature(int reading, int milliCelsius)
        {
            Assert.AreEqual(milliCelsius, Thermistor.MilliCelsius(reading));
        }

        [TestMethod]
        [DataRow(-1, TemperatureState.Open)]
        [DataRow(3904, TemperatureState.Open)]
        [DataRow(3903, TemperatureState.Normal)]
        [DataRow(1501, TemperatureState.Normal)]
        [DataRow(1486, TemperatureState.Warm)]
        [DataRow(1413, TemperatureState.NoNewTrain)]
        [DataRow(1373, TemperatureState.TooHot)]
        [DataRow(263, TemperatureState.TooHot)]
        [DataRow(262, TemperatureState.Shorted)]
        [DataRow(0, TemperatureState.Shorted)]
        public void A_temperature_has_a_meaning(int reading, int state)
        {
            CoilThermometer thermometer = new CoilThermometer();
            thermometer.Take(reading, 5000000L);
            Assert.AreEqual(state, thermometer.State);
            Assert.AreEqual(reading, thermometer.Reading);
            Assert.AreEqual(5000000L, thermometer.ReadAtUs);
            Assert.AreEqual(state >= TemperatureState.NoNewTrain, thermometer.ForbidsTrain);
            Assert.AreEqual(state >= TemperatureState.TooHot, thermometer.Trips);
            Assert.AreEqual(state >= TemperatureState.Open, thermometer.IsUnknown);
        }

        [TestMethod]
        public void What_was_hot_is_barred_until_it_is_below_35_and_released()
        {
            CoilThermometer thermometer = new CoilThermometer();
            thermometer.Take(1413, 0L);
            Assert.IsTrue(thermometer.WaitsForRelease);
            Assert.IsFalse(thermometer.Release());
            int reading = 1413;
            for (long us = 1000000L; reading < 1611; us += 1000000L)
            {
                reading += 20;
                thermometer.Take(reading, us);
                Assert.IsTrue(thermometer.ForbidsTrain);
            }

            Assert.AreEqual(TemperatureState.NoNewTrain, thermometer.State);
            Assert.IsTrue(thermometer.Release());
            Assert.AreEqual(TemperatureState.Normal, thermometer.State);
            Assert.IsFalse(thermometer.WaitsForRelease);
            Assert.IsTrue(thermometer.Release());
        }

        [TestMethod]
        public void What_is_not_known_cannot_be_released()
        {
            CoilThermometer thermometer = new CoilThermometer();
            thermometer.Take(4095, 0L);
            Assert.IsFalse(thermometer.Release());
        }

        [TestMethod]
        [DataRow(2048, 2148)]
        [DataRow(2148, 2048)]
        public void A_step_of_more_than_2_degrees_is_too_fast_and_is_believed_again_after_a_quiet_second(int from, int to)
        {
            CoilThermometer thermometer = new CoilThermometer();
            thermometer.Take(from, 0L);
            thermometer.Take(to, 100000L);
            Assert.AreEqual(TemperatureState.TooFast, thermometer.State);
            thermometer.Take(from, 200000L);
            Assert.AreEqual(TemperatureState.TooFast, thermometer.State);
            thermometer.Take(from, 1000000L);
            Assert.AreEqual(TemperatureState.Normal, thermometer.State);
        }

        [TestMethod]
        public void A_reading_that_stands_still_for_a_minute_is_stuck()
        {
            CoilThermometer thermometer = new CoilThermometer();
            thermometer.Take(2000, 0L);
            thermometer.Take(2000, 59999999L);
            Assert.AreEqual(TemperatureState.Normal, thermometer.State);
            thermometer.Take(2000, 60000000L);
            Assert.AreEqual(TemperatureState.Stuck, thermometer.State);
            thermometer.Take(2001, 60100000L);
            Assert.AreEqual(TemperatureState.Normal, thermometer.State);
        }

        [TestMethod]
        public void A_sensor_that_was_open_begins_anew()
        {
            CoilThermometer thermometer = new CoilThermometer();
            thermometer.Take(2048, 0L);
            thermometer.Take(4095, 100000L);
            Assert.AreEqual(0, thermometer.MilliCelsius);
            thermometer.Take(1823, 200000L);
            Assert.AreEqual(TemperatureState.Normal, thermometer.State);
            Assert.AreEqual(30000, thermometer.MilliCelsius);
        }
    }
}
