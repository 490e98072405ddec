using System.Device.Gpio;
using nanoFramework.Hardware.Esp32.Rmt;

namespace Escapement.Chip.Tests;

[TestClass]
public class CounterTests : BoardTest
{
    private const int Raw = 4;

    [TestMethod]
    public void CountsFallingEdgesByDefaultAndTheEdgesAskedFor()
    {
        Assert.AreEqual(2, Count(GpioPulsePolarity.Falling, setPolarity: false));
        Assert.AreEqual(3, Count(GpioPulsePolarity.Rising));
        Assert.AreEqual(2, Count(GpioPulsePolarity.Falling));
        Assert.AreEqual(5, Count(GpioPulsePolarity.Both));
    }

    [TestMethod]
    public void StartClearsTheCountAndResetReturnsTheOldOne()
    {
        Boot();
        var counter = new GpioPulseCounter(Raw) { Polarity = GpioPulsePolarity.Rising };
        Pulse(3);
        Assert.AreEqual(0, counter.Read().Count);
        counter.Start();
        Assert.IsTrue(counter.IsStarted);
        Pulse(3);
        Assert.AreEqual(3, counter.Read().Count);
        Assert.AreEqual(3, counter.Reset().Count);
        Assert.AreEqual(0, counter.Read().Count);
        Pulse(2);
        counter.Stop();
        Pulse(4);
        Assert.AreEqual(2, counter.Read().Count);
        counter.Start();
        Assert.AreEqual(0, counter.Read().Count);
    }

    [TestMethod]
    public void ReadTellsTheTimeOfTheCountInMicrosecondsSinceBoot()
    {
        Boot();
        var counter = new GpioPulseCounter(Raw);
        SleepUs(123_456);
        GpioPulseCount now = counter.Read();
        Assert.AreEqual(Board.NowUs * 10, now.RelativeTime.Ticks);
    }

    [TestMethod]
    [DataRow(ChipKind.Esp32S3, 4)]
    [DataRow(ChipKind.Esp32, 8)]
    public void ThereAreFewUnitsAndADisposedCounterNeverGivesItsBack(ChipKind chip, int units)
    {
        Boot(new BoardOptions { Chip = chip });
        for (int i = 0; i < units; i++)
        {
            new GpioPulseCounter(Raw).Dispose();
        }

        Assert.ThrowsExactly<NotSupportedException>(() => new GpioPulseCounter(Raw));
    }

    [TestMethod]
    public void ACountersPinCannotBeOpenedAfterwardsButMayBeOpenBefore()
    {
        Boot();
        var gpio = new GpioController();
        gpio.OpenPin(5, PinMode.Input);
        var second = new GpioPulseCounter(5);
        var first = new GpioPulseCounter(Raw);
        Assert.ThrowsExactly<InvalidOperationException>(() => gpio.OpenPin(Raw));
        first.Dispose();
        gpio.OpenPin(Raw);
        Assert.ThrowsExactly<ObjectDisposedException>(() => first.Read());
        second.Start();
        Assert.ThrowsExactly<InvalidOperationException>(() => second.Polarity = GpioPulsePolarity.Both);
    }

    [TestMethod]
    public void TheFilterIsInNanosecondsAndSwallowsShorterLevels()
    {
        Boot();
        var counter = new GpioPulseCounter(Raw) { Polarity = GpioPulsePolarity.Rising, FilterPulses = 1000 };
        counter.Start();
        long t = Board.Now80;

        // 79 ticks are 987.5 ns, 80 are 1000 ns.
        Drive(true, t, false, t + 79);
        Drive(true, t + 1000, false, t + 1080);
        Outside.At(t + 4000, _ => { });
        SleepUs(10_000);
        Assert.AreEqual(1, counter.Read().Count);
        Drive(true, Board.Now80 + 4000, false, Board.Now80 + 4040);
        SleepUs(10_000);
        Assert.AreEqual(1, counter.Read().Count);
        counter.Stop();
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => counter.FilterPulses = 1024);
    }

    [TestMethod]
    public void TwoUnitsCountTheTriggerAndWhatIsWiredBehindIt()
    {
        Boot();
        Outside.Wires[Trigger] = Raw;
        var raw = new GpioPulseCounter(Raw) { Polarity = GpioPulsePolarity.Rising };
        var other = new GpioPulseCounter(5) { Polarity = GpioPulsePolarity.Rising };
        raw.Start();
        other.Start();
        using TransmitterChannel channel = Channel();
        channel.SendData(List(Enumerable.Range(0, 100).SelectMany(_ => new[] { (true, 100), (false, 900) }).ToArray()), false);
        long start = Board.Now80;
        SleepUs(50_000);
        long during = raw.Read().Count;
        Assert.AreEqual((Board.Now80 - start) / 80_000 + 1, during);
        SleepUs(100_000);
        Assert.AreEqual(100, raw.Read().Count);
        Assert.AreEqual(0, other.Read().Count);
    }

    [TestMethod]
    public void ACounterOnTheTriggersOwnPinCountsIt()
    {
        Boot();
        using TransmitterChannel channel = Channel();
        var counter = new GpioPulseCounter(Trigger) { Polarity = GpioPulsePolarity.Rising };
        counter.Start();
        channel.SendData(List((true, 100), (false, 900), (true, 100), (false, 900)), false);
        SleepUs(50_000);
        Assert.AreEqual(2, counter.Read().Count);
    }

    private long Count(GpioPulsePolarity polarity, bool setPolarity = true)
    {
        Boot();
        var counter = new GpioPulseCounter(Raw);
        if (setPolarity)
        {
            counter.Polarity = polarity;
        }

        counter.Start();
        Pulse(2);
        Board.DriveInput(Raw, true, Board.Now80);
        return counter.Read().Count;
    }

    private void Pulse(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Board.DriveInput(Raw, true, Board.Now80);
            Board.DriveInput(Raw, false, Board.Now80);
        }
    }

    private void Drive(bool first, long at, bool second, long then)
    {
        Outside.At(at, t => Board.DriveInput(Raw, first, at));
        Outside.At(then, t => Board.DriveInput(Raw, second, then));
    }
}
