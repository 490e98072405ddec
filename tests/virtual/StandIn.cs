extern alias chip;

using chip::nanoFramework.Hardware.Esp32;
using chip::System.Device.Gpio;
using chip::System.IO.Ports;
using Pause = chip::Escapement.Esp32.Pause;

namespace Escapement.Virtual.Tests;

/// <summary>
/// A stand-in for the firmware, a page long: feeds the watchdog, opens the gate, gives one trigger pulse a pass and echoes bytes.
/// It shows what the launcher does without what the firmware does.
/// </summary>
internal static class StandIn
{
    public static int Boots;

    public static void Run()
    {
        Boots++;
        Pause.SleepMs(300);
        GpioController pins = new();
        GpioPin trigger = pins.OpenPin(15, PinMode.Output);
        GpioPin enable = pins.OpenPin(16, PinMode.Output);
        GpioPin heartbeat = pins.OpenPin(21, PinMode.Output);
        SerialPort port = OpenPort();
        byte[] buffer = new byte[128];
        for (int pass = 0; ; pass++)
        {
            Pause.SleepMs(10);
            heartbeat.Toggle();
            if (pass == 3) { enable.Write(PinValue.High); }
            if (pass > 3)
            {
                trigger.Write(PinValue.High);
                trigger.Write(PinValue.Low);
            }
            Echo(port, buffer);
        }
    }

    private static SerialPort OpenPort()
    {
        Configuration.SetPinFunction(43, DeviceFunction.COM1_TX);
        Configuration.SetPinFunction(44, DeviceFunction.COM1_RX);
        SerialPort port = new("COM1", 1_000_000) { ReadBufferSize = 1024 };
        port.Open();
        return port;
    }

    private static void Echo(SerialPort port, byte[] buffer)
    {
        int count = Math.Min(port.BytesToRead, buffer.Length);
        if (count == 0) { return; }
        port.Read(buffer, 0, count);
        port.Write(buffer, 0, count);
    }
}
