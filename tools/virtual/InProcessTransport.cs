using System.Diagnostics;
using Escapement.Host;

namespace Escapement.Virtual;

/// <summary>The host's end of a virtual board's serial line, in the same process.</summary>
internal sealed class InProcessTransport(VirtualBoard board) : ITransport
{
    private readonly byte[] _ahead = new byte[1];
    private bool _hasAhead;
    private volatile bool _closed;

    public string Name => "virtual board, in process";

    public int Read(Span<byte> buffer)
    {
        ThrowIfClosed();
        if (buffer.Length == 0) { return 0; }
        if (!_hasAhead) { return board.Receive(buffer); }
        buffer[0] = _ahead[0];
        _hasAhead = false;
        return 1 + board.Receive(buffer[1..]);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        ThrowIfClosed();
        board.Send(bytes);
    }

    public bool WaitReadable(TimeSpan atMost)
    {
        if (LookAhead()) { return true; }
        long start = Stopwatch.GetTimestamp();
        TimeSpan left = atMost;
        while (left > TimeSpan.Zero)
        {
            board.WaitForPass(left);
            if (LookAhead()) { return true; }
            if (!board.IsRealTime) { return false; }
            left = atMost - Stopwatch.GetElapsedTime(start);
        }
        return false;
    }

    public void Dispose()
    {
        _closed = true;
        board.Disconnect(this);
    }

    private bool LookAhead()
    {
        ThrowIfClosed();
        _hasAhead = _hasAhead || board.Receive(_ahead) == 1;
        return _hasAhead;
    }

    private void ThrowIfClosed()
    {
        if (_closed) { throw new TransportException("The connection to the virtual board was closed."); }
    }
}
