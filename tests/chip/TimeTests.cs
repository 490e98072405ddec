using CsCheck;
using Escapement.Esp32;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Hardware.Esp32.Rmt;
using nanoFramework.Runtime.Native;

namespace Escapement.Chip.Tests;

[TestClass]
public class TimeTests : BoardTest
{
    [TestMethod]
    public void EveryVendorCallTakesItsTime()
    {
        Boot(new BoardOptions { CallLatencyNs = 12_500 });
        for (int i = 1; i <= 1000; i++)
        {
            Assert.AreEqual(i * 1000L / 80, ClockUs());
        }
    }

    [TestMethod]
    public void ASleepIsCountedFromTheLastTickAndEndsOnOne()
    {
        Gen.Select(Gen.Int[0, 3000], Gen.Int[1, 60]).Sample(
            (calls, ms) =>
            {
                Boot(new BoardOptions { CallLatencyNs = 12_500 });
                for (int i = 0; i < calls; i++)
                {
                    ClockUs();
                }

                long asleep = Board.Now80 + 1000;
                Pause.SleepMs(ms);
                long ticks = asleep / 800_000 + (ms + 9) / 10;
                Assert.AreEqual(ticks * 800_000, Board.Now80);
            },
            threads: 1);
    }

    [TestMethod]
    public void ASleepOfZeroYieldsAndANegativeOneIsRefused()
    {
        Boot();
        Pause.SleepMs(0);
        Assert.AreEqual(20, Board.NowUs);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Pause.SleepMs(-1));
    }

    [TestMethod]
    public void TheBoardsClockAndSleepsRunWithItsCrystal()
    {
        // 100 ppm fast: the board counts 10.001 s in 10 true seconds.
        Boot(new BoardOptions { ClockErrorPpb = 100_000 });
        for (int i = 0; i < 1000; i++)
        {
            Pause.SleepMs(10);
        }

        Assert.AreEqual(10_000_000, ClockUs() - 20, 1.0);
        Assert.AreEqual(10_000_000 / 1.0001, Board.NowUs - 20, 2.0);
    }

    [TestMethod]
    public void AScheduledPauseStopsTheInterpreterAtItsNextCallAndNotTheHardware()
    {
        Boot();
        using TransmitterChannel channel = Channel();
        Board.ScheduledPause(15_000, 150_000);
        channel.SendData(List(Enumerable.Range(0, 100).SelectMany(_ => new[] { (true, 100), (false, 900) }).ToArray()), false);
        long start = Board.Now80;
        Pause.SleepMs(10);
        Assert.IsLessThan(15_000, Board.NowUs);
        Pause.SleepMs(10);
        Assert.AreEqual(20_000, Board.NowUs);
        Assert.AreEqual(170_020, ClockUs());
        Assert.AreEqual(20_020, Outside.Pauses.Single());
        List<(bool Level, long T80)> edges = Outside.Of(Trigger);
        Assert.HasCount(200, edges);
        Assert.IsTrue(edges.Select((e, i) => e.T80 == start + (i / 2 * 1000 + i % 2 * 100) * 80L).All(e => e));
    }

    [TestMethod]
    public void APauseCanFallBetweenTheClockAndTheSendAndBetweenTheSendAndTheClock()
    {
        Boot();
        using TransmitterChannel channel = Channel();
        Board.AtCall(VendorCall.RmtSend, 1, () => Board.PauseNow(7_000));
        long t0 = ClockUs();
        channel.SendData(List((true, 10), (false, 10)), false);
        long t1 = ClockUs();
        Assert.AreEqual(7_040, t1 - t0);
        Assert.AreEqual((t0 + 7_020) * 80, Outside.Of(Trigger)[0].T80);

        Board.AtCall(VendorCall.RmtSend, 1, () => Board.AtCall(VendorCall.ClockRead, 1, () => Board.PauseNow(7_000)));
        t0 = ClockUs();
        channel.SendData(List((true, 10), (false, 10)), false);
        t1 = ClockUs();
        Assert.AreEqual(7_040, t1 - t0);
        Assert.AreEqual((t0 + 20) * 80, Outside.Of(Trigger)[2].T80);
    }

    [TestMethod]
    public void TheNthCallOfAKindCanThrowWhatTheTestWants()
    {
        Boot();
        Board.AtCall(VendorCall.ClockRead, 3, () => throw new InvalidOperationException("injected"));
        ClockUs();
        ClockUs();
        Assert.ThrowsExactly<InvalidOperationException>(() => ClockUs());
        ClockUs();
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Board.AtCall(VendorCall.Any, 0, () => { }));
    }

    [TestMethod]
    public void RandomPausesComeFromTheSeedAndStayWithinTheirBounds()
    {
        List<long> first = RandomPauses(7);
        List<long> again = RandomPauses(7);
        List<long> other = RandomPauses(8);
        CollectionAssert.AreEqual(first, again);
        CollectionAssert.AreNotEqual(first, other);

        // 100 s with a mean interval of 0.5 s: near 200, surely between 150 and 260.
        Assert.IsTrue(first.Count is > 150 and < 260, first.Count.ToString());
    }

    [TestMethod]
    public void CopyingALongListTakesTimeBeforeItStarts()
    {
        Boot(new BoardOptions { SendNsPerWord = 10 });
        using TransmitterChannel channel = Channel();
        byte[] list = List(Enumerable.Range(0, 2 * 4001).Select(i => (i == 0, 100)).ToArray());
        long before = Board.Now80;
        channel.SendData(list, false);
        Assert.AreEqual(before + 1600 + 4001 * 10 * 80 / 1000, Board.Now80);
        Assert.AreEqual(Board.Now80, Outside.Of(Trigger)[0].T80);
    }

    [TestMethod]
    public void ACollectionStopsTheInterpreterAndNotTheHardware()
    {
        Boot(new BoardOptions { CollectionUs = 3_000, CompactionUs = 80_000 });
        using TransmitterChannel channel = Channel();
        channel.SendData(List((true, 100), (false, 900), (true, 100), (false, 900)), false);
        long before = ClockUs();
        nanoFramework.Runtime.Native.GC.Run(false);
        Assert.HasCount(4, Outside.Of(Trigger));
        Assert.AreEqual(3_040, ClockUs() - before);
        before = ClockUs();
        nanoFramework.Runtime.Native.GC.Run(true);
        Assert.AreEqual(80_040, ClockUs() - before);
    }

    [TestMethod]
    public void TheStepHookRunsInEverySleepAfterTimeMovedOn()
    {
        Boot();
        var times = new List<long>();
        Board.OnSleep = times.Add;
        Pause.SleepMs(10);
        Pause.SleepMs(10);
        CollectionAssert.AreEqual(new long[] { 10_000, 20_000 }, times);
    }

    [TestMethod]
    public void WithoutABoardOnTheThreadAVendorCallSaysSo()
    {
        Board.Current = null;
        Assert.Contains("Board.Current", Assert.ThrowsExactly<InvalidOperationException>(() => HighResTimer.GetCurrent()).Message);
    }

    [TestMethod]
    public void EveryThreadHasItsOwnBoard()
    {
        Boot();
        Pause.SleepMs(10);
        long elsewhere = -1;
        var thread = new Thread(() =>
        {
            Board.Current = new Board();
            elsewhere = (long)HighResTimer.GetCurrent();
        });
        thread.Start();
        thread.Join();
        Assert.AreEqual(20, elsewhere);
        Assert.AreEqual(10_020, ClockUs());
    }

    [TestMethod]
    public void AnOutsideThatNeverMovesOnIsNamedInsteadOfHangingForEver()
    {
        Boot();
        Board.Outside = new Stuck();
        Assert.ThrowsExactly<InvalidOperationException>(() => Pause.SleepMs(10));
    }

    [TestMethod]
    public void MemoryFiguresAreOnesThatABoardCouldReport()
    {
        foreach (ChipKind chip in Enum.GetValues<ChipKind>())
        {
            Boot(new BoardOptions { Chip = chip });
            foreach (NativeMemory.MemoryType type in Enum.GetValues<NativeMemory.MemoryType>())
            {
                NativeMemory.GetMemoryInfo(type, out uint total, out uint free, out uint largest);
                Assert.IsTrue(largest <= free && (free <= total || chip == ChipKind.Esp32), chip + " " + type);
            }
        }
    }

    [TestMethod]
    public void APassOfVendorCallsAllocatesNothingOnTheDesktop()
    {
        Boot();
        Pause.SleepMs(1000);
        var gpio = new System.Device.Gpio.GpioController();
        System.Device.Gpio.GpioPin heartbeat = gpio.OpenPin(21, System.Device.Gpio.PinMode.Output);
        System.Device.Gpio.GpioPin input = gpio.OpenPin(7, System.Device.Gpio.PinMode.Input);
        var counter = new System.Device.Gpio.GpioPulseCounter(4);
        counter.Start();
        var port = new System.IO.Ports.SerialPort("COM1", 1_000_000);
        port.Open();
        using TransmitterChannel channel = Channel();
        byte[] list = List(Enumerable.Range(0, 20_000).Select(i => (i % 50 == 0, 100)).ToArray());
        var buffer = new byte[128];
        Board.Outside = null;
        long allocated = 0;
        for (int pass = 0; pass < 2000; pass++)
        {
            if (pass == 500)
            {
                allocated = System.GC.GetAllocatedBytesForCurrentThread();
            }

            if (pass % 400 == 0)
            {
                channel.SendData(list, false);
            }

            ClockUs();
            _ = input.Read();
            _ = counter.Read();
            heartbeat.Toggle();
            Board.SerialIn(buffer.AsSpan(0, 30));
            port.Read(buffer, 0, port.BytesToRead);
            port.Write(buffer, 0, 60);
            Pause.SleepMs(10);
            Board.SerialOut(buffer);
        }

        Assert.AreEqual(allocated, System.GC.GetAllocatedBytesForCurrentThread());
    }

    [TestMethod]
    public void AnOutsideWiredLaterHasItsEventsAtTheirTime()
    {
        Boot();
        Recorder late = new() { Board = Board };
        Board.Outside = null;
        long at = -1;
        late.At(Board.Now80 + 100, t => at = t);
        Board.Outside = late;
        ClockUs();
        Assert.AreEqual(100, at);
    }

    private List<long> RandomPauses(ulong seed)
    {
        Boot(new BoardOptions { Seed = seed, MeanPauseIntervalUs = 500_000, MaxPauseUs = 150_000 });
        long longest = 0;
        while (Board.NowUs < 100_000_000)
        {
            long before = ClockUs();
            longest = Math.Max(longest, ClockUs() - before);
            Pause.SleepMs(10);
        }

        Assert.IsLessThanOrEqualTo(150_020, longest);
        return Outside.Pauses;
    }

    private sealed class Stuck : IOutside
    {
        public long NextEvent80 => 5;

        public void AdvanceTo(long t80)
        {
        }

        public void PinChanged(int pin, bool level, long t80)
        {
        }

        public void OnPause(long nowUs)
        {
        }
    }
}
