namespace Escapement.Kernel
{
    /// <summary>
    /// Cuts a verified program into transactions (one word list each), one after the other, in slices:
    /// <c>Begin</c>, then <c>Step</c> until it answers 1 (the properties describe a transaction) or 2 (no more), then <c>Next</c>.
    /// </summary>
    public sealed class TransactionPlanner
    {
        private const int Scanning = 0;
        private const int Returning = 1;
        private const int Ready = 2;
        private const int Finished = 3;
        private const int Impossible = 4;

        // Fewer steps than this are walked: skipping them would cost as much.
        private const int MinRun = 3;
        private const int BlockCost = 13;

        // At the transaction's first pulse; the encoder starts from here.
        internal readonly Sequencer start = new Sequencer();

        // What a step left of its budget.
        internal int unspent;

        // Ahead; at the next transaction's first pulse once this one is ready.
        private readonly Sequencer scan = new Sequencer();

        // The last place of each level where a cut is possible: pulses before it, words needed up to it, its last pulse.
        private readonly int[] cutPulses = new int[ProgramFormat.MaxLevels];
        private readonly int[] cutWords = new int[ProgramFormat.MaxLevels];
        private readonly long[] cutOnsetUs = new long[ProgramFormat.MaxLevels];

        private Planner armed;
        private int state = Impossible;
        private int error = ProgramError.BadLimits;
        private int headWords;
        private int minCutGapUs;
        private int capWords;
        private int laterCapWords;
        private int transaction;
        private int pulses;
        private int words;
        private long lastOnsetUs;
        private int lastWidthUs;
        private bool isLast;
        private int returnPulses;

        /// <summary>Index of the transaction, from 0.</summary>
        public int Index { get { return transaction; } }

        /// <summary>Index of its first pulse in the session.</summary>
        public int FirstPulse { get { return start.index; } }

        /// <summary>Its pulses.</summary>
        public int Pulses { get { return pulses; } }

        /// <summary>Its first onset in microseconds from the session's origin.</summary>
        public long FirstOnsetUs { get { return start.onsetUs; } }

        /// <summary>Its last onset in microseconds from the session's origin.</summary>
        public long LastOnsetUs { get { return lastOnsetUs; } }

        /// <summary>Width of its last pulse in microseconds.</summary>
        public int LastWidthUs { get { return lastWidthUs; } }

        /// <summary>Words that it needs, head included, before padding.</summary>
        public int Words { get { return words; } }

        /// <summary>Which list length (<see cref="Planner.LengthWords"/>) it uses; -1 when begun without an armed planner.</summary>
        public int Slot { get { return armed == null ? -1 : armed.SlotFor(transaction, words); } }

        /// <summary>True when no transaction follows it.</summary>
        public bool IsLast { get { return isLast; } }

        /// <summary>Index of the block that it begins in.</summary>
        public int FirstBlock { get { return start.block; } }

        /// <summary>The level that advanced to reach its first pulse (<see cref="Sequencer.Level"/>): where the plan was cut before it.</summary>
        public int CutLevel { get { return start.level; } }

        /// <summary>Why planning is impossible: one of <see cref="ProgramError"/>, 0 when it is not.</summary>
        public int Error { get { return error; } }

        /// <summary>Begins with the first transaction, with the limits and list lengths of an arming scan that is done.</summary>
        /// <param name="image">The verified program that was scanned.</param>
        /// <param name="armed">The planner that scanned it; must not begin another scan meanwhile.</param>
        public void Begin(byte[] image, Planner armed)
        {
            Begin(image, armed.Limits);
            this.armed = armed;
        }

        /// <summary>Begins with the first transaction without list lengths (<see cref="Slot"/> is -1).</summary>
        /// <param name="image">A verified program; must not change.</param>
        /// <param name="limits">The board's limits.</param>
        public void Begin(byte[] image, PlanLimits limits)
        {
            armed = null;
            if (!PlanMath.AreSane(limits))
            {
                error = ProgramError.BadLimits;
                state = Impossible;
                return;
            }

            headWords = limits.HeadWords;
            minCutGapUs = limits.MinCutGapUs;
            capWords = PlanMath.Cap(limits.FirstListWords, limits.ChannelWords);
            laterCapWords = PlanMath.Cap(limits.ListWords, limits.ChannelWords);
            transaction = 0;
            scan.Begin(image);
            scan.Next();
            BeginTransaction();
        }

