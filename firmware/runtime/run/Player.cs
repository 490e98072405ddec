using Escapement.Runtime.Ports;
using Escapement.Runtime.Watch;
using Escapement.Safety;
using Escapement.Runtime.Host;

namespace Escapement.Runtime.Run
{
    /// <summary>
    /// Plays a session transaction by transaction: waits for the planned moment, proves the start, opens the gate, compares the counters with
    /// the plan, closes the gate, reports. Never catches up: what is late is refused before its first pulse.
    /// </summary>
    public sealed class Player
    {
        /// <summary>Nothing plays and nothing waits.</summary>
        public const int Idle = 0;

        /// <summary>Gate closed, the next transaction waits for its moment.</summary>
        public const int Waiting = 1;

        /// <summary>A list plays.</summary>
        public const int Playing = 2;

        // Time after the last planned edge before the window is closed and counted, us: filter and isolator delay many times over.
        private const int CloseMarginUs = 3000;

        // Within this time from its trigger a stimulator answers on trigger-out, us: 215 to 250 us are published, the rest is its width and the counter's filter.
        private const int AnswerUs = 2000;

        // The watchdog must have been fed for this long before a gate can open: several feeds through its filter, us.
        private const int FeedSettleUs = 60000;

        // A garbage collection needs this much silence before the next start, us.
        private const int CollectGapUs = 1000000;

        private readonly BoardFigures _figures;
        private readonly bool _countsOut;
        private readonly ITriggerOutput _trigger;
        private readonly IGate _gate;
        private readonly IClock _clock;
        private readonly ICrc32 _crc;
        private readonly IBoardSystem _system;
        private readonly CounterWatch _counters;
        private readonly OutputGuard _guard;
        private readonly TransactionBuilder _builder;
        private readonly ProgramStore _program;
        private readonly LimitsInForce _limits;
        private readonly ListStart _start;
        private readonly PlanFollower _early = new PlanFollower();
        private readonly PlanFollower _late = new PlanFollower();
        private readonly PlanFollower _answered = new PlanFollower();
        private bool _originKnown;
        private long _originUs;
        private bool _resumed;
        private long _notBeforeUs;
        private long _heldAtUs;
        private int _lastWidthUs;
        private bool _collected;

        /// <summary>Uses the board's ports and the session's parts.</summary>
        public Player(BoardFigures figures, bool countsTriggerOut, ITriggerOutput trigger, IGate gate, IClock clock, ICrc32 crc, IBoardSystem system, CounterWatch counters, OutputGuard guard, TransactionBuilder builder, ProgramStore program, LimitsInForce limits)
        {
            _figures = figures;
            _countsOut = countsTriggerOut;
            _trigger = trigger;
            _gate = gate;
            _clock = clock;
            _crc = crc;
            _system = system;
            _counters = counters;
            _guard = guard;
            _builder = builder;
            _program = program;
            _limits = limits;
            _start = new ListStart(clock, trigger);
        }

        /// <summary>Where it stands.</summary>
        public int Phase;

        /// <summary>Whether the gate stays closed (dry run).</summary>
        public bool IsDry;

        /// <summary>Transactions begun.</summary>
        public int Begun;

        /// <summary>The transaction that plays or played last.</summary>
        public readonly TrainRecord Train = new TrainRecord();

        /// <summary>Whether <see cref="Train"/> has to be reported.</summary>
        public bool TrainEnded;

        /// <summary>Whether the session ended as planned.</summary>
        public bool SessionEnded;

        /// <summary>Pulses that the plan holds until the last pass.</summary>
        public int PlannedSoFar;

        /// <summary>Whether nothing plays that a hold would have to wait for, and something is left to hold.</summary>
        public bool CanHoldNow => Phase == Waiting && Begun > 0;

        /// <summary>Whether another transaction follows the one that plays or, before the session's first, the first.</summary>
        public bool MoreFollow(int transactions)
        {
            return transactions > (Begun > 0 ? Begun : 1);
        }

