using System;

namespace Escapement.Safety
{
    /// <summary>
    /// The onsets of the last 256 pulses in absolute board time, and a working copy that a list under judgement is laid on.
    /// What was never sent leaves no trace; what was sent stays for ever, whatever became of it.
    /// </summary>
    internal sealed class PulseHistory
    {
        /// <summary>Onsets kept: more than any window may hold. A byte as index wraps by itself.</summary>
        internal const int Size = 256;

        /// <summary>An onset so late that nothing may follow it: the state of a history of which nothing is known.</summary>
        internal const long Never = long.MaxValue / 4;

        /// <summary>The working copy; pulse n stands at index (byte)n.</summary>
        internal long[] Working;

        /// <summary>Number of the next pulse. Wraps harmlessly.</summary>
        internal int Next;

        private long[] sent;

        // The last entries of 'sent' that still stand where they were judged, and by how much they were sent later.
        private int unsettled;
        private long shiftUs;

        internal PulseHistory()
        {
            Working = new long[Size];
            sent = new long[Size];
            Fill(Never);
        }

        /// <summary>Onset of the newest pulse.</summary>
        internal long LastUs
        {
            get { return Back(1); }
        }

        /// <summary>Counts every window as full at one instant.</summary>
        internal void Fill(long atUs)
        {
            for (int i = 0; i < Size; i++)
            {
                sent[i] = atUs;
            }

            unsettled = 0;
        }

        /// <summary>The onset of a pulse sent, counted back from 1 (the newest) to 256.</summary>
        internal long Back(int back)
        {
            long onset = sent[(byte)(Next - back)];
            return back <= unsettled ? onset + shiftUs : onset;
        }

        /// <summary>Moves entries of the last list to where they were really sent, then makes the working copy.</summary>
        /// <param name="budget">Most entries to move.</param>
        /// <returns>True when the working copy stands.</returns>
        internal bool Settle(int budget)
        {
            while (unsettled > 0)
            {
                if (budget-- <= 0)
                {
                    return false;
                }

                sent[(byte)(Next - unsettled)] += shiftUs;
                unsettled--;
            }

            Array.Copy(sent, 0, Working, 0, Size);
            return true;
        }

        /// <summary>Makes the working copy the history.</summary>
        /// <param name="next">Number of the pulse after the last one added.</param>
        /// <param name="laterUs">How much later than judged they were sent.</param>
        internal void Keep(int next, long laterUs)
        {
            int added = next - Next;
            long[] old = sent;
            sent = Working;
            Working = old;
            Next = next;
            shiftUs = laterUs;
            unsettled = laterUs == 0 ? 0 : added < Size ? added : Size;
        }
    }
}
