using Escapement.Safety;

namespace Escapement.Runtime.History
{
    /// <summary>
    /// Pulses charged to the last hour, in steps of five minutes, never too few: a session's pulses count from its arming, and age only from its end.
    /// </summary>
    public sealed class HourCharge
    {
        /// <summary>Length of a step, us.</summary>
        public const long StepUs = 300000000;

        // One more than an hour holds: the oldest step is kept until all of it is older than an hour.
        private const int Steps = 13;

        private readonly int[] _pulses = new int[Steps];
        private long _step;

        /// <summary>Pulses of the program that is armed or under way: all of them, before the first.</summary>
        public int Reserved;

        /// <summary>Charges pulses at a moment.</summary>
        public void Add(int pulses, long nowUs)
        {
            Forget(nowUs);
            int room = LimitTable.MaxHourPulses - _pulses[(int)(_step % Steps)];
            _pulses[(int)(_step % Steps)] += pulses < room ? pulses : room; // full is full
        }

        /// <summary>Pulses of the last hour, what is reserved among them.</summary>
        public int Now(long nowUs)
        {
            Forget(nowUs);
            int sum = Reserved;
            for (int i = 0; i < Steps; i++)
            {
                sum += _pulses[i];
            }

            return sum < LimitTable.MaxHourPulses ? sum : LimitTable.MaxHourPulses;
        }

        private void Forget(long nowUs)
        {
            long step = nowUs / StepUs;
            if (step - _step > Steps)
            {
                _step = step - Steps;
            }

            while (_step < step)
            {
                _step++;
                _pulses[(int)(_step % Steps)] = 0;
            }
        }
    }
}
