using System.Collections.Concurrent;
using Escapement.Chip;
using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Virtual;

/// <summary>
/// A whole board in this process: the firmware's own source on the simulated chip, wired to the bench.
/// Either in lock-step, on the thread of the caller and as fast as the machine allows, or in real time on a thread of its own.
/// </summary>
public sealed partial class VirtualBoard : IDisposable
{
    private const long SliceUs = 10_000;
    private const int HostStepsAtOnce = 1_000_000;

    // Largest free native block: in 8 MB of SPIRAM, and in what the runtime reserves of the internal memory where there is none.
    private const int WithSpiRam = 1_000_000;
    private const int WithoutSpiRam = 100_000;

    private readonly VirtualBoardOptions _options;
    private readonly Board _chip;
    private readonly Wiring _wiring;
    private readonly StartUp? _startUp;
    private readonly Foot? _foot;
    private readonly Action _firmware;
    private readonly ConcurrentQueue<Action<Bench>> _posted = new();
    private readonly object _connecting = new();
    private volatile bool _ending;
    private bool _started;
    private long _offUs;

    /// <summary>Makes a board that is wired and not yet powered.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A figure of the options is out of its range.</exception>
    /// <exception cref="InputException">There is no such kind of board, or the unique identifier is none.</exception>
    public VirtualBoard(VirtualBoardOptions? options = null)
    {
        _options = (options ?? new VirtualBoardOptions()).Checked();
        _firmware = _options.Firmware ?? FirmwareMain;
        Model = BoardModel.Find(_options.BoardId);
        PinMap pins = _options.Pins ?? Model.Pins;
        Bench = new Bench(_options.Bench);
        _chip = new Board(ChipOptions(_options, Model, pins));
        _wiring = new Wiring(_chip, Bench, pins);
        if (_options.Uid != null) { _chip.Flash.Put(IdentityFile.Location, IdentityFile.Content(Model.Id, _options.Uid)); }
        if (_options.Flashed) { _chip.Flash.Put(HistoryFile.Location, HistoryFile.Blank()); }
        foreach ((string path, byte[] content) in _options.Files) { _chip.Flash.Put(path, content); }
        foreach (ScheduledPause pause in _options.Pauses) { _chip.ScheduledPause(pause.AtUs, pause.LengthUs); }
        Faults = new BoardFaults(this, _chip);
        if (_options.Operator ?? (_options.Firmware == null && _options.Bench.ContactsClosed))
        {
            _startUp = new StartUp(this);
            _foot = _options.Foot && pins.FootSwitch != PinMap.None ? new Foot(this) : null;
            _startUp.Prepare();
        }
    }

    /// <summary>Which kind of board it is.</summary>
    public BoardModel Model { get; }

    /// <summary>The bench that the board is wired to. In real time touch it only through <see cref="Post"/>.</summary>
    public Bench Bench { get; }

    /// <summary>What can be made to go wrong on the board itself.</summary>
    public BoardFaults Faults { get; }

    /// <summary>Simulation time since the board was powered, in microseconds. True time, whatever the board's crystal does.</summary>
    public long NowUs => _chip.NowUs;

    /// <summary>Sleeps of the firmware so far: the passes of its supervisor.</summary>
    public long Passes => _chip.Sleeps;

    /// <summary>Times that the interpreter stood still: injected pauses, and calls that wait.</summary>
    public int Pauses => _wiring.Pauses;

    /// <summary>Times that the board was started again after a reboot, a panic or a cut supply.</summary>
    public int Restarts => _chip.Restarts;

    /// <summary>True while the firmware does not run any more because a call of it waits for ever.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>True for a board at the pace of the wall clock.</summary>
    public bool IsRealTime => _options.RealTime;

    /// <summary>The state lamp.</summary>
    public bool Lamp => _wiring.Lamp;

    /// <summary>Whether somebody has finished to switch the bench on, or nobody was to.</summary>
    public bool IsSwitchedOn => _startUp?.IsDone ?? true;

    /// <summary>Bytes that the board's receive buffer lost by overflow.</summary>
    public long SerialBytesLost => _chip.SerialBytesLost;

