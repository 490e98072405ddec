namespace Escapement.Runtime.Watch
{
    /// <summary>Faults, latched: cumulative and current kept apart, the first kept with its time, transaction and pulse.</summary>
    public sealed class FaultLatch
    {
        /// <summary>Every fault since the last clear (bits of Safety.FaultCode).</summary>
        public int Cumulative;

        /// <summary>Faults whose cause was seen in the last pass.</summary>
        public int Current;

        /// <summary>Latched faults whose cause was seen in the pass before: they cannot be cleared yet.</summary>
        public int Standing;

        /// <summary>Bit number of the first fault plus one; 0 when none.</summary>
        public int FirstCode;

        /// <summary>Board clock of the first fault, us.</summary>
        public long FirstAtUs;

        /// <summary>Transaction during which it was latched.</summary>
        public int FirstTransaction;

        /// <summary>Pulses counted behind the gate until then.</summary>
        public int FirstPulse;

        /// <summary>Whether something changed since it was last reported.</summary>
        public bool Changed;

        /// <summary>A pass begins: what stands is looked for anew.</summary>
        public void BeginPass()
        {
            Standing = Current;
            Current = 0;
        }

        /// <summary>A cause that does not latch now, or is latched already, is still there.</summary>
        public void Stands(int mask)
        {
            Current |= mask & Cumulative;
        }

        /// <summary>Whether all these are latched already.</summary>
        public bool Holds(int mask)
        {
            return (Cumulative & mask) == mask;
        }

        /// <summary>Latches a fault.</summary>
        public void Raise(int mask, long nowUs, int transaction, int pulse)
        {
            Current |= mask;
            if (Holds(mask))
            {
                return;
            }

            Cumulative |= mask;
            Changed = true;
            if (FirstCode == 0)
            {
                FirstCode = BitNumber(mask) + 1;
                FirstAtUs = nowUs;
                FirstTransaction = transaction;
                FirstPulse = pulse;
            }
        }

        /// <summary>Forgets everything. The caller has checked that every cause is gone.</summary>
        public void Clear()
        {
            Cumulative = 0;
            Current = 0;
            Standing = 0;
            FirstCode = 0;
            FirstAtUs = 0;
            FirstTransaction = 0;
            FirstPulse = 0;
            Changed = true;
        }

        /// <summary>The lowest set bit of a mask, 0 to 31.</summary>
        public static int BitNumber(int mask)
        {
            for (int bit = 0; bit < 32; bit++)
            {
                if ((mask & (1 << bit)) != 0)
                {
                    return bit;
                }
            }

            return 31;
        }
    }
}
