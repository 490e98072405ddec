using System.Device.Gpio;
using Escapement.Esp32;
using nanoFramework.Hardware.Esp32.Rmt;

namespace Escapement.Chip.Tests;

[TestClass]
public class GpioTests : BoardTest
{
    private const int Pin = 16;

    [TestMethod]
    public void OpeningAPinTwiceIsRefused()
    {
        Boot();
        var gpio = new GpioController();
        GpioPin pin = gpio.OpenPin(Pin);
        Assert.IsTrue(gpio.IsPinOpen(Pin));
        Assert.ThrowsExactly<InvalidOperationException>(() => new GpioController().OpenPin(Pin));
        pin.Dispose();
        gpio.OpenPin(Pin);
    }

    [TestMethod]
    [DataRow(ChipKind.Esp32S3, 26)]
    [DataRow(ChipKind.Esp32S3, 32)]
    [DataRow(ChipKind.Esp32S3, 22)]
    [DataRow(ChipKind.Esp32S3, 49)]
    [DataRow(ChipKind.Esp32, 6)]
    [DataRow(ChipKind.Esp32, 40)]
    [DataRow(ChipKind.Esp32, -1)]
    public void PinsOfTheFlashAndPinsThatAreNotThereCannotBeOpened(ChipKind chip, int pin)
    {
        Boot(new BoardOptions { Chip = chip });
        Assert.ThrowsExactly<InvalidOperationException>(() => new GpioController().OpenPin(pin));
    }

    [TestMethod]
    public void OpeningWithoutAModeDoesNotTouchTheHardware()
    {
        Boot();
        new GpioController().OpenPin(Pin);
        Assert.IsEmpty(Outside.Edges);
        Assert.AreEqual(PinMode.Input, new GpioController().GetPinMode(Pin));
    }

    [TestMethod]
    public void AnOutputStartsLowDrivesItsPinAndReadsLowWhateverItDrives()
    {
        Boot();
        GpioPin pin = new GpioController().OpenPin(Pin, PinMode.Output);
        Assert.IsFalse(Board.OutputLevel(Pin));
        pin.Write(PinValue.High);
        Assert.IsTrue(Board.OutputLevel(Pin));
        Assert.IsTrue(PinValue.Low == pin.Read());
        Assert.AreEqual((true, Board.Now80 - 1600), Outside.Of(Pin).Single());
    }

    [TestMethod]
    public void SettingOutputAgainDrivesLow()
    {
        Boot();
        GpioPin pin = new GpioController().OpenPin(Pin, PinMode.Output);
        pin.Write(PinValue.High);
        pin.SetPinMode(PinMode.Output);
        Assert.IsFalse(Board.OutputLevel(Pin));
    }

    [TestMethod]
    public void AddingAHandlerToAnOutputForcesItLow()
    {
        Boot();
        GpioPin pin = new GpioController().OpenPin(Pin, PinMode.Output);
        pin.Write(PinValue.High);
        pin.ValueChanged += (_, _) => { };
        Assert.IsFalse(Board.OutputLevel(Pin));
    }

    [TestMethod]
    public void ToggleGoesByWhatWasWrittenAndDoesNothingOnAnInput()
    {
        Boot();
        GpioPin pin = new GpioController().OpenPin(Pin, PinMode.Output);
        pin.Toggle();
        Assert.IsTrue(Board.OutputLevel(Pin));
        pin.Toggle();
        Assert.IsFalse(Board.OutputLevel(Pin));
        pin.SetPinMode(PinMode.Input);
        pin.Toggle();
        Assert.IsFalse(Board.OutputLevel(Pin));
        Assert.ThrowsExactly<ArgumentException>(() => pin.Write(PinValue.High));
    }

    [TestMethod]
    public void AnInputReadsTheWireAndAFloatingOneIsLow()
    {
        Boot();
        GpioPin pin = new GpioController().OpenPin(Pin, PinMode.Input);
        Assert.IsTrue(pin.Read() == PinValue.Low);
        Board.DriveInput(Pin, true, Board.Now80);
        Assert.IsTrue(pin.Read() == PinValue.High);
        Board.FloatInput(Pin, Board.Now80);
        Assert.IsTrue(pin.Read() == PinValue.Low);
        pin.SetPinMode(PinMode.InputPullUp);
        Assert.IsTrue(pin.Read() == PinValue.High);
        Board.DriveInput(Pin, false, Board.Now80);
        Assert.IsTrue(pin.Read() == PinValue.Low);
        Assert.IsEmpty(Outside.Edges);
    }

