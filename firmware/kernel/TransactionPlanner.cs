namespace Escapement.Kernel
{
    /// <summary>
    /// Cuts a verified program into transactions (one word list each), one after the other, in slices:
    /// <c>Begin</c>, then <c>Step</c> until it answers 1 (the properties describe a transaction) or 2 (no more), then <c>Next</c>.
    /// </summary>
    public sealed class TransactionPlanner
    {
        /// <summary>Index of the transaction, from 0.</summary>
        public int Index { get { return 0; } }

        /// <summary>Index of its first pulse in the session.</summary>
        public int FirstPulse { get { return 0; } }

        /// <summary>Its pulses.</summary>
        public int Pulses { get { return 0; } }

        /// <summary>Its first onset in microseconds from the session's origin.</summary>
        public long FirstOnsetUs { get { return 0; } }

        /// <summary>Its last onset in microseconds from the session's origin.</summary>
        public long LastOnsetUs { get { return 0; } }

        /// <summary>Width of its last pulse in microseconds.</summary>
        public int LastWidthUs { get { return 0; } }

        /// <summary>Words that it needs, head included, before padding.</summary>
        public int Words { get { return 0; } }

        /// <summary>Which list length (<see cref="Planner.LengthWords"/>) it uses; -1 when begun without an armed planner.</summary>
        public int Slot { get { return 0; } }

        /// <summary>Why planning is impossible: one of <see cref="ProgramError"/>.</summary>
        public int Error { get { return 0; } }

        /// <summary>Begins with the first transaction, with the limits and list lengths of an arming scan that is done.</summary>
        /// <param name="image">The verified program that was scanned.</param>
        /// <param name="armed">The planner that scanned it.</param>
        public void Begin(byte[] image, Planner armed)
        {
        }

        /// <summary>Begins with the first transaction without list lengths (<see cref="Slot"/> is -1).</summary>
        /// <param name="image">A verified program.</param>
        /// <param name="limits">The board's limits; must not change.</param>
        public void Begin(byte[] image, PlanLimits limits)
        {
        }

        /// <summary>Begins with the transaction after this one. Only after <see cref="Step"/> answered 1.</summary>
        public void Next()
        {
        }

        /// <summary>Goes on.</summary>
        /// <param name="budget">Pulses to look at, at most: none costs more than some 250 opcodes.</param>
        /// <returns>0 still working, 1 the properties describe a transaction, 2 there are no more, -1 impossible (see <see cref="Error"/>).</returns>
        public int Step(int budget)
        {
            return -1;
        }
    }
}
