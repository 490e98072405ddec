namespace Escapement.Link
{
    /// <summary>
    /// The Harp timestamp: the board's clock plus an offset that a host may set. Nothing but timestamps reads it, so no host can move a bound or a lease.
    /// </summary>
    public sealed class HarpClock
    {
        private const long SecondUs = 1000000;

        private long _offsetUs;
        private bool _lockedByHost;

        /// <summary>Locked by the owner: while armed or running a host can neither write nor unlock.</summary>
        public bool LockedByOwner { get; set; }

        /// <summary>Whether TimestampSeconds refuses writes now.</summary>
        public bool IsLocked
        {
            get { return _lockedByHost || LockedByOwner; }
        }

        /// <summary>Whole seconds at a board time.</summary>
        public uint Seconds(long nowUs)
        {
            return (uint)((nowUs + _offsetUs) / SecondUs);
        }

        /// <summary>Fraction of the second at a board time, in steps of 32 microseconds.</summary>
        public int Ticks(long nowUs)
        {
            return (int)((nowUs + _offsetUs) % SecondUs) / HarpFrame.TickUs;
        }

        /// <summary>Makes the whole seconds read this value now; the fraction runs on. No effect when locked.</summary>
        public void SetSeconds(uint seconds, long nowUs)
        {
            if (!IsLocked)
            {
                _offsetUs = ((long)seconds - nowUs / SecondUs) * SecondUs;
            }
        }

        /// <summary>The host asks for the lock. It holds until the host asks otherwise.</summary>
        public void Lock()
        {
            _lockedByHost = true;
        }

        /// <summary>The host asks for the lock to be lifted. No effect while the owner holds it.</summary>
        public void Unlock()
        {
            if (!LockedByOwner)
            {
                _lockedByHost = false;
            }
        }
    }
}
