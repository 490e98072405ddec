using static Escapement.Boards.Chips;

namespace Escapement.Boards;

internal static class Esp32C6
{
    public static Chip Chip { get; } = new()
    {
        Name = "ESP32-C6",
        Existing = Gpios("0-30"),
        Groups =
        [
            Group(PinRole.Strapping, "4, 5, 8, 9, 15", "the chip reads it at reset to choose how it boots; what is wired there can keep it from starting"),
            Group(PinRole.Flash, "24-30", "it is wired to the flash; using it stops the chip"),
            Group(PinRole.Usb, "12, 13", "it is a data line of the chip's USB"),
            Group(PinRole.Uart0, "16, 17", "it is COM1, where boot messages leave at every reset and which the debugger takes when no USB host is there at boot"),
        ],
        QuietAtReset = Inferred(PinSet.None, "nobody has looked at this chip's reset for this project"),
        ResetNote = "what this chip's pins do at reset has not been looked at",
        Adc1 = Reported<PinSet>("0-6", "ESP32-C6 data sheet, ADC1 channels"),
        RmtChannels = Caps(2, "RMT"),
        ChannelWords = Caps(48, "RMT_MEM_WORDS_PER_CHANNEL"),
        CounterUnits = Caps(4, "PCNT_UNITS_PER_GROUP"),
        SerialPorts = Ports(2),
        ComOne = new(16, 17),
        Debugger = Inferred(DebuggerPort.Uart0UnlessUsb, Interpreter + " WireProtocol_HAL_Interface.c, not read for this chip"),
        Deploy = new Dictionary<int, Fact<DeployRegion>>
        {
            [4] = Deploy("esp32c6", 4, 0x250000, 0x170000),
            [8] = Deploy("esp32c6", 8, 0x250000, 0x240000),
            [16] = Deploy("esp32c6", 16, 0x250000, 0x240000),
        },
        Targets = [Internal("ESP32_C6_THREAD", 200_000, 92_160)],
        Modules =
        [
            new("ESP32-C6-WROOM-1-N8", 8, Psram.None, "14"),
            new("ESP32-C6-MINI-1-N4", 4, Psram.None, "10, 11"),
        ],
    };
}
