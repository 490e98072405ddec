using Escapement.Link;
using Escapement.Runtime.History;
using Escapement.Runtime.Run;
using Escapement.Runtime.Watch;
using Escapement.Safety;

namespace Escapement.Runtime.Host
{
    /// <summary>
    /// Answers what a host writes. Plain registers make things safer and are always taken; command registers bring output nearer and are
    /// taken only whole: version, CRC-32, holder, rising sequence, fresh issue time, state, and no inhibit reason.
    /// </summary>
    public sealed class HostDesk : IRegisterWrites
    {
        private readonly CommandFrame _command;
        private readonly Lease _lease;
        private readonly Challenge _challenge;
        private readonly ProgramStore _program;
        private readonly LimitsInForce _limits;
        private readonly FaultLatch _faults;
        private readonly CoilThermometer _coil;
        private readonly ClockCompare _clocks = new ClockCompare();
        private readonly RunControl _run;
        private readonly RegisterView _view;
        private readonly SurroundingsView _surroundings;
        private readonly HistoryView _past;
        private readonly HistoryRecord _history;
        private readonly InhibitWatch _inhibits;
        private RegisterFile _file;
        private uint _sealSequence;
        private uint _armSequence;
        private int _badArgument;

        /// <summary>Answers for these parts.</summary>
        public HostDesk(HistoryRecord history, CommandFrame command, Lease lease, Challenge challenge, ProgramStore program, LimitsInForce limits, FaultLatch faults, CoilThermometer coil, RunControl run, RegisterView view, SurroundingsView surroundings, HistoryView past, InhibitWatch inhibits)
        {
            _history = history;
            _command = command;
            _lease = lease;
            _challenge = challenge;
            _program = program;
            _limits = limits;
            _faults = faults;
            _coil = coil;
            _run = run;
            _view = view;
            _surroundings = surroundings;
            _past = past;
            _inhibits = inhibits;
        }

        /// <summary>Connects the desk with the register file.</summary>
        public void Attach(RegisterFile file)
        {
            _file = file;
        }

        /// <inheritdoc/>
        public void OnRead(int address, long nowUs)
        {
            _view.Refresh(address, nowUs);
            _surroundings.Refresh(address);
            _past.Refresh(address, nowUs);
        }

        /// <inheritdoc/>
        public bool OnWrite(int address, byte[] payload, int offset, int length, long nowUs)
        {
            if (address >= RegisterAddress.Lease)
            {
                OnCommand(address, payload, offset, nowUs);
            }
            else if (address == RegisterAddress.Stop)
            {
                _run.Stop(nowUs);
                _file.SetU8(address, 0, _run.State.Now);
            }
            else if (address == RegisterAddress.Hold)
            {
                _file.SetU8(address, 0, _run.Hold(nowUs) ? 1 : 0);
            }
            else if (address == RegisterAddress.Disarm)
            {
                _run.Disarm(nowUs);
                _file.SetU8(address, 0, _run.State.Now);
            }
            else if (address == RegisterAddress.ReleaseLease)
            {
                OnRelease(address, (int)LittleEndian.GetU32(payload, offset), nowUs);
            }
            else if (address == RegisterAddress.UploadChunk)
            {
                OnUpload(address, payload, offset, nowUs);
            }

            return true;
        }

        /// <summary>Reports the outcome of work that outlived its command: verification and arming.</summary>
        public void Pass(long nowUs)
        {
            if (_run.VerifyEnded != 0)
            {
                int ended = _run.VerifyEnded;
                _run.VerifyEnded = 0;
                _view.ShowDigest();
                _view.ShowTotals();
                if (ended < 0)
                {
                    _view.ShowResult(RegisterAddress.Seal, _sealSequence, CommandResults.BadProgram, _program.Error, nowUs);
                }
            }

            if (_run.ArmEnded != 0)
            {
                int ended = _run.ArmEnded;
                _run.ArmEnded = 0;
                if (ended < 0)
                {
                    _view.Reasons = _inhibits.Reasons(nowUs);
                    _view.ShowReasons(true, nowUs);
                    _view.ShowResult(RegisterAddress.Arm, _armSequence, CommandResults.Inhibited, _view.Reasons, nowUs);
                }
            }
        }

        private void OnRelease(int address, int nonce, long nowUs)
        {
            if (nonce == _lease.Nonce && _lease.IsHeld(nowUs))
            {
                _lease.End();
                _run.LeaseEnded(nowUs);
            }

            _file.SetU32(address, 0, _lease.IsHeld(nowUs) ? _lease.Nonce : 0);
        }

        private void OnUpload(int address, byte[] payload, int offset, long nowUs)
        {
            if (!ProgramStore.IsPart(payload, offset))
            {
                return;
            }

            bool begins = payload[offset] == 0 && payload[offset + 1] == 0;
            int state = _run.State.Now;
            bool allowed = begins ? _run.BeginUpload(nowUs) : state == SupervisorState.Idle;
            if (allowed && _program.TakePart(payload, offset))
            {
                _file.SetBytes(address, payload, offset, ProgramStore.PartBytes);
            }
        }

