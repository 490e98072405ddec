namespace Escapement.Kernel
{
    /// <summary>Why a program was refused. Names, sentences and cures: <see cref="ProgramErrorTable"/> and docs/program-format.md.</summary>
    public static class ProgramError
    {
        /// <summary>Nothing is wrong.</summary>
        public const int None = 0;

        /// <summary>Ends before its header or a block is complete.</summary>
        public const int Truncated = 1;

        /// <summary>Longer than 4,096 bytes.</summary>
        public const int TooLong = 2;

        /// <summary>Does not begin with the magic.</summary>
        public const int BadMagic = 3;

        /// <summary>Of a version that this kernel does not play.</summary>
        public const int BadVersion = 4;

        /// <summary>Has flags that this version does not know.</summary>
        public const int BadFlags = 5;

        /// <summary>A reserved field is not zero.</summary>
        public const int BadReserved = 6;

        /// <summary>States another length than was received.</summary>
        public const int LengthMismatch = 7;

        /// <summary>Goes on after its last block.</summary>
        public const int TrailingBytes = 8;

        /// <summary>Has no block or more than 64.</summary>
        public const int BadBlockCount = 9;

        /// <summary>Denominator outside 1 to 1,000,000.</summary>
        public const int BadDen = 10;

        /// <summary>A block is neither repeats nor a list.</summary>
        public const int BadKind = 11;

        /// <summary>A repeats block has not 1 to 4 levels, or a list block has levels.</summary>
        public const int BadLevels = 12;

        /// <summary>Train depth larger than the levels (repeats) or than 1 (list).</summary>
        public const int BadTrainDepth = 13;

        /// <summary>Pulse width outside 1 to 32,767 us.</summary>
        public const int BadWidth = 14;

        /// <summary>A repeats block states list entries.</summary>
        public const int ListInRepeats = 15;

        /// <summary>A list block has no interval.</summary>
        public const int EmptyList = 16;

        /// <summary>A level repeats zero times.</summary>
        public const int ZeroCount = 17;

        /// <summary>A level that repeats, or a list entry, has the interval zero.</summary>
        public const int ZeroInterval = 18;

        /// <summary>A level that does not repeat has an interval.</summary>
        public const int IntervalWithoutRepeat = 19;

        /// <summary>A repetition or list entry begins before the pulse before it has ended by at least one tick.</summary>
        public const int Overlap = 20;

        /// <summary>A block's span ends before its last pulse has ended by at least one tick.</summary>
        public const int BlockOverlap = 21;

        /// <summary>More than one hour between two onsets.</summary>
        public const int SilenceTooLong = 22;

        /// <summary>Longer than 24 hours.</summary>
        public const int DurationTooLong = 23;

        /// <summary>More than 1,000,000 pulses.</summary>
        public const int TooManyPulses = 24;

        /// <summary>A 64-bit field is 2^63 or more.</summary>
        public const int NumberTooLarge = 25;

        /// <summary>States another number of pulses than it holds.</summary>
        public const int PulsesMismatch = 26;

        /// <summary>States another last onset than it has.</summary>
        public const int LastOnsetMismatch = 27;

        /// <summary>States another cycle than the sum of its block spans.</summary>
        public const int CycleMismatch = 28;

        /// <summary>Planning: a stretch without a gap long enough to cut does not fit one list.</summary>
        public const int CannotCut = 29;

        /// <summary>Planning: the board's limits contradict themselves.</summary>
        public const int BadLimits = 30;

        /// <summary>Encoding: the list buffer has not the planned length.</summary>
        public const int BadListLength = 31;

        /// <summary>Encoding: what was expanded differs from the plan.</summary>
        public const int ExpansionMismatch = 32;

        /// <summary>Number of codes, <see cref="None"/> included.</summary>
        public const int Codes = 33;
    }
}
