namespace Escapement.Kernel
{
    /// <summary>Writes the word list of one transaction, in slices: nominal head, body, padding.</summary>
    public sealed class WordEncoder
    {
        /// <summary>Words written until now, head and padding included.</summary>
        public int Written { get { return 0; } }

        /// <summary>Why encoding failed: one of <see cref="ProgramError"/>, 0 when it did not.</summary>
        public int Error { get { return 0; } }

        /// <summary>Begins with a transaction. Everything needed is taken over from the plan at once: it may go on to the next transaction afterwards.</summary>
        /// <param name="list">The list buffer: exactly as long as the transaction's slot says.</param>
        /// <param name="plan">A planner that describes a transaction (Step answered 1).</param>
        /// <param name="limits">The limits that the plan was made with.</param>
        public void Begin(byte[] list, TransactionPlanner plan, PlanLimits limits)
        {
        }

        /// <summary>Goes on.</summary>
        /// <param name="budgetWords">Words to write one by one, at most; what is copied natively counts little. A word of budget costs at most some 100 opcodes.</param>
        /// <returns>0 still working, 1 done, -1 failed (see <see cref="Error"/>): never send such a list.</returns>
        public int Step(int budgetWords)
        {
            return -1;
        }
    }
}
