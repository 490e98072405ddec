using System.IO.Ports;
using CsCheck;
using Escapement.Esp32;
using nanoFramework.Hardware.Esp32;

namespace Escapement.Chip.Tests;

[TestClass]
public class SerialTests : BoardTest
{
    private static readonly byte[] Bytes = Enumerable.Range(0, 1 << 16).Select(i => (byte)(i * 7 + (i >> 8))).ToArray();

    [TestMethod]
    public void BytesFromTheHostArriveOneAfterTheOtherAtTheBaudRate()
    {
        SerialPort port = Open(1_000_000);
        long start = Board.Now80;
        Board.SerialIn(Bytes.AsSpan(0, 100));

        // 10 bits at 1 Mbaud: 10 us a byte; a poll costs 20 us.
        for (int polls = 1; polls <= 60; polls++)
        {
            int there = port.BytesToRead;
            Assert.AreEqual(Math.Min(100, (Board.Now80 - start) / 800), there);
        }

        var buffer = new byte[100];
        Assert.AreEqual(100, port.Read(buffer, 0, 100));
        CollectionAssert.AreEqual(Bytes[..100], buffer);
    }

    [TestMethod]
    [DataRow(9600, 8, Parity.None, StopBits.One, 83333)]
    [DataRow(115_200, 8, Parity.None, StopBits.One, 6944)]
    [DataRow(1_000_000, 8, Parity.Even, StopBits.Two, 960)]
    [DataRow(1_000_000, 7, Parity.None, StopBits.OnePointFive, 760)]
    public void AByteTakesAllItsBits(int baud, int bits, Parity parity, StopBits stop, int ticks80)
    {
        SerialPort port = Open(baud, p =>
        {
            p.DataBits = bits;
            p.Parity = parity;
            p.StopBits = stop;
        });
        long start = Board.Now80;
        port.Write(Bytes, 0, 1);
        long sent = Board.Now80;
        var got = new byte[4];
        while (Board.SerialOut(got) == 0)
        {
            _ = port.BytesToRead;
        }

        Assert.IsTrue(Board.Now80 - sent >= ticks80 && Board.Now80 - sent < ticks80 + 1600, (Board.Now80 - sent) + " after " + start);
    }

    [TestMethod]
    public void TheHostReceivesEveryByteOnceItHasCrossedTheLine()
    {
        SerialPort port = Open(1_000_000);
        port.Write(Bytes, 5, 100);
        long sent = Board.Now80;
        var got = new List<byte>();
        var part = new byte[7];
        while (got.Count < 100)
        {
            int count = Board.SerialOut(part);
            got.AddRange(part[..count]);
            Assert.IsLessThanOrEqualTo((Board.Now80 - sent) / 800, got.Count);
            _ = port.BytesToRead;
        }

        CollectionAssert.AreEqual(Bytes[5..105], got);
        Assert.AreEqual(0, Board.SerialUnread);
    }

    [TestMethod]
    public void AWriteThatFitsTheFifoReturnsAtOnceAndALongerOneWaitsForTheRest()
    {
        SerialPort port = Open(1_000_000);
        long before = Board.Now80;
        port.Write(Bytes, 0, 128);
        Assert.AreEqual(before + 1600, Board.Now80);
        port.Write(Bytes, 0, 1);

        // 129 bytes since `before` + 20 us: the last fits when one of them is out.
        Assert.AreEqual(before + 1600 + 1600, Board.Now80);
        Pause.SleepMs(20);
        before = Board.Now80;
        port.Write(Bytes, 0, 628);
        Assert.AreEqual(before + 1600 + 500 * 800, Board.Now80);
    }

    [TestMethod]
    public void AFullFifoMakesTheNextWriteWait()
    {
        SerialPort port = Open(1_000_000);
        port.Write(Bytes, 0, 128);
        long start = Board.Now80;
        port.Write(Bytes, 0, 100);

        // All but 128 of the 228 bytes are out: 100 x 10 us.
        Assert.AreEqual(start + 100 * 800, Board.Now80);
    }

    [TestMethod]
    public void ReadingMoreThanThereIsWaitsForAllOfItAndLeavesItWhenTheTimeRunsOut()
    {
        SerialPort port = Open(1_000_000, p => p.ReadTimeout = 50);
        Board.SerialIn(Bytes.AsSpan(0, 3));
        Pause.SleepMs(10);
        var buffer = new byte[8];
        long start = Board.Now80;
        Assert.ThrowsExactly<TimeoutException>(() => port.Read(buffer, 0, 4));
        Assert.IsGreaterThanOrEqualTo(start + 50_000 * 80, Board.Now80);
        Assert.AreEqual(3, port.BytesToRead);

        // The host may send meanwhile; other threads run while one waits.
        Board.OnSleep = _ =>
        {
            Board.OnSleep = null;
            Board.SerialIn(Bytes.AsSpan(3, 1));
        };
        Assert.AreEqual(4, port.Read(buffer, 0, 4));
        CollectionAssert.AreEqual(Bytes[..4], buffer[..4]);
    }

