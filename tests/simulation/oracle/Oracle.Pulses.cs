namespace Escapement.Simulation;

// What the lines do.
public sealed partial class Oracle
{
    private const long FeedMinUs = 2_000;
    private const long LimiterUs = 800;
    private const long PulseNs = 100_100;
    private const long StartBoundUs = 1_100;
    private const long LongStartBoundUs = 20_100;
    private const long LongListUs = 100_000_000;
    private const long SameListUs = 290_000;
    private const long TestUs = 5_000_000;
    private const int Slack80 = 2;
    private const long ReplyUs = 100_000;
    private const long UnseenJumpUs = 180_000;

    private readonly List<long> _onsets80 = [];
    private readonly Queue<long> _unanswered80 = new();
    private readonly Queue<long> _extra80 = new();
    private readonly Queue<long> _missing80 = new();
    private long _feedRise80 = long.MinValue;
    private long _fed80 = long.MinValue / 2;
    private long _rise80 = -1;
    private long _triggerRise80 = -1;
    private long _opened80 = -1;
    private long _gateFell80 = -1;

    /// <summary>A jump that is smaller than a pass may take moves a start, and nobody can see it.</summary>
    private long JumpUs => _conditions.ClockJumps ? UnseenJumpUs : 0;

    /// <summary>What the crystal's error makes of a time.</summary>
    private long Stretch(long time) => (long)(time * (_conditions.ClockErrorPpb / (1e9 - _conditions.ClockErrorPpb)));

    private bool InGateTest => _now80 - _gateTestT80 < TestUs * 80;

    private void OnStimulator(WireEdge edge, bool was)
    {
        if (edge.Level == was) { return; }
        if (!edge.Level)
        {
            CheckWidth(edge.T80);
            return;
        }

        _rise80 = edge.T80;
        CheckBarriers(edge.T80);
        CheckDistances(edge.T80);
        if (InGateTest && _session is null or { DeadlineT80: < long.MaxValue }) { return; }
        CheckPermission(edge.T80);
        _unanswered80.Enqueue(edge.T80);
    }

    private void CheckBarriers(long t80)
    {
        if (!_level[(int)Wire.Gate]) { Say(Rules.GateClosed, "a pulse with the gate closed"); }
        if (!_level[(int)Wire.Enable]) { Say(Rules.GateClosed, "a pulse with enable low"); }
        if (t80 - Fed(t80) > Rules.WatchdogUs * 80) { Say(Rules.Watchdog, $"a pulse {(t80 - _fed80) / 80} us after the last heartbeat"); }
        for (int i = 0; i < InHardware; i++)
        {
            if (_openSince[i] != long.MaxValue && t80 - _openSince[i] > Rules.HardwareUs * 80)
            {
                Say(RuleOf(Wire.EStopA + i).Rule, $"a pulse {(t80 - _openSince[i]) / 80} us after {Wire.EStopA + i} opened, which is open still");
            }
        }
    }

    private void CheckPermission(long t80)
    {
        if (_session is not { } session)
        {
            Say(_sessions.Count == 0 ? Rules.BeforeStart : Rules.Resumes, "a pulse without an accepted arm and start");
            return;
        }

        if (_leaseEndsUs != long.MinValue && t80 > (_leaseEndsUs + SoftUs) * 80)
        {
            session.End(Rules.AfterLease, _leaseEndsUs * 80, SoftUs);
        }

        long seenUs = Math.Max(_clockWrongT80 / 80, _ledSinceUs);
        if (_hostSteady && _clockWrongT80 != long.MaxValue && t80 > (seenUs + Rules.ClockUs + SoftUs) * 80)
        {
            session.End(Rules.AfterClock, seenUs * 80, Rules.ClockUs + SoftUs);
        }

        if (t80 > session.DeadlineT80)
        {
            // A pulse long after everything was quiet is something that came again.
            bool again = t80 - session.DeadlineT80 > 80_000_000 && session.LastT80 < session.DeadlineT80;
            Say(again ? Rules.Resumes : session.Rule, $"a pulse {(t80 - session.CauseT80) / 80.0:0.0} us after the cause, with a budget of {(session.DeadlineT80 - session.CauseT80) / 80} us ({session.Rule})");
        }
        else if (session.IsDry && !_conditions.GateDisturbed) { Say(Rules.DryRun, "a pulse in a dry run"); }
        else if (session.IsHeld) { Say(Rules.WhileHeld, "a pulse while the session was held"); }
        else if (!session.IsDry) { CheckPlan(session, t80); }

        session.Emitted++;
        session.LastT80 = t80;
    }

    private void CheckPlan(Session session, long t80)
    {
        if (session.Plan is not { } plan || _conditions.TriggerDisturbed) { return; }
        int index = session.Emitted;
        if (index >= plan.Count)
        {
            Say(Rules.NeverMore, $"pulse {index + 1} of {plan.Count} planned");
            return;
        }

        if (index == 0 || _conditions.KeyDisturbed) { return; }
        long planned80 = (plan.OnsetsUs[index] - plan.OnsetsUs[index - 1]) * 80;
        long off80 = t80 - session.LastT80 - planned80;
        bool sameList = planned80 < SameListUs * 80;
        long slack80 = Stretch(planned80) + 80 + (sameList ? 0 : Bound80(plan) + JumpUs * 80);
        bool moved = session.Moved && !sameList;
        session.Moved &= sameList;
        if (off80 < -slack80 || (off80 > slack80 && !moved))
        {
            Say(Rules.Schedule, $"pulse {index} came {off80 / 80.0:0.0} us off its distance of {planned80 / 80} us");
        }
    }

    private static long Bound80(PulsePlan plan) => (plan.OnsetsUs[^1] > LongListUs ? LongStartBoundUs : StartBoundUs) * 80;

