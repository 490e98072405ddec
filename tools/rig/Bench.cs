namespace Escapement.Rig;

/// <summary>
/// The bench as wires: limiter, latch, watchdog, contacts, isolator and stimulator. It behaves as the drawn gate circuit does: filters
/// and monostables take their time, gates none. It knows nothing of a board. Driven by events: whoever drives it advances it to the time of each input change.
/// At one instant a bench's own events come before the inputs of that instant.
/// </summary>
public sealed partial class Bench
{
    private const int Signals = (int)RigSignal.Stimulator + 1;
    private const int Contacts = (int)ContactName.FootSwitch + 1;
    private const sbyte NotForced = -1;

    private readonly bool[] _driven = new bool[Signals];
    private readonly bool[] _level = new bool[Signals];
    private readonly sbyte[] _forced = new sbyte[Signals];
    private readonly Contact[] _contacts = new Contact[Contacts];
    private readonly PriorityQueue<Action, (long T80, long Order)> _schedule = new();
    private readonly Filter[] _contactFilters = new Filter[Contacts];
    private readonly Filter _heartbeat;
    private readonly Filter _enable;
    private readonly Supply _supply;
    private readonly Limiter _limiter;
    private readonly Latch _latch = new();
    private readonly Watchdog _watchdog;
    private readonly GateTerms _brokenTerms;
    private long _order;

    /// <summary>Makes a bench with every board line low, the watchdog expired and the gate closed.</summary>
    public Bench(BenchOptions? options = null)
    {
        BenchOptions figures = (options ?? new BenchOptions()).Checked();
        _limiter = new Limiter(figures.LimiterPulseNs, figures.LimiterDeadNs);
        _watchdog = new Watchdog(figures.WatchdogNs);
        _heartbeat = new Filter(figures.HeartbeatFilter, level: false);
        _enable = new Filter(figures.EnableFilter, level: false);
        _supply = new Supply(figures.KeyOnNs, figures.KeyOffNs, figures.ContactsClosed);
        _brokenTerms = figures.BrokenTerms;
        Stimulator = new Stimulator(this, figures.Stimulator);
        CoilSensor = new CoilSensor(this, figures.CoilMilliCelsius);
        Array.Fill(_forced, NotForced);
        for (int i = 0; i < _contacts.Length; i++)
        {
            // Nobody stands on the foot switch yet.
            bool closed = figures.ContactsClosed && (ContactName)i != ContactName.FootSwitch;
            _contacts[i] = new Contact(this, (ContactName)i, closed);
            _contactFilters[i] = new Filter(figures.ContactFilter, closed);
            _driven[(int)SignalOf((ContactName)i)] = closed;
            _level[(int)SignalOf((ContactName)i)] = closed;
        }
        _driven[(int)RigSignal.StimulatorReady] = true;
        _level[(int)RigSignal.StimulatorReady] = true;
        Referee = new Referee();
    }

    /// <summary>Called at every change of a wire: which, its new level, when (ticks of 12.5 ns).</summary>
    public Action<RigSignal, bool, long>? Changed { get; set; }

    /// <summary>Records what the trigger, the gate and the stimulator line do.</summary>
    public Referee Referee { get; }

    /// <summary>The stimulator at the end of the line.</summary>
    public Stimulator Stimulator { get; }

    /// <summary>The coil's thermistor.</summary>
    public CoilSensor CoilSensor { get; }

    /// <summary>The bench's time, in ticks of 12.5 ns.</summary>
    public long Now80 { get; private set; }

    /// <summary>When the bench will next change by itself, in ticks of 12.5 ns.</summary>
    public long NextEvent80 { get; private set; } = Ticks80.Never;

    /// <summary>The level of a wire now.</summary>
    public bool Level(RigSignal signal) => _level[(int)signal];

    /// <summary>A contact by its name.</summary>
    public Contact Contact(ContactName name) => _contacts[(int)name];

    /// <summary>The board drives the trigger line.</summary>
    public void SetTrigger(bool level, long t80) => Input(RigSignal.Trigger, level, t80);

