namespace Escapement.Runtime.Host
{
    /// <summary>
    /// Compares the board's clock with the host's, from lease renewals. A renewal says what the host's clock showed (H) between the board's time
    /// that it echoes (E) and the board's time when it arrived (N): at H the board's clock stood between E and N, whatever delayed the frame. Two such
    /// bounds that can no longer both hold for clocks of the same rate prove that one of the clocks is wrong; a slow link alone never does.
    /// </summary>
    public sealed class ClockCompare
    {
        /// <summary>Length over which bounds are put together, us.</summary>
        public const int BlockUs = 5000000;

        /// <summary>Blocks kept: a minute.</summary>
        public const int Blocks = 12;

        /// <summary>Difference in rate between two good clocks, millionths: a board's crystal within 40, a host's within 100, both warm.</summary>
        public const int AllowedPpm = 150;

        /// <summary>Besides that, us: rounding and jitter of the two clocks' readings.</summary>
        public const int AllowedUs = 1000;

        private readonly long[] _atUs = new long[Blocks];
        private readonly long[] _leastUs = new long[Blocks];
        private readonly long[] _mostUs = new long[Blocks];
        private int _count;
        private int _newest;
        private long _lastHostUs;

        /// <summary>Begins anew: another host, or a fault that was cleared.</summary>
        public void Begin()
        {
            _count = 0;
            _newest = 0;
            _lastHostUs = 0;
        }

        /// <summary>Whether a host clock may follow the last one: it must rise.</summary>
        public bool Rises(long hostUs)
        {
            return hostUs > _lastHostUs;
        }

        /// <summary>Takes a renewal. False when the two clocks have been shown to run apart.</summary>
        /// <param name="echoedUs">Board time that the renewal echoes.</param>
        /// <param name="hostUs">The host's clock when it sent it.</param>
        /// <param name="nowUs">Board time now.</param>
        public bool Take(long echoedUs, long hostUs, long nowUs)
        {
            _lastHostUs = hostUs;
            long leastUs = echoedUs - hostUs;
            long mostUs = nowUs - hostUs;
            for (int i = 0; i < _count; i++)
            {
                long allowedUs = AllowedUs + ((nowUs - _atUs[i]) * AllowedPpm / 1000000);
                if (leastUs - _mostUs[i] > allowedUs || _leastUs[i] - mostUs > allowedUs)
                {
                    return false;
                }
            }

            Keep(leastUs, mostUs, nowUs);
            return true;
        }

        private void Keep(long leastUs, long mostUs, long nowUs)
        {
            if (_count == 0 || nowUs - _atUs[_newest] >= BlockUs)
            {
                _newest = _count == 0 ? 0 : (_newest + 1) % Blocks;
                _count = _count < Blocks ? _count + 1 : Blocks;
                _atUs[_newest] = nowUs;
                _leastUs[_newest] = leastUs;
                _mostUs[_newest] = mostUs;
                return;
            }

            if (leastUs > _leastUs[_newest])
            {
                _leastUs[_newest] = leastUs;
            }

            if (mostUs < _mostUs[_newest])
            {
                _mostUs[_newest] = mostUs;
            }
        }
    }
}
