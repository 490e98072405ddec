using Escapement.Link;
using Escapement.Runtime.History;
using Escapement.Runtime.Host;
using Escapement.Runtime.Ports;
using Escapement.Runtime.Run;
using Escapement.Runtime.SelfTest;
using Escapement.Runtime.Watch;
using Escapement.Safety;

namespace Escapement.Runtime
{
    /// <summary>
    /// The supervisor: one loop, one thread, a pass every 10 ms. Each pass runs the same checks in the same order:
    /// link, clock, inputs, counters, state, record; then, if all of them ran in this order and passed, the watchdog is fed.
    /// A pass allocates nothing.
    /// </summary>
    public sealed class Supervisor
    {
        /// <summary>Longest time between two passes that a live board survives, us: a nominal pass, its work, the system tick, and 150 ms of interpreter pause.</summary>
        public const int PassLimitUs = 175000;

        // More would let a line full of garbage stretch a pass beyond what a live board survives; a host sends far less.
        private const int ReadBytes = 128;

        private readonly BoardFigures _figures;
        private readonly IClock _clock;
        private readonly IGate _gate;
        private readonly ITriggerOutput _trigger;
        private readonly IInputs _inputs;
        private readonly InputWatch _contacts;
        private readonly CoilWatch _coil;
        private readonly ILinkPort _link;
        private readonly IBoardSystem _system;
        private readonly CounterWatch _counters;
        private readonly Heartbeat _heartbeat;
        private readonly FaultLatch _faults = new FaultLatch();
        private readonly Lease _lease = new Lease();
        private readonly OutputGuard _guard;
        private readonly RunControl _run;
        private readonly InhibitWatch _inhibits;
        private readonly RegisterView _view;
        private readonly SurroundingsView _surroundings;
        private readonly SelfTestView _tests;
        private readonly HistoryView _past;
        private readonly HistoryKeeper _history;
        private readonly BootTest _bootTest;
        private readonly GateTest _gateTest;
        private readonly HostDesk _desk;
        private readonly HarpEndpoint _endpoint;
        private readonly byte[] _input = new byte[ReadBytes];
        private readonly byte[] _output = new byte[HarpFrame.MaxBytes];
        private int _inputCount;
        private int _inputTaken;
        private long _lastPassUs;
        private uint _droppedSeen;
        private bool _leaseHeld;
        private bool _wasStandby = true;
        private bool _lampOn;
        private bool _bootTested;

        /// <summary>Builds everything that will ever be needed. Nothing is allocated afterwards but the word lists, at arming.</summary>
        public Supervisor(BoardFigures figures, IClock clock, IGate gate, ITriggerOutput trigger, ICounters counters, IInputs inputs, ILinkPort link, ICrc32 crc, IRecordStore store, IBoardSystem system)
        {
            _figures = figures;
            _clock = clock;
            _gate = gate;
            _trigger = trigger;
            _inputs = inputs;
            _link = link;
            _system = system;
            _contacts = new InputWatch(inputs.Present);
            _coil = new CoilWatch(inputs);
            _counters = new CounterWatch(counters, clock);
            _heartbeat = new Heartbeat(gate);
            LimitsInForce limits = new LimitsInForce(crc, figures.Ceilings());
            ProgramStore program = new ProgramStore(crc);
            Challenge challenge = new Challenge();
            _guard = new OutputGuard(figures.ChannelWords, limits.Ceilings);
            TransactionBuilder builder = new TransactionBuilder(_guard, trigger, crc, clock);
            Arming arming = new Arming(trigger, clock, builder, _guard, figures.Plan());
            Player player = new Player(figures, (inputs.Present & InputBits.TriggerOut) != 0, trigger, gate, clock, crc, system, _counters, _guard, builder, program, limits);
            _history = new HistoryKeeper(store, crc);
            _bootTest = new BootTest(crc, gate, trigger, clock, system, _counters, program, limits);
            _gateTest = new GateTest(gate, trigger, _counters, clock);
            _run = new RunControl(gate, trigger, clock, inputs, _counters, _heartbeat, _faults, program, limits, arming, builder, player, _bootTest, _gateTest, _history);
            _inhibits = new InhibitWatch(figures, gate, _contacts, _coil, _counters, _heartbeat, program, limits, _lease, challenge, _guard, _bootTest, _gateTest, _history, _run);
            _view = new RegisterView(figures, _history.Record, crc, gate, _counters, _faults, program, limits, _lease, challenge, _run);
            _surroundings = new SurroundingsView(_contacts, _coil.Thermometer);
            _past = new HistoryView(_history);
            _desk = new HostDesk(_history.Record, new CommandFrame(crc), _lease, challenge, program, limits, _faults, _coil.Thermometer, _run, _view, _surroundings, _past, _inhibits);
            _endpoint = new HarpEndpoint(_desk);
            _desk.Attach(_endpoint.Registers);
            _inhibits.Attach(_endpoint);
            _view.Attach(_endpoint);
            _surroundings.Attach(_endpoint);
            _tests = new SelfTestView(_bootTest, _gateTest, _contacts);
            _tests.Attach(_endpoint);
            _past.Attach(_endpoint);
        }