        /// <summary>Begins a session whose first list is ready.</summary>
        /// <param name="dry">Whether the gate stays closed.</param>
        /// <param name="nowUs">Board time, us.</param>
        public void Begin(bool dry, long nowUs)
        {
            _notBeforeUs = nowUs + FeedSettleUs;
            IsDry = dry;
            Begun = 0;
            PlannedSoFar = 0;
            SessionEnded = false;
            TrainEnded = false;
            Train.IsOpen = false;
            _originKnown = false;
            _resumed = false;
            _collected = true;
            _early.Begin(_program.Image);
            _late.Begin(_program.Image);
            _answered.Begin(_program.Image);
            _counters.BeginSession();
            Phase = Waiting;
        }

        /// <summary>Goes on after a hold: the rest of the session moves as a whole, never nearer than it was planned.</summary>
        public void Resume(long nowUs)
        {
            _resumed = true;
            _heldAtUs = 0;
            _notBeforeUs = nowUs + FeedSettleUs;
            Phase = Waiting;
        }

        /// <summary>Holds between two transactions.</summary>
        public void Hold(long nowUs)
        {
            _heldAtUs = nowUs;
            Phase = Idle;
        }

        /// <summary>Ends everything; the hardware has been made safe by the caller.</summary>
        /// <param name="result">What the open transaction, if any, is reported with.</param>
        public void Cancel(int result)
        {
            if (Train.IsOpen)
            {
                CloseRecord(result);
            }

            _heldAtUs = 0;
            Phase = Idle;
            _builder.Cancel();
        }

        /// <summary>Lets go of the last session's list: what is still held cannot be allocated anew.</summary>
        public void ReleaseList()
        {
            _start.Release();
        }

        /// <summary>Nothing leaves any more of a list that was broken off: tells the guard.</summary>
        public void Silence(long nowUs)
        {
            _guard.Silence(nowUs);
        }

        /// <summary>Until the last pulse of the session, us; in a hold as it stood when the hold began; 0 when that is past or unknown.</summary>
        public long TimeLeftUs(long nowUs, long lastOnsetUs)
        {
            if (Phase == Idle && _heldAtUs == 0)
            {
                return 0;
            }

            long atUs = _heldAtUs != 0 ? _heldAtUs : nowUs;
            long leftUs = _originKnown ? _originUs + lastOnsetUs - atUs : lastOnsetUs;
            return leftUs > 0 ? leftUs : 0;
        }

        /// <summary>One pass. Returns a fault, 0 when all is well.</summary>
        /// <param name="nowUs">Board time, us.</param>
        /// <param name="trainFault">The fault that forbids beginning a train now, 0 when none does.</param>
        public int Pass(long nowUs, int trainFault)
        {
            if (Phase == Waiting)
            {
                return PassWaiting(nowUs, trainFault);
            }

            return Phase == Playing ? PassPlaying(nowUs) : 0;
        }

        private int PassWaiting(long nowUs, int trainFault)
        {
            if (_builder.Phase != TransactionBuilder.Ready)
            {
                return PassBuilding(nowUs);
            }

            if (nowUs < _notBeforeUs)
            {
                return 0;
            }

            long plannedUs = _originUs + _builder.FirstOnsetUs;
            if (_resumed)
            {
                ShiftOrigin(nowUs, plannedUs);
                plannedUs = _originUs + _builder.FirstOnsetUs;
            }

            if (_originKnown && plannedUs - nowUs > _figures.LeadInUs)
            {
                CollectIfTime(plannedUs - nowUs);
                return 0;
            }

            return trainFault == 0 ? StartTransaction(plannedUs) : trainFault;
        }

        private int PassBuilding(long nowUs)
        {
            if (_builder.Phase == TransactionBuilder.NoMore)
            {
                // Counted out and nothing left: what was expanded must be what the program states.
                SessionEnded = _late.CountAt(long.MaxValue) == _program.Found.Pulses && Train.FirstPulse + Train.PlannedPulses == _program.Found.Pulses;
                return SessionEnded ? 0 : FaultCode.ExpansionMismatch;
            }

            if (_builder.Phase == TransactionBuilder.Failed)
            {
                return FaultCode.GuardRejected;
            }

            _builder.Step();
            bool late = _originKnown && !_resumed && _builder.Phase <= TransactionBuilder.Judging && _builder.Phase > TransactionBuilder.Planning
                && _originUs + _builder.FirstOnsetUs - nowUs < _figures.LeadInMinUs;
            return late ? FaultCode.EncodingLate : 0;
        }

