using System.Net.Sockets;
using Escapement.Host;

namespace Escapement.Virtual;

/// <summary>Receives at least one byte, or none at the end of the stream.</summary>
internal delegate int ReceiveBytes(Span<byte> into);

/// <summary>Sends all bytes.</summary>
internal delegate int SendBytes(ReadOnlySpan<byte> bytes);

/// <summary>Carries bytes between a board's line and a client, both ways, until either ends.</summary>
internal static class BytePump
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public static void Start(ITransport line, ReceiveBytes receive, SendBytes send, Action close)
    {
        bool ended = false;
        void End()
        {
            lock (line)
            {
                if (ended) { return; }
                ended = true;
            }
            close();
            line.Dispose();
        }

        Run("virtual board, to the client", () => ToClient(line, send, () => Volatile.Read(ref ended)), End);
        Run("virtual board, from the client", () => FromClient(line, receive), End);
    }

    private static void Run(string name, Action carry, Action end)
    {
        Thread thread = new(() =>
        {
            try
            {
                carry();
            }
            catch (Exception e) when (e is SocketException or IOException or TransportException or ObjectDisposedException)
            {
                // One side is gone; that ends the connection and nothing else.
            }
            end();
        })
        { IsBackground = true, Name = name };
        thread.Start();
    }

    private static void ToClient(ITransport line, SendBytes send, Func<bool> ended)
    {
        byte[] buffer = new byte[4096];
        while (!ended())
        {
            if (!line.WaitReadable(Look)) { continue; }
            ReadOnlySpan<byte> left = buffer.AsSpan(0, line.Read(buffer));
            while (left.Length > 0) { left = left[send(left)..]; }
        }
    }

    private static void FromClient(ITransport line, ReceiveBytes receive)
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            int count = receive(buffer);
            if (count <= 0) { return; }
            line.Write(buffer.AsSpan(0, count));
        }
    }
}