    /// <summary>Gap and windows, over everything that ever left: sessions, stops and restarts lie between.</summary>
    private void CheckDistances(long t80)
    {
        long gapUs = _conditions.TriggerDisturbed ? LimiterUs : Ceilings.MinGapUs;
        if (_onsets80.Count > 0 && t80 - _onsets80[^1] < (gapUs * 80) - 8 - Stretch(gapUs * 80))
        {
            Say(Rules.MinGap, $"{(t80 - _onsets80[^1]) / 80.0:0.0} us after the last pulse");
        }

        _onsets80.Add(t80);
        if (_conditions.TriggerDisturbed || _conditions.ClockJumps) { return; }
        foreach ((int us, int most) in Ceilings.Windows)
        {
            int first = _onsets80.Count - 1 - most;
            long leastUs = us - Stretch(us) - (_session?.Plan is { } plan ? Bound80(plan) / 80 : StartBoundUs);
            if (first >= 0 && t80 - _onsets80[first] < leastUs * 80)
            {
                Say(Rules.Windows, $"{most + 1} pulses in {(t80 - _onsets80[first]) / 80} us");
            }
        }
    }

    private void CheckWidth(long t80)
    {
        long width80 = t80 - _rise80;
        long whole80 = PulseNs * 80 / 1000;
        bool cut = _gateFell80 == t80 || !_level[(int)Wire.Enable] || !_level[(int)Wire.Gate] || !_level[(int)Wire.Key] || _openSince.Take(InHardware).Any(one => one != long.MaxValue);
        if (width80 > whole80 + Slack80 || (width80 < whole80 - Slack80 && !cut))
        {
            Say(Rules.Width, $"a pulse of {width80 / 80.0:0.0} us at the stimulator");
        }
    }

    private void OnTrigger(WireEdge edge)
    {
        if (edge.Level)
        {
            _triggerRise80 = edge.T80;
            return;
        }

        if (_triggerRise80 < 0 || _session?.Plan is not { } plan || _conditions.TriggerDisturbed || _session.DeadlineT80 != long.MaxValue) { return; }
        long widthUs = (edge.T80 - _triggerRise80) / 80;
        long most = plan.WidthsUs.Max();
        if (widthUs > most + 1 + Stretch(most)) { Say(Rules.Width, $"a pulse of {widthUs} us on the trigger line, planned {most}"); }
    }

    private void OnHeartbeat(WireEdge edge)
    {
        if (edge.Level)
        {
            _feedRise80 = edge.T80;
            return;
        }

        if (_feedRise80 != long.MinValue && edge.T80 - _feedRise80 >= FeedMinUs * 80) { _fed80 = _feedRise80; }
        _feedRise80 = long.MinValue;
    }

    private long Fed(long t80)
    {
        if (_feedRise80 != long.MinValue && t80 - _feedRise80 >= FeedMinUs * 80) { _fed80 = _feedRise80; }
        return _fed80;
    }

    private void OnGate(WireEdge edge, bool was)
    {
        if (edge is { Level: true } && _conditions.GateDisturbed && _session is { IsDry: true } dry) { dry.End(Rules.DryRun, edge.T80, SoftUs); }
        if (edge.Level == was || _conditions.GateDisturbed) { return; }
        bool keyIsOff = !_level[(int)Wire.Key];
        if (edge.Level)
        {
            if (keyIsOff || InGateTest || _session is { IsDry: false } session && edge.T80 <= session.DeadlineT80) { return; }
            if (_session is { IsDry: true }) { Say(Rules.DryRun, "the gate opened in a dry run"); }
            else if (_opened80 < 0) { _opened80 = edge.T80; }
            return;
        }

        _gateFell80 = edge.T80;
        if (_session is { } ended && edge.T80 - (Rules.HardwareUs * 80) > ended.DeadlineT80 && !InGateTest && !keyIsOff)
        {
            Say(ended.Rule, $"the gate closed only {(edge.T80 - ended.CauseT80) / 80} us after the cause");
        }
    }

    // The reply that accepts a start may leave a pass after the gate has opened for it.
    private void TellOpenGate(bool atEnd)
    {
        if (_opened80 < 0 || (!atEnd && _now80 - _opened80 <= (SupervisorUs + ReplyUs) * 80)) { return; }
        Say(Rules.GateOpen, "the gate opened without a session that may fire", _opened80);
        _opened80 = -1;
    }

    /// <summary>Each pulse is answered once and in time; a wrong answer ends the session.</summary>
    private void OnAnswer(WireEdge edge, bool was)
    {
        if (!edge.Level || was) { return; }
        if (!_unanswered80.TryDequeue(out _) && !_missing80.TryDequeue(out _)) { _extra80.Enqueue(edge.T80); }
    }

    // An answer too many and one too few within a pass look right to whoever counts once a pass.
    private void TellAnswers()
    {
        if (_conditions.TriggerDisturbed) { return; }
        while (_unanswered80.TryPeek(out long pulse80) && _now80 - pulse80 > Rules.AnswerUs * 80)
        {
            _unanswered80.Dequeue();
            if (!_extra80.TryDequeue(out _)) { _missing80.Enqueue(pulse80 + (Rules.AnswerUs * 80)); }
        }

        while (_missing80.TryPeek(out long missing80) && _now80 - missing80 > SupervisorUs * 80)
        {
            _missing80.Dequeue();
            Cause(Rules.AfterAnswer, missing80, SupervisorUs + SoftUs);
        }

        while (_extra80.TryPeek(out long extra80) && _now80 - extra80 > SupervisorUs * 80)
        {
            _extra80.Dequeue();
            Cause(Rules.AfterAnswer, extra80, SupervisorUs + SoftUs);
        }
    }
}
