using Escapement.Kernel;
using Escapement.Link;
using Escapement.Runtime.History;
using Escapement.Runtime.Ports;
using Escapement.Runtime.Run;
using Escapement.Runtime.Watch;
using Escapement.Safety;

namespace Escapement.Runtime.Host
{
    /// <summary>Shows the board's state in its registers and sends the events.</summary>
    public sealed class RegisterView
    {
        /// <summary>Interval of the status event, us.</summary>
        public const int StatusIntervalUs = 100000;

        private readonly BoardFigures _figures;
        private readonly HistoryRecord _history;
        private readonly ICrc32 _crc;
        private readonly IGate _gate;
        private readonly CounterWatch _counters;
        private readonly FaultLatch _faults;
        private readonly ProgramStore _program;
        private readonly LimitsInForce _limits;
        private readonly Lease _lease;
        private readonly Challenge _challenge;
        private readonly RunControl _run;
        private readonly byte[] _digested;
        private HarpEndpoint _endpoint;
        private RegisterFile _file;
        private long _nextStatusUs;
        private int _shownReasons = -1;
        private int _shownCurrent;
        private long _shownChallenge;
        private uint _shownLimitsCrc;

        /// <summary>Shows these parts.</summary>
        public RegisterView(BoardFigures figures, HistoryRecord history, ICrc32 crc, IGate gate, CounterWatch counters, FaultLatch faults, ProgramStore program, LimitsInForce limits, Lease lease, Challenge challenge, RunControl run)
        {
            _figures = figures;
            _history = history;
            _crc = crc;
            _gate = gate;
            _counters = counters;
            _faults = faults;
            _program = program;
            _limits = limits;
            _lease = lease;
            _challenge = challenge;
            _run = run;
            _digested = new byte[ProgramFormat.MaxBytes + Safety.Limits.Bytes + RegisterTable.BytesOf(RegisterAddress.BoardProfile) + 8];
        }

        /// <summary>The digest of what would be armed now; 0 when nothing is verified.</summary>
        public uint Digest;

        /// <summary>Every reason against arming, as last computed.</summary>
        public int Reasons;

        /// <summary>Commands refused since power-up.</summary>
        public uint CommandsRefused;

        /// <summary>Connects the view with the link and writes what never changes.</summary>
        public void Attach(HarpEndpoint endpoint)
        {
            _endpoint = endpoint;
            _file = endpoint.Registers;
            _file.SetU32(RegisterAddress.Identity, IdentityField.Magic, IdentityField.MagicValue);
            _file.SetU32(RegisterAddress.Identity, IdentityField.InterfaceVersion, IdentityField.InterfaceVersionValue);
            _file.SetU32(RegisterAddress.Identity, IdentityField.BoardId, _figures.BoardId);
            _file.SetU32(RegisterAddress.Identity, IdentityField.Flags, _figures.IsVirtual ? IdentityFlags.Virtual : 0);
            ShowProfile();
            ShowLimits();
            endpoint.SetTag(_figures.BuildTag);
            endpoint.SetUid(_figures.Uid);
        }

        /// <summary>Brings a register up to date before it is read. No other effect.</summary>
        public void Refresh(int address, long nowUs)
        {
            if (address == RegisterAddress.Status)
            {
                ShowStatus(nowUs);
            }
            else if (address == RegisterAddress.Challenge)
            {
                _file.SetU64(RegisterAddress.Challenge, 0, _challenge.ValueAt(nowUs));
            }
            else if (address == RegisterAddress.LeaseState)
            {
                bool held = _lease.IsHeld(nowUs);
                _file.SetU64(RegisterAddress.LeaseState, LeaseStateField.Nonce, held ? (uint)_lease.Nonce : 0);
                _file.SetU64(RegisterAddress.LeaseState, LeaseStateField.EndsAtUs, held ? _lease.EndsAtUs : 0);
            }
            else if (address == RegisterAddress.LinkCounters)
            {
                _file.SetU32(RegisterAddress.LinkCounters, LinkCountersField.CommandsRefused, CommandsRefused);
            }
        }

        /// <summary>Shows limits, and the digest that contains them.</summary>
        public void ShowLimits()
        {
            _shownLimitsCrc = _limits.Crc;
            _limits.Values.Write(_file.Store, _file.OffsetOf(RegisterAddress.EffectiveLimits));
            ShowDigest();
        }

        /// <summary>Shows and reports limits that a host has tightened.</summary>
        public void ReportLimits(long nowUs)
        {
            ShowLimits();
            _endpoint.QueueEvent(RegisterAddress.EffectiveLimits, nowUs);
            _endpoint.QueueEvent(RegisterAddress.Digest, nowUs);
        }

        /// <summary>Computes and shows the digest: program, limits, profile and build.</summary>
        public void ShowDigest()
        {
            Digest = _program.IsVerified ? ComputeDigest() : 0;
            _file.SetU32(RegisterAddress.Digest, DigestField.Digest, Digest);
            _file.SetU32(RegisterAddress.Digest, DigestField.ProgramCrc, _program.IsVerified ? _program.Crc : 0);
            _file.SetU32(RegisterAddress.Digest, DigestField.ProgramBytes, _program.IsVerified ? _program.Length : 0);
            _file.SetU32(RegisterAddress.Digest, DigestField.ProgramError, _program.Error);
        }

