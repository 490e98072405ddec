using Escapement.Kernel;
using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Run
{
    /// <summary>Everything between the arm command and Armed, in slices: scan the plan, allocate the lists, make and judge the first one.</summary>
    public sealed class Arming
    {
        // A unit of planning costs some 200 opcodes.
        private const int ScanBudget = 12;

        private readonly ITriggerOutput _trigger;
        private readonly IClock _clock;
        private readonly TransactionBuilder _builder;
        private readonly OutputGuard _guard;
        private readonly PlanLimits _plan;
        private readonly Planner _planner = new Planner();
        private readonly WindowScan _windows = new WindowScan();
        private byte[] _image;
        private Limits _limits;
        private bool _scanning;
        private bool _windowsScanned;

        /// <summary>Uses the board's ports.</summary>
        public Arming(ITriggerOutput trigger, IClock clock, TransactionBuilder builder, OutputGuard guard, PlanLimits plan)
        {
            _guard = guard;
            _trigger = trigger;
            _clock = clock;
            _builder = builder;
            _plan = plan;
        }

        /// <summary>Whether it is at work.</summary>
        public bool IsActive;

        /// <summary>Inhibit reasons that ended it, 0 when it ended well.</summary>
        public int Refusal;

        /// <summary>Fault that ended it, 0 when none.</summary>
        public int Fault;

        /// <summary>What the scan found; valid once armed.</summary>
        public Planner Found => _planner;

        /// <summary>Progress, percent.</summary>
        public int Percent;

        /// <summary>Begins. What an earlier arming left is given back first.</summary>
        /// <param name="image">The program.</param>
        /// <param name="widestUs">Its widest pulse, us.</param>
        /// <param name="hourPulses">Pulses charged to the last hour.</param>
        /// <param name="limits">Limits in force.</param>
        public void Begin(byte[] image, int widestUs, int hourPulses, Limits limits)
        {
            _image = image;
            _limits = limits;
            _builder.Cancel();
            _trigger.Release();
            _guard.BeginSession(hourPulses);
            _planner.Begin(image, _plan);
            _windows.Begin(image, widestUs, limits);
            _scanning = true;
            _windowsScanned = false;
            IsActive = true;
            Refusal = 0;
            Fault = 0;
            Percent = 0;
        }

        /// <summary>Gives up what was made so far.</summary>
        public void Cancel()
        {
            IsActive = false;
            _builder.Cancel();
            _trigger.Release();
        }

        /// <summary>One slice. True when the board can be armed now.</summary>
        public bool Step()
        {
            if (_scanning)
            {
                Scan();
                return false;
            }

            _builder.Step();
            if (_builder.Phase == TransactionBuilder.Ready)
            {
                IsActive = false;
                Percent = 100;
                return true;
            }

            if (_builder.Phase == TransactionBuilder.Failed || _builder.Phase == TransactionBuilder.NoMore)
            {
                Judge();
                return false;
            }

            Percent = 10 + (int)(80L * _builder.WordsDone / _planner.LengthWords(0));
            return false;
        }

        private void Scan()
        {
            long startUs = _clock.NowUs();
            int result = 0;
            while (result == 0 && _clock.NowUs() - startUs < TransactionBuilder.SliceUs)
            {
                result = _windowsScanned ? _planner.Step(ScanBudget) : _windows.Step(ScanBudget);
            }

            if (result == 0)
            {
                return;
            }

            if (!_windowsScanned)
            {
                _windowsScanned = true;
                if (result < 0)
                {
                    Refuse(InhibitReason.LimitsExceeded);
                }

                return;
            }

            _scanning = false;
            if (result < 0)
            {
                Refuse(InhibitReason.PlanImpossible);
                return;
            }

            if (_planner.MaxPulses > _limits.MaxTrainPulses)
            {
                Refuse(InhibitReason.LimitsExceeded);
                return;
            }

            for (int slot = 0; slot < _planner.LengthCount; slot++)
            {
                if (!_trigger.Allocate(slot, _planner.LengthWords(slot) * 4))
                {
                    Refuse(InhibitReason.MemoryLow);
                    return;
                }
            }

            Percent = 10;
            _builder.BeginFirst(_image, _planner, _plan, _limits);
        }

        private void Refuse(int reason)
        {
            Refusal = reason;
            IsActive = false;
            _builder.Cancel();
            _trigger.Release();
        }

        // The guard's answer: what the limits or the history forbid is a refusal; anything else means that kernel and guard disagree.
        private void Judge()
        {
            int verdict = _builder.Verdict;
            if (_builder.Phase != TransactionBuilder.Failed || verdict == 0)
            {
                Refuse(InhibitReason.PlanImpossible);
            }
            else if (_guard.HistoryToBlame)
            {
                Refuse(InhibitReason.HistoryFull);
            }
            else if (IsLimit(verdict))
            {
                Refuse(InhibitReason.LimitsExceeded);
            }
            else
            {
                Refuse(0);
                Fault = FaultCode.GuardRejected;
            }
        }

        private static bool IsLimit(int verdict)
        {
            return verdict == GuardVerdict.MinGap || verdict == GuardVerdict.WidthShort || verdict == GuardVerdict.WidthLong
                || verdict == GuardVerdict.Window1 || verdict == GuardVerdict.Window2 || verdict == GuardVerdict.Window3
                || verdict == GuardVerdict.TrainTotal || verdict == GuardVerdict.SessionTotal || verdict == GuardVerdict.SessionTime
                || verdict == GuardVerdict.HourTotal || verdict == GuardVerdict.Duty;
        }
    }
}
