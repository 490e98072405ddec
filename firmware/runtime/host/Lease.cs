namespace Escapement.Runtime.Host
{
    /// <summary>Who may bring output nearer: one host at a time, for as long as its application consumes status events.</summary>
    public sealed class Lease
    {
        /// <summary>Life of a lease after the board time that its holder echoed, us (the budget for a lost host: 500 ms and two passes).</summary>
        public const int LifeUs = 500000;

        private int _endedNonce;
        private long _endedEchoUs;

        /// <summary>Nonce of the holder; 0 when nobody holds it.</summary>
        public int Nonce;

        /// <summary>Board time at which it ends unless renewed, us.</summary>
        public long EndsAtUs;

        /// <summary>Sequence number of the holder's last accepted command.</summary>
        public uint LastSequence;

        /// <summary>Whether somebody holds it now.</summary>
        public bool IsHeld(long nowUs)
        {
            return Nonce != 0 && nowUs < EndsAtUs;
        }

        /// <summary>Takes or renews. The lease ends <see cref="LifeUs"/> after the echoed time, however late this arrives. False when that is over already or lies ahead.</summary>
        public bool Renew(int nonce, uint sequence, long echoedUs, long nowUs)
        {
            if (echoedUs > nowUs || echoedUs < 0 || echoedUs + LifeUs <= nowUs)
            {
                return false;
            }

            if (nonce == Nonce && echoedUs + LifeUs < EndsAtUs)
            {
                return false; // an older echo never shortens or replays a newer one
            }

            if (nonce == _endedNonce && echoedUs <= _endedEchoUs)
            {
                return false; // nor does it take back what was released: its frames may be replayed
            }

            Nonce = nonce;
            LastSequence = sequence;
            EndsAtUs = echoedUs + LifeUs;
            return true;
        }

        /// <summary>Ends it.</summary>
        public void End()
        {
            if (Nonce != 0)
            {
                _endedNonce = Nonce;
                _endedEchoUs = EndsAtUs - LifeUs;
            }

            Nonce = 0;
            EndsAtUs = 0;
            LastSequence = 0;
        }
    }
}
