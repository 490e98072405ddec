namespace Escapement.Simulation;

// What the link says.
public sealed partial class Oracle
{
    private const int Live = (1 << Reg.Armed) | (1 << Reg.Running) | (1 << Reg.Held);
    private const long AbnormalEnd = 1L << 31;
    private const long NotQuiet = 1 << 7;
    private const long PassUs = 10_000;
    private const int PassBytes = 128;
    private const int MuteReplies = 0x10;
    private const int MostLoad = 1_000;
    private const long OutOfStepUs = 150_000;
    private const long SteadyUs = 30_000;

    private long _stopAskedT80;
    private long _outOfStepT80 = long.MinValue / 2;

    private void OnFrame(LinkFrame frame)
    {
        if (frame.ToBoard) { OnRequest(frame); } else { OnReport(frame); }
    }

    private void OnRequest(LinkFrame frame)
    {
        if (!frame.InStep) { _outOfStepT80 = _now80; }
        _link.Asked(frame);
        if (frame.Kind != Reg.WriteKind || !_level[(int)Wire.Running]) { return; }
        byte first = frame.Payload.Length > 0 ? frame.Payload[0] : (byte)0;
        bool isByte = frame.Payload.Length == 1 && frame.Type == 1;
        switch (frame.Address)
        {
            case Reg.Stop when isByte && _link.Load >= MostLoad:
                _limits.Reset();
                _stopAskedT80 = _now80;
                break;
            case Reg.Stop when isByte && _link.Load < MostLoad:
                _limits.Reset();
                _stopAskedT80 = _now80;
                Cause(Rules.AfterStop, _now80, StopUs());
                break;
            case Reg.ResetDevice when isByte && first is 1 or 8:
                Cause(Rules.AfterStop, _now80, StopUs());
                break;
            case Reg.OperationControl when isByte && ((first & 3) == 0 || ((first & 3) == 1 && (first & MuteReplies) != 0)) && _link.Load < MostLoad:
                Cause(Rules.AfterSilence, _now80, StopUs());
                break;
            case Reg.ReleaseLease when frame.Payload.Length == 4 && frame.Type == 4 && _holder != 0 && frame.U32(0) == _holder && _link.Load < MostLoad:
                Cause(Rules.AfterLease, _now80, StopUs());
                break;
            default: break;
        }
    }

    /// <summary>What lies before a frame on the line is read first: 128 bytes a pass, and two replies a pass leave.</summary>
    private long StopUs()
    {
        long waitingUs = _link.Load / PassBytes * 2 * PassUs;
        bool outOfStep = _now80 - _outOfStepT80 < OutOfStepUs * 80 || _conditions.LinkDisturbed;
        return SoftUs + waitingUs + (outOfStep ? OutOfStepUs : 0);
    }

    private void OnReport(LinkFrame frame)
    {
        long askedUs = _link.Accepted(frame);
        switch (frame.Address)
        {
            case Reg.UploadChunk: _link.Part(frame); break;
            case Reg.Digest when frame.Kind != Reg.WriteKind: _link.DigestSaid(frame); break;
            case Reg.Lease when askedUs >= 0: OnLease(frame, askedUs); break;
            case Reg.Arm when askedUs >= 0:
                _armed = frame.U32(6) == 1;
                _armedPlan = _link.Plan;
                Replace(null);
                break;
            case Reg.Start when askedUs >= 0: OnStart(frame, askedUs); break;
            case Reg.Resume when askedUs >= 0 && _session is { } session:
                session.IsHeld = false;
                session.Moved = true;
                break;
            case Reg.CommandResult when frame is { Kind: Reg.EventKind, Payload.Length: 16 } && frame.U32(0) == Reg.GateTest && frame.U32(2) == 0:
                // By the event or by the reply: either may be off.
                _gateTestT80 = Math.Max(_gateTestT80, _link.AskedGateTest(frame.U32(1)) * 80);
                break;
            case Reg.GateTest when askedUs >= 0:
                _limits.Reset();
                if (frame.U32(3) == 1 || _conditions.KeySenseDisturbed) { _gateTestT80 = askedUs * 80; }
                break;
            case Reg.ResetDevice when frame.Kind == Reg.WriteKind: _resetSaidT80 = _now80; break;
            case Reg.Clear when askedUs >= 0: _bootLooked = true; break; // a host has seen what there was to see
            case Reg.Limits when askedUs * 80 >= _stopAskedT80: _limits.Tighten(frame); break;
            case Reg.State when frame.Kind != Reg.WriteKind && frame.Payload.Length == 1: OnState(frame, frame.Payload[0]); break;
            case Reg.Faults when frame.Kind != Reg.WriteKind && frame.Payload.Length == 8: OnFaults(frame, frame.U32(0)); break;
            case Reg.Status when frame.Kind != Reg.WriteKind && frame.Payload.Length == 64: OnStatus(frame); break;
            default: break;
        }
    }

    private void OnLease(LinkFrame frame, long askedUs)
    {
        long hostUs = frame.U32(5) | ((long)frame.U32(6) << 32);
        if (_holder != frame.U32(2) || askedUs > _leaseEndsUs)
        {
            _ledSinceUs = askedUs;
            _hostOffsetUs = hostUs - askedUs;
            _hostSteady = true;
        }

        if (_holder != frame.U32(2)) { _limits.Reset(); }
        _hostSteady &= Math.Abs(hostUs - askedUs - _hostOffsetUs) < SteadyUs;
        _holder = frame.U32(2);
        long echoedUs = frame.U32(3) | ((long)frame.U32(4) << 32);
        _leaseEndsUs = Math.Max(_leaseEndsUs, Math.Min(_link.TrueUs(echoedUs), askedUs) + Rules.LeaseUs);
    }

