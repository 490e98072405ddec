namespace Escapement.Safety
{
    /// <summary>The limits in force: the fourteen figures of register EffectiveLimits, in its order.</summary>
    public sealed class Limits
    {
        /// <summary>Length of <see cref="Write"/> in bytes.</summary>
        public const int Bytes = 56;

        /// <summary>Smallest onset-to-onset interval in microseconds.</summary>
        public int MinGapUs;

        /// <summary>Shortest pulse in microseconds.</summary>
        public int MinWidthUs;

        /// <summary>Longest pulse in microseconds.</summary>
        public int MaxWidthUs;

        /// <summary>Most pulses of one transaction.</summary>
        public int MaxTrainPulses;

        /// <summary>Most pulses of one session.</summary>
        public int MaxSessionPulses;

        /// <summary>Longest session in seconds, first to last onset, holds included.</summary>
        public int MaxSessionS;

        /// <summary>Length of the first sliding window in microseconds.</summary>
        public int Window1Us;

        /// <summary>Most pulses in the first window.</summary>
        public int Window1Pulses;

        /// <summary>Length of the second sliding window in microseconds.</summary>
        public int Window2Us;

        /// <summary>Most pulses in the second window.</summary>
        public int Window2Pulses;

        /// <summary>Length of the third sliding window in microseconds.</summary>
        public int Window3Us;

        /// <summary>Most pulses in the third window.</summary>
        public int Window3Pulses;

        /// <summary>Most pulses charged to an hour, across sessions and power-off.</summary>
        public int MaxHourPulses;

        /// <summary>
        /// Duty: how long the trigger line may be high in any second window, in microseconds. Every pulse in it counts as wide as the widest
        /// of the lists that reach into it.
        /// </summary>
        public int MaxHighUs;

        /// <summary>Takes every figure over.</summary>
        public void CopyFrom(Limits other)
        {
            MinGapUs = other.MinGapUs;
            MinWidthUs = other.MinWidthUs;
            MaxWidthUs = other.MaxWidthUs;
            MaxTrainPulses = other.MaxTrainPulses;
            MaxSessionPulses = other.MaxSessionPulses;
            MaxSessionS = other.MaxSessionS;
            Window1Us = other.Window1Us;
            Window1Pulses = other.Window1Pulses;
            Window2Us = other.Window2Us;
            Window2Pulses = other.Window2Pulses;
            Window3Us = other.Window3Us;
            Window3Pulses = other.Window3Pulses;
            MaxHourPulses = other.MaxHourPulses;
            MaxHighUs = other.MaxHighUs;
        }

        /// <summary>
        /// Tightens by the six arguments of the Limits command; 0 leaves a figure as it is. Never loosens: when one
        /// argument would, or is negative, nothing is changed.
        /// </summary>
        /// <returns>-1 when done, else the index (0 to 5) of the first argument refused.</returns>
        public int Tighten(int minGapUs, int maxTrainPulses, int maxSessionPulses, int window1Pulses, int window2Pulses, int window3Pulses)
        {
            if (minGapUs != 0 && minGapUs < MinGapUs)
            {
                return 0;
            }

            int refused = FirstLoosening(maxTrainPulses, maxSessionPulses, window1Pulses, window2Pulses, window3Pulses);
            if (refused != -1)
            {
                return refused;
            }

            MinGapUs = minGapUs == 0 ? MinGapUs : minGapUs;
            MaxTrainPulses = maxTrainPulses == 0 ? MaxTrainPulses : maxTrainPulses;
            MaxSessionPulses = maxSessionPulses == 0 ? MaxSessionPulses : maxSessionPulses;
            Window1Pulses = window1Pulses == 0 ? Window1Pulses : window1Pulses;
            Window2Pulses = window2Pulses == 0 ? Window2Pulses : window2Pulses;
            Window3Pulses = window3Pulses == 0 ? Window3Pulses : window3Pulses;
            return -1;
        }

        /// <summary>
        /// Tightens by the first five arguments of the FurtherLimits command; 0 leaves a figure as it is. Never loosens: when one argument
        /// would, or is negative, nothing is changed.
        /// </summary>
        /// <returns>-1 when done, else the index (0 to 4) of the first argument refused.</returns>
        public int TightenFurther(int minWidthUs, int maxWidthUs, int maxSessionS, int maxHourPulses, int maxHighUs)
        {
            if (minWidthUs != 0 && minWidthUs < MinWidthUs)
            {
                return 0;
            }

            int refused = !IsFewer(maxWidthUs, MaxWidthUs) ? 1
                : !IsFewer(maxSessionS, MaxSessionS) ? 2
                : !IsFewer(maxHourPulses, MaxHourPulses) ? 3
                : IsFewer(maxHighUs, MaxHighUs) ? -1 : 4;
            if (refused != -1)
            {
                return refused;
            }

            MinWidthUs = minWidthUs == 0 ? MinWidthUs : minWidthUs;
            MaxWidthUs = maxWidthUs == 0 ? MaxWidthUs : maxWidthUs;
            MaxSessionS = maxSessionS == 0 ? MaxSessionS : maxSessionS;
            MaxHourPulses = maxHourPulses == 0 ? MaxHourPulses : maxHourPulses;
            MaxHighUs = maxHighUs == 0 ? MaxHighUs : maxHighUs;
            return -1;
        }

        /// <summary>Takes each of a stimulator's figures where it is tighter than the one in force, and leaves the others as they are.</summary>
        /// <param name="minGapUs">Smallest onset-to-onset interval in microseconds.</param>
        /// <param name="minWidthUs">Shortest pulse in microseconds.</param>
        /// <param name="maxWidthUs">Longest pulse in microseconds.</param>
        public void TightenPulse(int minGapUs, int minWidthUs, int maxWidthUs)
        {
            MinGapUs = minGapUs > MinGapUs ? minGapUs : MinGapUs;
            MinWidthUs = minWidthUs > MinWidthUs ? minWidthUs : MinWidthUs;
            MaxWidthUs = maxWidthUs < MaxWidthUs ? maxWidthUs : MaxWidthUs;
        }

        /// <summary>The same for what a stimulator and its coil can bear for long.</summary>
        /// <param name="maxHourPulses">Most pulses in an hour.</param>
        /// <param name="maxHighUs">Longest high time of the trigger line in the second window, in microseconds.</param>
        public void TightenLoad(int maxHourPulses, int maxHighUs)
        {
            MaxHourPulses = maxHourPulses < MaxHourPulses ? maxHourPulses : MaxHourPulses;
            MaxHighUs = maxHighUs < MaxHighUs ? maxHighUs : MaxHighUs;
        }

        /// <summary>Whether no figure is looser than its ceiling, and none is negative.</summary>
        public bool IsWithin(Limits ceilings)
        {
            return MinGapUs >= ceilings.MinGapUs
                && MinWidthUs >= ceilings.MinWidthUs
                && IsFewer(MaxWidthUs, ceilings.MaxWidthUs)
                && IsFewer(MaxTrainPulses, ceilings.MaxTrainPulses)
                && IsFewer(MaxSessionPulses, ceilings.MaxSessionPulses)
                && IsFewer(MaxSessionS, ceilings.MaxSessionS)
                && Window1Us >= ceilings.Window1Us
                && IsFewer(Window1Pulses, ceilings.Window1Pulses)
                && Window2Us >= ceilings.Window2Us
                && IsFewer(Window2Pulses, ceilings.Window2Pulses)
                && Window3Us >= ceilings.Window3Us
                && IsFewer(Window3Pulses, ceilings.Window3Pulses)
                && IsFewer(MaxHourPulses, ceilings.MaxHourPulses)
                && IsFewer(MaxHighUs, ceilings.MaxHighUs);
        }

        /// <summary>Writes the fourteen figures, 32 bits little-endian each, in the order of register EffectiveLimits.</summary>
        /// <param name="buffer">Where to.</param>
        /// <param name="offset">First byte; <see cref="Bytes"/> bytes follow.</param>
        public void Write(byte[] buffer, int offset)
        {
            Put(buffer, offset, MinGapUs);
            Put(buffer, offset + 4, MinWidthUs);
            Put(buffer, offset + 8, MaxWidthUs);
            Put(buffer, offset + 12, MaxTrainPulses);
            Put(buffer, offset + 16, MaxSessionPulses);
            Put(buffer, offset + 20, MaxSessionS);
            Put(buffer, offset + 24, Window1Us);
            Put(buffer, offset + 28, Window1Pulses);
            Put(buffer, offset + 32, Window2Us);
            Put(buffer, offset + 36, Window2Pulses);
            Put(buffer, offset + 40, Window3Us);
            Put(buffer, offset + 44, Window3Pulses);
            Put(buffer, offset + 48, MaxHourPulses);
            Put(buffer, offset + 52, MaxHighUs);
        }

        private int FirstLoosening(int maxTrainPulses, int maxSessionPulses, int window1Pulses, int window2Pulses, int window3Pulses)
        {
            if (!IsFewer(maxTrainPulses, MaxTrainPulses))
            {
                return 1;
            }

            if (!IsFewer(maxSessionPulses, MaxSessionPulses))
            {
                return 2;
            }

            if (!IsFewer(window1Pulses, Window1Pulses))
            {
                return 3;
            }

            if (!IsFewer(window2Pulses, Window2Pulses))
            {
                return 4;
            }

            return IsFewer(window3Pulses, Window3Pulses) ? -1 : 5;
        }

        private static bool IsFewer(int value, int most)
        {
            return value >= 0 && value <= most;
        }

        private static void Put(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
            buffer[offset + 2] = (byte)(value >> 16);
            buffer[offset + 3] = (byte)(value >> 24);
        }
    }
}
