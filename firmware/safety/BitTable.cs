namespace Escapement.Safety
{
    /// <summary>What the tables of bits have in common.</summary>
    internal static class BitTable
    {
        internal static int All(SafetyEntry[] rows)
        {
            int all = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                all |= rows[i].Code;
            }

            return all;
        }

        internal static SafetyEntry ByBit(SafetyEntry[] rows, int bit)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                if (rows[i].Code == bit)
                {
                    return rows[i];
                }
            }

            return null;
        }

        /// <summary>The bits whose row names the state.</summary>
        internal static int Within(SafetyEntry[] rows, int bits, int state)
        {
            int within = 0;
            int stateBit = StateTable.Bit(state);
            for (int i = 0; i < rows.Length; i++)
            {
                if ((rows[i].States & stateBit) != 0)
                {
                    within |= rows[i].Code & bits;
                }
            }

            return within;
        }
    }
}