        private void OnCommand(int address, byte[] payload, int offset, long nowUs)
        {
            _command.Take(address, payload, offset);
            int result = Check(address, nowUs);
            int detail = 0;
            if (result == CommandResults.Accepted)
            {
                // The number is spent whatever comes of it: a refused command is not tried again by replaying it.
                if (address != RegisterAddress.Lease)
                {
                    _lease.LastSequence = _command.Sequence;
                }

                _badArgument = 0;
                result = Carry(address, nowUs);
                detail = Detail(result, nowUs);
            }

            if (result == CommandResults.Accepted)
            {
                _file.SetBytes(address, _command.Payload, _command.PayloadOffset, CommandFrame.PayloadBytes);
            }

            // A renewal ten times a second is no news; everything else is.
            if (address != RegisterAddress.Lease || result != CommandResults.Accepted)
            {
                _view.ShowResult(address, _command.Sequence, result, detail, nowUs);
            }
        }

        private int Check(int address, long nowUs)
        {
            if (_command.Version != CommandFrame.KnownVersion)
            {
                return CommandResults.BadVersion;
            }

            if (!_command.CrcFits)
            {
                return CommandResults.BadCrc;
            }

            if (_command.IssuedAtUs > nowUs || _command.IssuedAtUs < nowUs - CommandFrame.IssueWindowUs)
            {
                return CommandResults.Expired;
            }

            bool held = _lease.IsHeld(nowUs);
            bool isHolder = held && _command.Nonce == _lease.Nonce;
            if (address == RegisterAddress.Lease)
            {
                if (held && !isHolder)
                {
                    return CommandResults.LeaseTaken;
                }
            }
            else if (!isHolder)
            {
                return CommandResults.NotHolder;
            }

            return isHolder && _command.Sequence <= _lease.LastSequence ? CommandResults.StaleSequence : CommandResults.Accepted;
        }

        private int Carry(int address, long nowUs)
        {
            switch (address)
            {
                case RegisterAddress.Lease: return CarryLease(nowUs);
                case RegisterAddress.Seal: return CarrySeal(nowUs);
                case RegisterAddress.Limits: return CarryLimits(false, nowUs);
                case RegisterAddress.FurtherLimits: return CarryLimits(true, nowUs);
                case RegisterAddress.RequestChallenge: _challenge.Issue(_history.PowerUps, nowUs); return CommandResults.Accepted;
                case RegisterAddress.Arm: return CarryArm(nowUs);
                case RegisterAddress.Start: return CarryStart(nowUs);
                case RegisterAddress.Resume: return CarryResume(nowUs);
                case RegisterAddress.Clear: return CarryClear(nowUs);
                case RegisterAddress.GateTest: return CarryGateTest(nowUs);
                default: return CommandResults.BadArgument;
            }
        }

        private int Detail(int result, long nowUs)
        {
            if (result == CommandResults.WrongState)
            {
                return _run.State.Now;
            }

            if (result == CommandResults.BadProgram)
            {
                return _program.Error;
            }

            if (result == CommandResults.BadArgument)
            {
                return _badArgument;
            }

            if (result != CommandResults.Inhibited)
            {
                return 0;
            }

            _view.ShowReasons(true, nowUs);
            return _view.Reasons;
        }

        private int CarryLease(long nowUs)
        {
            bool renews = _lease.IsHeld(nowUs);
            if (_command.Nonce == 0)
            {
                return CommandResults.BadArgument;
            }

            if (!renews && _run.State.IsLive)
            {
                return CommandResults.WrongState;
            }

            long hostUs = _command.ArgumentPair(2);
            if (hostUs <= 0 || (renews && !_clocks.Rises(hostUs)))
            {
                _badArgument = 2;
                return CommandResults.BadArgument;
            }

            long echoedUs = _command.ArgumentPair(0);
            if (!_lease.Renew(_command.Nonce, _command.Sequence, echoedUs, nowUs))
            {
                return CommandResults.Expired;
            }

            if (!renews)
            {
                _clocks.Begin();
                _run.LeaseEnded(nowUs); // what the last holder loaded is not the new one's
            }

            if (!_clocks.Take(echoedUs, hostUs, nowUs))
            {
                _clocks.Begin();
                _run.Allows(FaultCode.ClockDisagrees, nowUs);
            }

            return CommandResults.Accepted;
        }

        private int CarrySeal(long nowUs)
        {
            if (_run.State.Now != SupervisorState.Idle)
            {
                return CommandResults.WrongState;
            }

            if (_run.IsBusy)
            {
                return CommandResults.Busy;
            }

            _sealSequence = _command.Sequence;
            _badArgument = _command.Argument(0) == _program.Length ? 1 : 0;
            return _program.Seal(_command.Argument(0), (uint)_command.Argument(1)) ? CommandResults.Accepted : CommandResults.BadArgument;
        }

