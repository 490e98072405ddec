using Escapement.Link;
using Escapement.Runtime.History;
using Escapement.Runtime.Host;
using Escapement.Runtime.Ports;
using Escapement.Runtime.SelfTest;
using Escapement.Runtime.Watch;
using Escapement.Safety;

namespace Escapement.Runtime.Run
{
    /// <summary>
    /// What the board does in each state: one method for each thing a host may ask, one pass. Every refusal leaves everything as it was;
    /// every abort goes the same way (<see cref="MakeSafe"/>).
    /// </summary>
    public sealed class RunControl
    {
        /// <summary>An armed board that is not started disarms itself, us.</summary>
        public const int ArmedLifeUs = 60000000;

        /// <summary>Longest hold, us.</summary>
        public const int HeldLifeUs = 600000000;

        // What the trigger hardware may still need to fall silent after an abort, us.
        private const int AbortSettleUs = 2000;

        // How long silence is watched for after an abort before it counts as confirmed, us.
        private const int AbortWatchUs = 500000;

        private const int VerifyBudget = 8;

        private readonly IGate _gate;
        private readonly ITriggerOutput _trigger;
        private readonly IClock _clock;
        private readonly IInputs _inputs;
        private readonly CounterWatch _counters;
        private readonly Heartbeat _heartbeat;
        private readonly FaultLatch _faults;
        private readonly ProgramStore _program;
        private readonly LimitsInForce _limits;
        private readonly Arming _arming;
        private readonly TransactionBuilder _builder;
        private readonly Player _player;
        private readonly BootTest _bootTest;
        private readonly GateTest _gateTest;
        private readonly HistoryKeeper _history;
        private bool _holdAsked;
        private long _abortedAtUs;
        private bool _settling;
        private bool _confirming;
        private bool _brokenOff;
        private bool _armDry;
        private bool _marked;
        private bool _began;

        /// <summary>Uses the board's ports and the session's parts.</summary>
        public RunControl(IGate gate, ITriggerOutput trigger, IClock clock, IInputs inputs, CounterWatch counters, Heartbeat heartbeat, FaultLatch faults, ProgramStore program, LimitsInForce limits, Arming arming, TransactionBuilder builder, Player player, BootTest bootTest, GateTest gateTest, HistoryKeeper history)
        {
            _gate = gate;
            _trigger = trigger;
            _clock = clock;
            _inputs = inputs;
            _counters = counters;
            _heartbeat = heartbeat;
            _faults = faults;
            _program = program;
            _limits = limits;
            _arming = arming;
            _builder = builder;
            _player = player;
            _bootTest = bootTest;
            _gateTest = gateTest;
            _history = history;
        }

        /// <summary>The state.</summary>
        public readonly StateHolder State = new StateHolder();

        /// <summary>Whether the self-test has passed since power-up; a fault that was cleared does not stand for it.</summary>
        public bool SelfTested;

        /// <summary>Inhibit reasons that the last arming ended with; they stay until the next arm or upload.</summary>
        public int ArmRefusal;

        /// <summary>Set when verification of a program just ended: 1 accepted, -1 refused. The desk reports it and sets it back.</summary>
        public int VerifyEnded;

        /// <summary>Set when an arming just ended: 1 armed, -1 refused. The desk reports it and sets it back.</summary>
        public int ArmEnded;

        /// <summary>Whether the armed or running session keeps the gate closed.</summary>
        public bool IsDry => _player.IsDry;

        /// <summary>Progress of the work at hand, percent; 100 when there is none.</summary>
        public int Percent => _arming.IsActive ? _arming.Percent : (_program.IsVerifying ? 0 : 100);

        /// <summary>Whether a command's work is still under way.</summary>
        public bool IsBusy => _arming.IsActive || _program.IsVerifying || _gateTest.IsActive;

        /// <summary>Whether this state wants the watchdog fed.</summary>
        public bool WantsFeed => State.Now == SupervisorState.Armed || State.Now == SupervisorState.Running || _gateTest.WantsFeed;

        /// <summary>What the arming scan found.</summary>
        public Arming Armed => _arming;

        /// <summary>The session's player.</summary>
        public Player Player => _player;

