using System.Net;
using System.Net.Sockets;
using Escapement.Host;

namespace Escapement.Cli.Tests;

/// <summary>A line to a board on which frames of the board are changed, or lost: what is not as it should be, without a board that is.</summary>
internal sealed class Liar(ITransport board, Func<byte[], byte[]?> change) : ITransport
{
    private readonly List<byte> coming = [];
    private readonly Queue<byte> ready = new();
    private readonly byte[] buffer = new byte[4096];

    public string Name => "a stand-in";

    /// <summary>Changes the payload of what one register says; the checksum is made right again.</summary>
    public static Func<byte[], byte[]?> At(int register, Action<Memory<byte>> payload) => frame =>
    {
        if (frame[2] == register && (frame[0] & 8) == 0 && frame.Length > 12)
        {
            payload(frame.AsMemory(11, frame.Length - 12));
        }

        return frame;
    };

    /// <summary>A virtual board that says it is a real one.</summary>
    public static Func<byte[], byte[]?> Real { get; } = At(32, payload => payload.Span[12] = 0);

    public int Read(Span<byte> target)
    {
        int count;
        while ((count = board.Read(buffer)) > 0)
        {
            coming.AddRange(buffer.AsSpan(0, count));
        }

        while (coming.Count >= 2 && coming.Count >= coming[1] + 2)
        {
            byte[] frame = [.. coming.Take(coming[1] + 2)];
            coming.RemoveRange(0, frame.Length);
            if (change(frame) is { } changed)
            {
                changed[^1] = (byte)changed.Take(changed.Length - 1).Sum(value => value);
                Array.ForEach(changed, ready.Enqueue);
            }
        }

        int taken = 0;
        while (taken < target.Length && ready.TryDequeue(out byte value))
        {
            target[taken++] = value;
        }

        return taken;
    }

    public void Write(ReadOnlySpan<byte> bytes) => board.Write(bytes);

    public bool WaitReadable(TimeSpan atMost) => ready.Count > 0 || board.WaitReadable(atMost);

    public void Dispose() => board.Dispose();
}

/// <summary>A stand-in behind a TCP port, for whole commands.</summary>
internal sealed class LiarPort : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Thread pump;
    private volatile bool ended;

    public LiarPort(ITransport board)
    {
        listener.Start();
        pump = new Thread(() => Pump(board)) { IsBackground = true };
        pump.Start();
    }

    public string Where => listener.LocalEndpoint.ToString()!;

    public void Dispose()
    {
        ended = true;
        listener.Stop();
        pump.Join();
    }

    private void Pump(ITransport board)
    {
        byte[] buffer = new byte[4096];
        while (!ended)
        {
            try
            {
                using Socket client = listener.AcceptSocket();
                while (!ended && !(client.Poll(1000, SelectMode.SelectRead) && client.Available == 0))
                {
                    if (client.Available > 0)
                    {
                        board.Write(buffer.AsSpan(0, client.Receive(buffer)));
                    }

                    client.Send(buffer, board.Read(buffer), SocketFlags.None);
                }
            }
            catch (Exception error) when (error is SocketException or InvalidOperationException)
            {
                // The client or the test has gone.
            }
        }
    }
}
