using System;

namespace Escapement.Kernel
{
    /// <summary>
    /// Walks a verified program pulse by pulse: lazy, in constant memory, exact. Onsets are kept as a quotient and a remainder of
    /// 1/(2 den) us, so a pulse costs additions and one comparison, nothing drifts, and every onset is rounded once, from the
    /// session's origin.
    /// </summary>
    public sealed class Sequencer
    {
        // Two repetitions to copy, one to copy from, and the last, whose step is another level's.
        private const int MinGroupCount = 4;

        // The encoder and the planner read these on their hot paths, where a property would cost a call.
        internal long onsetUs;

        // From the onset before to this one.
        internal long gapUs;
        internal int widthUs;
        internal int level;
        internal int index;
        internal int trainDepth;
        internal int levels;
        internal int block;

        // The level that most pulses advance; 0 in a list.
        internal int innermost;
        internal readonly int[] counts = new int[ProgramFormat.MaxLevels];
        internal readonly int[] indices = new int[ProgramFormat.MaxLevels];

        // How many repetitions of a level last a whole number of ticks; 0 where it does not repeat often enough to make use of that.
        internal readonly int[] groupCounts = new int[ProgramFormat.MaxLevels];
        internal readonly int[] pulsesPerRepeat = new int[ProgramFormat.MaxLevels];

        // The step from the last pulse of one repetition to the first of the next, as quotient and doubled remainder.
        internal readonly long[] stepUs = new long[ProgramFormat.MaxLevels];
        internal readonly int[] stepRest = new int[ProgramFormat.MaxLevels];
        private readonly long[] intervals = new long[ProgramFormat.MaxLevels];
        private byte[] image;
        private int den;
        private int modulus;
        private int rest;
        private int blockCount;
        private int nextBlockOffset;
        private int entryOffset;
        private int entriesLeft;
        private long boundaryUs;
        private int boundaryRest;

        /// <summary>Onset of the current pulse in microseconds (ticks) from the session's origin.</summary>
        public long OnsetUs { get { return onsetUs; } }

        /// <summary>Width of the current pulse in microseconds.</summary>
        public int WidthUs { get { return widthUs; } }

        /// <summary>The outermost level that advanced to reach the current pulse: -1 a new block, 0 to 3 a level, 0 for every list entry.</summary>
        public int Level { get { return level; } }

        /// <summary>Index of the current pulse in the session; -1 before the first.</summary>
        public int Index { get { return index; } }

        /// <summary>Index of the current pulse's block.</summary>
        public int Block { get { return block; } }

        /// <summary>How many outermost levels of the current block separate trains.</summary>
        public int TrainDepth { get { return trainDepth; } }

        /// <summary>Starts before the first pulse.</summary>
        /// <param name="image">A program that <see cref="ProgramVerifier"/> accepted; anything else gives nonsense.</param>
        public void Begin(byte[] image)
        {
            this.image = image;
            den = (int)ProgramFormat.ReadU32(image, ProgramFormat.DenOffset);
            modulus = 2 * den;
            blockCount = ProgramFormat.ReadU16(image, ProgramFormat.BlockCountOffset);
            nextBlockOffset = ProgramFormat.HeaderBytes;
            block = -1;
            index = -1;
            level = -1;
            levels = 0;
            entriesLeft = 0;
            onsetUs = 0;
            gapUs = 0;
            widthUs = 0;
            trainDepth = 0;
            rest = den; // half a tick: makes the quotient the rounded onset
            boundaryUs = 0;
            boundaryRest = 0;
        }

        /// <summary>Goes to the next pulse. False, with everything left as it is, after the last one.</summary>
        public bool Next()
        {
            int l = levels;
            while (--l >= 0)
            {
                int i = indices[l] + 1;
                if (i < counts[l])
                {
                    indices[l] = i;
                    level = l;
                    index++;
                    long gap = stepUs[l];
                    int sum = rest + stepRest[l];
                    if (sum >= modulus)
                    {
                        sum -= modulus;
                        gap++;
                    }

                    rest = sum;
                    gapUs = gap;
                    onsetUs += gap;
                    return true;
                }

                indices[l] = 0;
            }

            return entriesLeft > 0 ? NextEntry() : NextBlock();
        }

        /// <summary>Takes over another sequencer's place.</summary>
        /// <param name="other">The one to follow; it stays as it is.</param>
        public void CopyFrom(Sequencer other)
        {
            image = other.image;
            den = other.den;
            modulus = other.modulus;
            rest = other.rest;
            blockCount = other.blockCount;
            nextBlockOffset = other.nextBlockOffset;
            entryOffset = other.entryOffset;
            entriesLeft = other.entriesLeft;
            boundaryUs = other.boundaryUs;
            boundaryRest = other.boundaryRest;
            onsetUs = other.onsetUs;
            widthUs = other.widthUs;
            level = other.level;
            index = other.index;
            trainDepth = other.trainDepth;
            levels = other.levels;
            block = other.block;
            innermost = other.innermost;
            Array.Copy(other.counts, 0, counts, 0, levels);
            Array.Copy(other.indices, 0, indices, 0, levels);
            Array.Copy(other.groupCounts, 0, groupCounts, 0, levels);
            Array.Copy(other.pulsesPerRepeat, 0, pulsesPerRepeat, 0, levels);
            Array.Copy(other.stepUs, 0, stepUs, 0, levels);
            Array.Copy(other.stepRest, 0, stepRest, 0, levels);
            Array.Copy(other.intervals, 0, intervals, 0, levels);
        }

