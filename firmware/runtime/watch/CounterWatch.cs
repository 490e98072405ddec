using Escapement.Runtime.Ports;

namespace Escapement.Runtime.Watch
{
    /// <summary>The two pulse counters, read once a pass, with their figures since the session was armed and since the window opened.</summary>
    public sealed class CounterWatch
    {
        private readonly ICounters _counters;
        private int _sessionRaw;
        private int _sessionGated;
        private int _windowRaw;
        private int _windowGated;

        /// <summary>Uses the board's counters.</summary>
        public CounterWatch(ICounters counters)
        {
            _counters = counters;
        }

        /// <summary>Pulses on the trigger line since power-up.</summary>
        public int Raw;

        /// <summary>Pulses behind the gate since power-up.</summary>
        public int Gated;

        /// <summary>Pulses on the trigger line since the session was armed.</summary>
        public int SessionRaw => Raw - _sessionRaw;

        /// <summary>Pulses behind the gate since the session was armed.</summary>
        public int SessionGated => Gated - _sessionGated;

        /// <summary>Pulses on the trigger line since the window opened (or closed).</summary>
        public int WindowRaw => Raw - _windowRaw;

        /// <summary>Pulses behind the gate since the window opened (or closed).</summary>
        public int WindowGated => Gated - _windowGated;

        /// <summary>Reads both. False when one failed or ran backwards: a count that is not known is not safe.</summary>
        public bool Read()
        {
            int raw = _counters.RawPulses();
            int gated = _counters.GatedPulses();
            bool good = raw >= Raw && gated >= Gated;
            if (good)
            {
                Raw = raw;
                Gated = gated;
            }

            return good;
        }

        /// <summary>A session begins to count here.</summary>
        public void BeginSession()
        {
            _sessionRaw = Raw;
            _sessionGated = Gated;
            BeginWindow();
        }

        /// <summary>A window, or the silence after one, begins to count here.</summary>
        public void BeginWindow()
        {
            _windowRaw = Raw;
            _windowGated = Gated;
        }
    }
}
