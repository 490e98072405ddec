namespace Escapement.Simulation;

/// <summary>
/// Judges a recording by the wires and the bytes on the link alone. It is told which barriers are broken on purpose, and nothing else:
/// not what the firmware thinks, not what a host wanted.
/// </summary>
public sealed partial class Oracle
{
    private const int MostViolations = 20;
    private const long GlitchUs = 400;
    private const long BootUs = 15_000_000;
    private const int Contacts = 7;
    private const int InHardware = 4;
    private const int Cool = Wire.CoilCool - Wire.EStopA;
    private const int Foot = Wire.FootSwitch - Wire.EStopA;

    private readonly Recording _recording;
    private readonly Conditions _conditions;
    private readonly List<Violation> _violations = [];
    private readonly LinkWatch _link = new();
    private readonly List<(string Rule, long T80, long BudgetUs)> _causes = [];
    private readonly long[] _openSince = new long[Contacts];
    private readonly bool[] _openTold = new bool[Contacts];
    private readonly bool[] _level = new bool[(int)Wire.Running + 1];
    private readonly List<Session> _sessions = [];
    private Session? _session;
    private bool? _armed;
    private PulsePlan? _armedPlan;
    private bool _wasLive;
    private int _said = -1;
    private long _saidT80;
    private bool _markedAtReset;
    private bool _bootLooked = true;
    private long _leaseEndsUs = long.MinValue;
    private uint _holder;
    private long _gateTestT80 = long.MinValue / 2;
    private long _now80;
    private readonly TightLimits _limits = new();
    private long _resetSaidT80 = long.MinValue / 2;
    private long _stoppedT80 = long.MinValue / 2;
    private long _clockWrongT80 = long.MaxValue;
    private long _ledSinceUs;
    private long _hostOffsetUs;
    private bool _hostSteady;

    private Oracle(Recording recording, Conditions conditions)
    {
        _recording = recording;
        _conditions = conditions;
        Array.Fill(_openSince, long.MaxValue);
    }

    /// <summary>Sessions that were accepted to start.</summary>
    public IReadOnlyList<Session> Sessions => _sessions;

    /// <summary>Every violation in the order in which it was found.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>Judges.</summary>
    public static Oracle Judge(Recording recording, Conditions conditions)
    {
        Oracle oracle = new(recording, conditions);
        oracle.Run();
        return oracle;
    }

    /// <summary>Two passes and what the interpreter stood still, at most until the watchdog acts.</summary>
    private long SupervisorUs => Math.Min(Rules.TwoPassesUs + _conditions.PausesUs, Rules.WatchdogUs + Rules.TwoPassesUs);

    /// <summary>How soon software must end a session. With the gate held open and the trigger moved by something else, only the watchdog is left.</summary>
    private long SoftUs => _conditions is { GateHeldOpen: true, TriggerDisturbed: true } ? SupervisorUs + Rules.WatchdogUs : SupervisorUs;

    private void Run()
    {
        List<LinkFrame> frames = Frames();
        List<WireEdge> edges = _recording.Edges;
        int frame = 0;
        int claim = 0;
        for (int edge = 0; edge < edges.Count || frame < frames.Count || claim < _recording.Claims.Count;)
        {
            long edgeT80 = edge < edges.Count ? edges[edge].T80 : long.MaxValue;
            long frameT80 = frame < frames.Count ? frames[frame].AtUs * 80 : long.MaxValue;
            long claimT80 = claim < _recording.Claims.Count ? _recording.Claims[claim].AtUs * 80 : long.MaxValue;
            _now80 = Math.Min(edgeT80, Math.Min(frameT80, claimT80));
            TellOpenContacts();
            TellAnswers();
            TellOpenGate(false);
            if (edgeT80 == _now80) { OnEdge(edges[edge++]); }
            else if (frameT80 == _now80) { OnFrame(frames[frame++]); }
            else { OnClaim(_recording.Claims[claim++]); }
        }

        TellOpenGate(true);
        if (_level[(int)Wire.Supply] && !_level[(int)Wire.Running] && _recording.EndUs - (_stoppedT80 / 80) > BootUs)
        {
            Say(Rules.Lives, "the processor stands still, with its supply on", _stoppedT80);
        }
    }

    private List<LinkFrame> Frames()
    {
        FrameScanner toBoard = new(true);
        FrameScanner fromBoard = new(false);
        List<LinkFrame> frames = [];
        foreach (LinkBytes bytes in _recording.Link) { frames.AddRange((bytes.ToBoard ? toBoard : fromBoard).Feed(bytes.Bytes, bytes.AtUs)); }
        return [.. frames.OrderBy(one => one.AtUs)];
    }

