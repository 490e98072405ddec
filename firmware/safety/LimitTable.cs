namespace Escapement.Safety
{
    /// <summary>The ceilings compiled into this firmware. Nothing at run time can loosen them.</summary>
    public static class LimitTable
    {
        /// <summary>Smallest onset-to-onset interval; above the 800 us for which the limiter ignores further edges.</summary>
        public const int MinGapUs = 1000;

        /// <summary>Shortest pulse.</summary>
        public const int MinWidthUs = 10;

        /// <summary>Longest pulse.</summary>
        public const int MaxWidthUs = 1000;

        /// <summary>Most pulses of one transaction.</summary>
        public const int MaxTrainPulses = 6000;

        /// <summary>Most pulses of one session.</summary>
        public const int MaxSessionPulses = 6000;

        /// <summary>Longest session, first to last onset, in seconds.</summary>
        public const int MaxSessionS = 14400;

        /// <summary>Most pulses in an hour, across sessions and power-off: two of the largest published sessions.</summary>
        public const int MaxHourPulses = 12000;

        /// <summary>First sliding window.</summary>
        public const int Window1Us = 50000;

        /// <summary>Most pulses in it.</summary>
        public const int Window1Pulses = 4;

        /// <summary>Second sliding window.</summary>
        public const int Window2Us = 1000000;

        /// <summary>Most pulses in it.</summary>
        public const int Window2Pulses = 50;

        /// <summary>Third sliding window.</summary>
        public const int Window3Us = 5000000;

        /// <summary>Most pulses in it.</summary>
        public const int Window3Pulses = 150;

        /// <summary>
        /// Longest time that the trigger line may be high in the second window: the fastest plain train with published limits, 25 Hz, of the
        /// widest pulses, 1,000 us. It is 2.5 per cent; trains of 50 pulses a second may have pulses of 500 us.
        /// </summary>
        public const int MaxHighUs = 25000;

        /// <summary>Sets limits to the ceilings.</summary>
        public static void SetCeilings(Limits limits)
        {
            limits.MinGapUs = MinGapUs;
            limits.MinWidthUs = MinWidthUs;
            limits.MaxWidthUs = MaxWidthUs;
            limits.MaxTrainPulses = MaxTrainPulses;
            limits.MaxSessionPulses = MaxSessionPulses;
            limits.MaxSessionS = MaxSessionS;
            limits.Window1Us = Window1Us;
            limits.Window1Pulses = Window1Pulses;
            limits.Window2Us = Window2Us;
            limits.Window2Pulses = Window2Pulses;
            limits.Window3Us = Window3Us;
            limits.Window3Pulses = Window3Pulses;
            limits.MaxHourPulses = MaxHourPulses;
            limits.MaxHighUs = MaxHighUs;
        }
    }
}
