using Escapement.Host;

namespace Escapement.Cli;

/// <summary>A board behind a serial port or a TCP port, in real time.</summary>
internal sealed class DistantBoard(ITransport transport) : IBoardRun
{
    public ITransport Transport => transport;

    public ulong? Seed => null;

    /// <summary>Opens what the options name; null when they name nothing.</summary>
    public static ITransport? Open(string? port, string? tcp)
    {
        if (port is not null && tcp is not null)
        {
            throw new InputException("--port and --tcp: a session runs on one board; leave one of them away.");
        }

        if (port is not null)
        {
            return string.IsNullOrWhiteSpace(port) ? throw new InputException("--port: the name of the port is empty; name a serial port.") : SerialTransport.Open(port);
        }

        return tcp is null ? null : TcpTransport.Connect(tcp);
    }

    public void Run(ITransportStep host) => SessionLoop.Run(transport, host);

    public Witness? Witness(bool isDry) => null;

    public void Dispose() => transport.Dispose();
}