        private int CarryLimits(bool further, long nowUs)
        {
            int state = _run.State.Now;
            if ((state != SupervisorState.Idle && state != SupervisorState.Loaded) || _run.IsBusy)
            {
                return CommandResults.WrongState;
            }

            Limits limits = _limits.Values;
            int refused = further && _command.Argument(5) != 0 ? 5
                : further ? limits.TightenFurther(_command.Argument(0), _command.Argument(1), _command.Argument(2), _command.Argument(3), _command.Argument(4))
                : limits.Tighten(_command.Argument(0), _command.Argument(1), _command.Argument(2), _command.Argument(3), _command.Argument(4), _command.Argument(5));
            if (refused >= 0)
            {
                _badArgument = refused;
                return CommandResults.BadArgument;
            }

            _limits.Seal();
            _view.ReportLimits(nowUs);
            return CommandResults.Accepted;
        }

        private int CarryArm(long nowUs)
        {
            if (_run.IsBusy)
            {
                return CommandResults.Busy;
            }

            int mode = _command.Argument(3);
            if (mode != 0 && mode != 1)
            {
                _badArgument = 3;
                return CommandResults.BadArgument;
            }

            _run.ArmRefusal = 0;
            int reasons = _inhibits.Reasons(nowUs) & ~InhibitReason.ChallengeMissing;
            if (_run.State.Now != SupervisorState.Loaded)
            {
                reasons |= InhibitReason.WrongState; // no standing reason while live: what is armed may go on, but not be armed again
            }

            if (!_challenge.Spend(_command.ArgumentPair(0), nowUs))
            {
                reasons |= InhibitReason.ChallengeMissing;
            }

            if (_program.IsVerified && (_view.Digest == 0 || (uint)_command.Argument(2) != _view.Digest))
            {
                reasons |= InhibitReason.DigestMismatch; // without a program that is the reason, and no other
            }

            if (reasons != 0)
            {
                _run.ArmRefusal = reasons & InhibitReason.DigestMismatch;
                _view.Reasons = reasons;
                return CommandResults.Inhibited;
            }

            _armSequence = _command.Sequence;
            _run.BeginArm(mode == 1, nowUs);
            return CommandResults.Accepted;
        }

        private int CarryStart(long nowUs)
        {
            if (_run.State.Now != SupervisorState.Armed)
            {
                return CommandResults.WrongState;
            }

            return Confirmed(nowUs, 1);
        }

        private int CarryResume(long nowUs)
        {
            if (_run.State.Now != SupervisorState.Held)
            {
                return CommandResults.WrongState;
            }

            return Confirmed(nowUs, 2);
        }

        private int Confirmed(long nowUs, int what)
        {
            int reasons = _inhibits.Reasons(nowUs);
            if (!_inhibits.StimulatorIsReady)
            {
                reasons |= InhibitReason.StimulatorNotReady; // no standing reason while live: it may recharge between two trains
            }

            if (_view.Digest == 0 || (uint)_command.Argument(0) != _view.Digest)
            {
                reasons |= InhibitReason.DigestMismatch;
            }

            if (reasons != 0)
            {
                _view.Reasons = reasons;
                return CommandResults.Inhibited;
            }

            if (what == 1)
            {
                _run.Start(nowUs);
            }
            else
            {
                _run.Resume(nowUs);
            }

            return CommandResults.Accepted;
        }

        // With the key off, or on the word of an operator who says that nothing is connected.
        private int CarryGateTest(long nowUs)
        {
            if (_run.State.Now != SupervisorState.Idle)
            {
                return CommandResults.WrongState;
            }

            if (_run.IsBusy)
            {
                return CommandResults.Busy;
            }

            int confirmed = _command.Argument(0);
            if (confirmed != 1 && (confirmed != 0 || !_inhibits.KeyIsOff))
            {
                _badArgument = 0;
                return CommandResults.BadArgument;
            }

            if (!_inhibits.GateCanOpen)
            {
                _view.Reasons = _inhibits.Causes();
                return CommandResults.Inhibited;
            }

            _run.BeginGateTest(confirmed == 0, nowUs);
            return CommandResults.Accepted;
        }

        private int CarryClear(long nowUs)
        {
            if (!_run.State.IsLatched && !(_coil.WaitsForRelease && _run.State.Now == SupervisorState.Idle))
            {
                return CommandResults.WrongState;
            }

            // Not what the host has not seen, and not while a cause stands.
            if (_command.Argument(0) != _faults.Cumulative)
            {
                return CommandResults.BadArgument;
            }

            int causes = _inhibits.Causes();
            if (_coil.WaitsForRelease && !_coil.Release())
            {
                causes |= InhibitReason.CoilWarm;
            }

            // A foot switch that was released has to stay so until the board is armed again.
            if (causes != 0 || (_faults.Standing & ~FaultCode.FootSwitchReleased) != 0)
            {
                _view.Reasons = _run.State.IsLatched ? causes | InhibitReason.FaultLatched : causes;
                return CommandResults.Inhibited;
            }

            if (_run.State.IsLatched)
            {
                _run.Clear(nowUs);
            }

            return CommandResults.Accepted;
        }
    }
}