    private void Replace(Session? next)
    {
        if (_session is { } old) { old.End(Rules.Resumes, _now80, 0); }
        _session = next;
        if (next is not null) { _sessions.Add(next); }
        _unanswered80.Clear();
        _missing80.Clear();
        _extra80.Clear();
    }

    private void OnStart(LinkFrame frame, long askedUs)
    {
        if (_armed is not { } dry)
        {
            Say(Rules.BeforeStart, "the board accepted a start that followed no accepted arm");
            return;
        }

        _armed = null;
        long startT80 = askedUs * 80;
        Session session = new() { StartT80 = startT80, StartStamp = frame.Stamp, Plan = _armedPlan, IsDry = dry };
        Replace(session);
        if (_opened80 >= startT80 && !dry) { _opened80 = -1; }
        foreach ((string rule, long t80, long budgetUs) in _causes)
        {
            if (t80 >= startT80) { session.End(rule, t80, budgetUs); }
        }

        for (int i = 0; i < Contacts; i++)
        {
            (string rule, long budgetUs) = RuleOf(Wire.EStopA + i);
            if (_openTold[i] || (i == Foot && _conditions.HasFoot && _openSince[i] < startT80 - (GlitchUs * 80))) { session.End(rule, startT80, budgetUs); }
        }
    }

    private void OnState(LinkFrame frame, int state)
    {
        if (state != _said && state is not (Reg.Loaded or Reg.Armed or Reg.Running or Reg.Held)) { _limits.Reset(); }
        if (state == Reg.Armed && _said != Reg.Armed && _armedPlan is { } plan && _limits.Broken(plan) is { } limit) { Say(Rules.Limits, $"the board armed a program that breaks {limit}"); }
        _said = state;
        _saidT80 = _now80;
        _wasLive = (Live & (1 << state)) != 0;
        LookAfterBoot(state, -1);
        if (_session is not { } session || frame.Stamp <= session.StartStamp) { return; }
        session.IsHeld = state == Reg.Held;
        if (state is Reg.Fault or Reg.EmergencyStop) { session.End(Rules.AfterFault, _now80, Rules.HardwareUs); }
        else if (state is Reg.Done or Reg.Idle or Reg.Loaded) { session.End(Rules.Resumes, _now80, Rules.HardwareUs); }
    }

    private void OnFaults(LinkFrame frame, uint faults)
    {
        if (faults != 0 && _session is { } session && frame.Stamp > session.StartStamp) { session.End(Rules.AfterFault, _now80, Rules.HardwareUs); }
    }

    private void OnStatus(LinkFrame frame)
    {
        _link.BoardTime(frame.U64(0), frame.AtUs);
        int state = (int)(frame.U64(1) & 0xFF);
        long faults = (long)((ulong)frame.U64(7) >> 32);
        LookAfterBoot(state, faults);
        OnState(frame, state);
        OnFaults(frame, (uint)faults);
        if (_session is { IsCounted: false } session && frame.Stamp > session.StartStamp && (Live & (1 << state)) == 0)
        {
            session.IsCounted = true;
            CheckCounts(session, state, frame.U64(2), frame.U64(3), faults | (frame.U64(7) & NotQuiet));
        }
    }

    /// <summary>After a session: planned, emitted and counted are one, or a fault says otherwise.</summary>
    private void CheckCounts(Session session, int state, long raw, long gated, long said)
    {
        if (state == Reg.Done && session.Plan is { } plan && session.Emitted != (session.IsDry ? 0 : plan.Count))
        {
            Say(Rules.Counted, $"done: {plan.Count} planned, {session.Emitted} left");
        }

        if (said != 0 || _gateTestT80 > session.StartT80) { return; }
        if (state != Reg.Done)
        {
            if (Math.Abs(gated - session.Emitted) > 1) { Say(Rules.Counted, $"{session.Emitted} pulses left, {gated} were counted, and no fault is latched"); }
            return;
        }

        long planned = session.Plan?.Count ?? raw;
        if (raw != planned || gated != session.Emitted || session.Emitted != (session.IsDry ? 0 : planned))
        {
            Say(Rules.Counted, $"done: {planned} planned, {session.Emitted} left, counted {raw} before and {gated} behind the gate");
        }
    }

    /// <summary>The first thing that a board says after its self-test.</summary>
    private void LookAfterBoot(int state, long faults)
    {
        if (_bootLooked || !_level[(int)Wire.Running]) { return; }
        if ((Live & (1 << state)) != 0)
        {
            _bootLooked = true;
            Say(Rules.BootDisarmed, $"the board came back in state {state}");
        }
        else if (state >= Reg.Idle && faults >= 0)
        {
            _bootLooked = true;
            bool told = (faults & AbnormalEnd) != 0 || state == Reg.EmergencyStop || _conditions.HistoryBroken;
            if (_markedAtReset && !told) { Say(Rules.BootDisarmed, "the board was reset while armed or running, and does not say so"); }
        }
    }
}
