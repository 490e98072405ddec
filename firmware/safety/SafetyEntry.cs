namespace Escapement.Safety
{
    /// <summary>One row of a table of reasons, faults or verdicts.</summary>
    public sealed class SafetyEntry
    {
        /// <summary>The bit mask (reasons and faults) or the number (verdicts).</summary>
        public readonly int Code;

        /// <summary>Its name, as in device.yml.</summary>
        public readonly string Name;

        /// <summary>One sentence: what is the matter.</summary>
        public readonly string Sentence;

        /// <summary>What to do about it.</summary>
        public readonly string Cure;

        /// <summary>One of <see cref="SafetyEntry.SeverityLow"/>, <see cref="SafetyEntry.SeverityMedium"/>, <see cref="SafetyEntry.SeverityHigh"/>.</summary>
        public readonly int Severity;

        /// <summary>
        /// States, one bit each (<see cref="StateTable.Bit"/>). Of a reason: the states that may not be entered while it stands.
        /// Of a fault: the states in which its cause latches it.
        /// </summary>
        public readonly int States;

        /// <summary>At worst pulses or data are lost.</summary>
        public const int SeverityLow = 1;

        /// <summary>An unsafe condition could stay hidden, or a stop come late.</summary>
        public const int SeverityMedium = 2;

        /// <summary>Pulses could leave that nobody asked for.</summary>
        public const int SeverityHigh = 3;

        internal SafetyEntry(int code, string name, int severity, int states, string sentence, string cure)
        {
            Code = code;
            Name = name;
            Severity = severity;
            States = states;
            Sentence = sentence;
            Cure = cure;
        }
    }
}
