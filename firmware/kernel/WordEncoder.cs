using System;

namespace Escapement.Kernel
{
    /// <summary>
    /// Writes the word list of one transaction, in slices: nominal head, body, padding. Every pulse begins a word; repetitions that last a
    /// whole number of ticks give the same words again, so they are written once and copied natively, doubling.
    /// </summary>
    public sealed class WordEncoder
    {
        private const int WordBytes = 4;
        private const int MaxCopyBytes = 16384;
        private const int FullLowWords = 64;
        private const int PulseCost = 3;
        private const int CopyCost = 3;
        private readonly Sequencer sequencer = new Sequencer();
        private readonly byte[] fullLows = new byte[FullLowWords * WordBytes];

        // Where the current group of repetitions of a level began in the list (-1: not at its beginning), and how many have passed since.
        private readonly int[] groupAt = new int[ProgramFormat.MaxLevels];
        private readonly int[] passed = new int[ProgramFormat.MaxLevels];
        private byte[] list;
        private int state = -1;
        private int error = ProgramError.BadListLength;
        private int position;
        private int bodyEnd;
        private int pulsesLeft;
        private int copyEnd;
        private int copyDistance;
        private bool advanced;
        private long lastLowUs;
        private int lastWidthUs;
        private int lastBytes;

        /// <summary>Allocates what encoding needs: once, at boot.</summary>
        public WordEncoder()
        {
            for (int i = 0; i < fullLows.Length; i += 2)
            {
                HeadWriter.SetHalf(fullLows, i, PlanMath.MaxHalfUs);
            }
        }

        /// <summary>Words written until now, head and padding included.</summary>
        public int Written { get { return position / WordBytes; } }

        /// <summary>Why encoding failed: one of <see cref="ProgramError"/>, 0 when it did not.</summary>
        public int Error { get { return error; } }

        /// <summary>Begins with a transaction. Everything needed is taken over from the plan at once: it may go on to the next transaction afterwards.</summary>
        /// <param name="list">The list buffer: as long as the transaction's slot says.</param>
        /// <param name="plan">A planner that describes a transaction (Step answered 1).</param>
        /// <param name="limits">The limits that the plan was made with.</param>
        public void Begin(byte[] list, TransactionPlanner plan, PlanLimits limits)
        {
            this.list = list;
            bodyEnd = plan.Words * WordBytes;
            position = 0;
            if (list == null || list.Length < bodyEnd || (list.Length & (WordBytes - 1)) != 0
                || list.Length / WordBytes % limits.ChannelWords == 0)
            {
                Fail(ProgramError.BadListLength);
                return;
            }

            HeadWriter.SetCoarse(list, limits.HeadWords, limits.LeadInUs);
            position = limits.HeadWords * WordBytes;
            copyEnd = position;
            copyDistance = 0;
            sequencer.CopyFrom(plan.start);
            pulsesLeft = plan.Pulses;
            lastBytes = 0;
            lastLowUs = 0;
            advanced = false;
            error = ProgramError.None;
            state = 0;
            for (int l = 0; l < ProgramFormat.MaxLevels; l++)
            {
                groupAt[l] = l < sequencer.level ? -1 : position;
                passed[l] = 0;
            }
        }

        /// <summary>Goes on.</summary>
        /// <param name="budgetWords">Words to write one by one, at most; what is copied natively counts little. A word of budget costs at most some 100 opcodes.</param>
        /// <returns>0 still working, 1 done, -1 failed (see <see cref="Error"/>): never send such a list.</returns>
        public int Step(int budgetWords)
        {
            while (state == 0 && budgetWords > 0)
            {
                if (position < copyEnd)
                {
                    CopyOn();
                    budgetWords -= CopyCost;
                }
                else if (advanced)
                {
                    advanced = false;
                    PassRepetition();
                }
                else
                {
                    WriteNext();
                    budgetWords -= PulseCost;
                }
            }

            return state;
        }

        private void WriteNext()
        {
            if (pulsesLeft > 1)
            {
                WritePulse();
            }
            else if (pulsesLeft == 1)
            {
                WriteLastPulse();
            }
            else
            {
                state = 1; // the padding, if there was any, has been copied
            }
        }

        private void WritePulse()
        {
            Sequencer pulses = sequencer;
            long onsetUs = pulses.onsetUs;
            int widthUs = pulses.widthUs;
            if (!pulses.Next())
            {
                Fail(ProgramError.ExpansionMismatch);
                return;
            }

            pulsesLeft--;
            advanced = true;
            long lowUs = pulses.onsetUs - onsetUs - widthUs;
            int at = position;
            int bytes = lastBytes;
            if (lowUs == lastLowUs && widthUs == lastWidthUs && bytes <= MaxCopyBytes && at + bytes < bodyEnd)
            {
                Array.Copy(list, at - bytes, list, at, bytes); // the same words as the pulse before
                position = at + bytes;
                copyEnd = position;
                return;
            }

            WriteWords(at, widthUs, lowUs);
        }

