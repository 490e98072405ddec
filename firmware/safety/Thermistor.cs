namespace Escapement.Safety
{
    /// <summary>
    /// From a converter's reading to a temperature, in integers: a thermistor of 10 kOhm at 25 degrees Celsius with B = 3977 K (Vishay NTCLE100E3103)
    /// from the input to ground, 10 kOhm from the input to the converter's reference, 12 bits. Within 0.1 degree from 30 to 50 degrees.
    /// </summary>
    public static class Thermistor
    {
        /// <summary>From here up the sensor or its wire is open: colder than -30 degrees Celsius.</summary>
        public const int OpenReading = 3904;

        /// <summary>From here down the sensor or its wire is shorted: hotter than 100 degrees Celsius.</summary>
        public const int ShortReading = 262;

        private const int FirstMilliCelsius = -20000;
        private const int StepMilliCelsius = 5000;

        // 4095 R / (R + 10 kOhm) with R = 10 kOhm exp(B (1/T - 1/298.15 K)), from -20 to 80 degrees Celsius in steps of 5.
        private static readonly short[] readings =
        {
            3745, 3635, 3501, 3343, 3162, 2960, 2742, 2513, 2279, 2048, 1823, 1611, 1415, 1236, 1076, 934, 809, 701, 607, 526, 456,
        };

        /// <summary>Thousandths of a degree Celsius; what lies outside -20 to 80 degrees is given as that bound.</summary>
        /// <param name="reading">The converter's reading, 0 to 4095; smaller is warmer.</param>
        public static int MilliCelsius(int reading)
        {
            if (reading >= readings[0])
            {
                return FirstMilliCelsius;
            }

            int i = 1;
            while (i < readings.Length && reading < readings[i])
            {
                i++;
            }

            if (i == readings.Length)
            {
                return FirstMilliCelsius + ((i - 1) * StepMilliCelsius);
            }

            int above = readings[i - 1] - reading;
            return FirstMilliCelsius + ((i - 1) * StepMilliCelsius) + (above * StepMilliCelsius / (readings[i - 1] - readings[i]));
        }
    }
}
