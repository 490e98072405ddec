using Escapement.Host;

namespace Escapement.Simulation;

/// <summary>
/// The serial line between board and hosts: a passive tap on the board's end, and noise between tap and hosts. What the board sends
/// reaches every host that listens.
/// </summary>
public sealed class LineHub(ITransport board, Recording recording)
{
    private const int ByteUs = 10;

    private readonly byte[] _buffer = new byte[4096];
    private readonly List<HostLine> _lines = [];
    private long _lineFreeUs;

    /// <summary>What happens to bytes on their way.</summary>
    public LinkNoise Noise { get; } = new();

    /// <summary>The simulation's time, in microseconds.</summary>
    public long NowUs { get; private set; }

    /// <summary>Called with everything that the board sends.</summary>
    public Action<ReadOnlyMemory<byte>, long>? FromBoard { get; set; }

    /// <summary>Opens the line for one more host.</summary>
    public HostLine Open()
    {
        HostLine line = new(this);
        _lines.Add(line);
        return line;
    }

    /// <summary>A host has gone.</summary>
    public void Close(HostLine line) => _lines.Remove(line);

    /// <summary>Takes what the board has sent. True when there was anything.</summary>
    public bool Pump(long nowUs)
    {
        NowUs = nowUs;
        bool any = false;
        int count;
        while ((count = board.Read(_buffer)) > 0)
        {
            any = true;
            byte[] bytes = _buffer[..count];
            recording.Link.Add(new LinkBytes(nowUs, false, bytes));
            FromBoard?.Invoke(bytes, nowUs);
            byte[] arrived = Noise.ToHost(bytes, nowUs);
            foreach (HostLine line in _lines) { line.Deliver(arrived); }
        }

        foreach (byte[] late in Noise.Due(nowUs)) { Put(late); any = true; }
        return any;
    }

    /// <summary>A host sends.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        foreach (byte[] part in Noise.ToBoard(bytes.ToArray(), NowUs)) { Put(part); }
    }

    private void Put(byte[] bytes)
    {
        if (bytes.Length == 0) { return; }
        _lineFreeUs = Math.Max(_lineFreeUs, NowUs) + (bytes.Length * ByteUs);
        recording.Link.Add(new LinkBytes(_lineFreeUs, true, bytes));
        board.Write(bytes);
    }
}

/// <summary>One host's end of the line.</summary>
public sealed class HostLine(LineHub hub) : ITransport
{
    private readonly Queue<byte> _in = new();

    /// <inheritdoc/>
    public string Name => "simulated line";

    /// <summary>Bytes from the board.</summary>
    internal void Deliver(ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes) { _in.Enqueue(one); }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _in.Count);
        for (int i = 0; i < count; i++) { buffer[i] = _in.Dequeue(); }
        return count;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes) => hub.Send(bytes);

    /// <inheritdoc/>
    public bool WaitReadable(TimeSpan atMost) => _in.Count > 0;

    /// <inheritdoc/>
    public void Dispose() => hub.Close(this);
}
