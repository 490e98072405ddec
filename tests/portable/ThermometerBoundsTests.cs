using Escapement.Safety;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    /// <summary>The thermometer's bounds to the reading and to the microsecond.</summary>
    [TestClass]
    public class ThermometerBoundsTests
    {
        private const long StartUs = 10000000L;

        [TestMethod]
        public void Nothing_was_read_before_the_first_reading()
        {
            Assert.AreEqual(-1, new CoilThermometer().Reading);
        }

        // Reading 1415 is 40.000 degrees exactly, 1416 is less.
        [TestMethod]
        [DataRow(1415, TemperatureState.NoNewTrain)]
        [DataRow(1416, TemperatureState.Warm)]
        public void At_40_degrees_exactly_no_new_train_begins(int reading, int state)
        {
            CoilThermometer thermometer = new CoilThermometer();
            thermometer.Take(reading, StartUs);
            Assert.AreEqual(state, thermometer.State);
            Assert.AreEqual(state == TemperatureState.NoNewTrain, thermometer.WaitsForRelease);
        }

        // Reading 1611 is 35.000 degrees exactly, 1612 is less.
        [TestMethod]
        [DataRow(1611, false)]
        [DataRow(1612, true)]
        public void At_35_degrees_exactly_nothing_is_released(int reading, bool released)
        {
            CoilThermometer thermometer = new CoilThermometer();
            thermometer.Take(1415, StartUs);
            thermometer.Take(4095, StartUs + 100000);
            thermometer.Take(reading, StartUs + 200000);
            Assert.AreEqual(TemperatureState.NoNewTrain, thermometer.State);
            Assert.AreEqual(released, thermometer.Release());
            Assert.AreEqual(!released, thermometer.WaitsForRelease);
        }

        // 1826 and 1741 are 2,000 thousandths of a degree apart, 1843 and 1757 are 2,001.
        [TestMethod]
        [DataRow(1826, 1741, TemperatureState.Normal)]
        [DataRow(1741, 1826, TemperatureState.Normal)]
        [DataRow(1843, 1757, TemperatureState.TooFast)]
        [DataRow(1757, 1843, TemperatureState.TooFast)]
        public void Two_degrees_exactly_are_believed_and_a_thousandth_more_is_not(int from, int to, int state)
        {
            CoilThermometer thermometer = new CoilThermometer();
            thermometer.Take(from, StartUs);
            thermometer.Take(to, StartUs + 100000);
            Assert.AreEqual(state, thermometer.State);
        }

        // Some 3 degrees a second in steps of a tenth of a second: each step is believable, a second of them is not.
        [TestMethod]
        [DataRow(0)]
        [DataRow(25)]
        public void A_ramp_in_small_steps_is_too_fast_however_long_it_was_quiet_before(int quietSteps)
        {
            CoilThermometer thermometer = new CoilThermometer();
            long us = StartUs;
            for (int i = 0; i <= quietSteps; i++)
            {
                thermometer.Take(2048 + (i & 1), us);
                us += 100000;
            }

            bool tooFast = false;
            for (int i = 1; i <= 20; i++)
            {
                thermometer.Take(2048 - i * 14, us);
                us += 100000;
                tooFast |= thermometer.State == TemperatureState.TooFast;
            }

            Assert.IsTrue(tooFast);
        }

        // The reference is renewed a second after the last one and no microsecond before: 1.5 degrees and then 1.5 more.
        [TestMethod]
        [DataRow(999999L, TemperatureState.TooFast)]
        [DataRow(1000000L, TemperatureState.Normal)]
        public void A_change_is_judged_over_a_whole_second(long laterUs, int state)
        {
            CoilThermometer thermometer = new CoilThermometer();
            thermometer.Take(2048, StartUs);
            thermometer.Take(1980, StartUs + laterUs);
            Assert.AreEqual(TemperatureState.Normal, thermometer.State);
            thermometer.Take(1912, StartUs + laterUs + 100);
            Assert.AreEqual(state, thermometer.State);
        }

        [TestMethod]
        public void What_was_too_fast_before_the_sensor_was_open_is_forgotten()
        {
            CoilThermometer thermometer = new CoilThermometer();
            thermometer.Take(2048, StartUs);
            thermometer.Take(2148, StartUs + 100000);
            Assert.AreEqual(TemperatureState.TooFast, thermometer.State);
            thermometer.Take(4095, StartUs + 200000);
            thermometer.Take(2148, StartUs + 300000);
            Assert.AreEqual(TemperatureState.Normal, thermometer.State);
        }
    }
}
