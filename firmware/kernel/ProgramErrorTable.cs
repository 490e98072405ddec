namespace Escapement.Kernel
{
    /// <summary>The name, the sentence and the cure of every <see cref="ProgramError"/>. For reports: nothing that steps reads it.</summary>
    public static class ProgramErrorTable
    {
        // One row a code, in order: name, sentence, cure.
        private static readonly string[] Rows =
        {
            "None", "Nothing is wrong.", "Nothing to do.",
            "Truncated", "The program ends before its header or a block is complete.", "Upload the whole program.",
            "TooLong", "The program is longer than 4,096 bytes.", "Use repeats instead of lists, or split the session.",
            "BadMagic", "The bytes are not a pulse program: the first two are not 0x5045.", "Upload a program made by this project's builder.",
            "BadVersion", "The program's version is not 1.", "Use host software that matches this firmware.",
            "BadFlags", "The program has flags that version 1 does not know.", "Write 0, or use host software that matches this firmware.",
            "BadReserved", "A reserved field is not zero.", "Write 0 to every reserved field.",
            "LengthMismatch", "The program states another length than was received.", "Upload the program again, whole.",
            "TrailingBytes", "The program goes on after its last block.", "State the right number of blocks and the right length.",
            "BadBlockCount", "The program has no block or more than 64.", "Use 1 to 64 blocks.",
            "BadDen", "The denominator is not within 1 to 1,000,000.", "Use a time unit from 1 us down to 1 ps.",
            "BadKind", "A block is neither repeats (1) nor a list (2).", "Use kind 1 or 2.",
            "BadLevels", "A repeats block has not 1 to 4 levels, or a list block has levels.", "Give repeats 1 to 4 levels and lists none.",
            "BadTrainDepth", "The train depth is larger than the number of levels, or than 1 in a list.", "Let at most every level separate trains.",
            "BadWidth", "A pulse width is not within 1 to 32,767 us.", "Use a width within 1 to 32,767 us.",
            "ListInRepeats", "A repeats block states list entries.", "Write 0 list entries in a repeats block.",
            "EmptyList", "A list block has no interval.", "Give at least one interval, or use repeats for a single pulse.",
            "ZeroCount", "A level repeats zero times.", "Use a count of at least 1.",
            "ZeroInterval", "A level that repeats, or a list entry, has the interval zero.", "Give an interval longer than the pulse.",
            "IntervalWithoutRepeat", "A level with the count 1 has an interval.", "Write the interval 0 where nothing repeats.",
            "Overlap", "A repetition or list entry begins before the pulse before it has been low for 1 us.", "Lengthen the interval or shorten the pulse.",
            "BlockOverlap", "A block's span ends before its last pulse has been low for 1 us.", "Lengthen the block's span.",
            "SilenceTooLong", "More than one hour lies between two onsets.", "Make two sessions of it.",
            "DurationTooLong", "The program lasts longer than 24 hours.", "Split the session.",
            "TooManyPulses", "The program has more than 1,000,000 pulses.", "Split the session.",
            "NumberTooLarge", "A 64-bit field is 2^63 or more.", "Check the builder: no valid time is that long.",
            "PulsesMismatch", "The stated number of pulses is not the number that the blocks hold.", "State what the blocks hold, or upload again.",
            "LastOnsetMismatch", "The stated last onset is not the one that the blocks give.", "State what the blocks give, or upload again.",
            "CycleMismatch", "The stated cycle is not the sum of the block spans.", "State the sum of the spans, or upload again.",
            "CannotCut", "A stretch of pulses without a silence long enough to cut in does not fit one word list.", "Shorten the train, or leave a silence of at least the board's MinCutGapUs in it.",
            "BadLimits", "The board's plan limits contradict themselves.", "Check the board profile: lists longer than the head, lead-in that fits the head, start bound within the lead-in.",
            "BadListLength", "A list buffer has not the planned length.", "Allocate the buffers again: this is a fault of the firmware.",
            "ExpansionMismatch", "The expanded pulses differ from the plan.", "Do not go on: the program changed in memory, or this is a fault of the firmware.",
        };

        /// <summary>The name of a code, or null when there is no such code.</summary>
        /// <param name="code">One of <see cref="ProgramError"/>.</param>
        public static string Name(int code)
        {
            return Cell(code, 0);
        }

        /// <summary>What is wrong, as one sentence; null when there is no such code.</summary>
        /// <param name="code">One of <see cref="ProgramError"/>.</param>
        public static string Sentence(int code)
        {
            return Cell(code, 1);
        }

        /// <summary>What to do about it, as one sentence; null when there is no such code.</summary>
        /// <param name="code">One of <see cref="ProgramError"/>.</param>
        public static string Cure(int code)
        {
            return Cell(code, 2);
        }

        private static string Cell(int code, int column)
        {
            return code >= 0 && code < ProgramError.Codes ? Rows[code * 3 + column] : null;
        }
    }
}
