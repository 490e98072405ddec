namespace Escapement.Kernel
{
    /// <summary>The arming scan: walks all transactions of a verified program and finds what they need, before anything is played.</summary>
    public sealed class Planner
    {
        /// <summary>Most distinct list lengths (buffers).</summary>
        public const int MaxLengths = 4;

        private const int TransactionCost = 3;
        private readonly TransactionPlanner scanner = new TransactionPlanner();
        private readonly int[] lengths = new int[MaxLengths];
        private readonly int[] uses = new int[MaxLengths];

        // Bit 0: the step into the block, bits 1 to 4: its levels; set where a transaction begins.
        private readonly byte[] cuts = new byte[ProgramFormat.MaxBlocks];
        private PlanLimits limits;
        private int lengthCount;
        private int laterCapWords;
        private int transactions;
        private int pulses;
        private int maxPulses;
        private int state = -1;

        /// <summary>Transactions of the session (until the scan is done: those found yet).</summary>
        public int Transactions { get { return transactions; } }

        /// <summary>Pulses of the session (until the scan is done: those in the transactions found yet).</summary>
        public int Pulses { get { return pulses; } }

        /// <summary>Words over all transactions, padding included.</summary>
        public long Words
        {
            get
            {
                long sum = 0;
                for (int i = 0; i < lengthCount; i++)
                {
                    sum += (long)uses[i] * lengths[i];
                }

                return sum;
            }
        }

        /// <summary>Words of the longest list, padding included.</summary>
        public int MaxWords
        {
            get
            {
                int most = 0;
                for (int i = 0; i < lengthCount; i++)
                {
                    most = lengths[i] > most ? lengths[i] : most;
                }

                return most;
            }
        }

        /// <summary>Pulses of the transaction that has most.</summary>
        public int MaxPulses { get { return maxPulses; } }

        /// <summary>Number of distinct list lengths, 1 to 4.</summary>
        public int LengthCount { get { return lengthCount; } }

        /// <summary>Why planning is impossible: one of <see cref="ProgramError"/>, 0 when it is not.</summary>
        public int Error { get { return scanner.Error; } }

        /// <summary>The limits given to <see cref="Begin"/>.</summary>
        public PlanLimits Limits { get { return limits; } }

        /// <summary>Length of the lists of a slot, in words, padding included. Final only when the scan is done.</summary>
        /// <param name="slot">0 to <see cref="LengthCount"/> - 1.</param>
        public int LengthWords(int slot)
        {
            return lengths[slot];
        }

        /// <summary>True when every onset that a level leads to lies inside a transaction; false when a supervised start lies at one or more of them.</summary>
        /// <param name="block">Index of the block.</param>
        /// <param name="level">0 (outermost) to 3; a list has level 0; -1 the step into this block from the one before.</param>
        public bool IsExact(int block, int level)
        {
            return (cuts[block] & (1 << (level + 1))) == 0;
        }

        /// <summary>Begins a scan.</summary>
        /// <param name="image">A verified program; must not change.</param>
        /// <param name="limits">The board's limits; must not change.</param>
        public void Begin(byte[] image, PlanLimits limits)
        {
            this.limits = limits;
            transactions = 0;
            pulses = 0;
            maxPulses = 0;
            lengthCount = 0;
            state = 0;
            for (int i = 0; i < ProgramFormat.MaxBlocks; i++)
            {
                cuts[i] = 0;
            }

            scanner.Begin(image, limits);
            if (scanner.Error == ProgramError.None)
            {
                laterCapWords = PlanMath.Cap(limits.ListWords, limits.ChannelWords);
            }
        }

        /// <summary>Goes on.</summary>
        /// <param name="budget">How much to do, in units of some 200 opcodes: a pulse or a run of like pulses is one or two, a transaction 3, a block 14.</param>
        /// <returns>0 still working, 1 done, -1 impossible (see <see cref="Error"/>).</returns>
        public int Step(int budget)
        {
            while (state == 0 && budget > 0)
            {
                int found = scanner.Step(budget);
                budget = scanner.unspent;
                if (found == 1)
                {
                    Record();
                    scanner.Next();
                    budget -= TransactionCost;
                }
                else if (found != 0)
                {
                    state = found == 2 ? 1 : -1;
                }
            }

            return state;
        }

        /// <summary>The slot of a transaction: the shortest length that holds it. Later transactions never use a list longer than their limit.</summary>
        internal int SlotFor(int transaction, int words)
        {
            return Shortest(PlanMath.Pad(words, limits.ChannelWords), transaction == 0);
        }

        private void Record()
        {
            if (transactions > 0)
            {
                cuts[scanner.FirstBlock] |= (byte)(1 << (scanner.CutLevel + 1));
            }

            AddLength(PlanMath.Pad(scanner.Words, limits.ChannelWords), transactions == 0);
            transactions++;
            pulses += scanner.Pulses;
            maxPulses = scanner.Pulses > maxPulses ? scanner.Pulses : maxPulses;
        }

        private void AddLength(int words, bool first)
        {
            int slot = Shortest(words, first);
            if (slot >= 0 && (lengths[slot] == words || lengthCount == MaxLengths))
            {
                uses[slot]++;
                return;
            }

            if (lengthCount < MaxLengths)
            {
                lengths[lengthCount] = words;
                uses[lengthCount] = 1;
                lengthCount++;
                return;
            }

            // Full and all too short: the longest that later transactions may use grows, for all that use it.
            slot = Longest();
            lengths[slot] = words;
            uses[slot]++;
        }

        private int Shortest(int words, bool first)
        {
            int best = -1;
            for (int i = 0; i < lengthCount; i++)
            {
                int length = lengths[i];
                if (length >= words && (first || length <= laterCapWords) && (best < 0 || length < lengths[best]))
                {
                    best = i;
                }
            }

            return best;
        }

        private int Longest()
        {
            int best = -1;
            for (int i = 0; i < lengthCount; i++)
            {
                if (lengths[i] <= laterCapWords && (best < 0 || lengths[i] > lengths[best]))
                {
                    best = i;
                }
            }

            return best;
        }
    }
}
