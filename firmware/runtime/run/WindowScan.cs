using Escapement.Kernel;
using Escapement.Safety;

namespace Escapement.Runtime.Run
{
    /// <summary>
    /// Looks through a whole session, before it is armed, for the limits that a single list cannot show: pulses in each sliding window
    /// and the high time in the second one, across transactions. What would be rejected in the middle of a session is refused before its first pulse.
    /// </summary>
    public sealed class WindowScan
    {
        // More than the largest number of pulses that a window may allow; a power of two.
        private const int RingSize = 256;

        private readonly Sequencer _sequencer = new Sequencer();
        private readonly long[] _onsetsUs = new long[RingSize];
        private Limits _limits;
        private int _count;
        private int _most2;

        /// <summary>Begins with a verified program.</summary>
        /// <param name="image">The program.</param>
        /// <param name="widestUs">Its widest pulse, us: every pulse counts as wide.</param>
        /// <param name="limits">Limits in force.</param>
        public void Begin(byte[] image, int widestUs, Limits limits)
        {
            _sequencer.Begin(image);
            _limits = limits;
            int high = widestUs > 0 ? limits.MaxHighUs / widestUs : 0;
            _most2 = high < limits.Window2Pulses ? high : limits.Window2Pulses;
            _count = 0;
        }

        /// <summary>Goes on.</summary>
        /// <param name="budget">Pulses to look at, at most; one costs some 250 opcodes.</param>
        /// <returns>0 still working, 1 within the limits, -1 not.</returns>
        public int Step(int budget)
        {
            for (int i = 0; i < budget; i++)
            {
                if (!_sequencer.Next())
                {
                    return 1;
                }

                long onsetUs = _sequencer.OnsetUs;
                if (Exceeds(onsetUs, _limits.Window1Us, _limits.Window1Pulses)
                    || Exceeds(onsetUs, _limits.Window2Us, _most2)
                    || Exceeds(onsetUs, _limits.Window3Us, _limits.Window3Pulses))
                {
                    return -1;
                }

                _onsetsUs[_count & (RingSize - 1)] = onsetUs;
                _count++;
            }

            return 0;
        }

        // One pulse too many: the one that came this many pulses ago still lies in the window. A figure that the ring cannot answer is exceeded.
        private bool Exceeds(long onsetUs, int windowUs, int pulses)
        {
            if (pulses < 1 || pulses >= RingSize)
            {
                return true;
            }

            return _count >= pulses && onsetUs - _onsetsUs[(_count - pulses) & (RingSize - 1)] < windowUs;
        }
    }
}
