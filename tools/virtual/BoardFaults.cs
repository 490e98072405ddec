using Escapement.Chip;

namespace Escapement.Virtual;

/// <summary>Kinds of calls of the firmware into the vendor's libraries, at which a fault can be placed.</summary>
public enum FirmwareCall
{
    /// <summary>Any call.</summary>
    Any,

    /// <summary>The microsecond clock is read.</summary>
    ClockRead,

    /// <summary>A pin is opened or its mode set.</summary>
    PinMode,

    /// <summary>A pin is written or toggled.</summary>
    PinWrite,

    /// <summary>A pin is read.</summary>
    PinRead,

    /// <summary>An RMT channel is created.</summary>
    RmtCreate,

    /// <summary>A word list is sent: before it starts.</summary>
    RmtSend,

    /// <summary>An RMT channel is disposed of.</summary>
    RmtDispose,

    /// <summary>A pulse counter is used.</summary>
    Counter,

    /// <summary>The serial port is polled or read.</summary>
    SerialRead,

    /// <summary>The serial port is written.</summary>
    SerialWrite,

    /// <summary>A file on the flash is looked for, opened for reading, or read.</summary>
    FileRead,

    /// <summary>A file on the flash is opened for writing, written, closed with changes, deleted or renamed.</summary>
    FileWrite,

    /// <summary>An analogue channel is read.</summary>
    AnalogRead,

    /// <summary>The firmware sleeps: the boundary of a pass.</summary>
    Sleep,
}

/// <summary>
/// Faults of the board itself. Those of wires, contacts and stimulator are on <see cref="Rig.Bench"/>.
/// Call it before the run, or on the board's thread.
/// </summary>
public sealed class BoardFaults
{
    private readonly VirtualBoard _board;
    private readonly Board _chip;

    internal BoardFaults(VirtualBoard board, Board chip)
    {
        _board = board;
        _chip = chip;
    }

    /// <summary>The interpreter stands still; hardware and bench go on.</summary>
    /// <param name="atUs">From the first call at or after this simulation time, in microseconds.</param>
    /// <param name="lengthUs">For how long, in microseconds.</param>
    public void PauseAt(long atUs, long lengthUs) => _chip.ScheduledPause(atUs, lengthUs);

    /// <summary>The interpreter stands still inside a call, before its effect.</summary>
    /// <param name="call">Kind of call.</param>
    /// <param name="nth">The how-manieth from now, from 1.</param>
    /// <param name="lengthUs">For how long, in microseconds.</param>
    public void PauseAtCall(FirmwareCall call, int nth, long lengthUs) => _chip.AtCall(CallOf(call), nth, () => _chip.PauseNow(lengthUs));

    /// <summary>A call throws instead of having its effect.</summary>
    /// <param name="call">Kind of call.</param>
    /// <param name="nth">The how-manieth from now, from 1.</param>
    /// <param name="exception">What it throws.</param>
    public void ThrowAtCall(FirmwareCall call, int nth, Exception exception) => _chip.AtCall(CallOf(call), nth, () => throw exception);

    /// <summary>Something of the test's own happens inside a call, before its effect.</summary>
    /// <param name="call">Kind of call.</param>
    /// <param name="nth">The how-manieth from now, from 1.</param>
    /// <param name="action">What.</param>
    public void AtCall(FirmwareCall call, int nth, Action action) => _chip.AtCall(CallOf(call), nth, action);

    /// <summary>The supply fails inside a call, before its effect, and comes back: a brown-out.</summary>
    /// <param name="call">Kind of call.</param>
    /// <param name="nth">The how-manieth from now, from 1.</param>
    /// <param name="offUs">For how long, in microseconds; then the board boots.</param>
    public void CutPowerAtCall(FirmwareCall call, int nth, long offUs) => _chip.AtCall(CallOf(call), nth, () => _board.PowerCycle(offUs));

    /// <summary>The supply fails at a time, wherever the firmware is, and comes back.</summary>
    /// <param name="atUs">Simulation time, in microseconds.</param>
    /// <param name="offUs">For how long, in microseconds; then the board boots.</param>
    public void CutPowerAt(long atUs, long offUs) =>
        _board.Bench.At(Rig.Ticks80.FromUs(atUs), () => _board.PowerCycle(offUs));

    /// <summary>The refill interrupt cannot run: the channel plays its stale words again.</summary>
    /// <param name="atUs">From this simulation time, in microseconds.</param>
    /// <param name="lengthUs">For how long, in microseconds.</param>
    public void BlockRefills(long atUs, long lengthUs) => _chip.BlockRefills(atUs, lengthUs);

    /// <summary>The crystal's error changes while the board runs; RMT, clock and sleeps share it.</summary>
    /// <param name="atUs">From this simulation time on, in microseconds; not in the past.</param>
    /// <param name="ppb">Error from then on, in parts per thousand million; positive: the board runs fast.</param>
    public void ClockErrorAt(long atUs, int ppb)
    {
        if (ppb is < -500_000_000 or > 500_000_000) { throw new ArgumentOutOfRangeException(nameof(ppb), ppb, "At most half as fast again, or half as slow."); }
        _chip.ClockErrorFrom(atUs, ppb);
    }

    /// <summary>The board's microsecond clock jumps; RMT and sleeps do not.</summary>
    /// <param name="atUs">At this simulation time, in microseconds.</param>
    /// <param name="byUs">By how much, in microseconds; negative: back.</param>
    public void JumpClockAt(long atUs, long byUs) => _board.Bench.At(Rig.Ticks80.FromUs(atUs), () => _chip.JumpClock(byUs));

    private static VendorCall CallOf(FirmwareCall call) => call switch
    {
        FirmwareCall.Any => VendorCall.Any,
        FirmwareCall.ClockRead => VendorCall.ClockRead,
        FirmwareCall.PinMode => VendorCall.PinMode,
        FirmwareCall.PinWrite => VendorCall.PinWrite,
        FirmwareCall.PinRead => VendorCall.PinRead,
        FirmwareCall.RmtCreate => VendorCall.RmtCreate,
        FirmwareCall.RmtSend => VendorCall.RmtSend,
        FirmwareCall.RmtDispose => VendorCall.RmtDispose,
        FirmwareCall.Counter => VendorCall.Counter,
        FirmwareCall.SerialRead => VendorCall.SerialRead,
        FirmwareCall.SerialWrite => VendorCall.SerialWrite,
        FirmwareCall.FileRead => VendorCall.FileRead,
        FirmwareCall.FileWrite => VendorCall.FileWrite,
        FirmwareCall.AnalogRead => VendorCall.AnalogRead,
        FirmwareCall.Sleep => VendorCall.Sleep,
        _ => throw new ArgumentOutOfRangeException(nameof(call), call, "No such kind of call."),
    };
}