        /// <summary>Ends whatever goes on and closes everything, in this order: enable low, no more feeding, transmission disposed, confirmed by counter and read-back.</summary>
        /// <param name="result">What an open transaction is reported with.</param>
        /// <param name="nowUs">Board time, us.</param>
        public void MakeSafe(int result, long nowUs)
        {
            _gate.Disable();
            _trigger.Abort();
            _counters.Read(); // what left until this moment belongs to the transaction that ends here
            _player.Cancel(result);
            _arming.Cancel();
            _gateTest.Cancel();
            _holdAsked = false;
            _abortedAtUs = nowUs;
            _settling = true;
            _confirming = true;
            _brokenOff = true;
        }

        /// <summary>Latches a fault; a new one stops everything and lands in Fault, or in EmergencyStop when it is that.</summary>
        public void Fault(int mask, long nowUs)
        {
            bool acts = !_faults.Holds(mask) || !State.IsLatched;
            if (acts)
            {
                MakeSafe(FaultLatch.BitNumber(mask) + 1, nowUs); // safe first, then told: with every pulse that left until then
            }

            int transaction = State.IsLive && _player.Begun > 0 ? _player.Begun - 1 : 0;
            _faults.Raise(mask, nowUs, transaction, State.IsLive ? _counters.SessionGated : 0);
            if (acts)
            {
                EraseProgram();
                int target = (mask & FaultCode.EmergencyStop) != 0 ? SupervisorState.EmergencyStop : SupervisorState.Fault;
                if (target == SupervisorState.EmergencyStop || !State.IsLatched)
                {
                    State.Go(target, nowUs); // a further fault never hides an emergency stop
                }
            }
        }

        /// <summary>Latches a fault whose cause counts in this state (Safety.FaultTable). True when nothing stands in the way: no cause, or one that does not count.</summary>
        public bool Allows(int cause, long nowUs)
        {
            if (cause == 0)
            {
                return true; // nearly always; the table would be searched in vain, row by row
            }

            _faults.Stands(cause);
            if (FaultTable.Latching(cause, State.Now) == 0)
            {
                return true;
            }

            Fault(cause, nowUs);
            return false;
        }

        /// <summary>Stops, in any state. A latched state stays latched (only Clear leads out of it), a self-test under way goes on.</summary>
        public void Stop(long nowUs)
        {
            MakeSafe(TrainRecord.Stopped, nowUs);
            EraseProgram();
            if (State.Now >= SupervisorState.Idle && !State.IsLatched)
            {
                State.Go(SupervisorState.Idle, nowUs);
            }
        }

        /// <summary>Asks to hold at the next boundary. True when it will, or does already.</summary>
        public bool Hold(long nowUs)
        {
            if (State.Now == SupervisorState.Held)
            {
                return true;
            }

            if (State.Now != SupervisorState.Running || !_player.MoreFollow(_arming.Found.Transactions))
            {
                return false;
            }

            _holdAsked = true;
            return true;
        }

        /// <summary>Takes an armed board back to Loaded, and ends an arming under way.</summary>
        public void Disarm(long nowUs)
        {
            if (State.Now == SupervisorState.Armed)
            {
                MakeSafe(TrainRecord.Stopped, nowUs);
                State.Go(SupervisorState.Loaded, nowUs);
            }
            else if (_arming.IsActive)
            {
                _arming.Cancel();
            }
        }

        /// <summary>A new program begins to arrive. False in states that protect the old one.</summary>
        public bool BeginUpload(long nowUs)
        {
            if (State.Now == SupervisorState.Idle)
            {
                return !_program.IsVerifying && !_gateTest.IsActive;
            }

            if (State.Now != SupervisorState.Loaded && State.Now != SupervisorState.Done)
            {
                return false;
            }

            _arming.Cancel();
            ArmRefusal = 0;
            return State.Go(SupervisorState.Idle, nowUs);
        }

        /// <summary>Begins to test the gate, from Idle; a program that is half uploaded goes.</summary>
        public void BeginGateTest(bool needsKeyOff, long nowUs)
        {
            EraseProgram();
            _gateTest.Begin(needsKeyOff);
            if (!_gateTest.IsActive)
            {
                Fault(FaultCode.SendFailed, nowUs);
            }
        }

        /// <summary>One pass of the gate test. True when it has ended; a step that failed is a fault, whatever ended it leaves all closed.</summary>
        public bool PassGateTest(bool keyIsOff, long nowUs)
        {
            if (!_gateTest.Pass(keyIsOff, nowUs))
            {
                return false;
            }

            MakeSafe(TrainRecord.Stopped, nowUs);
            _trigger.Release();
            int closed = _inputs.Read() & (InputBits.EmergencyStops | InputBits.Interlock);
            if (closed != (InputBits.EmergencyStops | InputBits.Interlock))
            {
                _gateTest.Failed = 0; // a contact opened meanwhile: the gate only followed it
            }

            if (_gateTest.Failed != 0)
            {
                Fault(_gateTest.Failed == SelfTestSteps.PulsesPass ? FaultCode.GatedCountMismatch : FaultCode.GateMismatch, nowUs);
            }

            return true;
        }