    /// <summary>Does something to the bench on the board's thread, at the firmware's next sleep. From any thread.</summary>
    public void Post(Action<Bench> action) => _posted.Enqueue(action);

    /// <summary>Ends a board that runs in real time and waits for its thread.</summary>
    public void Dispose() => Stop();

    /// <summary>Cuts the supply for a while, at once. Only on the board's thread: from a host's step, a bench action or a fault.</summary>
    internal void PowerCycle(long offUs)
    {
        _offUs = offUs;
        _chip.PowerOff();
    }

    /// <summary>Runs the firmware, and again after every reboot, until the run ends.</summary>
    private void Play(Func<bool> tick)
    {
        _chip.OnSleep = _ =>
        {
            _startUp?.Step();
            _foot?.Step();
            if (tick()) { End(); }
        };
        Board? before = Board.Current;
        Board.Current = _chip;
        try
        {
            while (!_ending)
            {
                HaltReason reason = RunFirmware();
                if (!_ending) { StandStill(reason, tick); }
                if (!_ending) { _chip.Restart(); }
            }
        }
        finally
        {
            Board.Current = before;
            _chip.OnSleep = null;
        }
    }

    private HaltReason RunFirmware()
    {
        try
        {
            _firmware();
        }
        catch (BoardHalted halted)
        {
            return halted.Reason;
        }
        catch (VirtualBoardException)
        {
            throw;
        }
        catch (Exception unexpected)
        {
            if (_chip.Halted is HaltReason reason) { return reason; }
            throw new VirtualBoardException($"The firmware ended with an exception that it did not catch: {unexpected.Message}", unexpected);
        }
        throw new VirtualBoardException("The firmware's Main returned; on a board its outputs would now stay as they are for ever.");
    }

    /// <summary>The hardware, the bench and the host go on while no managed code runs.</summary>
    private void StandStill(HaltReason reason, Func<bool> tick)
    {
        IsFrozen = reason == HaltReason.Frozen;
        long lengthUs = reason == HaltReason.PowerOff ? _offUs : _options.BootMs * 1000L;
        long untilUs = IsFrozen ? long.MaxValue : NowUs + lengthUs;
        while (!_ending && NowUs < untilUs)
        {
            long sliceUs = Math.Min(SliceUs, untilUs - NowUs);
            if (_options.RealTime) { Thread.Sleep((int)(sliceUs / 1000)); }
            try
            {
                _chip.RunOn(sliceUs);
                _ending |= tick();
            }
            catch (BoardHalted cut)
            {
                // The supply went while nothing ran: what was left of the wait counts from then.
                IsFrozen = false;
                untilUs = NowUs + (cut.Reason == HaltReason.PowerOff ? _offUs : lengthUs);
            }
        }
        IsFrozen = false;
    }

    private void End()
    {
        _ending = true;
        _chip.PowerOff();
    }

    private void DoPosted()
    {
        while (_posted.TryDequeue(out Action<Bench>? action)) { action(Bench); }
    }

    private void Begin()
    {
        if (_started) { throw new InvalidOperationException("A virtual board runs once; make a new one for the next run."); }
        _started = true;
    }

    private static void FirmwareMain() => Escapement.Esp32.Program.Main();

    private static BoardOptions ChipOptions(VirtualBoardOptions options, BoardModel model, PinMap pins) => new()
    {
        Chip = model.Chip,
        TargetName = model.Target,
        LinkTxPin = pins.LinkTransmit,
        LinkRxPin = pins.LinkReceive,
        Pace = options.RealTime ? Pace.RealTime : Pace.LockStep,
        Seed = options.Seed,
        CallLatencyNs = options.CallLatencyNs,
        CallJitterNs = options.CallJitterNs,
        NativeFreeBytes = options.NativeFreeBytes ?? (model.Chip == ChipKind.Esp32S3 ? WithSpiRam : WithoutSpiRam),
        ClockErrorPpb = options.ClockErrorPpb,
        ClockStartUs = options.ClockStartUs,
        MaxPauseUs = options.MaxPauseMs * 1000,
        MeanPauseIntervalUs = options.MaxPauseMs == 0 ? 0 : options.MeanPauseIntervalMs * 1000L,
    };
}
