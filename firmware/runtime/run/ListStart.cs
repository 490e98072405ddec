using Escapement.Kernel;
using Escapement.Runtime.Ports;

namespace Escapement.Runtime.Run
{
    /// <summary>
    /// The start of a list, bounded and proved: clock (t0), patch of one half, send, clock (t1). The true start lies between the two readings.
    /// Nothing else stands between them.
    /// </summary>
    public sealed class ListStart
    {
        private readonly IClock _clock;
        private readonly ITriggerOutput _trigger;
        private byte[] _list;
        private int _slot;
        private int _patchAt;
        private int _coarseUs;

        /// <summary>Uses the board's clock and output.</summary>
        public ListStart(IClock clock, ITriggerOutput trigger)
        {
            _clock = clock;
            _trigger = trigger;
        }

        /// <summary>Clock just before the send, us.</summary>
        public long BeforeUs;

        /// <summary>Clock just after the send, us.</summary>
        public long AfterUs;

        /// <summary>Sets the coarse halves of the head for an expected wait: everything that takes time happens here.</summary>
        public void Aim(int slot, int headWords, long waitUs)
        {
            _slot = slot;
            _list = _trigger.Buffer(slot);
            _coarseUs = HeadWriter.SetCoarse(_list, headWords, waitUs);
            _patchAt = HeadWriter.PatchOffset(headWords);
        }

        /// <summary>Lets go of the list; the next use is <see cref="Aim"/>.</summary>
        public void Release()
        {
            _list = null;
        }

        /// <summary>Sends so that the first pulse comes at a given board time. False, with nothing sent, when that time does not fit the head any more or the hardware refuses.</summary>
        public bool FireAt(long plannedUs)
        {
            BeforeUs = _clock.NowUs();
            return Fire(plannedUs - BeforeUs - _coarseUs);
        }

        /// <summary>Sends now, so that the first pulse comes one nominal lead-in after t0. For the transaction that defines the origin.</summary>
        public bool FireNow(int leadInUs)
        {
            BeforeUs = _clock.NowUs();
            return Fire(leadInUs - _coarseUs);
        }

        private bool Fire(long restUs)
        {
            if (restUs < 1 || restUs > HeadWriter.MaxHalfUs)
            {
                AfterUs = BeforeUs;
                return false;
            }

            int rest = (int)restUs;
            _list[_patchAt] = (byte)rest;
            _list[_patchAt + 1] = (byte)(rest >> 8);
            bool sent = _trigger.Send(_slot);
            AfterUs = _clock.NowUs();
            return sent;
        }
    }
}
