using Escapement.Host;
using Escapement.Virtual;

namespace Escapement.Simulation;

/// <summary>Plays the acts of a scenario one after the other, in the board's lock-step.</summary>
public sealed class Script : ITransportStep
{
    private const long TidyUs = 600_000;

    private readonly Scenario _scenario;
    private readonly LineHub _hub;
    private readonly Recorder _recorder;
    private readonly Recording _recording;
    private readonly FaultInjector _injector;
    private readonly Operator _operator;
    private readonly BoardSeen _seen = new();
    private int _act = -1;
    private long _beganUs;
    private long _runningUs = -1;
    private HostLine? _line;
    private SessionRunner? _runner;
    private ErraticHost? _erratic;

    /// <summary>Makes it.</summary>
    public Script(Scenario scenario, VirtualBoard board, Recorder recorder, Recording recording)
    {
        _scenario = scenario;
        _recorder = recorder;
        _recording = recording;
        _hub = new LineHub(board.Connect(), recording) { FromBoard = _seen.Take };
        _injector = new FaultInjector(board, recorder, _hub, scenario);
        _operator = new Operator(board, recorder, _seen, scenario.Board.OperatorReturns);
        _seen.Changed = OnState;
        _operator.Prepare();
        _injector.On(Moment.PowerUp);
    }

    /// <inheritdoc/>
    public bool IsFinished => _act >= _scenario.Acts.Count;

    /// <summary>What became of the sessions of hosts that mean well; null: the host broke down.</summary>
    public List<(GoodSession Order, SessionResult? Result)> Results { get; } = [];

    /// <summary>What was heard from the board.</summary>
    public BoardSeen Seen => _seen;

    /// <summary>Faults that have happened.</summary>
    public IReadOnlyList<Fault> FaultsDone => _injector.Done;

    /// <inheritdoc/>
    public bool Step(long nowUs)
    {
        _recorder.Look(nowUs);
        bool any = _hub.Pump(nowUs);
        _operator.Step(nowUs);
        if (_act < 0 && _operator.IsDone) { Next(nowUs); }
        if (_act < 0 || IsFinished) { return any; }
        if (!any) { _erratic?.Step(nowUs); }
        return StepAct(nowUs) || any;
    }

    private bool StepAct(long nowUs)
    {
        Act act = _scenario.Acts[_act];
        bool over = nowUs - _beganUs > act.LimitUs || (act is ErraticSession erratic && nowUs - _beganUs > erratic.LengthUs);
        if (act is not GoodSession session)
        {
            if (over) { Next(nowUs); }
            return false;
        }

        if (_runner is null)
        {
            _operator.Tidy(nowUs);
            if (!_operator.IsDone || _operator.IsPressing) { _beganUs = nowUs; }
            if (nowUs - _beganUs > TidyUs) { Begin(session); }
            return false;
        }

        return StepRunner(session, _runner, nowUs, over);
    }

    private bool StepRunner(GoodSession session, SessionRunner runner, long nowUs, bool over)
    {
        long sinceUs = _runningUs < 0 ? -1 : nowUs - _runningUs;
        if (over || (session.CrashAfterUs >= 0 && sinceUs >= session.CrashAfterUs))
        {
            Results.Add((session, null));
            Next(nowUs);
            return false;
        }

        if (session.HangAfterUs >= 0 && sinceUs >= session.HangAfterUs && sinceUs < session.HangAfterUs + session.HangUs) { return false; }
        if (session.StopAfterUs >= 0 && sinceUs >= session.StopAfterUs) { runner.RequestStop("the scenario asks for it"); }
        bool any = runner.Step(nowUs);
        if (runner.Result is { } result)
        {
            _recording.Claims.Add(new HostClaim(nowUs, result.Verdict == SessionVerdict.Completed, result.Dry ? 0 : result.PulsesCounted));
            Results.Add((session, result));
            Next(nowUs);
            return false;
        }

        return any;
    }

    private void Begin(GoodSession session)
    {
        // Whoever was there before may have muted the board, and a host that means well writes nothing before it knows the board.
        _hub.Send(HarpFrames.Write(Reg.OperationControl, HarpFrames.U8, [0xE4]));
        _line = _hub.Open();
        _runner = new SessionRunner(_line, new SessionOrder(session.Program.Name, session.Program.Image)
        {
            Nonce = session.Nonce,
            Dry = session.Dry,
            ClearFaults = true,
            InVirtualTime = true,
        });
        if (session.SecondHost != 0)
        {
            _erratic = new ErraticHost(_hub.Open(), new ErraticSession(session.SecondHost, session.LimitUs, [session.Program], 30));
        }
    }

    private void Next(long nowUs)
    {
        _line?.Dispose();
        _erratic?.Close();
        _line = null;
        _runner = null;
        _erratic = null;
        _runningUs = -1;
        _act++;
        _beganUs = nowUs;
        if (!IsFinished && _scenario.Acts[_act] is ErraticSession order) { _erratic = new ErraticHost(_hub.Open(), order); }
    }

    private void OnState(int before)
    {
        if (_seen.State == Reg.Armed && before != Reg.Running) { _injector.On(Moment.Armed); }
        if (_seen.State == Reg.Running && before != Reg.Held)
        {
            _runningUs = _hub.NowUs;
            _injector.On(Moment.Running);
        }
    }
}