        /// <summary>Goes over a number of repetitions of a level at once. Only from the first pulse of one, and not beyond the last.</summary>
        internal void Skip(int atLevel, int repeats)
        {
            long units = repeats * intervals[atLevel];
            indices[atLevel] += repeats;
            index += repeats * pulsesPerRepeat[atLevel];
            level = atLevel;
            Advance(units / den, 2 * (int)(units % den));
        }

        private long Advance(long us, int addRest)
        {
            rest += addRest;
            if (rest >= modulus)
            {
                rest -= modulus;
                us++;
            }

            onsetUs += us;
            return us;
        }

        private bool NextEntry()
        {
            long us = ProgramFormat.ReadU32(image, entryOffset);
            onsetUs += us;
            gapUs = us;
            boundaryUs -= us;
            entryOffset += ProgramFormat.EntryBytes;
            entriesLeft--;
            level = 0;
            index++;
            return true;
        }

        private bool NextBlock()
        {
            if (block + 1 >= blockCount || !IsInside(nextBlockOffset))
            {
                StayAtLast();
                return false;
            }

            block++;
            gapUs = Advance(boundaryUs, boundaryRest);
            LoadBlock(nextBlockOffset);
            level = -1;
            index++;
            return true;
        }

        // Next() has set the indices back to 0 on its way: without this a second call would begin the block anew.
        private void StayAtLast()
        {
            for (int l = 0; l < levels; l++)
            {
                indices[l] = counts[l] - 1;
            }
        }

        // Never false for a verified program. One that changed in memory since then ends here instead of throwing.
        private bool IsInside(int offset)
        {
            int end = offset + ProgramFormat.BlockBytes;
            if (end > image.Length)
            {
                return false;
            }

            int stated = image[offset + ProgramFormat.BlockLevelsOffset];
            bool isList = image[offset + ProgramFormat.BlockKindOffset] == ProgramFormat.KindList;
            if (stated > ProgramFormat.MaxLevels || (stated == 0 && !isList))
            {
                return false;
            }

            end += stated * ProgramFormat.LevelBytes;
            end += ProgramFormat.ReadU16(image, offset + ProgramFormat.BlockListCountOffset) * ProgramFormat.EntryBytes;
            return end <= image.Length;
        }

        private void LoadBlock(int offset)
        {
            trainDepth = image[offset + ProgramFormat.BlockTrainDepthOffset];
            widthUs = ProgramFormat.ReadU16(image, offset + ProgramFormat.BlockWidthOffset);
            long spanUnits = ProgramFormat.ReadU64(image, offset + ProgramFormat.BlockSpanOffset);
            long lastUnits;
            if (image[offset + ProgramFormat.BlockKindOffset] == ProgramFormat.KindList)
            {
                lastUnits = LoadList(offset);
            }
            else
            {
                lastUnits = LoadLevels(offset);
            }

            long boundaryUnits = spanUnits - lastUnits;
            boundaryUs = boundaryUnits / den;
            boundaryRest = 2 * (int)(boundaryUnits % den);
        }

        private long LoadLevels(int offset)
        {
            levels = image[offset + ProgramFormat.BlockLevelsOffset];
            innermost = levels - 1;
            entriesLeft = 0;
            nextBlockOffset = offset + ProgramFormat.BlockBytes + levels * ProgramFormat.LevelBytes;
            int at = nextBlockOffset;
            long innerUnits = 0; // first to last onset of one repetition
            int pulses = 1;
            for (int l = levels - 1; l >= 0; l--)
            {
                at -= ProgramFormat.LevelBytes;
                int count = (int)ProgramFormat.ReadU32(image, at + ProgramFormat.LevelCountOffset);
                long interval = ProgramFormat.ReadU64(image, at + ProgramFormat.LevelIntervalOffset);
                long step = interval - innerUnits;
                counts[l] = count;
                indices[l] = 0;
                stepUs[l] = step / den;
                stepRest[l] = 2 * (int)(step % den);
                pulsesPerRepeat[l] = pulses;
                intervals[l] = interval;
                LoadGroup(l, count, interval);
                pulses *= count;
                innerUnits += (count - 1) * interval;
            }


            return innerUnits;
        }

        private void LoadGroup(int l, int count, long interval)
        {
            if (count < MinGroupCount)
            {
                groupCounts[l] = 0;
                return;
            }

            int a = den;
            int b = (int)(interval % den);
            while (b != 0)
            {
                int remainder = a % b;
                a = b;
                b = remainder;
            }

            int group = den / a;
            groupCounts[l] = 2L * group + 1 < count ? group : 0;
        }

        // The step over the block's end shrinks with every entry played, so the list is never walked ahead.
        private long LoadList(int offset)
        {
            levels = 0;
            innermost = 0;
            entriesLeft = ProgramFormat.ReadU16(image, offset + ProgramFormat.BlockListCountOffset);
            entryOffset = offset + ProgramFormat.BlockBytes;
            nextBlockOffset = entryOffset + entriesLeft * ProgramFormat.EntryBytes;
            return 0;
        }
    }
}
