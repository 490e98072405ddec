using Escapement.Link;
using Escapement.Runtime.History;
using Escapement.Runtime.Host;
using Escapement.Runtime.Ports;
using Escapement.Runtime.Run;
using Escapement.Runtime.SelfTest;
using Escapement.Safety;

namespace Escapement.Runtime.Watch
{
    /// <summary>Every reason against arming, all at once. What is not known counts as a reason.</summary>
    public sealed class InhibitWatch
    {
        /// <summary>A board that has run longer than this since its self-test must be restarted before it arms, us (seven days).</summary>
        public const long UptimeLimitUs = 7L * 24 * 3600 * 1000000;

        private readonly BoardFigures _figures;
        private readonly IGate _gate;
        private readonly InputWatch _contacts;
        private readonly CoilWatch _coil;
        private readonly CounterWatch _counters;
        private readonly Heartbeat _heartbeat;
        private readonly ProgramStore _program;
        private readonly LimitsInForce _limits;
        private readonly Lease _lease;
        private readonly Challenge _challenge;
        private readonly OutputGuard _guard;
        private readonly BootTest _bootTest;
        private readonly GateTest _gateTest;
        private readonly HistoryKeeper _history;
        private readonly RunControl _run;
        private HarpEndpoint _endpoint;

        /// <summary>Looks at these parts.</summary>
        public InhibitWatch(BoardFigures figures, IGate gate, InputWatch contacts, CoilWatch coil, CounterWatch counters, Heartbeat heartbeat, ProgramStore program, LimitsInForce limits, Lease lease, Challenge challenge, OutputGuard guard, BootTest bootTest, GateTest gateTest, HistoryKeeper history, RunControl run)
        {
            _figures = figures;
            _gate = gate;
            _contacts = contacts;
            _coil = coil;
            _counters = counters;
            _heartbeat = heartbeat;
            _program = program;
            _limits = limits;
            _lease = lease;
            _challenge = challenge;
            _guard = guard;
            _bootTest = bootTest;
            _gateTest = gateTest;
            _history = history;
            _run = run;
        }

        /// <summary>Whether the stimulator was ready in this pass.</summary>
        public bool StimulatorIsReady => (_contacts.Safe & InputBits.StimulatorReady) != 0;

        /// <summary>Whether nothing but key and coil stands in the way of an open gate: what a test of the gate needs.</summary>
        public bool GateCanOpen => (Causes() & ~(InhibitReason.KeyOff | InhibitReason.CoilAbsent)) == 0;

        /// <summary>Whether there is a key and it was off for the whole of this pass.</summary>
        public bool KeyIsOff => (_contacts.Present & InputBits.Key) != 0 && (_contacts.Levels & InputBits.Key) == 0;

        /// <summary>Connects with the link, whose mode is a reason.</summary>
        public void Attach(HarpEndpoint endpoint)
        {
            _endpoint = endpoint;
        }

        /// <summary>Reasons that stand in the world outside: inputs, gate, counters.</summary>
        public int Causes()
        {
            int missing = ~_contacts.Safe;
            int reasons = 0;
            if ((missing & InputBits.EmergencyStops) != 0)
            {
                reasons |= InhibitReason.EmergencyStopOpen;
            }

            if ((missing & InputBits.Interlock) != 0)
            {
                reasons |= InhibitReason.InterlockOpen;
            }

            if ((missing & InputBits.Key) != 0)
            {
                reasons |= InhibitReason.KeyOff;
            }

            if ((missing & InputBits.Coil) != 0)
            {
                reasons |= InhibitReason.CoilAbsent;
            }

            bool shouldBeClosed = _run.Player.Phase != Player.Playing && !_gateTest.IsActive;
            if (_heartbeat.Barred || (shouldBeClosed && _gate.IsOpen()))
            {
                reasons |= InhibitReason.GateNotClosed;
            }

            if (shouldBeClosed && (_counters.WindowRaw != 0 || _counters.WindowGated != 0))
            {
                reasons |= InhibitReason.TriggerNotQuiet;
            }

            return reasons;
        }