    /// <summary>The board drives enable.</summary>
    public void SetEnable(bool level, long t80) => Input(RigSignal.Enable, level, t80);

    /// <summary>The board drives the heartbeat.</summary>
    public void SetHeartbeat(bool level, long t80) => Input(RigSignal.Heartbeat, level, t80);

    /// <summary>Lets time pass, doing everything that falls due until then and then.</summary>
    /// <param name="t80">The new time, in ticks of 12.5 ns; not earlier than now.</param>
    public void AdvanceTo(long t80)
    {
        if (t80 < Now80) { throw new ArgumentOutOfRangeException(nameof(t80), t80, $"Time cannot go back; the bench is at {Now80}."); }
        while (NextEvent80 <= t80)
        {
            Now80 = NextEvent80;
            DoEventsOfNow();
            FindNextEvent();
        }
        Now80 = t80;
    }

    /// <summary>Does something at a time: the way in which faults and operators act on the bench.</summary>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later. At now it is done at once.</param>
    /// <param name="action">What.</param>
    public void At(long t80, Action action)
    {
        if (t80 < Now80) { throw new ArgumentOutOfRangeException(nameof(t80), t80, $"That time is past; the bench is at {Now80}."); }
        if (t80 == Now80)
        {
            action();
        }
        else
        {
            _schedule.Enqueue(action, (t80, _order++));
        }
        FindNextEvent();
    }

    internal void ContactChanged(Contact contact)
    {
        _contactFilters[(int)contact.Name].Drive(contact.IsClosed, Now80);
        if (contact.Name == ContactName.Key) { _supply.Key(contact.IsClosed, Now80); }
    }

    internal void Drive(RigSignal signal, bool level, long t80)
    {
        _driven[(int)signal] = _pulseFaults[(int)signal]?.Pass(level, t80) ?? level;
        Settle(signal, t80);
    }

    private void Input(RigSignal signal, bool level, long t80)
    {
        AdvanceTo(t80);
        Drive(signal, level, t80);
        FindNextEvent();
    }

    private void Settle(RigSignal signal, long t80)
    {
        int i = (int)signal;
        bool level = _forced[i] == NotForced ? _driven[i] : _forced[i] == 1;
        if (_level[i] == level) { return; }
        _level[i] = level;
        Changed?.Invoke(signal, level, t80);
        Propagate(signal, level, t80);
        if (level && _couplings.Count > 0) { Couple(signal, t80); }
    }

    private void Propagate(RigSignal signal, bool level, long t80)
    {
        switch (signal)
        {
            case RigSignal.Trigger:
                Referee.Record(RefereeSignal.Trigger, level, t80);
                Drive(RigSignal.RawTrigger, level, t80);
                if (level && _limiter.Edge(t80)) { Drive(RigSignal.Limiter, true, t80); }
                break;
            case RigSignal.Enable:
                _enable.Drive(level, t80);
                CheckTerms(t80);
                break;
            case RigSignal.Heartbeat:
                _heartbeat.Drive(level, t80);
                break;
            case RigSignal.Watchdog:
                CheckTerms(t80);
                break;
            case RigSignal.Latch:
                Referee.Record(RefereeSignal.Gate, level, t80);
                Drive(RigSignal.GateOpen, level, t80);
                DriveGated(t80);
                break;
            case RigSignal.Limiter:
                DriveGated(t80);
                break;
            case RigSignal.Stimulator:
                Referee.Record(RefereeSignal.Stimulator, level, t80);
                Stimulator.Line(level, t80);
                break;
        }
    }

