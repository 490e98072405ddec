using static Escapement.Boards.Chips;

namespace Escapement.Boards;

internal static class Esp32H2
{
    public static Chip Chip { get; } = new()
    {
        Name = "ESP32-H2",
        Existing = Gpios("0-5, 8-27"),
        Groups =
        [
            Group(PinRole.Strapping, "2, 3, 8, 9, 25", "the chip reads it at reset to choose how it boots; what is wired there can keep it from starting"),
            Group(PinRole.Flash, "15-21", "it is wired to the flash; using it stops the chip"),
            Group(PinRole.Usb, "26, 27", "it is a data line of the chip's USB"),
            Group(PinRole.Uart0, "23, 24", "it is COM1, where boot messages leave at every reset and which the debugger takes when no USB host is there at boot"),
        ],
        QuietAtReset = Inferred(PinSet.None, "nobody has looked at this chip's reset for this project"),
        ResetNote = "what this chip's pins do at reset has not been looked at",
        Adc1 = Reported<PinSet>("1-5", "ESP32-H2 data sheet, ADC1 channels"),
        RmtChannels = Caps(2, "RMT"),
        ChannelWords = Caps(48, "RMT_MEM_WORDS_PER_CHANNEL"),
        CounterUnits = Caps(4, "PCNT_UNITS_PER_GROUP"),
        SerialPorts = Ports(2),
        ComOne = new(24, 23),
        Debugger = Inferred(DebuggerPort.Uart0UnlessUsb, Interpreter + " WireProtocol_HAL_Interface.c, not read for this chip"),
        Deploy = new Dictionary<int, Fact<DeployRegion>>
        {
            [2] = Deploy("esp32h2", 2, 0x1C0000, 0x30000),
            [4] = Deploy("esp32h2", 4, 0x1C0000, 0x1E0000),
        },
        Targets = [Internal("ESP32_H2_THREAD", 150_000, 40_960)],
        Modules = [new("ESP32-H2-MINI-1-N4", 4, Psram.None, PinSet.None)],
    };
}
