namespace Escapement.Runtime.Host
{
    /// <summary>A challenge: boot counter and clock at request, used once, within two seconds.</summary>
    public sealed class Challenge
    {
        /// <summary>Life, us.</summary>
        public const int LifeUs = 2000000;

        private long _value;
        private long _endsAtUs;

        /// <summary>Makes a new one; the last one is void.</summary>
        public void Issue(int bootCounter, long nowUs)
        {
            _value = ((long)(bootCounter & 0x7FFF) << 48) | (nowUs & 0xFFFFFFFFFFFFL);
            if (_value == 0)
            {
                _value = 1; // 0 means none
            }

            _endsAtUs = nowUs + LifeUs;
        }

        /// <summary>The one in force, 0 when none.</summary>
        public long ValueAt(long nowUs)
        {
            return _value != 0 && nowUs < _endsAtUs ? _value : 0;
        }

        /// <summary>Whether the answer fits. Whatever the outcome, the challenge is spent.</summary>
        public bool Spend(long answer, long nowUs)
        {
            bool fits = answer != 0 && answer == ValueAt(nowUs);
            _value = 0;
            return fits;
        }
    }
}