        /// <summary>Every reason why the board would refuse to arm (or, once armed, to go on) now.</summary>
        public int Reasons(long nowUs)
        {
            int reasons = Causes() | ArmRefusal(nowUs) | _coil.Reasons(nowUs) | FootSwitchReason();
            if (!_run.State.IsLive && !StimulatorIsReady)
            {
                reasons |= InhibitReason.StimulatorNotReady;
            }

            if (!_lease.IsHeld(nowUs))
            {
                reasons |= InhibitReason.NoLease;
            }

            if (_endpoint == null || _endpoint.IsStandby)
            {
                reasons |= InhibitReason.StandbyMode;
            }

            if (_endpoint == null || _endpoint.IsMuted)
            {
                reasons |= InhibitReason.RepliesMuted;
            }

            return _run.State.IsLive ? reasons : reasons | ReasonsBeforeArming(nowUs);
        }

        // A dead man's switch: it must have been seen released and be released until the board is armed, and be held from then on.
        private int FootSwitchReason()
        {
            if ((_contacts.Present & InputBits.FootSwitch) == 0)
            {
                return 0;
            }

            bool held = (_contacts.Safe & InputBits.FootSwitch) != 0;
            bool seenReleased = (_contacts.SeenOpen & InputBits.FootSwitch) != 0;
            return held == _run.State.IsLive && seenReleased ? 0 : InhibitReason.FootSwitchNotReady;
        }

        // Windows that were too full for a list empty by themselves: the refusal goes when the last pulse is older than the longest.
        private int ArmRefusal(long nowUs)
        {
            int refusal = _run.ArmRefusal;
            if ((refusal & InhibitReason.HistoryFull) != 0)
            {
                Limits limits = _limits.Values;
                int longestUs = limits.Window1Us > limits.Window2Us ? limits.Window1Us : limits.Window2Us;
                longestUs = limits.Window3Us > longestUs ? limits.Window3Us : longestUs;
                if (nowUs - longestUs > _guard.LastOnsetUs)
                {
                    refusal &= ~InhibitReason.HistoryFull;
                }
            }

            return refusal;
        }

        private int ReasonsBeforeArming(long nowUs)
        {
            int state = _run.State.Now;
            int reasons = 0;
            if (!_run.SelfTested)
            {
                reasons |= InhibitReason.SelfTestMissing;
            }

            if (!_history.IsSafe)
            {
                reasons |= InhibitReason.StoreUnsafe;
            }

            // What is reserved for an arming under way is in the sum already.
            int wanted = _program.IsVerified && _history.Hour.Reserved == 0 ? _program.Found.Pulses : 0;
            if (_history.Hour.Now(nowUs) + wanted > _limits.Values.MaxHourPulses)
            {
                reasons |= InhibitReason.HourFull;
            }

            if (!_gateTest.IsFresh(nowUs))
            {
                reasons |= InhibitReason.GateUntested;
            }

            if (_bootTest.CollectionUs > BootTest.CollectionLimitUs)
            {
                reasons |= InhibitReason.CollectionTooLong;
            }

            if (!_contacts.StopsTested)
            {
                reasons |= InhibitReason.EmergencyStopUntested;
            }

            if (_run.State.IsLatched)
            {
                reasons |= InhibitReason.FaultLatched;
            }

            if (state != SupervisorState.Loaded)
            {
                reasons |= InhibitReason.WrongState;
            }

            if (_program.IsVerifying)
            {
                reasons |= InhibitReason.ProgramNotVerified;
            }
            else if (!_program.IsVerified)
            {
                reasons |= InhibitReason.NoProgram;
            }
            else if (ExceedsLimits())
            {
                reasons |= InhibitReason.LimitsExceeded;
            }

            if (_guard.EarliestUs(_limits.Values) > nowUs + _figures.LeadInMinUs)
            {
                reasons |= InhibitReason.HistoryFull;
            }

            if (_challenge.ValueAt(nowUs) == 0)
            {
                reasons |= InhibitReason.ChallengeMissing;
            }

            if (nowUs > UptimeLimitUs)
            {
                reasons |= InhibitReason.UptimeTooLong;
            }

            return reasons;
        }

        private bool ExceedsLimits()
        {
            Limits limits = _limits.Values;
            return _program.Found.MinGapUs < limits.MinGapUs || _program.Found.MinWidthUs < limits.MinWidthUs
                || _program.Found.MaxWidthUs > limits.MaxWidthUs || _program.Found.Pulses > limits.MaxSessionPulses
                || _program.Found.LastOnsetUs > (long)limits.MaxSessionS * 1000000;
        }
    }
}
