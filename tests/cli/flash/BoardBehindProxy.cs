using System.Net;
using System.Net.Sockets;
using Escapement.Link;
using Escapement.Virtual;

namespace Escapement.Cli.Tests;

/// <summary>
/// A virtual board in real time that passes for a real one: between it and the host stands a proxy that takes the mark "virtual" out of
/// its identity, and puts in the build tag and the UID that a fake flasher wrote. It can lie further.
/// </summary>
internal sealed class BoardBehindProxy : IDisposable
{
    private readonly FakeNanoff flash;
    private readonly VirtualBoard board = new(new VirtualBoardOptions { RealTime = true });
    private readonly TcpExposure exposure;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();

    public BoardBehindProxy(FakeNanoff flash)
    {
        this.flash = flash;
        board.Start();
        exposure = new TcpExposure(board);
        listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Where => "127.0.0.1:" + ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The virtual board without the proxy.</summary>
    public string Naked => "127.0.0.1:" + exposure.Port;

    /// <summary>Changes the payload of a reply, after all else.</summary>
    public Action<int, byte[]>? Lie { get; set; }

    public void Dispose()
    {
        over.Cancel();
        listener.Stop();
        exposure.Dispose();
        board.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                using TcpClient host = await listener.AcceptTcpClientAsync(over.Token);
                if (File.Exists(flash["dead"]))
                {
                    continue;
                }

                using var inner = new TcpClient { NoDelay = true };
                host.NoDelay = true;
                await inner.ConnectAsync(IPAddress.Loopback, exposure.Port, over.Token);
                Task toBoard = host.GetStream().CopyToAsync(inner.GetStream(), over.Token);
                Task toHost = ChangeAsync(inner.GetStream(), host.GetStream());
                await Task.WhenAny(toBoard, toHost);
            }
            catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
            {
                // One side has gone; the next client may come.
            }
        }
    }

    private async Task ChangeAsync(NetworkStream from, NetworkStream to)
    {
        var parser = new FrameParser();
        byte[] buffer = new byte[256];
        int count;
        while ((count = await from.ReadAsync(buffer, over.Token)) > 0)
        {
            for (int taken = 0; taken < count || parser.Next();)
            {
                taken += parser.Accept(buffer, taken, count - taken, 0);
                while (parser.Next())
                {
                    await to.WriteAsync(Changed(parser), over.Token);
                }
            }
        }
    }

    private byte[] Changed(FrameParser parser)
    {
        byte[] frame = parser.Buffer[parser.FrameOffset..(parser.FrameOffset + parser.FrameLength)];
        int at = parser.PayloadOffset - parser.FrameOffset;
        byte[] payload = frame[at..(at + parser.PayloadLength)];
        switch (parser.Address)
        {
            case RegisterAddress.Identity:
                payload[12] = 0;
                break;
            case RegisterAddress.Tag when flash.Flashed is { } image:
                int mark = image.AsSpan().IndexOf("ESCAPEMENT-BUILD"u8);
                image.AsSpan(mark + 16, 8).CopyTo(payload);
                break;
            case RegisterAddress.Uid when flash.Identity is { } text:
                Convert.FromHexString(text.Split('\n')[2].Split(' ')[1]).CopyTo(payload, 0);
                break;
        }

        Lie?.Invoke(parser.Address, payload);
        payload.CopyTo(frame, at);
        frame[^1] = (byte)frame[..^1].Sum(value => value);
        return frame;
    }
}
