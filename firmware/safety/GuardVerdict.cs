namespace Escapement.Safety
{
    /// <summary>What the output guard found; the first thing wrong.</summary>
    public static class GuardVerdict
    {
        /// <summary>Nothing is wrong (so far, while it is still at work).</summary>
        public const int None = 0;

        /// <summary>No list has been given, or the judged one was sent already.</summary>
        public const int NotJudged = 1;

        /// <summary>The plan or the limits given with the list make no sense.</summary>
        public const int BadPlan = 2;

        /// <summary>The list's length is wrong.</summary>
        public const int ListLength = 3;

        /// <summary>The list is an exact multiple of the channel memory.</summary>
        public const int ChannelMultiple = 4;

        /// <summary>A half-word is zero.</summary>
        public const int ZeroHalf = 5;

        /// <summary>The head is not low throughout.</summary>
        public const int HeadNotLow = 6;

        /// <summary>The first pulse does not follow the head at once.</summary>
        public const int FirstOnset = 7;

        /// <summary>The number of pulses is not the planned one.</summary>
        public const int Count = 8;

        /// <summary>Two pulses are too close.</summary>
        public const int MinGap = 9;

        /// <summary>A pulse is too short.</summary>
        public const int WidthShort = 10;

        /// <summary>A pulse is too long.</summary>
        public const int WidthLong = 11;

        /// <summary>Too many pulses in the first sliding window.</summary>
        public const int Window1 = 12;

        /// <summary>Too many pulses in the second sliding window.</summary>
        public const int Window2 = 13;

        /// <summary>Too many pulses in the third sliding window.</summary>
        public const int Window3 = 14;

        /// <summary>First to last onset is not as planned.</summary>
        public const int Span = 15;

        /// <summary>The list ends with the line high.</summary>
        public const int EndsHigh = 16;

        /// <summary>What follows the last pulse is not 1-tick low halves.</summary>
        public const int Padding = 17;

        /// <summary>Too many pulses in one transaction.</summary>
        public const int TrainTotal = 18;

        /// <summary>Too many pulses in the session.</summary>
        public const int SessionTotal = 19;

        /// <summary>The session lasts too long.</summary>
        public const int SessionTime = 20;

        /// <summary>Too many pulses in an hour.</summary>
        public const int HourTotal = 21;

        /// <summary>The trigger line would be high for too long in the second sliding window.</summary>
        public const int Duty = 22;
    }
}
