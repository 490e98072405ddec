using Escapement.Kernel;
using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Run
{
    /// <summary>
    /// Makes the next transaction, one ahead, in slices of a pass: cut it from the plan, encode it, have it judged by the output guard,
    /// take the CRC-32 of what was judged.
    /// </summary>
    public sealed class TransactionBuilder
    {
        /// <summary>Nothing to do.</summary>
        public const int Idle = 0;

        /// <summary>At work.</summary>
        public const int Planning = 1, Encoding = 2, Judging = 3;

        /// <summary>A judged list waits to be sent.</summary>
        public const int Ready = 4;

        /// <summary>The session has no more transactions.</summary>
        public const int NoMore = 5;

        /// <summary>It cannot be made; <see cref="Verdict"/> or <see cref="Failure"/> says why.</summary>
        public const int Failed = 6;

        /// <summary>Longest slice of work in a pass, us.</summary>
        public const int SliceUs = 5000;

        // What is done between two looks at the clock: at most 5,000 opcodes. A unit of cutting costs some 200, a word some 100.
        private const int CutBudget = 12;
        private const int WordBudget = 32;

        private readonly TransactionPlanner _cutter = new TransactionPlanner();
        private readonly WordEncoder _encoder = new WordEncoder();
        private readonly OutputGuard _guard;
        private readonly ITriggerOutput _trigger;
        private readonly ICrc32 _crc;
        private readonly IClock _clock;
        private PlanLimits _plan;
        private Planner _armed;
        private Limits _limits;
        private long _originUs;
        private bool _originKnown;

        /// <summary>Uses the board's ports and the one guard.</summary>
        public TransactionBuilder(OutputGuard guard, ITriggerOutput trigger, ICrc32 crc, IClock clock)
        {
            _guard = guard;
            _trigger = trigger;
            _crc = crc;
            _clock = clock;
        }

        /// <summary>Where the work stands.</summary>
        public int Phase;

        /// <summary>The guard's verdict when it rejected the list.</summary>
        public int Verdict;

        /// <summary>The kernel's error when planning or encoding failed.</summary>
        public int Failure;

        /// <summary>Index of the transaction.</summary>
        public int Index => _cutter.Index;

        /// <summary>Index in the session of its first pulse.</summary>
        public int FirstPulse => _cutter.FirstPulse;

        /// <summary>Its pulses.</summary>
        public int Pulses => _cutter.Pulses;

        /// <summary>Onset of its first pulse from the session's origin, us.</summary>
        public long FirstOnsetUs => _cutter.FirstOnsetUs;

        /// <summary>Onset of its last pulse from the session's origin, us.</summary>
        public long LastOnsetUs => _cutter.LastOnsetUs;

        /// <summary>Width of its last pulse, us.</summary>
        public int LastWidthUs => _cutter.LastWidthUs;

        /// <summary>Which list buffer holds it.</summary>
        public int Slot => _cutter.Slot;

        /// <summary>Words of the list done so far, for progress.</summary>
        public int WordsDone => _encoder.Written;

        /// <summary>Begins with the first transaction of an armed plan.</summary>
        public void BeginFirst(byte[] image, Planner armed, PlanLimits plan, Limits limits)
        {
            _armed = armed;
            _plan = plan;
            _limits = limits;
            _originKnown = false;
            Verdict = 0; // of this session only: an old one would give a failed plan a reason that is not its own
            Failure = 0;
            _cutter.Begin(image, armed);
            Phase = Planning;
        }

        /// <summary>Goes on to the transaction after the one that was sent.</summary>
        /// <param name="originUs">The session's origin in board time, us.</param>
        public void BeginNext(long originUs)
        {
            _originUs = originUs;
            _originKnown = true;
            _cutter.Next();
            Phase = Planning;
        }

        /// <summary>Forgets what was being made.</summary>
        public void Cancel()
        {
            Phase = Idle;
            _encoder.Release();
        }

        /// <summary>One slice of work.</summary>
        public void Step()
        {
            long startUs = _clock.NowUs();
            while (Phase >= Planning && Phase <= Judging && _clock.NowUs() - startUs < SliceUs)
            {
                if (Phase == Planning)
                {
                    StepPlanning();
                }
                else if (Phase == Encoding)
                {
                    StepEncoding();
                }
                else
                {
                    StepJudging();
                }
            }
        }

        private void StepPlanning()
        {
            int result = _cutter.Step(CutBudget);
            if (result == 1)
            {
                byte[] list = _cutter.Slot < 0 ? null : _trigger.Buffer(_cutter.Slot);
                if (list == null || list.Length != _armed.LengthWords(_cutter.Slot) * 4)
                {
                    Phase = Failed;
                    return;
                }

                _encoder.Begin(list, _cutter, _plan);
                Phase = Encoding;
            }
            else if (result == 2)
            {
                Phase = NoMore;
            }
            else if (result < 0)
            {
                Failure = _cutter.Error;
                Phase = Failed;
            }
        }

        private void StepEncoding()
        {
            int result = _encoder.Step(WordBudget);
            if (result > 0)
            {
                byte[] list = _trigger.Buffer(_cutter.Slot);

                // Judged at the earliest moment at which it could leave: a later start only widens every gap to what came before.
                long firstUs = _originKnown ? _originUs + _cutter.FirstOnsetUs : _clock.NowUs() + _plan.LeadInMinUs;
                _guard.Begin(list, list.Length / 4, _plan.HeadWords, firstUs, _cutter.Pulses, _cutter.LastOnsetUs - _cutter.FirstOnsetUs, _limits);

                // Taken before the judgement begins, so that a list that changes while it is judged is caught too.
                int headBytes = _plan.HeadWords * 4;
                _guard.BodyCrc = _crc.Compute(list, headBytes, list.Length - headBytes);
                Phase = Judging;
            }
            else if (result < 0)
            {
                Failure = _encoder.Error;
                Phase = Failed;
            }
        }

        private void StepJudging()
        {
            int result = _guard.Step(WordBudget);
            if (result > 0)
            {
                Phase = Ready;
            }
            else if (result < 0)
            {
                Verdict = _guard.Verdict;
                Phase = Failed;
            }
        }
    }
}
