namespace Escapement.Rig.Tests;

/// <summary>
/// The same bench written a second time, with nothing but state that is looked at once each microsecond. Slow and plain.
/// </summary>
internal sealed class SteppedModel(int pulseUs, int deadUs, int watchdogUs, int filterUs)
{
    public readonly bool[] Input = new bool[7];
    public const int Trigger = 0, Enable = 1, Heartbeat = 2, EStopA = 3, EStopB = 4, Interlock = 5, Key = 6;

    private bool _triggerBefore, _enableBefore, _heartbeatBefore, _heartbeatSeen;
    private int _sinceEdge = int.MaxValue;
    private int _sinceFeed = int.MaxValue;
    private int _heartbeatAge;
    private bool _open;

    public (bool Gate, bool Gated, bool Stimulator) Step(int? changed)
    {
        if (_sinceEdge != int.MaxValue) { _sinceEdge++; }
        if (_sinceFeed != int.MaxValue) { _sinceFeed++; }
        if (_sinceFeed >= watchdogUs) { _sinceFeed = int.MaxValue; _open = false; }
        _heartbeatAge++;
        if (_heartbeatBefore != _heartbeatSeen && _heartbeatAge >= filterUs) { _heartbeatSeen = _heartbeatBefore; _sinceFeed = 0; }

        if (changed is int which) { Input[which] = !Input[which]; }
        if (Input[Heartbeat] != _heartbeatBefore) { _heartbeatAge = 0; }
        bool good = _sinceFeed != int.MaxValue && Input[EStopA] && Input[EStopB] && Input[Interlock];
        if (!good || !Input[Enable]) { _open = false; }
        else if (!_enableBefore) { _open = true; }
        if (Input[Trigger] && !_triggerBefore && _sinceEdge >= deadUs) { _sinceEdge = 0; }
        (_triggerBefore, _enableBefore, _heartbeatBefore) = (Input[Trigger], Input[Enable], Input[Heartbeat]);

        bool gated = _open && _sinceEdge < pulseUs;
        return (_open, gated, gated && Input[Key]);
    }
}
