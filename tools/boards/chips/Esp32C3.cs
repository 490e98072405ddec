using static Escapement.Boards.Chips;

namespace Escapement.Boards;

internal static class Esp32C3
{
    public static Chip Chip { get; } = new()
    {
        Name = "ESP32-C3",
        Existing = Gpios("0-21"),
        Groups =
        [
            Group(PinRole.Strapping, "2, 8, 9", "the chip reads it at reset to choose how it boots; what is wired there can keep it from starting"),
            Group(PinRole.Flash, "12-17", "it is wired to the flash; using it stops the chip"),
            Group(PinRole.Usb, "18, 19", "it is a data line of the chip's USB, pulled up for 50 us at power-up"),
            Group(PinRole.Uart0, "20, 21", "it is COM1, where boot messages leave at every reset and which the debugger takes when no USB host is there at boot"),
        ],
        QuietAtReset = Reported<PinSet>("3-7, 10", "ESP32-C3 data sheet v1.0, table 7 (6, 7 and 10 go low for 5 ns)"),
        ResetNote = "it is pulled, strapped or not listed as quiet at reset",
        Adc1 = Reported<PinSet>("0-4", "ESP32-C3 data sheet, ADC1 channels"),
        RmtChannels = Caps(2, "RMT"),
        ChannelWords = Caps(48, "RMT_MEM_WORDS_PER_CHANNEL"),
        CounterUnits = Caps(0, "no PCNT"),
        SerialPorts = Ports(2),
        ComOne = new(21, 20),
        Debugger = Verified(DebuggerPort.Uart0UnlessUsb, Interpreter + " WireProtocol_HAL_Interface.c"),
        Deploy = new Dictionary<int, Fact<DeployRegion>>
        {
            [2] = Deploy("esp32c3", 2, 0x1B0000, 0x40000),
            [4] = Deploy("esp32c3", 4, 0x1B0000, 0x1F0000),
            [8] = Deploy("esp32c3", 8, 0x1B0000, 0x1F0000),
            [16] = Deploy("esp32c3", 16, 0x1B0000, 0x1F0000),
        },
        Targets = [Internal("ESP32_C3", 200_000, 102_400)],
        Modules =
        [
            new("ESP32-C3-WROOM-02-N4", 4, Psram.None, "11"),
            new("ESP32-C3-MINI-1-N4", 4, Psram.None, "11"),
        ],
    };
}