        /// <summary>The state, a Safety.SupervisorState.</summary>
        public int State => _run.State.Now;

        /// <summary>One pass.</summary>
        public void Pass()
        {
            _heartbeat.BeginPass();
            _faults.BeginPass();
            long nowUs = _clock.NowUs();
            _heartbeat.CheckIn(Heartbeat.Link, PassLink(nowUs));
            _heartbeat.CheckIn(Heartbeat.Clock, PassClock(nowUs));
            _heartbeat.CheckIn(Heartbeat.Inputs, PassInputs(nowUs));
            _heartbeat.CheckIn(Heartbeat.Counters, PassCounters(nowUs));
            _heartbeat.CheckIn(Heartbeat.State, PassState(nowUs));
            _heartbeat.CheckIn(Heartbeat.Record, PassRecord(nowUs));
            _heartbeat.EndPass(_run.WantsFeed);
            ShowLamp();
        }

        /// <summary>Makes everything safe after an error that nobody expected. For the top-level catch; the board resets afterwards.</summary>
        public void Abandon()
        {
            _heartbeat.Barred = true;
            _gate.Disable();
            _trigger.Abort();
        }

        private bool PassLink(long nowUs)
        {
            int read = 0;
            if (_inputTaken >= _inputCount)
            {
                read = _link.Read(_input);
                _inputTaken = 0;
                _inputCount = read > 0 ? read : 0;
            }

            // What the endpoint does not take now (no room for replies) waits here: the host is slowed down, nothing is lost.
            if (_inputTaken < _inputCount)
            {
                int rest = _inputCount - _inputTaken;
                if (_inputTaken > 0)
                {
                    System.Array.Copy(_input, _inputTaken, _input, 0, rest);
                }

                int taken = _endpoint.Receive(_input, rest, nowUs);
                _inputCount = rest;
                _inputTaken = taken;
            }

            _endpoint.Pass(nowUs);
            CheckLinkMode(nowUs);
            CheckLease(nowUs);
            return read >= 0;
        }

        private void CheckLinkMode(long nowUs)
        {
            if (_endpoint.ResetRequested)
            {
                if (_run.State.IsLive)
                {
                    _run.Stop(nowUs);
                }

                if (_endpoint.ResetReplied)
                {
                    Abandon();
                    _system.Reboot();
                }
            }

            if (_endpoint.IsStandby || _endpoint.IsMuted)
            {
                _faults.Stands(FaultCode.LinkSilenced);
                if (_run.State.IsLive)
                {
                    _run.Fault(FaultCode.LinkSilenced, nowUs);
                }
            }
        }

        private void CheckLease(long nowUs)
        {
            bool held = _lease.IsHeld(nowUs);
            if (_leaseHeld && !held)
            {
                _lease.End();
                _run.LeaseEnded(nowUs);
            }

            _leaseHeld = held;
        }

        private bool PassClock(long nowUs)
        {
            long sinceUs = nowUs - _lastPassUs;
            bool first = _lastPassUs == 0;
            _lastPassUs = nowUs;
            if (sinceUs < 0)
            {
                _run.Fault(FaultCode.ClockFailed, nowUs);
                return false;
            }

            if (!first && sinceUs > PassLimitUs && _run.State.IsLive)
            {
                _run.Fault(FaultCode.PassOverrun, nowUs);
                return false;
            }

            return true;
        }

