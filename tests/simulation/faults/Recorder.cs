using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Simulation;

/// <summary>Puts a probe on the wires of a virtual board and moves its contacts, so that the recording shows them.</summary>
public sealed class Recorder
{
    private readonly VirtualBoard _board;
    private readonly Recording _recording;
    private long _lastPass = -1;
    private long _lastUs;
    private int _restarts;
    private bool _running = true;

    /// <summary>Begins to record.</summary>
    public Recorder(VirtualBoard board, Recording recording)
    {
        _board = board;
        _recording = recording;
        foreach (Wire wire in new[] { Wire.Supply, Wire.Running, Wire.EStopA, Wire.EStopB, Wire.Interlock, Wire.Key, Wire.Coil, Wire.CoilCool, Wire.ClockRight }) { Add(wire, true); }
        Action<RigSignal, bool, long>? inner = board.Bench.Changed;
        board.Bench.Changed = (signal, level, t80) =>
        {
            if (WireOf(signal) is { } wire) { recording.Edges.Add(new WireEdge(t80, wire, level)); }
            inner?.Invoke(signal, level, t80);
        };
    }

    /// <summary>From here on the second clock calls the board's wrong, in parts per thousand million.</summary>
    public const int ClockWrongPpb = 2_000_000;

    /// <summary>The bench's time, in ticks of 12.5 ns.</summary>
    public long Now80 => _board.Bench.Now80;

    /// <summary>How a contact stands.</summary>
    public bool IsClosed(ContactName name) => _board.Bench.Contact(name).IsClosed;

    /// <summary>Opens or closes a contact now.</summary>
    public void Set(ContactName name, bool closed)
    {
        bool before = IsClosed(name);
        _board.Bench.Contact(name).Set(closed, Now80);
        if (IsClosed(name) != before) { Add(Wire.EStopA + (int)name, closed); }
    }

    /// <summary>The contact's wire breaks, or is mended.</summary>
    public void Break(ContactName name, bool broken)
    {
        bool before = IsClosed(name);
        _board.Bench.Contact(name).Fail(broken ? ContactFault.Open : ContactFault.None, Now80);
        if (IsClosed(name) != before) { Add(Wire.EStopA + (int)name, !before); }
    }

    /// <summary>What a second instrument at the bench shows.</summary>
    public void Mark(Wire wire, bool level) => Add(wire, level);

    /// <summary>The same at a time, in ticks of 12.5 ns; a time that is past is now.</summary>
    public void SetAt(ContactName name, bool closed, long t80) => _board.Bench.At(Math.Max(t80, Now80), () => Set(name, closed));

    /// <summary>The supply fails now.</summary>
    public void SupplyFails()
    {
        Add(Wire.Supply, false);
        Stopped(Now80);
    }

    /// <summary>Looks whether the processor runs; called at every step of the host.</summary>
    public void Look(long nowUs)
    {
        if (!_running && _board.Restarts > _restarts)
        {
            _running = true;
            Add(Wire.Supply, true);
            Add(Wire.Running, true);
        }
        else if (_board.Passes == _lastPass && nowUs > _lastUs)
        {
            Stopped(Now80);
        }

        _lastPass = _board.Passes;
        _lastUs = nowUs;
    }

    private void Stopped(long t80)
    {
        if (!_running) { return; }
        _running = false;
        _restarts = _board.Restarts;
        _recording.Edges.Add(new WireEdge(t80, Wire.Running, false));
    }

    private void Add(Wire wire, bool level) => _recording.Edges.Add(new WireEdge(Now80, wire, level));

    private static Wire? WireOf(RigSignal signal) => signal switch
    {
        RigSignal.Trigger => Wire.Trigger,
        RigSignal.Enable => Wire.Enable,
        RigSignal.Heartbeat => Wire.Heartbeat,
        RigSignal.Latch => Wire.Gate,
        RigSignal.Stimulator => Wire.Stimulator,
        RigSignal.TriggerOut => Wire.TriggerOut,
        RigSignal.FootSwitch => Wire.FootSwitch,
        _ => null,
    };
}
