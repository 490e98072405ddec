using Escapement.Host;

namespace Escapement.Virtual;

/// <summary>
/// Offers the serial line of a board that runs in real time as a pseudo-terminal (Linux and macOS), bytes for bytes.
/// A program opens <see cref="Path"/> as it would a serial port; baud rate and control lines mean nothing there.
/// </summary>
public sealed class PtyExposure : IDisposable
{
    private const int LookMs = 50;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(LookMs);

    private readonly PseudoTerminal _terminal;
    private readonly ITransport _line;
    private readonly Thread _toClient;
    private readonly Thread _fromClient;
    private volatile bool _ending;

    /// <summary>Opens a pseudo-terminal and connects the board's line to it.</summary>
    /// <exception cref="VirtualBoardException">The system has none.</exception>
    /// <exception cref="TransportException">The board's line is in use.</exception>
    public PtyExposure(VirtualBoard board)
    {
        _terminal = new PseudoTerminal();
        try
        {
            _line = board.Connect();
        }
        catch
        {
            _terminal.Dispose();
            throw;
        }
        _toClient = new Thread(() => Carry(ToClient)) { IsBackground = true, Name = "virtual board, to the terminal" };
        _fromClient = new Thread(() => Carry(FromClient)) { IsBackground = true, Name = "virtual board, from the terminal" };
        _toClient.Start();
        _fromClient.Start();
    }

    /// <summary>What a program opens.</summary>
    public string Path => _terminal.Path;

    /// <summary>Closes it.</summary>
    public void Dispose()
    {
        if (_ending) { return; }
        _ending = true;
        _toClient.Join();
        _fromClient.Join();
        _line.Dispose();
        _terminal.Dispose();
    }

    private void Carry(Action<byte[]> once)
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (!_ending) { once(buffer); }
        }
        catch (TransportException)
        {
            // The board has stopped; the terminal stays silent until it is disposed of.
        }
    }

    private void FromClient(byte[] buffer)
    {
        int count = _terminal.Read(buffer, LookMs);
        if (count > 0) { _line.Write(buffer.AsSpan(0, count)); }
    }

    private void ToClient(byte[] buffer)
    {
        _terminal.LetOthersOpen();
        if (!_line.WaitReadable(Look)) { return; }
        ReadOnlySpan<byte> left = buffer.AsSpan(0, _line.Read(buffer));
        while (left.Length > 0 && !_ending)
        {
            int sent = _terminal.Write(left, LookMs);

            // Nobody has read for long: as on a wire, what nobody listens to is gone.
            if (sent == 0) { _terminal.DropUnread(); }
            left = left[sent..];
        }
    }
}
