using System.Net;
using System.Net.Sockets;
using Escapement.Host;

namespace Escapement.Virtual;

/// <summary>
/// Offers the serial line of a board that runs in real time as a TCP port on the loopback interface, bytes for bytes.
/// One client at a time; a second one is closed at once.
/// </summary>
public sealed class TcpExposure : IDisposable
{
    private readonly VirtualBoard _board;
    private readonly TcpListener _listener;
    private readonly Thread _accepting;
    private volatile bool _ending;
    private Socket? _client;

    /// <summary>Listens.</summary>
    /// <param name="board">A board in real time.</param>
    /// <param name="port">The port, or 0 for any that is free.</param>
    /// <exception cref="VirtualBoardException">The port cannot be had.</exception>
    public TcpExposure(VirtualBoard board, int port = 0)
    {
        if (port is < 0 or > 65535) { throw new VirtualBoardException($"{port} is no TCP port; give one from 1 to 65535, or 0 for any that is free."); }
        _board = board;
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start();
        }
        catch (SocketException e)
        {
            throw new VirtualBoardException($"TCP port {port} of the loopback interface cannot be opened ({e.SocketErrorCode}); choose another one, or 0 for any that is free.", e);
        }
        _accepting = new Thread(AcceptAll) { IsBackground = true, Name = "virtual board, TCP" };
        _accepting.Start();
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Stops listening and closes the client.</summary>
    public void Dispose()
    {
        _ending = true;
        _listener.Stop();
        _client?.Close();
        _accepting.Join();
    }

    private void AcceptAll()
    {
        while (!_ending)
        {
            try
            {
                Socket client = _listener.AcceptSocket();
                if (!TryServe(client)) { client.Close(); }
            }
            catch (SocketException)
            {
                // The listener was closed, or a client gave up before it was accepted.
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (InvalidOperationException)
            {
                return;
            }
        }
    }

    private bool TryServe(Socket client)
    {
        ITransport line;
        try
        {
            line = _board.Connect();
        }
        catch (TransportException)
        {
            return false;
        }
        client.NoDelay = true;
        _client = client;
        BytePump.Start(
            line,
            into => client.Receive(into),
            bytes => client.Send(bytes),
            client.Close);
        return true;
    }
}
