using Escapement.Kernel;

namespace Escapement.Runtime.Run
{
    /// <summary>Says how many pulses the plan holds until a moment. Walks forward only, with the session.</summary>
    public sealed class PlanFollower
    {
        private readonly Sequencer _sequencer = new Sequencer();
        private bool _more;
        private int _count;

        /// <summary>Starts before the first pulse.</summary>
        public void Begin(byte[] image)
        {
            _sequencer.Begin(image);
            _count = 0;
            _more = _sequencer.Next();
        }

        /// <summary>Pulses whose onset lies at or before a moment; never fewer than at an earlier call.</summary>
        /// <param name="sinceOriginUs">The moment from the session's origin, us.</param>
        public int CountAt(long sinceOriginUs)
        {
            while (_more && _sequencer.OnsetUs <= sinceOriginUs)
            {
                _count++;
                _more = _sequencer.Next();
            }

            return _count;
        }
    }
}
