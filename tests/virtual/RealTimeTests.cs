using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Virtual.Tests;

[TestClass]
public sealed class RealTimeTests
{
    private static readonly byte[] Message = [.. Enumerable.Range(1, 100).Select(i => (byte)i)];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [TestMethod]
    public void BytesGoThereAndBackInProcess()
    {
        using VirtualBoard board = Started();
        using ITransport line = board.Connect();
        CollectionAssert.AreEqual(Message, Echoed(line.Write, buffer => line.WaitReadable(Patience) ? line.Read(buffer) : 0));
    }

    [TestMethod]
    public void TheLineHasOneUserAtATime()
    {
        using VirtualBoard board = Started();
        ITransport first = board.Connect();
        Assert.ThrowsExactly<TransportException>(() => board.Connect());
        first.Dispose();
        Assert.ThrowsExactly<TransportException>(() => first.Read(new byte[1]));
        board.Connect().Dispose();
    }

    [TestMethod]
    public void BytesGoThereAndBackByTcpAndASecondClientIsClosed()
    {
        using VirtualBoard board = Started();
        using TcpExposure tcp = new(board);
        using Socket client = Connected(tcp.Port);
        CollectionAssert.AreEqual(Message, Echoed(bytes => client.Send(bytes), buffer => client.Receive(buffer)));
        using Socket second = Connected(tcp.Port);
        Assert.AreEqual(0, second.Receive(new byte[1]), "closed at once");
    }

    [TestMethod]
    public void AfterATcpClientHasGoneTheNextOneIsServed()
    {
        using VirtualBoard board = Started();
        using TcpExposure tcp = new(board);
        using (Socket first = Connected(tcp.Port))
        {
            CollectionAssert.AreEqual(Message, Echoed(bytes => first.Send(bytes), buffer => first.Receive(buffer)));
        }
        DateTime end = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < end)
        {
            using Socket next = Connected(tcp.Port);
            if (Echoed(bytes => next.Send(bytes), buffer => next.Receive(buffer)).SequenceEqual(Message)) { return; }
        }
        Assert.Fail("nobody was served after the first client");
    }

    [TestMethod]
    public void ATcpPortThatIsTakenIsRefusedWithItsNumber()
    {
        using VirtualBoard board = new(new() { RealTime = true, Firmware = StandIn.Run });
        using TcpExposure tcp = new(board);
        StringAssert.Contains(Assert.ThrowsExactly<VirtualBoardException>(() => new TcpExposure(board, tcp.Port)).Message, tcp.Port.ToString());
        Assert.ThrowsExactly<VirtualBoardException>(() => new TcpExposure(board, 65_536));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void EveryByteValueGoesThereAndBackByPseudoTerminal()
    {
        using VirtualBoard board = Started();
        using PtyExposure pty = new(board);
        using FileStream client = new(pty.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        CollectionAssert.AreEqual(all, Echoed(bytes => client.Write(bytes), buffer => client.Read(buffer), all));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void TheHostsOwnSerialTransportTalksToThePseudoTerminalAgainAndAgain()
    {
        using VirtualBoard board = Started();
        using PtyExposure pty = new(board);
        for (int time = 0; time < 2; time++)
        {
            using SerialTransport line = SerialTransport.Open(pty.Path);
            CollectionAssert.AreEqual(Message, Echoed(line.Write, buffer => line.WaitReadable(Patience) ? line.Read(buffer) : 0));
        }
    }

    [TestMethod]
    public void TheHostsOwnTcpTransportTalksToTheBoard()
    {
        using VirtualBoard board = Started();
        using TcpExposure tcp = new(board);
        using ITransport line = TcpTransport.Connect($"127.0.0.1:{tcp.Port}");
        CollectionAssert.AreEqual(Message, Echoed(line.Write, buffer => line.WaitReadable(Patience) ? line.Read(buffer) : 0));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void APseudoTerminalAndAnotherUserExcludeEachOther()
    {
        using VirtualBoard board = Started();
        using PtyExposure pty = new(board);
        Assert.ThrowsExactly<TransportException>(() => new PtyExposure(board));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void TheRealFirmwareAnswersByTcpAndByPseudoTerminal()
    {
        using VirtualBoard board = new(new() { RealTime = true });
        board.Start();
        using (PtyExposure pty = new(board))
        {
            using SerialTransport serial = SerialTransport.Open(pty.Path);
            AssertIdentifies(serial);
        }
        using TcpExposure tcp = new(board);
        using ITransport line = TcpTransport.Connect($"127.0.0.1:{tcp.Port}");
        AssertIdentifies(line);
    }

    [TestMethod]
    public void ABenchActionRunsOnTheBoardsThread()
    {
        using VirtualBoard board = Started();
        board.Post(bench => bench.Contact(ContactName.EStopA).Open(bench.Now80));

        // The contact's filter takes a fraction of a millisecond of the bench's time.
        bool open = false;
        var waited = Stopwatch.StartNew();
        while (!open && waited.Elapsed < Patience)
        {
            using ManualResetEventSlim looked = new();
            board.Post(bench =>
            {
                open = !bench.Level(RigSignal.EStopA);
                looked.Set();
            });
            Assert.IsTrue(looked.Wait(Patience));
        }
        Assert.IsTrue(open, "the contact never opened");
    }

    [TestMethod]
    public void AFirmwareThatEndsIsReportedToTheHost()
    {
        using VirtualBoard board = new(new() { RealTime = true, Firmware = () => throw new InvalidOperationException("as ordered") });
        using ITransport line = board.Connect();
        board.Start();
        Assert.IsTrue(SpinWait.SpinUntil(() => board.Crash != null, Patience));
        StringAssert.Contains(Assert.ThrowsExactly<TransportException>(() => line.Read(new byte[1])).Message, "as ordered");
    }

    private static void AssertIdentifies(ITransport line)
    {
        RegisterHost host = new(line, 0, (32, 4));
        SessionLoop.Run(line, host);
        Assert.AreEqual(BoardIdentity.Magic, host.Answers[0].Reply?.U32(0));
    }

    private static VirtualBoard Started()
    {
        VirtualBoard board = new(new() { RealTime = true, Firmware = StandIn.Run });
        board.Start();
        SpinWait.SpinUntil(() => board.NowUs > 350_000, Patience);
        return board;
    }

    private static Socket Connected(int port)
    {
        Socket client = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)Patience.TotalMilliseconds };
        client.Connect(IPAddress.Loopback, port);
        return client;
    }

    private static byte[] Echoed(SendBytes send, Func<byte[], int> receive, byte[]? message = null)
    {
        message ??= Message;
        List<byte> back = [];
        byte[] buffer = new byte[256];
        try
        {
            send(message);
            while (back.Count < message.Length)
            {
                int count = receive(buffer);
                if (count == 0) { break; }
                back.AddRange(buffer.AsSpan(0, count));
            }
        }
        catch (SocketException)
        {
            // Closed by the other side: what came until then is the answer.
        }
        return [.. back];
    }

    private delegate void SendBytes(ReadOnlySpan<byte> bytes);
}
