namespace Escapement.Safety
{
    /// <summary>Names, sentences and cures of the output guard's verdicts, by their number.</summary>
    public static class GuardTable
    {
        private const string Bug = "Report this with the session record: encoder and guard disagree.";
        private const string Protocol = "Change the protocol, or the limits set for this session.";

        private static readonly SafetyEntry[] rows =
        {
            Row(GuardVerdict.None, "None", SafetyEntry.SeverityLow, "Nothing is wrong.", "Nothing to do."),
            Row(GuardVerdict.NotJudged, "NotJudged", SafetyEntry.SeverityHigh, "No list has been judged since the last one was sent.", Bug),
            Row(GuardVerdict.BadPlan, "BadPlan", SafetyEntry.SeverityHigh, "The plan or the limits given with the list make no sense.", Bug),
            Row(GuardVerdict.ListLength, "ListLength", SafetyEntry.SeverityHigh, "The list is shorter or longer than it says, or longer than 32,768 words.", Bug),
            Row(GuardVerdict.ChannelMultiple, "ChannelMultiple", SafetyEntry.SeverityLow, "The list is an exact multiple of the channel memory, so the hardware would send nothing.", Bug),
            Row(GuardVerdict.ZeroHalf, "ZeroHalf", SafetyEntry.SeverityHigh, "A half-word is zero, which stops the hardware there.", Bug),
            Row(GuardVerdict.HeadNotLow, "HeadNotLow", SafetyEntry.SeverityHigh, "The lead-in is not low throughout.", Bug),
            Row(GuardVerdict.FirstOnset, "FirstOnset", SafetyEntry.SeverityHigh, "The first pulse does not follow the lead-in at once.", Bug),
            Row(GuardVerdict.Count, "Count", SafetyEntry.SeverityHigh, "The list holds more or fewer pulses than planned.", Bug),
            Row(GuardVerdict.MinGap, "MinGap", SafetyEntry.SeverityHigh, "Two pulses are closer than the smallest interval allowed.", Protocol),
            Row(GuardVerdict.WidthShort, "WidthShort", SafetyEntry.SeverityLow, "A pulse is shorter than the shortest allowed.", Protocol),
            Row(GuardVerdict.WidthLong, "WidthLong", SafetyEntry.SeverityHigh, "A pulse is longer than the longest allowed.", Protocol),
            Row(GuardVerdict.Window1, "Window1", SafetyEntry.SeverityHigh, "The first sliding window would hold too many pulses.", "Wait until the pulses before are old enough, or change the protocol."),
            Row(GuardVerdict.Window2, "Window2", SafetyEntry.SeverityHigh, "The second sliding window would hold too many pulses.", "Wait until the pulses before are old enough, or change the protocol."),
            Row(GuardVerdict.Window3, "Window3", SafetyEntry.SeverityHigh, "The third sliding window would hold too many pulses.", "Wait until the pulses before are old enough (5 s after power-up), or change the protocol."),
            Row(GuardVerdict.Span, "Span", SafetyEntry.SeverityHigh, "The time from first to last onset is not the planned one.", Bug),
            Row(GuardVerdict.EndsHigh, "EndsHigh", SafetyEntry.SeverityHigh, "The list ends with the line high.", Bug),
            Row(GuardVerdict.Padding, "Padding", SafetyEntry.SeverityMedium, "What follows the last pulse is not low halves of 1 tick.", Bug),
            Row(GuardVerdict.TrainTotal, "TrainTotal", SafetyEntry.SeverityHigh, "The transaction holds more pulses than allowed.", Protocol),
            Row(GuardVerdict.SessionTotal, "SessionTotal", SafetyEntry.SeverityHigh, "The session would hold more pulses than allowed.", Protocol),
            Row(GuardVerdict.SessionTime, "SessionTime", SafetyEntry.SeverityMedium, "The session would last longer than allowed.", Protocol),
            Row(GuardVerdict.HourTotal, "HourTotal", SafetyEntry.SeverityHigh, "The last hour would hold more pulses than allowed.", "Wait until enough pulses are older than an hour, or change the protocol."),
            Row(GuardVerdict.Duty, "Duty", SafetyEntry.SeverityMedium, "The trigger line would be high for too long in the second sliding window.", "Use shorter pulses or longer intervals, or wait until the pulses before are old enough."),
        };

        /// <summary>Number of verdicts; they are numbered from 0.</summary>
        public static int Count
        {
            get { return rows.Length; }
        }

        /// <summary>The row of a verdict, or null for a number that is none.</summary>
        public static SafetyEntry At(int verdict)
        {
            return verdict < 0 || verdict >= rows.Length ? null : rows[verdict];
        }

        private static SafetyEntry Row(int code, string name, int severity, string sentence, string cure)
        {
            return new SafetyEntry(code, name, severity, 0, sentence, cure);
        }
    }
}