        // Pulse and first low, then what a full word does not divide, then full lows: these last, so that they can be copied.
        private void WriteWords(int at, int widthUs, long lowUs)
        {
            int bytes = lowUs > PlanMath.MaxLowUs ? bodyEnd : PlanMath.Words(lowUs) * WordBytes;
            if (lowUs < 1 || at + bytes >= bodyEnd)
            {
                Fail(ProgramError.ExpansionMismatch); // the last pulse needs a word too
                return;
            }

            lastLowUs = lowUs;
            lastWidthUs = widthUs;
            lastBytes = bytes;
            copyEnd = at + bytes;
            if (lowUs <= PlanMath.MaxHalfUs)
            {
                WriteWord(at, widthUs, 0x80, (int)lowUs);
                position = copyEnd;
                return;
            }

            int rest = (int)(lowUs - PlanMath.MaxHalfUs);
            int fullWords = rest / PlanMath.MaxWordUs;
            rest -= fullWords * PlanMath.MaxWordUs;
            int first = PlanMath.MaxHalfUs;
            if (rest == 1)
            {
                first--; // one tick cannot fill two halves: it takes another one along
                rest = 2;
            }

            WriteWord(at, widthUs, 0x80, first);
            at += WordBytes;
            if (rest != 0)
            {
                int half = rest > PlanMath.MaxHalfUs ? PlanMath.MaxHalfUs : rest - 1;
                WriteWord(at, half, 0, rest - half);
                at += WordBytes;
            }

            BeginLows(at, fullWords);
        }

        private void BeginLows(int at, int words)
        {
            int bytes = (words > FullLowWords ? FullLowWords : words) * WordBytes;
            Array.Copy(fullLows, 0, list, at, bytes);
            position = at + bytes;
            copyDistance = bytes;
        }

        private void WriteWord(int at, int first, int level, int second)
        {
            byte[] words = list;
            words[at] = (byte)first;
            words[at + 1] = (byte)((first >> 8) | level);
            words[at + 2] = (byte)second;
            words[at + 3] = (byte)(second >> 8);
        }

        private void WriteLastPulse()
        {
            pulsesLeft = 0;
            if (position != bodyEnd - WordBytes)
            {
                Fail(ProgramError.ExpansionMismatch);
                return;
            }

            WriteWord(position, sequencer.widthUs, 0x80, 1);
            position = bodyEnd;
            if (bodyEnd < list.Length)
            {
                WriteWord(bodyEnd, 1, 0, 1);
                position = bodyEnd + WordBytes;
                copyEnd = list.Length;
                copyDistance = WordBytes;
            }
        }

        // What lies copyDistance back is what comes next, up to copyEnd. Doubling keeps the distance a multiple of the period.
        private void CopyOn()
        {
            int bytes = copyEnd - position;
            int distance = copyDistance;
            if (bytes > distance)
            {
                bytes = distance;
            }

            if (bytes > MaxCopyBytes)
            {
                bytes = MaxCopyBytes;
            }

            Array.Copy(list, position - distance, list, position, bytes);
            position += bytes;
            if (bytes == distance && distance < MaxCopyBytes)
            {
                copyDistance = distance + distance;
            }
        }

        // The sequencer has gone to a new repetition of its level: of all levels within, too.
        private void PassRepetition()
        {
            Sequencer pulses = sequencer;
            int levels = pulses.levels;
            int l = pulses.level;
            if (l >= 0 && l < levels)
            {
                int group = pulses.groupCounts[l];
                if (groupAt[l] < 0)
                {
                    groupAt[l] = position;
                }
                else if (group > 0 && ++passed[l] == group)
                {
                    CopyGroups(l, group);
                    groupAt[l] = copyEnd;
                    passed[l] = 0;
                }
            }

            int at = copyEnd;
            while (++l < levels)
            {
                groupAt[l] = at;
                passed[l] = 0;
            }
        }

        // Between groupAt and position lies one group with all its lows. Its twins: as many as end within the repeats and the transaction.
        private void CopyGroups(int l, int group)
        {
            Sequencer pulses = sequencer;
            int groups = (pulses.counts[l] - 1 - pulses.indices[l]) / group;
            int pulsesPerGroup = group * pulses.pulsesPerRepeat[l];
            if (pulsesPerGroup < 1)
            {
                Fail(ProgramError.ExpansionMismatch); // the program changed in memory
                return;
            }

            int within = (pulsesLeft - 1) / pulsesPerGroup;
            if (groups > within)
            {
                groups = within;
            }

            if (groups < 1)
            {
                return;
            }

            int period = position - groupAt[l];
            long end = position + (long)groups * period;
            if (end >= bodyEnd)
            {
                Fail(ProgramError.ExpansionMismatch);
                return;
            }

            pulses.SkipGroups(l, groups);
            pulsesLeft -= groups * pulsesPerGroup;
            copyDistance = period;
            copyEnd = (int)end;
        }

        private void Fail(int code)
        {
            error = code;
            state = -1;
        }
    }
}