        private bool PassInputs(long nowUs)
        {
            _contacts.Take(_inputs.Read(), nowUs);
            _coil.Pass(nowUs);
            if (!_inhibits.StimulatorIsReady)
            {
                _faults.Stands(FaultCode.StimulatorNotReady);
            }

            bool passed = _run.Allows(ContactFault.Of(_contacts.Safe), nowUs);
            passed &= _run.Allows(_contacts.StopsDisagree ? FaultCode.EmergencyStopDiscrepancy : 0, nowUs);
            return passed & _run.Allows(_coil.Trips ? FaultCode.CoilTemperature : 0, nowUs);
        }

        private bool PassCounters(long nowUs)
        {
            if (_counters.Read())
            {
                return true;
            }

            _faults.Stands(FaultCode.CounterFailed);
            if (!_run.State.IsLatched)
            {
                _run.Fault(FaultCode.CounterFailed, nowUs);
            }

            return false;
        }

        private bool PassState(long nowUs)
        {
            if (_run.State.Now == SupervisorState.Boot)
            {
                _gate.Disable();
                _guard.Boot(nowUs);
                _history.Boot(nowUs);
                _counters.BeginWindow();
                _run.State.Go(SupervisorState.SelfTest, nowUs);
            }
            else if (_run.State.Now == SupervisorState.SelfTest)
            {
                PassSelfTest(nowUs);
            }
            else
            {
                int trainFault = _coil.ForbidsTrain ? FaultCode.CoilTemperature : _inhibits.StimulatorIsReady ? 0 : FaultCode.StimulatorNotReady;
                bool inhibited = _run.Armed.IsActive && (_inhibits.Reasons(nowUs) & ~InhibitReason.ChallengeMissing) != 0;
                _run.Pass(nowUs, trainFault, inhibited, _inhibits.KeyIsOff);
            }

            if (_run.State.IsLatched && _history.IsUnexplained && (_faults.Cumulative & FaultCode.AbnormalEnd) == 0)
            {
                // A self-test that failed must not hide it: Clear would take an end for explained that nobody was told of.
                _run.Fault(FaultCode.AbnormalEnd, nowUs);
            }

            _endpoint.LockTimestamp = _run.State.IsLive;
            return !_run.State.IsLatched;
        }

        // What this pass has to tell is put down and on its way to the host, and a session under way has its marker in the store: nothing
        // goes on that could not be accounted for afterwards.
        private bool PassRecord(long nowUs)
        {
            if (_wasStandby && !_endpoint.IsStandby)
            {
                _view.Announce();
            }

            _wasStandby = _endpoint.IsStandby;
            _view.Reasons = _inhibits.Reasons(nowUs);
            _desk.Pass(nowUs);
            _view.Pass(nowUs);
            _surroundings.Pass(nowUs);
            _tests.Pass(nowUs);
            bool kept = _endpoint.EventsDropped == _droppedSeen && (!_run.State.IsLive || _history.IsMarked);
            _droppedSeen = _endpoint.EventsDropped;
            return SendOutput() & kept;
        }

        // Without pulses first; then the gate, if the key says that nothing can leave. With the key on at power-up the gate stays untested.
        private void PassSelfTest(long nowUs)
        {
            if (_bootTested)
            {
                if (!_gateTest.IsActive || _run.PassGateTest(_inhibits.KeyIsOff, nowUs))
                {
                    EndSelfTest(nowUs);
                }

                return;
            }

            if ((_contacts.Safe & InputBits.EmergencyStops) != InputBits.EmergencyStops)
            {
                return; // power-up with the emergency stop pressed is how its channels are seen open without a fault
            }

            _bootTested = true;
            int fault = _bootTest.Run();
            if (fault != 0)
            {
                _run.Fault(fault, nowUs);
            }
            else if (_inhibits.KeyIsOff && _inhibits.GateCanOpen)
            {
                _run.BeginGateTest(true, nowUs);
            }
        }

        private void EndSelfTest(long nowUs)
        {
            if (_run.State.Now == SupervisorState.SelfTest)
            {
                _run.SelfTested = true;
                if (_run.Allows(_history.IsUnexplained ? FaultCode.AbnormalEnd : 0, nowUs))
                {
                    _run.State.Go(SupervisorState.Idle, nowUs);
                }
            }
        }

        private bool SendOutput()
        {
            int count = _endpoint.TakeOutput(_output);
            return count == 0 || _link.Write(_output, count);
        }

        private void ShowLamp()
        {
            bool on = _run.WantsFeed;
            if (on != _lampOn)
            {
                _lampOn = on;
                _system.Lamp(on);
            }
        }
    }
}
