using System.Collections.Concurrent;
using System.IO.Ports;
using Escapement.Esp32;

namespace Escapement.Chip.Tests;

[TestClass]
public class RealTimeTests
{
    [TestMethod]
    [Timeout(60_000)]
    public void AHostOnAnotherThreadExchangesBytesWithABoardInRealTime()
    {
        var board = new Board(new BoardOptions { Pace = Pace.RealTime });
        var failure = new ConcurrentQueue<Exception>();
        var thread = new Thread(() => Echo(board, failure)) { IsBackground = true };
        thread.Start();
        var sent = new List<byte>();
        var got = new List<byte>();
        var part = new byte[512];
        while (!board.SerialIsOpen)
        {
            Thread.Sleep(1);
        }

        for (int round = 0; round < 20; round++)
        {
            byte[] chunk = Enumerable.Range(0, 50 + round).Select(i => (byte)(i * round)).ToArray();
            board.SerialIn(chunk);
            sent.AddRange(chunk);
            while (got.Count < sent.Count && failure.IsEmpty)
            {
                int count = board.SerialOut(part);
                got.AddRange(part[..count]);
                Thread.Sleep(1);
            }
        }

        board.PowerOff();
        thread.Join();
        Assert.AreEqual(HaltReason.PowerOff, ((BoardHalted)failure.Single()).Reason);
        CollectionAssert.AreEqual(sent, got);
    }

    private static void Echo(Board board, ConcurrentQueue<Exception> failure)
    {
        try
        {
            Board.Current = board;
            Pause.SleepMs(200);
            Pause.SleepMs(20);
            var port = new SerialPort("COM1", 1_000_000) { ReadBufferSize = 1024 };
            port.Open();
            var buffer = new byte[1024];
            while (true)
            {
                int count = port.BytesToRead;
                if (count > 0)
                {
                    port.Read(buffer, 0, count);
                    port.Write(buffer, 0, count);
                }

                Pause.SleepMs(10);
            }
        }
        catch (Exception e)
        {
            failure.Enqueue(e);
        }
    }
}
