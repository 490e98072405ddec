namespace Escapement.Rig;

/// <summary>
/// A stimulator as its connector shows it: fires on a rising edge of its line that lasts long enough while it is ready,
/// is not ready while it recharges, and answers each discharge on trigger-out.
/// </summary>
public sealed class Stimulator
{
    private readonly Bench _bench;
    private readonly bool _levelTriggered;
    private readonly long _minWidth80;
    private readonly long _triggerOutDelay80;
    private readonly long _triggerOutWidth80;
    private readonly long _doubleGap80;
    private readonly Queue<long> _triggerOuts80 = new(16);
    private bool _line;
    private long _edge80;
    private long _decide80 = Ticks80.Never;
    private long _second80 = Ticks80.Never;
    private long _ready80 = Ticks80.Never;
    private long _triggerOutEnd80 = Ticks80.Never;

    internal Stimulator(Bench bench, StimulatorOptions options)
    {
        _bench = bench;
        _levelTriggered = options.LevelTriggered;
        _minWidth80 = Ticks80.FromUs(options.MinWidthUs);
        RechargeUs = options.RechargeUs;
        _triggerOutDelay80 = Ticks80.FromUs(options.TriggerOutDelayUs);
        _triggerOutWidth80 = Ticks80.FromUs(options.TriggerOutWidthUs);
        _doubleGap80 = Ticks80.FromUs(options.DoubleGapUs);
    }

    /// <summary>True when it is switched on and charged.</summary>
    public bool IsReady => IsOn && _ready80 == Ticks80.Never;

    /// <summary>True while its operator has it armed. Off, it is not ready and ignores its line.</summary>
    public bool IsOn { get; private set; } = true;

    /// <summary>Discharges since power-up, the second ones of doubled pulses included.</summary>
    public int Discharges { get; private set; }

    /// <summary>Pulses on trigger-out since power-up.</summary>
    public int TriggerOuts { get; private set; }

    /// <summary>Rising edges of the line that came while it was not ready.</summary>
    public int EdgesNotReady { get; private set; }

    /// <summary>Pulses of the line that were shorter than it takes.</summary>
    public int PulsesTooShort { get; private set; }

    /// <summary>Time from a discharge until it is ready again, in microseconds. Longer than the gap to the next trigger, it loses triggers.</summary>
    public int RechargeUs { get; set; }

    /// <summary>How many of the next triggers it silently ignores. For fault injection.</summary>
    public int SkipDischarges { get; set; }

    /// <summary>How many of the next triggers it answers with two discharges. For fault injection.</summary>
    public int DoubleDischarges { get; set; }

    /// <summary>How many of the next discharges have no trigger-out. For fault injection.</summary>
    public int SkipTriggerOuts { get; set; }

    /// <summary>How many of the next discharges have two pulses on trigger-out. For fault injection.</summary>
    public int DoubleTriggerOuts { get; set; }

    internal long NextEvent80
    {
        get
        {
            long next = Math.Min(Math.Min(_decide80, _second80), Math.Min(_ready80, _triggerOutEnd80));
            return _triggerOuts80.Count == 0 ? next : Math.Min(next, _triggerOuts80.Peek());
        }
    }

    /// <summary>Switches it on or off, as its operator or its own time-out does.</summary>
    /// <param name="on">True for on.</param>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later.</param>
    public void Switch(bool on, long t80) => _bench.At(t80, () => Apply(on));

    internal void Line(bool level, long t80)
    {
        _line = level;
        if (!level)
        {
            EndLine(t80);
        }
        else if (IsReady)
        {
            Notice(t80);
        }
        else
        {
            EdgesNotReady++;
        }
    }

    internal void Advance(long t80)
    {
        if (_triggerOutEnd80 <= t80) { EndTriggerOut(t80); }
        if (_ready80 <= t80) { Recharged(t80); }
        if (_second80 <= t80) { Discharge(_second80, t80); _second80 = Ticks80.Never; }
        if (_decide80 <= t80) { Fire(t80); }
        while (_triggerOuts80.Count > 0 && _triggerOuts80.Peek() <= t80) { BeginTriggerOut(t80); }
    }

    private void EndLine(long t80)
    {
        if (_decide80 == Ticks80.Never) { return; }
        if (_decide80 <= t80)
        {
            Fire(t80);
            return;
        }
        PulsesTooShort++;
        _decide80 = Ticks80.Never;
    }

    private void Notice(long t80)
    {
        _edge80 = t80;
        _decide80 = t80 + _minWidth80;
        if (_minWidth80 == 0) { Fire(t80); }
    }

    private void Fire(long t80)
    {
        _decide80 = Ticks80.Never;
        if (SkipDischarges > 0)
        {
            SkipDischarges--;
            return;
        }
        Discharge(_edge80, t80);
        if (DoubleDischarges > 0)
        {
            DoubleDischarges--;
            _second80 = Math.Max(_edge80 + _doubleGap80, t80);
        }
    }

    private void Discharge(long onset80, long t80)
    {
        Discharges++;
        _ready80 = t80 + Ticks80.FromUs(RechargeUs);
        _bench.Drive(RigSignal.StimulatorReady, false, t80);
        if (SkipTriggerOuts > 0)
        {
            SkipTriggerOuts--;
            return;
        }
        _triggerOuts80.Enqueue(onset80 + _triggerOutDelay80);
        if (DoubleTriggerOuts == 0) { return; }
        DoubleTriggerOuts--;
        _triggerOuts80.Enqueue(onset80 + _triggerOutDelay80 + 2 * _triggerOutWidth80);
    }

    private void Recharged(long t80)
    {
        _ready80 = Ticks80.Never;
        _bench.Drive(RigSignal.StimulatorReady, IsReady, t80);
        if (_levelTriggered && _line && IsReady) { Notice(t80); }
    }

    private void BeginTriggerOut(long t80)
    {
        _triggerOuts80.Dequeue();
        TriggerOuts++;
        _triggerOutEnd80 = t80 + _triggerOutWidth80;
        _bench.Drive(RigSignal.TriggerOut, true, t80);
    }

    private void EndTriggerOut(long t80)
    {
        _triggerOutEnd80 = Ticks80.Never;
        _bench.Drive(RigSignal.TriggerOut, false, t80);
    }

    private void Apply(bool on)
    {
        long t80 = _bench.Now80;
        IsOn = on;
        if (!on) { _decide80 = _second80 = Ticks80.Never; }
        _bench.Drive(RigSignal.StimulatorReady, IsReady, t80);
        if (on && _levelTriggered && _line && IsReady) { Notice(t80); }
    }
}