    private void Say(string rule, string what, long? t80 = null)
    {
        if (_violations.Count < MostViolations) { _violations.Add(new Violation(rule, t80 ?? _now80, what)); }
    }

    /// <summary>Something happened after which nothing may leave any more.</summary>
    private void Cause(string rule, long t80, long budgetUs)
    {
        _causes.RemoveAll(one => one.T80 < t80 - 400_000_000);
        _causes.Add((rule, t80, budgetUs));
        if (_session is { } session && t80 >= session.StartT80) { session.End(rule, t80, budgetUs); }
    }

    private void OnEdge(WireEdge edge)
    {
        bool was = _level[(int)edge.Wire];
        _level[(int)edge.Wire] = edge.Level;
        switch (edge.Wire)
        {
            case Wire.Stimulator: OnStimulator(edge, was); break;
            case Wire.Trigger: OnTrigger(edge); break;
            case Wire.Gate: OnGate(edge, was); break;
            case Wire.Heartbeat: OnHeartbeat(edge); break;
            case Wire.TriggerOut: OnAnswer(edge, was); break;
            case Wire.EStopA or Wire.EStopB or Wire.Interlock or Wire.Key or Wire.Coil or Wire.FootSwitch or Wire.CoilCool: OnContact(edge); break;
            case Wire.Supply when !edge.Level:
                Cause(Rules.AfterReset, edge.T80, Rules.HardwareUs);
                break;
            case Wire.Running: OnRunning(edge); break;
            case Wire.ClockRight: _clockWrongT80 = edge.Level ? long.MaxValue : edge.T80; break;
            default: break;
        }
    }

    private void OnContact(WireEdge edge)
    {
        int i = edge.Wire - Wire.EStopA;
        _openSince[i] = edge.Level ? long.MaxValue : edge.T80;
        _openTold[i] = false;
    }

    // A contact that was open for less than the filters need is no opening; the board may act on it, and need not.
    private void TellOpenContacts()
    {
        for (int i = 0; i < Contacts; i++)
        {
            if (_openTold[i] || _openSince[i] == long.MaxValue || _now80 - _openSince[i] < (i == Cool ? Rules.HeatUs : GlitchUs) * 80) { continue; }
            if (i == Foot && (!_conditions.HasFoot || _session is null or { IsHeld: true })) { continue; }
            _openTold[i] = true;
            (string rule, long budgetUs) = RuleOf(Wire.EStopA + i);
            Cause(rule, _openSince[i], budgetUs);
        }
    }

    private (string Rule, long BudgetUs) RuleOf(Wire contact) => contact switch
    {
        Wire.EStopA or Wire.EStopB => (Rules.AfterEmergencyStop, Rules.HardwareUs),
        Wire.Interlock => (Rules.AfterInterlock, Rules.HardwareUs),
        Wire.Key => (Rules.AfterKey, SoftUs),
        Wire.FootSwitch => (Rules.AfterFoot, SoftUs),
        Wire.CoilCool => (Rules.AfterHeat, SoftUs + Rules.HeatUs),
        _ => (Rules.AfterCoil, SoftUs),
    };

    private void OnRunning(WireEdge edge)
    {
        if (edge.Level)
        {
            if (_conditions.KeySenseDisturbed) { _gateTestT80 = edge.T80; }
            return;
        }

        _stoppedT80 = edge.T80;
        bool asked = edge.T80 - _resetSaidT80 < 80 * 400_000; // a reset that a host asked for stops first
        _markedAtReset = _wasLive && !asked && _causes.TrueForAll(one => one.T80 < _saidT80 - 8_000_000) && edge.T80 - _saidT80 < 80 * 400_000;
        _bootLooked = false;
        _wasLive = false;
        _said = -1;
        _armed = null;
        _holder = 0;
        _leaseEndsUs = long.MinValue;
        _link.Reset();
        _limits.Reset();
        if (_session is { } session) { session.IsCounted = true; }
        Cause(Rules.AfterReset, edge.T80, Rules.WatchdogUs);
    }

    private void OnClaim(HostClaim claim)
    {
        Session? session = _sessions.LastOrDefault(one => one.StartT80 <= claim.AtUs * 80);
        if (!claim.Completed) { return; }
        int emitted = session?.Emitted ?? 0;
        long planned = session is null ? -1 : session.IsDry ? 0 : session.Plan?.Count ?? claim.Pulses;
        if (emitted != planned || claim.Pulses != planned)
        {
            Say(Rules.Recorded, $"a host recorded a completed session of {claim.Pulses} pulses; {planned} were planned and {emitted} left");
        }
    }
}