    [TestMethod]
    public void InputOnlyPinsOfTheClassicChipRefuseOutputAndPulls()
    {
        Boot(new BoardOptions { Chip = ChipKind.Esp32 });
        var gpio = new GpioController();
        for (int pin = 34; pin <= 39; pin++)
        {
            for (PinMode mode = PinMode.Input; mode <= PinMode.OutputOpenSourcePullDown; mode++)
            {
                Assert.AreEqual(mode == PinMode.Input, gpio.IsPinModeSupported(pin, mode), pin + " " + mode);
            }
        }

        Assert.ThrowsExactly<ArgumentException>(() => gpio.OpenPin(34, PinMode.Output));
        Assert.ThrowsExactly<ArgumentException>(() => gpio.OpenPin(35, PinMode.InputPullUp));
        Assert.ThrowsExactly<ArgumentException>(() => Channel(36), "nor can RMT drive them");
    }

    [TestMethod]
    public void ChangesOfAnInputAreToldWhileTheFirmwareSleeps()
    {
        Boot();
        GpioPin pin = new GpioController().OpenPin(Pin, PinMode.Input);
        var seen = new List<PinEventTypes>();
        pin.ValueChanged += (_, e) => seen.Add(e.ChangeType);
        Outside.At(Board.Now80 + 100, t => Board.DriveInput(Pin, true, t));
        Outside.At(Board.Now80 + 200, t => Board.DriveInput(Pin, false, t));
        pin.Read();
        Assert.IsEmpty(seen);
        Pause.SleepMs(10);
        CollectionAssert.AreEqual(new[] { PinEventTypes.Rising, PinEventTypes.Falling }, seen);
    }

    [TestMethod]
    public void TheEventRingHolds128AndDropsTheOldestWithoutAWord()
    {
        Boot();
        GpioPin pin = new GpioController().OpenPin(Pin, PinMode.Input);
        var seen = new List<PinEventTypes>();
        pin.ValueChanged += (_, e) => seen.Add(e.ChangeType);
        for (int i = 0; i < 129; i++)
        {
            Board.DriveInput(Pin, i % 2 == 0, Board.Now80);
        }

        Pause.SleepMs(10);
        Assert.HasCount(128, seen);
        Assert.AreEqual(PinEventTypes.Falling, seen[0]);
    }

    [TestMethod]
    public void TheControllersOwnCallbackPicksItsEdges()
    {
        Boot();
        var gpio = new GpioController();
        gpio.OpenPin(Pin, PinMode.Input);
        int rising = 0;
        PinChangeEventHandler count = (_, _) => rising++;
        gpio.RegisterCallbackForPinValueChangedEvent(Pin, PinEventTypes.Rising, count);
        Board.DriveInput(Pin, true, Board.Now80);
        Board.DriveInput(Pin, false, Board.Now80);
        Pause.SleepMs(10);
        Assert.AreEqual(1, rising);
        gpio.UnregisterCallbackForPinValueChangedEvent(Pin, count);
        Board.DriveInput(Pin, true, Board.Now80);
        Pause.SleepMs(10);
        Assert.AreEqual(1, rising);
    }

    [TestMethod]
    public void RmtDrivesThePadOnlyWhileItOwnsIt()
    {
        Boot();
        GpioPin pin = new GpioController().OpenPin(Trigger, PinMode.Output);
        TransmitterChannel channel = Channel();
        pin.Write(PinValue.High);
        Assert.IsFalse(Board.OutputLevel(Trigger));

        // Taking the pad back is the fastest stop: RMT goes on behind it, unseen.
        channel.SendData(List((true, 30_000), (false, 30_000), (true, 30_000), (false, 1)), false);
        Assert.IsTrue(Board.OutputLevel(Trigger));
        pin.SetPinMode(PinMode.Output);
        Assert.IsFalse(Board.OutputLevel(Trigger));
        SleepUs(200_000);
        Assert.HasCount(2, Outside.Of(Trigger));

        // Quirk: disposing of the channel switches the output off even now that GPIO has the pad.
        pin.Write(PinValue.High);
        Assert.IsTrue(Board.OutputLevel(Trigger));
        channel.Dispose();
        Assert.IsFalse(Board.OutputLevel(Trigger));
    }
}