    /// <summary>Parts that close come before parts that open.</summary>
    private void DoEventsOfNow()
    {
        long t80 = Now80;
        if (_limiter.NextEvent80 <= t80)
        {
            _limiter.End();
            Drive(RigSignal.Limiter, false, t80);
        }
        if (_watchdog.Expiry80 <= t80)
        {
            _watchdog.Expire();
            Drive(RigSignal.Watchdog, false, t80);
        }
        for (int i = 0; i < _contactFilters.Length; i++)
        {
            if (_contactFilters[i].NextEvent80 <= t80) { ContactFiltered(i, t80); }
        }
        if (_supply.NextEvent80 <= t80)
        {
            _supply.Change();
            DriveStimulatorLine(t80);
        }
        if (_heartbeat.NextEvent80 <= t80) { HeartbeatFiltered(t80); }
        if (_enable.NextEvent80 <= t80) { EnableFiltered(t80); }
        if (Stimulator.NextEvent80 <= t80) { Stimulator.Advance(t80); }
        while (_schedule.TryPeek(out Action? action, out (long T80, long Order) due) && due.T80 <= t80)
        {
            _schedule.Dequeue();
            action();
        }
    }

    private void FindNextEvent()
    {
        long next = Math.Min(Math.Min(_limiter.NextEvent80, _watchdog.Expiry80), Stimulator.NextEvent80);
        next = Math.Min(Math.Min(next, _supply.NextEvent80), Math.Min(_heartbeat.NextEvent80, _enable.NextEvent80));
        foreach (Filter contact in _contactFilters) { next = Math.Min(next, contact.NextEvent80); }
        NextEvent80 = _schedule.TryPeek(out _, out (long T80, long Order) due) ? Math.Min(next, due.T80) : next;
    }

    private void ContactFiltered(int contact, long t80)
    {
        _contactFilters[contact].Change();
        CheckTerms(t80);
        Drive(SignalOf((ContactName)contact), _contactFilters[contact].Level, t80);
    }

    private void HeartbeatFiltered(long t80)
    {
        _heartbeat.Change();
        if (!_heartbeat.Level) { return; }
        _watchdog.Feed(t80);
        Drive(RigSignal.Watchdog, true, t80);
    }

    /// <summary>The clock of the latch: sets it unless it is held clear.</summary>
    private void EnableFiltered(long t80)
    {
        _enable.Change();
        if (!_enable.Level || !IsClear) { return; }
        _latch.Set();
        DriveLatch(t80);
    }

    private void CheckTerms(long t80)
    {
        if (!IsClear) { _latch.Clear(); }
        DriveLatch(t80);
        DriveGated(t80);
    }

    /// <summary>The clear line: high, so that the latch may be set, while enable and every term are good.</summary>
    private bool IsClear => _level[(int)RigSignal.Enable] && TermsGood();

    private bool TermsGood()
    {
        GateTerms good = _brokenTerms;
        if (_level[(int)RigSignal.Watchdog]) { good |= GateTerms.Watchdog; }
        if (_contactFilters[(int)ContactName.EStopA].Level) { good |= GateTerms.EStopA; }
        if (_contactFilters[(int)ContactName.EStopB].Level) { good |= GateTerms.EStopB; }
        if (_contactFilters[(int)ContactName.Interlock].Level) { good |= GateTerms.Interlock; }
        return (good & GateTerms.All) == GateTerms.All;
    }

    private void DriveLatch(long t80) => Drive(RigSignal.Latch, _latch.IsSet, t80);

    /// <summary>
    /// Clear line, latch and limiter together: a latch that is stuck set passes nothing while a term is bad. The gated counter sits
    /// before the isolator, so that self-tests can be counted with the stimulator cut off.
    /// </summary>
    private void DriveGated(long t80)
    {
        Drive(RigSignal.GatedTrigger, IsGated, t80);
        DriveStimulatorLine(t80);
    }

    private void DriveStimulatorLine(long t80) => Drive(RigSignal.Stimulator, IsGated && _supply.IsOn, t80);

    private bool IsGated => _level[(int)RigSignal.Limiter] && _level[(int)RigSignal.Latch] && IsClear;

    private static RigSignal SignalOf(ContactName name) => name switch
    {
        ContactName.EStopA => RigSignal.EStopA,
        ContactName.EStopB => RigSignal.EStopB,
        ContactName.Interlock => RigSignal.Interlock,
        ContactName.Key => RigSignal.Key,
        ContactName.Coil => RigSignal.Coil,
        ContactName.FootSwitch => RigSignal.FootSwitch,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such contact."),
    };
}