        private void ShiftOrigin(long nowUs, long plannedUs)
        {
            long earliestUs = nowUs + _figures.LeadInUs;
            if (plannedUs < earliestUs)
            {
                _originUs += earliestUs - plannedUs;
            }

            _resumed = false;
        }

        private void CollectIfTime(long leftUs)
        {
            if (!_collected && leftUs > CollectGapUs)
            {
                _collected = true;
                _system.CollectGarbage();
            }
        }

        // Everything that can refuse comes before the send; everything that proves comes after it and before the first pulse.
        private int StartTransaction(long plannedUs)
        {
            byte[] list = _trigger.Buffer(_builder.Slot);
            int headBytes = _figures.HeadWords * 4;
            if (!_program.IsIntact())
            {
                return FaultCode.ProgramChanged;
            }

            if (!_limits.AreIntact())
            {
                return FaultCode.LimitsChanged;
            }

            if (list == null || !_guard.BodyAgrees(_crc.Compute(list, headBytes, list.Length - headBytes)))
            {
                return FaultCode.ListChanged;
            }

            if (!_trigger.Open())
            {
                return FaultCode.SendFailed;
            }

            long waitUs = _originKnown ? plannedUs - _clock.NowUs() : _figures.LeadInUs;
            if (waitUs < _figures.LeadInMinUs)
            {
                return FaultCode.StartLate;
            }

            if (!_guard.MaySend(_originKnown ? plannedUs : _clock.NowUs() + _figures.LeadInUs))
            {
                return FaultCode.GuardRejected;
            }

            int boundUs = list.Length / 4 > _figures.ListWords ? _figures.LongStartBoundUs : _figures.StartBoundUs;
            bool sent = Fire(plannedUs, waitUs);
            if (!_originKnown && sent)
            {
                plannedUs = _start.BeforeUs + _figures.LeadInUs;
                _originUs = plannedUs - _builder.FirstOnsetUs;
                _originKnown = true;
            }

            OpenRecord(plannedUs, boundUs);
            if (!sent && _start.AfterUs == _start.BeforeUs)
            {
                return FaultCode.StartLate;
            }

            // From here on it counts as sent, whatever becomes of it.
            _guard.Commit(plannedUs);
            if (!sent)
            {
                return FaultCode.SendFailed;
            }

            if (_start.AfterUs - _start.BeforeUs > boundUs)
            {
                return FaultCode.StartLate;
            }

            if (!_guard.HeadAgrees(list, _figures.HeadWords, _start.BeforeUs, plannedUs))
            {
                return FaultCode.HeadMismatch;
            }

            return OpenGate(plannedUs);
        }

        // A pause between aiming and t0 can make the patch miss its range; nothing was sent then, so it aims once more while there is time.
        private bool Fire(long plannedUs, long waitUs)
        {
            _start.Aim(_builder.Slot, _figures.HeadWords, waitUs);
            if (!_originKnown)
            {
                return _start.FireNow(_figures.LeadInUs);
            }

            bool sent = _start.FireAt(plannedUs);
            waitUs = plannedUs - _start.AfterUs;
            if (sent || _start.AfterUs != _start.BeforeUs || waitUs < _figures.LeadInMinUs)
            {
                return sent;
            }

            _start.Aim(_builder.Slot, _figures.HeadWords, waitUs);
            return _start.FireAt(plannedUs);
        }

        private int OpenGate(long plannedUs)
        {
            if (!_counters.Read())
            {
                return FaultCode.CounterFailed;
            }

            // Before the gate as well as after it: a gate opened into a train would let its rest through until that is seen.
            if (!IsDry && plannedUs - _clock.NowUs() < _figures.GateMarginUs)
            {
                return FaultCode.GateLate;
            }

            if (_counters.WindowRaw != 0 || _counters.WindowGated != 0)
            {
                return FaultCode.TriggerNotQuiet;
            }

            if (_counters.WindowOut != 0)
            {
                return FaultCode.TriggerOutMismatch;
            }

            if (!IsDry)
            {
                _gate.Enable();
                if (!_gate.IsOpen())
                {
                    return FaultCode.GateMismatch;
                }

                Train.GateOpenUs = _clock.NowUs();
                if (plannedUs - Train.GateOpenUs < _figures.GateMarginUs)
                {
                    return FaultCode.GateLate;
                }
            }

            Phase = Playing;
            _builder.BeginNext(_originUs);
            return 0;
        }