    [TestMethod]
    public void AReadWithoutALimitThatNobodyAnswersFreezesTheBoard()
    {
        SerialPort port = Open(1_000_000);
        Assert.AreEqual(-1, port.ReadTimeout);
        BoardHalted halted = Assert.ThrowsExactly<BoardHalted>(() => port.Read(new byte[1], 0, 1));
        Assert.AreEqual(HaltReason.Frozen, halted.Reason);
    }

    [TestMethod]
    public void AnOverflowLosesEverythingBufferedAndTellsNobody()
    {
        SerialPort port = Open(1_000_000, p => p.ReadBufferSize = 200);
        Board.SerialIn(Bytes.AsSpan(0, 200));
        Pause.SleepMs(10);
        Assert.AreEqual(200, port.BytesToRead);
        Board.SerialIn(Bytes.AsSpan(200, 11));
        Pause.SleepMs(10);
        Assert.AreEqual(10, port.BytesToRead);
        Assert.AreEqual(201, Board.SerialBytesLost);
        var buffer = new byte[10];
        port.Read(buffer, 0, 10);
        CollectionAssert.AreEqual(Bytes[201..211], buffer);
    }

    [TestMethod]
    [DataRow(0, 256)]
    [DataRow(1, 129)]
    [DataRow(128, 129)]
    [DataRow(1024, 1024)]
    public void TheBufferHolds256BytesByDefaultAndAtLeast129(int size, int holds)
    {
        SerialPort port = Open(1_000_000, p =>
        {
            if (size > 0)
            {
                p.ReadBufferSize = size;
            }
        });
        Board.SerialIn(Bytes.AsSpan(0, holds));
        SleepUs(20_000);
        Assert.AreEqual(holds, port.BytesToRead);
        Board.SerialIn(Bytes.AsSpan(0, 1));
        SleepUs(20_000);
        Assert.AreEqual(0, port.BytesToRead);
        Assert.ThrowsExactly<InvalidOperationException>(() => port.ReadBufferSize = 512);
    }

    [TestMethod]
    public void WhateverTheSizesAndTimesTheBytesComeInOrderAndNoneIsInvented()
    {
        Gen.Select(Gen.Int[1, 700], Gen.Int[0, 30]).Array[1, 30].Sample(
            steps =>
            {
                SerialPort port = Open(1_000_000, p => p.ReadBufferSize = 2048);
                int sent = 0;
                var got = new List<byte>();
                var buffer = new byte[4096];
                foreach ((int count, int passes) in steps)
                {
                    Board.SerialIn(Bytes.AsSpan(sent, count));
                    sent += count;
                    for (int i = 0; i < passes; i++)
                    {
                        int there = port.BytesToRead;
                        if (there > 0)
                        {
                            port.Read(buffer, 0, there);
                            got.AddRange(buffer[..there]);
                        }

                        Pause.SleepMs(1 + i % 10);
                    }
                }

                Assert.AreEqual(0, Board.SerialBytesLost > 0 ? 0 : Lost(got));
            },
            iter: 100,
            threads: 1);

        int Lost(List<byte> got) => got.Where((b, i) => b != Bytes[i]).Count();
    }

    [TestMethod]
    public void Com1IsRefusedWhenTheDebuggerSitsOnItsUart()
    {
        Boot(new BoardOptions { UsbEnumerated = false });
        Pause.SleepMs(1000);
        CollectionAssert.AreEqual(new[] { "COM2", "COM3" }, SerialPort.GetPortNames());
        var port = new SerialPort("COM1", 1_000_000);
        Assert.ThrowsExactly<ArgumentException>(port.Open);
        Assert.IsFalse(port.IsOpen);
    }

    [TestMethod]
    public void Com1OpenedBeforeTheDebuggerHasChosenEndsInAPanic()
    {
        Boot();
        CollectionAssert.AreEqual(new[] { "COM1", "COM2", "COM3" }, SerialPort.GetPortNames());
        var port = new SerialPort("COM1", 1_000_000);
        Assert.AreEqual(HaltReason.Panic, Assert.ThrowsExactly<BoardHalted>(port.Open).Reason);
    }

