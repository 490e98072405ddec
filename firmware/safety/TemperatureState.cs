namespace Escapement.Safety
{
    /// <summary>What a temperature reading is worth; numbers as in device.yml (TemperatureStates).</summary>
    public static class TemperatureState
    {
        /// <summary>The board has no sensor.</summary>
        public const int Absent = 0;

        /// <summary>Below 38 degrees Celsius.</summary>
        public const int Normal = 1;

        /// <summary>38 degrees Celsius or more.</summary>
        public const int Warm = 2;

        /// <summary>40 degrees Celsius or more, or not below 35 since.</summary>
        public const int NoNewTrain = 3;

        /// <summary>41 degrees Celsius or more.</summary>
        public const int TooHot = 4;

        /// <summary>The sensor or its wire is open.</summary>
        public const int Open = 5;

        /// <summary>The sensor or its wire is shorted.</summary>
        public const int Shorted = 6;

        /// <summary>The reading has not moved at all for a minute.</summary>
        public const int Stuck = 7;

        /// <summary>The reading changes faster than 2 degrees Celsius a second.</summary>
        public const int TooFast = 8;
    }
}