        private int PassPlaying(long nowUs)
        {
            if (_gate.IsOpen() == IsDry)
            {
                return FaultCode.GateMismatch;
            }

            // The true start lies up to t1 - t0 after the planned one, and each counter was read between two clock readings.
            long slackUs = _start.AfterUs - _start.BeforeUs;
            if (!Agrees(_counters.SessionRaw, _counters.BeforeUs - slackUs, _counters.BetweenUs))
            {
                return FaultCode.RawCountMismatch;
            }

            if (IsDry ? _counters.SessionGated != 0 : !Agrees(_counters.SessionGated, _counters.BetweenUs - slackUs, _counters.AfterUs))
            {
                return FaultCode.GatedCountMismatch;
            }

            if (_countsOut && !Answers(slackUs))
            {
                return FaultCode.TriggerOutMismatch;
            }

            PlannedSoFar = _late.CountAt(_counters.BetweenUs - _originUs);
            if (nowUs > Train.PlannedEndUs + slackUs + _lastWidthUs + CloseMarginUs)
            {
                return CloseWindow();
            }

            if (_builder.Phase <= TransactionBuilder.Judging)
            {
                _builder.Step();
            }

            return 0;
        }

        // A count read between two moments lies between the plan at the first, less one, and the plan at the second, plus one.
        private bool Agrees(int count, long fromUs, long untilUs)
        {
            int least = _early.CountAt(fromUs - _originUs) - 1;
            int most = _late.CountAt(untilUs - _originUs) + 1;
            return count >= least && count <= most;
        }

        // Every pulse is answered once and in time. No tolerance as in Agrees: a single answer too many or too few is a fault.
        private bool Answers(long slackUs)
        {
            int least = _answered.CountAt(_counters.AfterUs - slackUs - AnswerUs - _originUs);
            int most = _late.CountAt(_counters.OutAfterUs - _originUs);
            return IsDry ? _counters.SessionOut == 0 : _counters.SessionOut >= least && _counters.SessionOut <= most;
        }

        private int CloseWindow()
        {
            if (_counters.WindowRaw != Train.PlannedPulses)
            {
                return FaultCode.RawCountMismatch;
            }

            if (_counters.WindowGated != (IsDry ? 0 : Train.PlannedPulses))
            {
                return FaultCode.GatedCountMismatch;
            }

            if (_countsOut && _counters.WindowOut != _counters.WindowGated)
            {
                return FaultCode.TriggerOutMismatch;
            }

            _gate.Disable();
            if (_gate.IsOpen())
            {
                return FaultCode.GateMismatch;
            }

            CloseRecord(0);
            _counters.BeginWindow();
            _collected = false;
            Phase = Waiting;
            return 0;
        }

        private void OpenRecord(long plannedUs, int boundUs)
        {
            Train.Transaction = _builder.Index;
            Train.FirstPulse = _builder.FirstPulse;
            Train.PlannedPulses = _builder.Pulses;
            Train.PlannedStartUs = plannedUs;
            Train.PlannedEndUs = plannedUs + _builder.LastOnsetUs - _builder.FirstOnsetUs;
            Train.BeforeSendUs = _start.BeforeUs;
            Train.AfterSendUs = _start.AfterUs;
            Train.GateOpenUs = 0;
            Train.StartBoundUs = boundUs;
            Train.IsOpen = true;
            _lastWidthUs = _builder.LastWidthUs;
            Begun = _builder.Index + 1;
        }

        private void CloseRecord(int result)
        {
            Train.RawPulses = _counters.WindowRaw;
            Train.GatedPulses = _counters.WindowGated;
            Train.Result = result;
            Train.IsOpen = false;
            TrainEnded = true;
        }
    }
}
