using Escapement.Runtime.Ports;

namespace Escapement.Runtime.Watch
{
    /// <summary>
    /// Feeds the hardware watchdog, only after every check of the pass ran in order and passed.
    /// Each check reports here; a check that is left out, comes twice or out of order starves the watchdog.
    /// </summary>
    public sealed class Heartbeat
    {
        /// <summary>Check-ins of a pass, in their order.</summary>
        public const int Link = 1, Clock = 2, Inputs = 3, Counters = 4, State = 5, Record = 6;

        private readonly IGate _gate;
        private int _last;
        private bool _passed;

        /// <summary>Feeds through the gate's heartbeat line.</summary>
        public Heartbeat(IGate gate)
        {
            _gate = gate;
        }

        /// <summary>Set when output did not stop as it should have: nothing feeds again until power-off.</summary>
        public bool Barred;

        /// <summary>A pass begins.</summary>
        public void BeginPass()
        {
            _last = 0;
            _passed = true;
        }

        /// <summary>A check of the pass ran.</summary>
        public void CheckIn(int step, bool passed)
        {
            if (step != _last + 1 || !passed)
            {
                _passed = false;
            }

            _last = step;
        }

        /// <summary>Feeds if every check ran in order and passed, and the state wants the gate alive.</summary>
        public void EndPass(bool wanted)
        {
            if (wanted && _passed && _last == Record && !Barred)
            {
                _gate.Feed();
            }
        }
    }
}