        /// <summary>Shows what the board found in the program.</summary>
        public void ShowTotals()
        {
            bool there = _program.IsVerified;
            bool planned = there && _run.State.Now >= SupervisorState.Armed;
            int at = RegisterAddress.ProgramTotals;
            _file.SetU64(at, ProgramTotalsField.Pulses, there ? _program.Found.Pulses : 0);
            _file.SetU64(at, ProgramTotalsField.LastOnsetUs, there ? _program.Found.LastOnsetUs : 0);
            _file.SetU64(at, ProgramTotalsField.CycleUs, there ? _program.Found.CycleUs : 0);
            _file.SetU64(at, ProgramTotalsField.Transactions, planned ? _run.Armed.Found.Transactions : 0);
            _file.SetU64(at, ProgramTotalsField.Words, planned ? _run.Armed.Found.Words : 0);
            _file.SetU64(at, ProgramTotalsField.MaxWords, planned ? _run.Armed.Found.MaxWords : 0);
        }

        /// <summary>Shows and reports what became of a command.</summary>
        public void ShowResult(int address, uint sequence, int result, int detail, long nowUs)
        {
            if (result != 0)
            {
                CommandsRefused++;
            }

            _file.SetU32(RegisterAddress.CommandResult, CommandResultField.Register, address);
            _file.SetU32(RegisterAddress.CommandResult, CommandResultField.Sequence, sequence);
            _file.SetU32(RegisterAddress.CommandResult, CommandResultField.Result, result);
            _file.SetU32(RegisterAddress.CommandResult, CommandResultField.Detail, detail);
            _endpoint.QueueEvent(RegisterAddress.CommandResult, nowUs);
        }

        /// <summary>Shows and reports the inhibit reasons when they changed, or when asked to.</summary>
        public void ShowReasons(bool always, long nowUs)
        {
            if (Reasons != _shownReasons || always)
            {
                _shownReasons = Reasons;
                _file.SetU32(RegisterAddress.InhibitReasons, 0, Reasons);
                _endpoint.QueueEvent(RegisterAddress.InhibitReasons, nowUs);
            }
        }

        /// <summary>Reports everything anew: a host that has just begun to listen has missed what happened before.</summary>
        public void Announce()
        {
            _run.State.Changed = true;
            _faults.Changed = true;
            _shownReasons = ~Reasons;
        }

        /// <summary>The events of a pass: state, faults, reasons, challenge, a transaction that ended, status.</summary>
        public void Pass(long nowUs)
        {
            ShowTrain(nowUs);
            ShowFaults(nowUs);
            if (_run.State.Changed)
            {
                _run.State.Changed = false;
                _file.SetU8(RegisterAddress.SupervisorState, 0, _run.State.Now);
                _endpoint.QueueEvent(RegisterAddress.SupervisorState, nowUs);
                ShowLimits();
                ShowTotals();
                _endpoint.QueueEvent(RegisterAddress.Digest, nowUs);
                _endpoint.QueueEvent(RegisterAddress.ProgramTotals, nowUs);
            }

            if (_limits.Crc != _shownLimitsCrc)
            {
                ReportLimits(nowUs);
            }

            ShowReasons(false, nowUs);
            ShowChallenge(nowUs);
            if (nowUs >= _nextStatusUs)
            {
                _nextStatusUs = nowUs - (nowUs % StatusIntervalUs) + StatusIntervalUs;
                ShowStatus(nowUs);
                _endpoint.QueueEvent(RegisterAddress.Status, nowUs);
            }
        }

        private void ShowChallenge(long nowUs)
        {
            long challenge = _challenge.ValueAt(nowUs);
            if (challenge != _shownChallenge)
            {
                _shownChallenge = challenge;
                _file.SetU64(RegisterAddress.Challenge, 0, challenge);
                _endpoint.QueueEvent(RegisterAddress.Challenge, nowUs);
            }
        }

        private void ShowFaults(long nowUs)
        {
            if (!_faults.Changed && _faults.Current == _shownCurrent)
            {
                return;
            }

            bool changed = _faults.Changed;
            _faults.Changed = false;
            _shownCurrent = _faults.Current;
            _file.SetU32(RegisterAddress.Faults, FaultsField.Cumulative, _faults.Cumulative);
            _file.SetU32(RegisterAddress.Faults, FaultsField.Current, _faults.Current);
            _file.SetU64(RegisterAddress.FirstFault, FirstFaultField.Code, _faults.FirstCode);
            _file.SetU64(RegisterAddress.FirstFault, FirstFaultField.BoardTimeUs, _faults.FirstAtUs);
            _file.SetU64(RegisterAddress.FirstFault, FirstFaultField.Transaction, _faults.FirstTransaction);
            _file.SetU64(RegisterAddress.FirstFault, FirstFaultField.Pulse, _faults.FirstPulse);
            if (changed)
            {
                _endpoint.QueueEvent(RegisterAddress.FirstFault, nowUs);
            }

            _endpoint.QueueEvent(RegisterAddress.Faults, nowUs);
        }

