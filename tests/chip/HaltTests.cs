using System.Device.Gpio;
using Escapement.Esp32;
using nanoFramework.Hardware.Esp32.Rmt;
using nanoFramework.Runtime.Native;

namespace Escapement.Chip.Tests;

[TestClass]
public class HaltTests : BoardTest
{
    private static readonly byte[] Long = List(Enumerable.Range(0, 1000).SelectMany(_ => new[] { (true, 100), (false, 900) }).ToArray());

    [TestMethod]
    public void ARebootNeverReturnsAndNothingRunsAfterIt()
    {
        Boot();
        bool told = false;
        Power.OnRebootEvent += () => told = true;
        BoardHalted halted = Assert.ThrowsExactly<BoardHalted>(() => Power.RebootDevice(RebootOption.NormalReboot));
        Assert.AreEqual(HaltReason.Reboot, halted.Reason);
        Assert.IsTrue(told);
        Assert.ThrowsExactly<BoardHalted>(() => ClockUs());
        Assert.ThrowsExactly<BoardHalted>(() => Pause.SleepMs(10));
        Assert.ThrowsExactly<BoardHalted>(() => Power.RebootDevice(100));
    }

    [TestMethod]
    public void ARebootLeavesPinsAndRmtAsTheyAreAndStaleWordsGoOn()
    {
        // Quirk: neither is reset before the next start of the application, and nothing refills.
        Boot();
        new GpioController().OpenPin(16, PinMode.Output).Write(PinValue.High);
        TransmitterChannel channel = Channel();
        channel.SendData(Long.Take(4 * 200).ToArray(), false);
        long start = Board.Now80;
        Assert.ThrowsExactly<BoardHalted>(() => Power.RebootDevice());
        Board.RunOn(800_000);
        Assert.IsTrue(Board.OutputLevel(16));

        // 200 ms were planned; 800 ms of pulses come.
        Assert.AreEqual((Board.Now80 - start) / 80_000 + 1, Outside.Of(Trigger).Count(e => e.Level), 1.0);
        Board.Restart();
        Assert.IsFalse(Board.OutputLevel(16));
        Assert.IsFalse(Board.OutputLevel(Trigger));
        int edges = Outside.Edges.Count;
        Pause.SleepMs(100);
        Assert.HasCount(edges, Outside.Edges);
        Assert.AreEqual(1, Board.Restarts);
    }

    [TestMethod]
    public void ARestartedBoardStartsAtZeroWithEverythingFree()
    {
        Boot();
        var gpio = new GpioController();
        gpio.OpenPin(16, PinMode.Output);
        for (int i = 0; i < 4; i++)
        {
            _ = new GpioPulseCounter(4);
            Channel();
        }

        SleepUs(5_000_000);
        Assert.ThrowsExactly<BoardHalted>(() => Power.RebootDevice());
        Board.Restart();
        Assert.AreEqual(20, ClockUs());
        Assert.IsGreaterThan(5_000_000, Board.NowUs);
        new GpioController().OpenPin(16, PinMode.Output);
        _ = new GpioPulseCounter(4);
        using TransmitterChannel channel = Channel();
        channel.SendData(Long, false);
        long start = Board.Now80;
        Outside.Edges.Clear();
        SleepUs(2_000_000);
        Assert.HasCount(1999, Outside.Of(Trigger));
        Assert.AreEqual(start + 100 * 80, Outside.Of(Trigger)[0].T80);
    }

    [TestMethod]
    public void CuttingThePowerFloatsEveryPinAtOnce()
    {
        Boot();
        new GpioController().OpenPin(16, PinMode.Output).Write(PinValue.High);
        Channel().SendData(Long, false);
        long before = Board.Now80;
        Assert.AreEqual(HaltReason.PowerOff, Assert.ThrowsExactly<BoardHalted>(() => Board.PowerOff()).Reason);
        Assert.AreEqual((false, before), Outside.Of(16)[^1]);
        Assert.AreEqual((false, before), Outside.Of(Trigger)[^1]);
        Board.RunOn(1_000_000);
        Assert.AreEqual((false, before), Outside.Of(Trigger)[^1]);
        Assert.ThrowsExactly<BoardHalted>(() => ClockUs());
    }

    [TestMethod]
    public void ThePowerCanFailInTheMiddleOfACall()
    {
        Boot();
        TransmitterChannel channel = Channel();
        Board.AtCall(VendorCall.RmtSend, 1, () => Board.PowerOff());
        Assert.ThrowsExactly<BoardHalted>(() => channel.SendData(Long, false));
        Assert.AreEqual(HaltReason.PowerOff, Board.Halted);
        Assert.IsEmpty(Outside.Of(Trigger));
    }

    [TestMethod]
    public void PowerCutFromAnotherThreadStopsTheBoardAtItsNextCall()
    {
        Boot();
        new GpioController().OpenPin(16, PinMode.Output).Write(PinValue.High);
        var other = new Thread(() => Board.PowerOff());
        other.Start();
        other.Join();
        Assert.IsTrue(Board.OutputLevel(16));
        Assert.ThrowsExactly<BoardHalted>(() => ClockUs());
        Assert.IsFalse(Board.OutputLevel(16));
    }

    [TestMethod]
    public void AWaitThatNeverEndsIsTheEndOfTheFirmwareButNotOfRmt()
    {
        Boot();
        Pause.SleepMs(1000);
        var port = new System.IO.Ports.SerialPort("COM2");
        port.Open();
        TransmitterChannel channel = Channel();
        channel.SendData(Long, false);
        BoardHalted halted = Assert.ThrowsExactly<BoardHalted>(() => port.Read(new byte[1], 0, 1));
        Assert.AreEqual(HaltReason.Frozen, halted.Reason);
        Board.RunOn(2_000_000);
        Assert.HasCount(2000, Outside.Of(Trigger));
    }
}
