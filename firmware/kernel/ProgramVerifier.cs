namespace Escapement.Kernel
{
    /// <summary>
    /// Decides whether an image is a program that can be played, before anything else reads it. Takes any bytes, never throws, works in
    /// slices, and never computes a number that could wrap: every product is bounded by a division before it is made.
    /// </summary>
    public sealed class ProgramVerifier
    {
        private const int AtHeader = 0;
        private const int AtBlock = 1;
        private const int AtLevel = 2;
        private const int AtEntry = 3;
        private const int AtBlockEnd = 4;
        private const int AtEnd = 5;
        private const int Accepted = 6;
        private const int Refused = 7;

        private byte[] image;
        private int length;
        private int state = Refused;
        private int error = ProgramError.Truncated;
        private int den;
        private long maxUnits;
        private long maxGapUnits;
        private int blockCount;
        private int block;
        private int offset;
        private int blockEnd;
        private int level;
        private int widthUs;
        private long pulseUnits;
        private long spanUnits;
        private long innerUnits;
        private int blockPulses;
        private long sumUnits;
        private long lastOnsetUnits;
        private long minGapUnits;
        private int pulses;
        private int minWidthUs;
        private int maxWidthUs;

        /// <summary>Why the image was refused: one of <see cref="ProgramError"/>, 0 while it was not.</summary>
        public int Error { get { return error; } }

        /// <summary>Pulses that the blocks hold. Like all that follows: known once accepted.</summary>
        public int Pulses { get { return pulses; } }

        /// <summary>From the session's first onset to its last, in microseconds, rounded half up.</summary>
        public long LastOnsetUs { get { return Round(lastOnsetUnits); } }

        /// <summary>The cycle (sum of all block spans) in microseconds, rounded half up.</summary>
        public long CycleUs { get { return Round(sumUnits); } }

        /// <summary>Smallest time between two onsets in whole microseconds, rounded down; int.MaxValue when it is longer or there is one pulse only.</summary>
        public int MinGapUs
        {
            get
            {
                long us = den > 0 ? minGapUnits / den : 0;
                return us > int.MaxValue ? int.MaxValue : (int)us;
            }
        }

        /// <summary>Shortest pulse width in microseconds.</summary>
        public int MinWidthUs { get { return minWidthUs; } }

        /// <summary>Longest pulse width in microseconds.</summary>
        public int MaxWidthUs { get { return maxWidthUs; } }

        /// <summary>The program's denominator: its time unit is 1/den microsecond.</summary>
        public int Den { get { return den; } }

        /// <summary>Begins with a new image.</summary>
        /// <param name="image">Any bytes; must not change before the verdict, or while the program is played.</param>
        /// <param name="length">How many of them are the program, in bytes.</param>
        public void Begin(byte[] image, int length)
        {
            this.image = image;
            this.length = length;
            error = ProgramError.None;
            state = AtHeader;
            den = 0;
            block = 0;
            pulses = 0;
            sumUnits = 0;
            lastOnsetUnits = 0;
            minGapUnits = long.MaxValue;
            minWidthUs = int.MaxValue;
            maxWidthUs = 0;
            if (image == null || length < ProgramFormat.HeaderBytes || length > image.Length)
            {
                Refuse(ProgramError.Truncated);
            }
            else if (length > ProgramFormat.MaxBytes)
            {
                Refuse(ProgramError.TooLong);
            }
        }

        /// <summary>Goes on.</summary>
        /// <param name="budget">Items to check at most (header, block, level, list entry): none costs more than some 250 opcodes.</param>
        /// <returns>0 still working, 1 accepted, -1 refused (see <see cref="Error"/>).</returns>
        public int Step(int budget)
        {
            while (state < Accepted && budget > 0)
            {
                budget--;
                int found = CheckItem();
                if (found != ProgramError.None)
                {
                    Refuse(found);
                }
            }

            if (state < Accepted)
            {
                return 0;
            }

            return state == Accepted ? 1 : -1;
        }

        private void Refuse(int code)
        {
            error = code;
            state = Refused;
        }

        private int CheckItem()
        {
            switch (state)
            {
                case AtHeader: return CheckHeader();
                case AtBlock: return CheckBlock();
                case AtLevel: return CheckLevel();
                case AtEntry: return CheckEntry();
                case AtBlockEnd: return CheckBlockEnd();
                default: return CheckTotals();
            }
        }

        private int CheckHeader()
        {
            if (ProgramFormat.ReadU16(image, ProgramFormat.MagicOffset) != ProgramFormat.Magic)
            {
                return ProgramError.BadMagic;
            }

            if (image[ProgramFormat.VersionOffset] != ProgramFormat.Version)
            {
                return ProgramError.BadVersion;
            }

            if (image[ProgramFormat.FlagsOffset] != 0)
            {
                return ProgramError.BadFlags;
            }

            if (ProgramFormat.ReadU16(image, ProgramFormat.LengthOffset) != length)
            {
                return ProgramError.LengthMismatch;
            }

            if (ProgramFormat.ReadU64(image, ProgramFormat.ReservedOffset) != 0)
            {
                return ProgramError.BadReserved;
            }

            blockCount = ProgramFormat.ReadU16(image, ProgramFormat.BlockCountOffset);
            if (blockCount < 1 || blockCount > ProgramFormat.MaxBlocks)
            {
                return ProgramError.BadBlockCount;
            }

            long wide = ProgramFormat.ReadU32(image, ProgramFormat.DenOffset);
            if (wide < 1 || wide > ProgramFormat.MaxDen)
            {
                return ProgramError.BadDen;
            }

            den = (int)wide;
            maxUnits = ProgramFormat.MaxDurationUs * den; // at most 8.64e16
            maxGapUnits = ProgramFormat.MaxGapUs * den;
            offset = ProgramFormat.HeaderBytes;
            state = AtBlock;
            return ProgramError.None;
        }

        private int CheckBlock()
        {
            if (offset + ProgramFormat.BlockBytes > length)
            {
                return ProgramError.Truncated;
            }

            if (image[offset + ProgramFormat.BlockReservedOffset] != 0)
            {
                return ProgramError.BadReserved;
            }

            widthUs = ProgramFormat.ReadU16(image, offset + ProgramFormat.BlockWidthOffset);
            if (widthUs < 1 || widthUs > ProgramFormat.MaxWidthUs)
            {
                return ProgramError.BadWidth;
            }

            minWidthUs = widthUs < minWidthUs ? widthUs : minWidthUs;
            maxWidthUs = widthUs > maxWidthUs ? widthUs : maxWidthUs;
            pulseUnits = (widthUs + 1L) * den; // the pulse and one tick of low after it
            innerUnits = 0;
            blockPulses = 1;
            int kind = image[offset + ProgramFormat.BlockKindOffset];
            int levels = image[offset + ProgramFormat.BlockLevelsOffset];
            int depth = image[offset + ProgramFormat.BlockTrainDepthOffset];
            int entries = ProgramFormat.ReadU16(image, offset + ProgramFormat.BlockListCountOffset);
            if (kind == ProgramFormat.KindRepeats)
            {
                return BeginRepeats(levels, depth, entries);
            }

            return kind == ProgramFormat.KindList ? BeginList(levels, depth, entries) : ProgramError.BadKind;
        }

        private int BeginRepeats(int levels, int depth, int entries)
        {
            if (levels < 1 || levels > ProgramFormat.MaxLevels)
            {
                return ProgramError.BadLevels;
            }

            if (depth > levels)
            {
                return ProgramError.BadTrainDepth;
            }

            if (entries != 0)
            {
                return ProgramError.ListInRepeats;
            }

            level = levels;
            state = AtLevel;
            return CheckSpan(levels * ProgramFormat.LevelBytes);
        }

        private int BeginList(int levels, int depth, int entries)
        {
            if (levels != 0)
            {
                return ProgramError.BadLevels;
            }

            if (depth > 1)
            {
                return ProgramError.BadTrainDepth;
            }

            if (entries == 0)
            {
                return ProgramError.EmptyList;
            }

            level = 0; // counts the entries
            state = AtEntry;
            return CheckSpan(entries * ProgramFormat.EntryBytes);
        }

        private int CheckSpan(int tailBytes)
        {
            blockEnd = offset + ProgramFormat.BlockBytes + tailBytes;
            if (blockEnd > length)
            {
                return ProgramError.Truncated;
            }

            spanUnits = ProgramFormat.ReadU64(image, offset + ProgramFormat.BlockSpanOffset);
            if (spanUnits < 0)
            {
                return ProgramError.NumberTooLarge;
            }

            return spanUnits > maxUnits - sumUnits ? ProgramError.DurationTooLong : ProgramError.None;
        }

        // From the innermost level outwards: each needs the length of what it repeats.
        private int CheckLevel()
        {
            level--;
            int at = offset + ProgramFormat.BlockBytes + level * ProgramFormat.LevelBytes;
            long count = ProgramFormat.ReadU32(image, at + ProgramFormat.LevelCountOffset);
            long interval = ProgramFormat.ReadU64(image, at + ProgramFormat.LevelIntervalOffset);
            state = level == 0 ? AtBlockEnd : AtLevel;
            if (count == 0)
            {
                return ProgramError.ZeroCount;
            }

            if (count == 1)
            {
                return interval == 0 ? ProgramError.None : ProgramError.IntervalWithoutRepeat;
            }

            if (interval <= 0)
            {
                return interval == 0 ? ProgramError.ZeroInterval : ProgramError.NumberTooLarge;
            }

            int found = CheckGap(interval - innerUnits, ProgramError.Overlap);
            if (found != ProgramError.None)
            {
                return found;
            }

            if (count > ProgramFormat.MaxPulses / blockPulses)
            {
                return ProgramError.TooManyPulses;
            }

            if (count - 1 > (maxUnits - innerUnits) / interval)
            {
                return ProgramError.DurationTooLong;
            }

            blockPulses *= (int)count;
            innerUnits += (count - 1) * interval;
            return ProgramError.None;
        }

        private int CheckEntry()
        {
            int at = offset + ProgramFormat.BlockBytes + level * ProgramFormat.EntryBytes;
            long units = ProgramFormat.ReadU32(image, at) * den; // at most 4.3e15
            if (units == 0)
            {
                return ProgramError.ZeroInterval;
            }

            int found = CheckGap(units, ProgramError.Overlap);
            if (found != ProgramError.None)
            {
                return found;
            }

            innerUnits += units; // a gap is at most an hour and a list 1,010 entries: below 3.7e18
            blockPulses++;
            level++;
            state = at + ProgramFormat.EntryBytes == blockEnd ? AtBlockEnd : AtEntry;
            return innerUnits > maxUnits ? ProgramError.DurationTooLong : ProgramError.None;
        }

        private int CheckGap(long gapUnits, int tooShort)
        {
            if (gapUnits < pulseUnits)
            {
                return tooShort;
            }

            if (gapUnits > maxGapUnits)
            {
                return ProgramError.SilenceTooLong;
            }

            minGapUnits = gapUnits < minGapUnits ? gapUnits : minGapUnits;
            return ProgramError.None;
        }

        private int CheckBlockEnd()
        {
            block++;
            long restUnits = spanUnits - innerUnits;
            if (restUnits < pulseUnits)
            {
                return ProgramError.BlockOverlap;
            }

            if (block < blockCount)
            {
                int found = CheckGap(restUnits, ProgramError.BlockOverlap);
                if (found != ProgramError.None)
                {
                    return found;
                }
            }

            pulses += blockPulses; // at most 64 times a million
            if (pulses > ProgramFormat.MaxPulses)
            {
                return ProgramError.TooManyPulses;
            }

            lastOnsetUnits = sumUnits + innerUnits;
            sumUnits += spanUnits;
            offset = blockEnd;
            state = block < blockCount ? AtBlock : AtEnd;
            return ProgramError.None;
        }

        private int CheckTotals()
        {
            if (offset != length)
            {
                return ProgramError.TrailingBytes;
            }

            if (ProgramFormat.ReadU32(image, ProgramFormat.PulsesOffset) != pulses)
            {
                return ProgramError.PulsesMismatch;
            }

            if (ProgramFormat.ReadU64(image, ProgramFormat.LastOnsetOffset) != lastOnsetUnits)
            {
                return ProgramError.LastOnsetMismatch;
            }

            if (ProgramFormat.ReadU64(image, ProgramFormat.CycleOffset) != sumUnits)
            {
                return ProgramError.CycleMismatch;
            }

            state = Accepted;
            return ProgramError.None;
        }

        private long Round(long units)
        {
            return den > 0 ? (2 * units + den) / (2L * den) : 0;
        }
    }
}
