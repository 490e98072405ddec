namespace Escapement.Kernel
{
    /// <summary>The arming scan: walks all transactions of a verified program and finds what they need, before anything is played.</summary>
    public sealed class Planner
    {
        /// <summary>Most distinct list lengths (buffers).</summary>
        public const int MaxLengths = 4;

        /// <summary>Transactions of the session.</summary>
        public int Transactions { get { return 0; } }

        /// <summary>Pulses of the session.</summary>
        public int Pulses { get { return 0; } }

        /// <summary>Words over all transactions, padding included.</summary>
        public long Words { get { return 0; } }

        /// <summary>Words of the longest list, padding included.</summary>
        public int MaxWords { get { return 0; } }

        /// <summary>Pulses of the transaction that has most.</summary>
        public int MaxPulses { get { return 0; } }

        /// <summary>Number of distinct list lengths, 1 to 4.</summary>
        public int LengthCount { get { return 0; } }

        /// <summary>Why planning is impossible: one of <see cref="ProgramError"/>, 0 when it is not.</summary>
        public int Error { get { return 0; } }

        /// <summary>The limits given to <see cref="Begin"/>.</summary>
        public PlanLimits Limits { get { return null; } }

        /// <summary>Length of the lists of a slot, in words, padding included.</summary>
        /// <param name="slot">0 to <see cref="LengthCount"/> - 1.</param>
        public int LengthWords(int slot)
        {
            return 0;
        }

        /// <summary>True when every onset that a level leads to lies inside a transaction; false when a supervised start lies at some of them.</summary>
        /// <param name="block">Index of the block.</param>
        /// <param name="level">0 (outermost) to 3; a list has level 0; -1 the step into this block from the one before.</param>
        public bool IsExact(int block, int level)
        {
            return false;
        }

        /// <summary>Begins a scan.</summary>
        /// <param name="image">A verified program; must not change.</param>
        /// <param name="limits">The board's limits; must not change.</param>
        public void Begin(byte[] image, PlanLimits limits)
        {
        }

        /// <summary>Goes on.</summary>
        /// <param name="budget">Pulses to look at, at most: none costs more than some 300 opcodes.</param>
        /// <returns>0 still working, 1 done, -1 impossible (see <see cref="Error"/>).</returns>
        public int Step(int budget)
        {
            return -1;
        }
    }
}
