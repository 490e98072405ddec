using Escapement.Host;

namespace Escapement.Virtual;

// Real time: the board on a thread of its own.
public sealed partial class VirtualBoard
{
    private readonly ManualResetEventSlim _sent = new(false);
    private readonly byte[] _nobodyListens = new byte[4096];
    private InProcessTransport? _connection;
    private Thread? _thread;

    /// <summary>Why the board's thread ended by itself, or null.</summary>
    public Exception? Crash { get; private set; }

    /// <summary>Powers the board in real time.</summary>
    public void Start()
    {
        if (!_options.RealTime) { throw new InvalidOperationException("This board was made for lock-step; use RunLockStep."); }
        Begin();
        _thread = new Thread(RunRealTime) { IsBackground = true, Name = "virtual board" };
        _thread.Start();
    }

    /// <summary>Cuts the supply for good and waits for the board's thread. Does nothing to a board that does not run.</summary>
    public void Stop()
    {
        _ending = true;
        if (_thread == null) { return; }
        _chip.PowerOff();
        _thread.Join();
        _thread = null;
        _sent.Set();
    }

    /// <summary>Opens the host's end of the board's serial line. One at a time, as with a real port.</summary>
    /// <exception cref="TransportException">Somebody else has it open.</exception>
    public ITransport Connect()
    {
        lock (_connecting)
        {
            if (_connection != null) { throw new TransportException("The virtual board's port is open already; close the other connection first."); }
            Discard();
            return _connection = new InProcessTransport(this);
        }
    }

    internal void Disconnect(InProcessTransport connection)
    {
        lock (_connecting)
        {
            if (_connection == connection) { _connection = null; }
        }
    }

    internal int Receive(Span<byte> buffer)
    {
        if (Crash != null) { throw new TransportException("The virtual board has stopped: " + Crash.Message, Crash); }
        return _chip.SerialOut(buffer);
    }

    internal void Send(ReadOnlySpan<byte> bytes)
    {
        if (Crash != null) { throw new TransportException("The virtual board has stopped: " + Crash.Message, Crash); }
        _chip.SerialIn(bytes);
    }

    /// <summary>Waits until the board has slept once more, when bytes may have arrived. In lock-step nothing is ever waited for.</summary>
    internal void WaitForPass(TimeSpan atMost)
    {
        if (!_options.RealTime || _ending) { return; }
        _sent.Reset();
        _sent.Wait(atMost);
    }

    private void RunRealTime()
    {
        try
        {
            Play(RealTimePass);
        }
        catch (Exception crash)
        {
            Crash = crash;
            _sent.Set();
        }
    }

    private bool RealTimePass()
    {
        DoPosted();
        lock (_connecting)
        {
            if (_connection == null) { Discard(); }
        }
        _sent.Set();
        return _ending;
    }

    /// <summary>A line that nobody listens to keeps nothing for later.</summary>
    private void Discard()
    {
        while (_chip.SerialOut(_nobodyListens) > 0) { }
    }
}
