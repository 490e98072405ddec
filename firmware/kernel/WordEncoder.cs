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
        private const int TemplateWords = 64;
        private const int PulseCost = 2;
        private const int WordsCost = 2;
        private const int PassCost = 3;
        private const int BlockCost = 20;
        private const int HighBit = 0x80;
        private const int NotWritten = 0x40000000;
        private readonly Sequencer sequencer = new Sequencer();
        private readonly byte[] fullLows = new byte[TemplateWords * WordBytes];
        private readonly byte[] head = new byte[TemplateWords * WordBytes];

        // Per level: where the first group of repetitions began in the list (-1: none yet, the transaction begins within one) and
        // with which index, at which index there is something to do next (-1: nothing more), how many repetitions are left over when all
        // whole groups are through, and where so many of them ended.
        private readonly int[] groupAt = new int[ProgramFormat.MaxLevels];
        private readonly int[] groupIndex = new int[ProgramFormat.MaxLevels];
        private readonly int[] eventIndex = new int[ProgramFormat.MaxLevels];
        private readonly int[] leftOver = new int[ProgramFormat.MaxLevels];
        private readonly int[] leftOverAt = new int[ProgramFormat.MaxLevels];
        private byte[] list;
        private int state = -1;
        private int error = ProgramError.BadListLength;
        private int headWords;
        private int leadInUs;
        private int position;
        private int pulseAt;
        private int bodyEnd;
        private int pulsesLeft;
        private int copyEnd;
        private int copyDistance;
        private bool advanced;

        // The last two different lows of this block, and where their words are: steps of a fraction alternate between two lengths.
        private long lowUs;
        private int lowAt;
        private int lowBytes;
        private long otherLowUs;
        private int otherAt;
        private int otherBytes;

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

        /// <summary>Lets go of the list buffer; the next use is <see cref="Begin"/>.</summary>
        public void Release()
        {
            list = null;
        }

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

            WriteHead(limits.HeadWords, limits.LeadInUs);
            position = headWords * WordBytes;
            copyEnd = position;
            sequencer.CopyFrom(plan.start);
            pulsesLeft = plan.Pulses;
            lowUs = long.MinValue;
            otherLowUs = long.MinValue;
            advanced = false;
            error = ProgramError.None;
            state = 0;
            eventIndex[0] = -1;
            for (int l = sequencer.levels - 1; l >= 0; l--)
            {
                if (l > sequencer.level)
                {
                    BeginGroup(l, position);
                }
                else
                {
                    groupAt[l] = -1;
                    eventIndex[l] = sequencer.indices[l] + 1;
                }
            }
        }

        /// <summary>Goes on.</summary>
        /// <param name="budgetWords">How much to do, in units of some 100 opcodes. A pulse is 3 to 10; words copied natively cost little.</param>
        /// <returns>0 still working, 1 done, -1 failed (see <see cref="Error"/>): never send such a list.</returns>
        public int Step(int budgetWords)
        {
            while (state == 0 && budgetWords > 0)
            {
                if (position < copyEnd)
                {
                    budgetWords = CopyOn(budgetWords);
                }
                else if (advanced)
                {
                    advanced = false;
                    PassRepetition();
                }
                else if (pulsesLeft > 1)
                {
                    budgetWords = WritePulses(budgetWords);
                }
                else if (pulsesLeft == 1)
                {
                    WriteLastPulse();
                    budgetWords -= PulseCost;
                }
                else
                {
                    state = 1; // the padding is copied, too
                }
            }

            return state;
        }

        // The same head for every list of a session, so it is made once.
        private void WriteHead(int words, int us)
        {
            if (words > TemplateWords)
            {
                HeadWriter.SetCoarse(list, words, us);
            }
            else
            {
                if (words != headWords || us != leadInUs)
                {
                    HeadWriter.SetCoarse(head, words, us);
                    leadInUs = us;
                }

                Array.Copy(head, 0, list, 0, words * WordBytes);
            }

            headWords = words;
        }

        // One pulse after the other, until something is to be copied first. The hot path: fields in locals, no calls but to the sequencer.
        private int WritePulses(int budgetWords)
        {
            Sequencer pulses = sequencer;
            byte[] words = list;
            int end = bodyEnd;
            int at = position;
            int left = pulsesLeft;
            while (budgetWords > 0 && left > 1)
            {
                budgetWords -= PulseCost;
                int widthUs = pulses.widthUs;
                if (!pulses.Next())
                {
                    Fail(ProgramError.ExpansionMismatch);
                    break;
                }

                left--;
                long us = pulses.gapUs - widthUs;
                int from = 0;
                int bytes = NotWritten;
                if (us == lowUs)
                {
                    from = lowAt;
                    bytes = lowBytes;
                }
                else if (us == otherLowUs)
                {
                    from = otherAt;
                    bytes = otherBytes;
                }

                pulseAt = at;
                if (bytes > MaxCopyBytes || at + bytes >= end)
                {
                    position = at;
                    budgetWords -= WordsCost;
                    WriteWords(widthUs, us);
                }
                else
                {
                    Array.Copy(words, from, words, at, bytes);
                    at += bytes;
                    int l = pulses.level;
                    if (l == pulses.innermost && pulses.indices[l] != eventIndex[l])
                    {
                        continue;
                    }

                    position = at;
                    copyEnd = at;
                }

                pulsesLeft = left;
                budgetWords -= pulses.level < 0 ? BlockCost : PassCost;
                if (!PassOrWait())
                {
                    return budgetWords;
                }

                at = position;
                left = pulsesLeft;
            }

            pulsesLeft = left;
            position = at;
            copyEnd = at;
            return budgetWords;
        }

        // Pulse and first low, then what a full word does not divide, then full lows: these last, so that they can be copied.
        private void WriteWords(int widthUs, long us)
        {
            int first = (int)us;
            int rest = 0;
            int fullWords = 0;
            int bytes = WordBytes;
            if (first > PlanMath.MaxHalfUs)
            {
                rest = first - PlanMath.MaxHalfUs;
                first = PlanMath.MaxHalfUs;
                fullWords = rest / PlanMath.MaxWordUs;
                rest -= fullWords * PlanMath.MaxWordUs;
                bytes += fullWords * WordBytes;
                if (rest == 1)
                {
                    first--; // one tick cannot fill two halves: it takes another one along
                    rest = 2;
                }

                if (rest != 0)
                {
                    bytes += WordBytes;
                }
            }

            int at = position;
            if (us < 1 || us > PlanMath.MaxLowUs || at + bytes >= bodyEnd)
            {
                Fail(ProgramError.ExpansionMismatch); // the last pulse needs a word too
                return;
            }

            otherLowUs = lowUs;
            otherAt = lowAt;
            otherBytes = lowBytes;
            lowUs = us;
            lowAt = at;
            lowBytes = bytes;
            copyEnd = at + bytes;
            byte[] words = list;
            words[at] = (byte)widthUs;
            words[at + 1] = (byte)((widthUs >> 8) | HighBit);
            words[at + 2] = (byte)first;
            words[at + 3] = (byte)(first >> 8);
            at += WordBytes;
            if (rest != 0)
            {
                int half = rest > PlanMath.MaxHalfUs ? PlanMath.MaxHalfUs : rest - 1;
                rest -= half;
                words[at] = (byte)half;
                words[at + 1] = (byte)(half >> 8);
                words[at + 2] = (byte)rest;
                words[at + 3] = (byte)(rest >> 8);
                at += WordBytes;
            }

            position = at;
            if (fullWords != 0)
            {
                BeginLows(at, fullWords);
            }
        }

        private void BeginLows(int at, int words)
        {
            int bytes = (words > TemplateWords ? TemplateWords : words) * WordBytes;
            Array.Copy(fullLows, 0, list, at, bytes);
            position = at + bytes;
            copyDistance = bytes;
        }

        // A half as its two bytes, then one tick of low.
        private void WriteWord(int at, int firstLow, int firstHigh)
        {
            byte[] words = list;
            words[at] = (byte)firstLow;
            words[at + 1] = (byte)firstHigh;
            words[at + 2] = 1;
            words[at + 3] = 0;
        }

        private void WriteLastPulse()
        {
            pulsesLeft = 0;
            if (position != bodyEnd - WordBytes)
            {
                Fail(ProgramError.ExpansionMismatch);
                return;
            }

            int widthUs = sequencer.widthUs;
            WriteWord(position, widthUs, (widthUs >> 8) | HighBit);
            position = bodyEnd;
            if (bodyEnd == list.Length)
            {
                state = 1;
                return;
            }

            WriteWord(bodyEnd, 1, 0);
            position = bodyEnd + WordBytes;
            copyEnd = list.Length;
            copyDistance = WordBytes;
        }

        // What lies copyDistance back is what comes next, up to copyEnd. Doubling keeps the distance a multiple of the period.
        private int CopyOn(int budgetWords)
        {
            byte[] words = list;
            int at = position;
            int distance = copyDistance;
            int left = copyEnd - at;
            while (left > 0 && budgetWords > 0)
            {
                int bytes = left > distance ? distance : left;
                bytes = bytes > MaxCopyBytes ? MaxCopyBytes : bytes;
                Array.Copy(words, at - distance, words, at, bytes);
                at += bytes;
                left -= bytes;
                budgetWords--;
                if (bytes == distance)
                {
                    distance += distance;
                }
            }

            position = at;
            copyDistance = distance;
            return budgetWords;
        }

        // False when something is to be copied before the next pulse.
        private bool PassOrWait()
        {
            if (position < copyEnd)
            {
                advanced = true; // a long low comes first
                return false;
            }

            PassRepetition();
            return position >= copyEnd && state == 0;
        }

        // The sequencer has gone to a new repetition of its level: of all levels within, too.
        private void PassRepetition()
        {
            Sequencer pulses = sequencer;
            int levels = pulses.levels;
            int l = pulses.level;
            if (l < 0)
            {
                eventIndex[0] = -1; // a list has no levels, but this is looked at
                lowUs = long.MinValue; // another block, another width
                otherLowUs = long.MinValue;
            }
            else if (l < levels && pulses.indices[l] == eventIndex[l])
            {
                PassEvent(l);
            }

            while (++l < levels)
            {
                BeginGroup(l, copyEnd);
            }
        }

        private void PassEvent(int l)
        {
            int at = groupAt[l];
            if (at < 0)
            {
                BeginGroup(l, position);
                return;
            }

            int group = sequencer.groupCounts[l];
            int first = groupIndex[l];
            if (eventIndex[l] - first < group)
            {
                leftOverAt[l] = position;
                eventIndex[l] = first + group;
                return;
            }

            eventIndex[l] = -1;
            CopyGroups(l, group);
        }

        private void BeginGroup(int l, int at)
        {
            Sequencer pulses = sequencer;
            int group = pulses.groupCounts[l];
            if (group == 0)
            {
                eventIndex[l] = -1;
                return;
            }

            int index = pulses.indices[l];
            int left = group == 1 ? 0 : RepeatsAhead(l) % group;
            groupAt[l] = at;
            groupIndex[l] = index;
            leftOver[l] = left;
            eventIndex[l] = index + (left == 0 ? group : left);
        }

        // Repetitions of a level from here on that end, with the step after them, within the repeats and the transaction.
        private int RepeatsAhead(int l)
        {
            Sequencer pulses = sequencer;
            int ahead = pulses.counts[l] - 1 - pulses.indices[l];
            int each = pulses.pulsesPerRepeat[l];
            if (each < 1)
            {
                Fail(ProgramError.ExpansionMismatch); // the program changed in memory
                return 0;
            }

            int within = (pulsesLeft - 1) / each;
            return ahead < within ? ahead : within;
        }

        // Between groupAt and position lies one group with all its lows. It is copied as often as it fits, then its beginning.
        private void CopyGroups(int l, int group)
        {
            Sequencer pulses = sequencer;
            int repeats = RepeatsAhead(l);
            int whole = repeats / group;
            int period = position - groupAt[l];
            long bytes = (long)whole * period;
            if (leftOver[l] != 0)
            {
                bytes += leftOverAt[l] - groupAt[l]; // what whole groups leave over is the same now as when the first one began
            }

            if (repeats < 1)
            {
                return;
            }

            int skipped = repeats * pulses.pulsesPerRepeat[l];
            if (group == 1 && pulsesLeft - skipped == pulses.pulsesPerRepeat[l])
            {
                // One more repetition to the transaction's end: like the others up to its last pulse, which needs no onset.
                bytes += pulseAt - groupAt[l];
                skipped = pulsesLeft - 1;
            }

            if (position + bytes >= bodyEnd)
            {
                Fail(ProgramError.ExpansionMismatch);
                return;
            }

            pulses.Skip(l, repeats);
            pulsesLeft -= skipped;
            copyDistance = period;
            copyEnd = position + (int)bytes;
        }

        private void Fail(int code)
        {
            error = code;
            state = -1;
        }
    }
}