        /// <summary>Begins to arm; all reasons have been checked.</summary>
        public void BeginArm(bool dry, long nowUs)
        {
            ArmRefusal = 0;
            _armDry = dry;
            _player.IsDry = dry;
            _player.ReleaseList();
            _arming.Begin(_program.Image, _program.Found.MaxWidthUs, _history.Hour.Now(nowUs), _limits.Values);
        }

        /// <summary>Starts an armed session.</summary>
        public void Start(long nowUs)
        {
            _holdAsked = false;
            _brokenOff = false;
            _began = true;
            _player.Begin(_armDry, nowUs);
            State.Go(SupervisorState.Running, nowUs);
        }

        /// <summary>Resumes a held session.</summary>
        public void Resume(long nowUs)
        {
            _player.Resume(nowUs);
            State.Go(SupervisorState.Running, nowUs);
        }

        /// <summary>Clears latched faults; all causes have been checked.</summary>
        public void Clear(long nowUs)
        {
            _faults.Clear();
            _history.Explain(nowUs);
            State.Go(SupervisorState.Idle, nowUs);
        }

        /// <summary>The lease ended: a live board faults, a loaded program goes.</summary>
        public void LeaseEnded(long nowUs)
        {
            if (State.IsLive)
            {
                Fault(FaultCode.LeaseLost, nowUs);
            }
            else if (State.Now == SupervisorState.Loaded)
            {
                _arming.Cancel();
                EraseProgram();
                State.Go(SupervisorState.Idle, nowUs);
            }
            else if (!State.IsLatched)
            {
                if (_gateTest.IsActive)
                {
                    MakeSafe(TrainRecord.Stopped, nowUs);
                }

                EraseProgram();
            }
        }

        /// <summary>One pass of the state at hand.</summary>
        /// <param name="nowUs">Board time, us.</param>
        /// <param name="trainFault">The fault that forbids beginning a train now, 0 when none does.</param>
        /// <param name="inhibited">Whether a reason against arming stands; counts while arming.</param>
        /// <param name="keyIsOff">Whether the key was off for the whole pass; counts while the gate is tested.</param>
        public void Pass(long nowUs, int trainFault, bool inhibited, bool keyIsOff)
        {
            Settle(nowUs);
            Unmark(nowUs);
            CheckClosed(nowUs);
            int state = State.Now;
            if (state == SupervisorState.Idle)
            {
                PassIdle(nowUs, keyIsOff);
            }
            else if (state == SupervisorState.Loaded)
            {
                PassLoaded(nowUs, inhibited);
            }
            else if (state == SupervisorState.Armed && nowUs - State.SinceUs > ArmedLifeUs)
            {
                Disarm(nowUs);
            }
            else if (state == SupervisorState.Running)
            {
                PassRunning(nowUs, trainFault);
            }
            else if (state == SupervisorState.Held && nowUs - State.SinceUs > HeldLifeUs)
            {
                Fault(FaultCode.HeldTooLong, nowUs);
            }
        }

        private void Settle(long nowUs)
        {
            if (_settling && nowUs - _abortedAtUs >= AbortSettleUs)
            {
                _settling = false;
                _counters.BeginWindow();
            }

            if (_confirming && nowUs - _abortedAtUs > AbortWatchUs)
            {
                _confirming = false;
            }

            // Only now: until here something of the list broken off might still leave. A session that began meanwhile has a history of its own.
            if (_brokenOff && !_settling && !_confirming && !_heartbeat.Barred && !State.IsLive && !_arming.IsActive)
            {
                _brokenOff = false;
                _player.Silence(nowUs);
            }
        }

        // Outside a window the gate is closed and nothing passes it, in every state. If that does not hold right after an abort,
        // nothing feeds again until power-off: the watchdog holds the gate closed.
        private void CheckClosed(long nowUs)
        {
            if (_settling || _player.Phase == Player.Playing || _gateTest.IsActive)
            {
                return;
            }

            int fault = 0;
            if (_gate.IsOpen())
            {
                fault = FaultCode.GateMismatch;
            }
            else if (_counters.WindowGated != 0 || (_counters.WindowRaw != 0 && (_confirming || State.IsLive)))
            {
                fault = FaultCode.TriggerNotQuiet;
            }
            else if (_counters.WindowOut != 0 && State.IsLive)
            {
                fault = FaultCode.TriggerOutMismatch;
            }

            if (fault == 0)
            {
                return;
            }

            if (_confirming)
            {
                _heartbeat.Barred = true;
            }

            Fault(fault, nowUs);
        }

