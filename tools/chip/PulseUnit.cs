using System.Device.Gpio;

namespace Escapement.Chip
{
    /// <summary>One unit of the pulse counter peripheral. Levels are handed to it as they change; a glitch filter is judged in hindsight.</summary>
    internal sealed class PulseUnit
    {
        private bool raw;
        private bool stable;
        private long rawSince80;
        private long filter80;
        private bool countRising;
        private bool countFalling;
        private bool running;
        private long count;

        public void Configure(GpioPulsePolarity polarity, int filterNs, bool level, long t80)
        {
            countRising = polarity != GpioPulsePolarity.Falling;
            countFalling = polarity != GpioPulsePolarity.Rising;

            // Quirk: the filter is in nanoseconds, though its documentation says clock cycles.
            filter80 = filterNs * Board.TicksPerUs / 1000;
            raw = level;
            stable = level;
            rawSince80 = t80;
        }

        public void Start()
        {
            count = 0;
            running = true;
        }

        public void Stop() => running = false;

        public void Clear() => count = 0;

        public void LevelChanged(bool level, long t80)
        {
            Settle(t80);
            raw = level;
            rawSince80 = t80;
            if (filter80 == 0)
            {
                Settle(t80);
            }
        }

        public long Read(long t80)
        {
            Settle(t80);
            return count;
        }

        private void Settle(long t80)
        {
            if (raw == stable || t80 - rawSince80 < filter80)
            {
                return;
            }

            stable = raw;
            if (running && (raw ? countRising : countFalling))
            {
                count++;
            }
        }
    }
}