        private void ShowTrain(long nowUs)
        {
            Player player = _run.Player;
            if (!player.TrainEnded)
            {
                return;
            }

            player.TrainEnded = false;
            TrainRecord train = player.Train;
            int at = RegisterAddress.TrainReport;
            _file.SetU64(at, TrainReportField.Transaction, train.Transaction);
            _file.SetU64(at, TrainReportField.PlannedStartUs, train.PlannedStartUs);
            _file.SetU64(at, TrainReportField.BeforeSendUs, train.BeforeSendUs);
            _file.SetU64(at, TrainReportField.AfterSendUs, train.AfterSendUs);
            _file.SetU64(at, TrainReportField.GateOpenUs, train.GateOpenUs);
            _file.SetU64(at, TrainReportField.StartBoundUs, train.StartBoundUs);
            _file.SetU64(at, TrainReportField.PlannedPulses, train.PlannedPulses);
            _file.SetU64(at, TrainReportField.RawPulses, train.RawPulses);
            _file.SetU64(at, TrainReportField.GatedPulses, train.GatedPulses);
            _file.SetU64(at, TrainReportField.Result, train.Result);
            _file.SetU64(at, TrainReportField.FirstPulse, train.FirstPulse);
            _file.SetU64(at, TrainReportField.PlannedEndUs, train.PlannedEndUs);
            _endpoint.QueueEvent(at, nowUs);
        }

        private void ShowStatus(long nowUs)
        {
            Player player = _run.Player;
            long word = (uint)_run.State.Now;
            word |= _run.IsDry ? 0x100L : 0;
            word |= _gate.IsOpen() ? 0x200L : 0;
            word |= (long)(_run.Percent & 0xFF) << 16;
            word |= (long)_history.PowerUps << 32;
            long transactions = _run.State.Now >= SupervisorState.Armed ? _run.Armed.Found.Transactions : 0;
            int at = RegisterAddress.Status;
            _file.SetU64(at, StatusField.BoardTimeUs, nowUs);
            _file.SetU64(at, StatusField.StateWord, word);
            _file.SetU64(at, StatusField.RawPulses, _counters.SessionRaw);
            _file.SetU64(at, StatusField.GatedPulses, _counters.SessionGated);
            _file.SetU64(at, StatusField.PlannedPulses, player.PlannedSoFar);
            _file.SetU64(at, StatusField.Transaction, (uint)player.Begun | (transactions << 32));
            _file.SetU64(at, StatusField.TimeLeftUs, _program.IsVerified ? player.TimeLeftUs(nowUs, _program.Found.LastOnsetUs) : 0);
            _file.SetU64(at, StatusField.Reasons, (uint)Reasons | ((long)_faults.Cumulative << 32));
        }

        private void ShowProfile()
        {
            int at = RegisterAddress.BoardProfile;
            Limits ceilings = _limits.Ceilings;
            _file.SetU32(at, BoardProfileField.TickNs, 1000);
            _file.SetU32(at, BoardProfileField.ChannelWords, _figures.ChannelWords);
            _file.SetU32(at, BoardProfileField.FirstListWords, _figures.FirstListWords);
            _file.SetU32(at, BoardProfileField.ListWords, _figures.ListWords);
            _file.SetU32(at, BoardProfileField.HeadWords, _figures.HeadWords);
            _file.SetU32(at, BoardProfileField.LeadInUs, _figures.LeadInUs);
            _file.SetU32(at, BoardProfileField.StartBoundUs, _figures.StartBoundUs);
            _file.SetU32(at, BoardProfileField.MinCutGapUs, _figures.MinCutGapUs);
            _file.SetU32(at, BoardProfileField.MinGapUs, ceilings.MinGapUs);
            _file.SetU32(at, BoardProfileField.MinWidthUs, ceilings.MinWidthUs);
            _file.SetU32(at, BoardProfileField.MaxWidthUs, ceilings.MaxWidthUs);
            _file.SetU32(at, BoardProfileField.MaxTrainPulses, ceilings.MaxTrainPulses);
            _file.SetU32(at, BoardProfileField.MaxSessionPulses, ceilings.MaxSessionPulses);
            _file.SetU32(at, BoardProfileField.MaxSessionS, ceilings.MaxSessionS);
            _file.SetU32(at, BoardProfileField.MaxProgramBytes, ProgramFormat.MaxBytes);
            _file.SetU32(at, BoardProfileField.PassUs, _figures.PassUs);
        }

        private uint ComputeDigest()
        {
            int at = _program.Length;
            System.Array.Copy(_program.Image, 0, _digested, 0, at);
            _limits.Values.Write(_digested, at);
            at += Safety.Limits.Bytes;
            at += _file.GetBytes(RegisterAddress.BoardProfile, _digested, at);
            at += _file.GetBytes(RegisterAddress.Tag, _digested, at);
            return _crc.Compute(_digested, 0, at);
        }
    }
}