        private void PassIdle(long nowUs, bool keyIsOff)
        {
            if (_gateTest.IsActive)
            {
                PassGateTest(keyIsOff, nowUs);
                return;
            }

            if (!_program.IsVerifying)
            {
                return;
            }

            long startUs = _clock.NowUs();
            int result = 0;
            while (result == 0 && _clock.NowUs() - startUs < TransactionBuilder.SliceUs)
            {
                result = _program.Verify(VerifyBudget);
            }

            if (result != 0)
            {
                VerifyEnded = result;
                if (result > 0)
                {
                    State.Go(SupervisorState.Loaded, nowUs);
                }
            }
        }

        private void PassLoaded(long nowUs, bool inhibited)
        {
            if (!_arming.IsActive)
            {
                return;
            }

            if (!_marked)
            {
                Mark(nowUs); // in a pass of its own: it may take as long as all the rest of an arming
                return;
            }

            if (_arming.Step())
            {
                if (inhibited)
                {
                    // What was checked when the command came need not hold any more: arming takes seconds.
                    _arming.Cancel();
                    ArmEnded = -1;
                    return;
                }

                if (!_limits.AreIntact())
                {
                    _arming.Cancel();
                    ArmEnded = -1;
                    Fault(FaultCode.LimitsChanged, nowUs);
                    return;
                }

                _bootTest.Collect(); // now that the lists are there; nothing else will make garbage before the first pulse
                ArmEnded = _trigger.Open() ? 1 : -1;
                if (ArmEnded > 0)
                {
                    _counters.BeginSession(); // what was counted before belongs to the gate test or to another session
                    _player.Begun = 0;
                    _player.PlannedSoFar = 0;
                    State.Go(SupervisorState.Armed, nowUs);
                }
                else
                {
                    Fault(FaultCode.SendFailed, nowUs);
                }
            }
            else if (!_arming.IsActive)
            {
                ArmRefusal = _arming.Refusal;
                ArmEnded = -1;
                if (_arming.Fault != 0)
                {
                    Fault(_arming.Fault, nowUs);
                }
            }
        }

        // Whatever becomes of the session now, even a loss of power, it is charged.
        private void Mark(long nowUs)
        {
            _marked = true;
            _began = false;
            if (!_history.Mark(_armDry ? 0 : _program.Found.Pulses, nowUs))
            {
                _arming.Cancel();
                ArmRefusal = InhibitReason.StoreUnsafe;
                ArmEnded = -1;
            }
        }

        // Only when all is quiet: the writing stops the program for a while.
        private void Unmark(long nowUs)
        {
            if (!_marked || State.IsLive || _arming.IsActive || _settling)
            {
                return;
            }

            int counted = _began ? _counters.SessionGated : 0;
            bool doubtful = _began && State.IsLatched && !_player.IsDry && _player.PlannedSoFar > counted;
            _marked = false;
            _history.Settle(counted, doubtful ? _player.PlannedSoFar : counted, nowUs);
        }

        private void PassRunning(long nowUs, int trainFault)
        {
            if (_holdAsked && _player.CanHoldNow)
            {
                _holdAsked = false;
                _player.Hold(nowUs);
                State.Go(SupervisorState.Held, nowUs);
                return;
            }

            int fault = _player.Pass(nowUs, trainFault);
            if (fault != 0)
            {
                Fault(CauseOf(fault), nowUs);
            }
            else if (_player.SessionEnded)
            {
                _gate.Disable();
                _player.Cancel(0);
                EraseProgram();
                State.Go(SupervisorState.Done, nowUs);
            }
        }

        // The latch drops with its contacts at once, perhaps after this pass has read them: then the contact is the fault, the gate only followed.
        private int CauseOf(int fault)
        {
            if ((fault != FaultCode.GateMismatch && fault != FaultCode.GatedCountMismatch) || _gate.IsOpen())
            {
                return fault;
            }

            int opened = ContactFault.Of(_inputs.Read());
            return opened != 0 ? opened : fault;
        }

        private void EraseProgram()
        {
            _trigger.Release();
            _program.Erase();
            _limits.Reset();
            ArmRefusal = 0;
        }
    }
}
