using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Escapement.Host;

/// <summary>A board behind a TCP port of this machine. Other machines are refused: a lease is no authentication.</summary>
public sealed class TcpTransport : ITransport
{
    private readonly Socket socket;

    private TcpTransport(Socket socket, string name)
    {
        this.socket = socket;
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Connects to HOST:PORT, or to a PORT alone, of this machine.</summary>
    /// <exception cref="InputException">The address is not of this machine or makes no sense.</exception>
    /// <exception cref="TransportException">Nobody listens there.</exception>
    public static TcpTransport Connect(string address)
    {
        IPEndPoint end = Parse(address);
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(end);
            return new TcpTransport(socket, "tcp " + end);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new TransportException($"Nobody listens at {end} ({error.SocketErrorCode}); start a board there first, for example with 'escapement virtual --tcp {end.Port}'.", error);
        }
    }

    /// <summary>Reads an address and refuses every one that is not of this machine.</summary>
    /// <exception cref="InputException">It is not, or makes no sense.</exception>
    public static IPEndPoint Parse(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        int colon = address.LastIndexOf(':');
        string host = colon < 0 ? "127.0.0.1" : address[..colon].Trim('[', ']');
        string port = address[(colon + 1)..];
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 65535)
        {
            throw new InputException($"'{address}' is not a TCP address; write HOST:PORT with a port from 1 to 65535, for example 127.0.0.1:4000.");
        }

        if (host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return new IPEndPoint(IPAddress.Loopback, number);
        }

        if (IPAddress.TryParse(host, out IPAddress? parsed) && IPAddress.IsLoopback(parsed))
        {
            return new IPEndPoint(parsed, number);
        }

        throw new InputException($"'{address}' is not an address of this machine; boards are reached over TCP on loopback only (127.0.0.1, ::1 or localhost).");
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        try
        {
            if (!socket.Poll(0, SelectMode.SelectRead))
            {
                return 0;
            }

            int count = socket.Receive(buffer);
            return count > 0 ? count : throw new TransportException($"The board at {Name} closed the connection; it serves one program at a time, so end the other one, or start the board again.");
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            throw Lost(error);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[socket.Send(bytes)..];
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            throw Lost(error);
        }
    }

    /// <inheritdoc/>
    public bool WaitReadable(TimeSpan atMost)
    {
        try
        {
            return socket.Poll(atMost, SelectMode.SelectRead);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            throw Lost(error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private TransportException Lost(Exception error) => new($"The connection to {Name} was lost ({error.Message.Split('\n')[0].TrimEnd('.')}); check that the board still runs.", error);
}