    [TestMethod]
    public void Com2WithoutPinsOpensOnGpio0WhereNobodyListens()
    {
        Boot(new BoardOptions { LinkTxPin = 17, LinkRxPin = 18 });
        Assert.AreEqual(0, Configuration.GetFunctionPin(DeviceFunction.COM2_TX));
        Assert.AreEqual(43, Configuration.GetFunctionPin(DeviceFunction.COM1_TX));
        var port = new SerialPort("COM2", 1_000_000);
        port.Open();
        Board.SerialIn(Bytes.AsSpan(0, 10));
        port.Write(Bytes, 0, 10);
        Pause.SleepMs(10);
        Assert.AreEqual(0, port.BytesToRead);
        Assert.AreEqual(0, Board.SerialOut(new byte[10]));
        port.Dispose();

        Configuration.SetPinFunction(17, DeviceFunction.COM2_TX);
        Configuration.SetPinFunction(18, DeviceFunction.COM2_RX);
        var wired = new SerialPort("COM2", 1_000_000);
        wired.Open();
        Board.SerialIn(Bytes.AsSpan(0, 10));
        wired.Write(Bytes, 0, 10);
        Pause.SleepMs(10);
        Assert.AreEqual(10, wired.BytesToRead);
        Assert.AreEqual(10, Board.SerialOut(new byte[10]));
    }

    [TestMethod]
    public void Com1OfTheClassicChipBelongsToTheDebuggerForEver()
    {
        Boot(new BoardOptions { Chip = ChipKind.Esp32, UsbEnumerated = true });
        Pause.SleepMs(1000);
        CollectionAssert.AreEqual(new[] { "COM2", "COM3" }, SerialPort.GetPortNames());
        Assert.ThrowsExactly<ArgumentException>(new SerialPort("COM1", 1_000_000).Open);
    }

    [TestMethod]
    public void TheClassicChipRefusesAPortWithoutPins()
    {
        Boot(new BoardOptions { Chip = ChipKind.Esp32 });
        Assert.ThrowsExactly<ArgumentException>(new SerialPort("COM2").Open);
        Assert.ThrowsExactly<ArgumentException>(() => Configuration.SetPinFunction(77, DeviceFunction.COM2_TX));
    }

    [TestMethod]
    public void OnePortObjectAPortAndOneOpenAPort()
    {
        SerialPort port = Open(1_000_000);
        Assert.ThrowsExactly<ArgumentException>(() => new SerialPort("COM1"));
        Assert.ThrowsExactly<ArgumentException>(() => new SerialPort("COM4"));
        Assert.ThrowsExactly<InvalidOperationException>(port.Open);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => port.ReadTimeout = 0);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => port.ReadTimeout = -1);
        Assert.ThrowsExactly<InvalidOperationException>(() => port.Write(new byte[4], 5, 1));
        Assert.ThrowsExactly<ArgumentException>(() => port.Write(new byte[4], 2, 3));
        port.Close();
        Assert.ThrowsExactly<InvalidOperationException>(() => port.Write(new byte[1], 0, 1));
        Board.SerialIn(Bytes.AsSpan(0, 5));
        port.Open();
        Pause.SleepMs(10);
        Assert.AreEqual(0, port.BytesToRead);
    }

    [TestMethod]
    public void ReceivedBytesAreAnnouncedWhileTheFirmwareSleeps()
    {
        SerialPort port = Open(1_000_000, p => p.ReceivedBytesThreshold = 3);
        int told = 0;
        port.DataReceived += (_, e) => told += e.EventType == SerialData.Chars ? 1 : 100;
        Board.SerialIn(Bytes.AsSpan(0, 2));
        Pause.SleepMs(10);
        Assert.AreEqual(0, told);
        Board.SerialIn(Bytes.AsSpan(0, 2));
        Pause.SleepMs(10);
        Pause.SleepMs(10);
        Assert.AreEqual(1, told);
    }

    [TestMethod]
    public void AHostThatNeverReadsDoesNotFillTheMachine()
    {
        SerialPort port = Open(1_000_000);
        for (int i = 0; i < 20_000; i++)
        {
            port.Write(Bytes, 0, 120);
            Pause.SleepMs(10);
        }

        Assert.IsLessThanOrEqualTo(1 << 20, Board.SerialUnread);
    }

    private SerialPort Open(int baud, Action<SerialPort>? set = null)
    {
        Boot();
        Pause.SleepMs(1000);
        var port = new SerialPort("COM1", baud);
        set?.Invoke(port);
        port.Open();
        return port;
    }
}