        /// <summary>Begins with the transaction after this one. Only after <see cref="Step"/> answered 1; does nothing otherwise.</summary>
        public void Next()
        {
            if (state != Ready)
            {
                return;
            }

            if (isLast)
            {
                state = Finished;
                return;
            }

            transaction++;
            capWords = laterCapWords;
            BeginTransaction();
        }

        /// <summary>Goes on.</summary>
        /// <param name="budget">How much to do, in units of some 200 opcodes: a pulse or a run of like pulses is one or two, a block 14.</param>
        /// <returns>0 still working, 1 the properties describe a transaction, 2 there are no more, -1 impossible (see <see cref="Error"/>).</returns>
        public int Step(int budget)
        {
            while (state < Ready && budget > 0)
            {
                budget--;
                if (state == Scanning)
                {
                    budget -= TrySkipRun();
                    ScanPulse();
                }
                else
                {
                    ReturnPulse();
                }

                if (scan.level < 0)
                {
                    budget -= BlockCost;
                }
            }

            unspent = budget;
            switch (state)
            {
                case Ready: return 1;
                case Finished: return 2;
                case Impossible: return -1;
                default: return 0;
            }
        }

        private void BeginTransaction()
        {
            start.CopyFrom(scan);
            pulses = 0;
            words = headWords;
            isLast = false;
            error = ProgramError.None;
            state = Scanning;
            for (int l = 0; l < ProgramFormat.MaxLevels; l++)
            {
                cutPulses[l] = 0;
            }
        }

        // Says what it cost.
        private int TrySkipRun()
        {
            int innermost = scan.levels - 1;
            if (innermost < 0)
            {
                return 0;
            }

            int left = scan.counts[innermost] - 1 - scan.indices[innermost];
            if (left <= MinRun)
            {
                return 0;
            }

            SkipRun(innermost, left - 1);
            return 1;
        }

        private void ScanPulse()
        {
            long onsetUs = scan.onsetUs;
            int widthUs = scan.widthUs;
            pulses++;
            if (!scan.Next())
            {
                isLast = true;
                Finish(onsetUs, widthUs);
                return;
            }

            long lowUs = scan.gapUs - widthUs;
            if (lowUs >= minCutGapUs)
            {
                int l = scan.level;
                if (l < scan.trainDepth)
                {
                    Finish(onsetUs, widthUs); // a train ends here; a new block (-1) always ends one
                    return;
                }

                cutPulses[l] = pulses;
                cutWords[l] = words + 1;
                cutOnsetUs[l] = onsetUs;
            }

            words += lowUs <= PlanMath.MaxHalfUs ? 1 : PlanMath.Words(lowUs);
            if (words >= capWords)
            {
                CutEarlier(); // the next pulse needs at least one word more
            }
        }

        // Where all steps of a run need the same words and can be cut alike, one pulse stands for all of them. The last one that
        // fits is left to be looked at itself: it is where the cut would be.
        private void SkipRun(int l, int repeats)
        {
            long lowUs = scan.stepUs[l] - scan.widthUs;
            int wordsEach = PlanMath.Words(lowUs);
            bool cuttable = lowUs >= minCutGapUs;
            if (scan.stepRest[l] != 0 && (PlanMath.Words(lowUs + 1) != wordsEach || cuttable != (lowUs + 1 >= minCutGapUs)))
            {
                return; // steps differ by a tick, and it matters
            }

            if (cuttable && l < scan.trainDepth)
            {
                return;
            }

            int fit = (capWords - 1 - words) / wordsEach - 1;
            repeats = fit < repeats ? fit : repeats;
            if (repeats > 0)
            {
                words += repeats * wordsEach;
                pulses += repeats;
                scan.Skip(l, repeats);
            }
        }

        private void Finish(long onsetUs, int widthUs)
        {
            words++; // the last pulse is one word, whatever follows
            lastOnsetUs = onsetUs;
            lastWidthUs = widthUs;
            state = Ready;
        }

        // At the outermost level that has a silence long enough: the last such place that still fits.
        private void CutEarlier()
        {
            for (int l = 0; l < ProgramFormat.MaxLevels; l++)
            {
                if (cutPulses[l] > 0)
                {
                    returnPulses = cutPulses[l];
                    pulses = returnPulses;
                    words = cutWords[l];
                    lastOnsetUs = cutOnsetUs[l];
                    scan.CopyFrom(start);
                    state = Returning;
                    return;
                }
            }

            error = ProgramError.CannotCut;
            state = Impossible;
        }

        // Walks to the pulse after the cut.
        private void ReturnPulse()
        {
            lastWidthUs = scan.widthUs;
            scan.Next();
            if (--returnPulses == 0)
            {
                state = Ready;
            }
        }
    }
}
