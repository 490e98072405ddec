using Escapement.Runtime.Ports;

namespace Escapement.Runtime.Watch
{
    /// <summary>The pulse counters, read once a pass, with their figures since the session was armed and since the window opened.</summary>
    public sealed class CounterWatch
    {
        private readonly ICounters _counters;
        private readonly IClock _clock;
        private int _sessionRaw;
        private int _sessionGated;
        private int _windowRaw;
        private int _windowGated;
        private int _sessionOut;
        private int _windowOut;

        /// <summary>Uses the board's counters and clock.</summary>
        public CounterWatch(ICounters counters, IClock clock)
        {
            _counters = counters;
            _clock = clock;
        }

        /// <summary>Clock before the reading, us: what was emitted until then is in both figures.</summary>
        public long BeforeUs;

        /// <summary>Clock between the two counters, us. The interpreter may have paused on either side of it, so each count has its own bounds.</summary>
        public long BetweenUs;

        /// <summary>Clock between the second and the third, us.</summary>
        public long AfterUs;

        /// <summary>Clock after the third, us.</summary>
        public long OutAfterUs;

        /// <summary>Pulses on the trigger line since power-up.</summary>
        public int Raw;

        /// <summary>Pulses behind the gate since power-up.</summary>
        public int Gated;

        /// <summary>Pulses of the stimulator's trigger-out since power-up; stays 0 where it is not counted.</summary>
        public int Out;

        /// <summary>Pulses of trigger-out since the session was armed.</summary>
        public int SessionOut => Out - _sessionOut;

        /// <summary>Pulses of trigger-out since the window opened (or closed).</summary>
        public int WindowOut => Out - _windowOut;

        /// <summary>Pulses on the trigger line since the session was armed.</summary>
        public int SessionRaw => Raw - _sessionRaw;

        /// <summary>Pulses behind the gate since the session was armed.</summary>
        public int SessionGated => Gated - _sessionGated;

        /// <summary>Pulses on the trigger line since the window opened (or closed).</summary>
        public int WindowRaw => Raw - _windowRaw;

        /// <summary>Pulses behind the gate since the window opened (or closed).</summary>
        public int WindowGated => Gated - _windowGated;

        /// <summary>Reads them all. False when one failed or ran backwards: a count that is not known is not safe.</summary>
        public bool Read()
        {
            BeforeUs = _clock.NowUs();
            int raw = _counters.RawPulses();
            BetweenUs = _clock.NowUs();
            int gated = _counters.GatedPulses();
            AfterUs = _clock.NowUs();
            int answered = _counters.TriggerOutPulses();
            OutAfterUs = _clock.NowUs();
            bool good = raw >= Raw && gated >= Gated && answered >= Out;
            if (good)
            {
                Raw = raw;
                Gated = gated;
                Out = answered;
            }

            return good;
        }

        /// <summary>A session begins to count here.</summary>
        public void BeginSession()
        {
            _sessionRaw = Raw;
            _sessionGated = Gated;
            _sessionOut = Out;
            BeginWindow();
        }

        /// <summary>A window, or the silence after one, begins to count here.</summary>
        public void BeginWindow()
        {
            _windowRaw = Raw;
            _windowGated = Gated;
            _windowOut = Out;
        }
    }
}
