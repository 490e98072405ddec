using static Escapement.Boards.Chips;

namespace Escapement.Boards;

internal static class Esp32S2
{
    public static Chip Chip { get; } = new()
    {
        Name = "ESP32-S2",
        Existing = Gpios("0-21, 26-46"),
        Groups =
        [
            Group(PinRole.Strapping, "0, 45, 46", "the chip reads it at reset to choose how it boots; what is wired there can keep it from starting"),
            Group(PinRole.Flash, "26-32", "it is wired to flash or PSRAM; using it stops the chip"),
            Group(PinRole.Usb, "19, 20", "it is a data line of the chip's USB"),
            Group(PinRole.Uart0, "43, 44", "it is COM1, where boot messages leave at every reset and which the debugger takes when no USB host is there at boot"),
            Group(PinRole.InputOnly, "46", "it has no output driver"),
        ],
        QuietAtReset = Inferred(PinSet.None, "nobody has looked at this chip's reset for this project"),
        ResetNote = "what this chip's pins do at reset has not been looked at",
        Adc1 = Reported<PinSet>("1-10", "ESP32-S2 data sheet, ADC1 channels"),
        RmtChannels = Caps(4, "RMT"),
        ChannelWords = Caps(64, "RMT_MEM_WORDS_PER_CHANNEL"),
        CounterUnits = Caps(4, "PCNT_UNITS_PER_GROUP"),
        SerialPorts = Ports(2),
        ComOne = new(43, 44),
        Debugger = Verified(DebuggerPort.Uart0UnlessUsb, Interpreter + " WireProtocol_HAL_Interface.c"),
        Deploy = new Dictionary<int, Fact<DeployRegion>>
        {
            [4] = Deploy("esp32s2", 4, 0x1B0000, 0x1F0000),
            [8] = Deploy("esp32s2", 8, 0x1B0000, 0x2E0000),
            [16] = Deploy("esp32s2", 16, 0x1B0000, 0x2E0000),
        },
        Targets = [External("ESP32_S2", Psram.Quad, 2 << 20, 1_048_576)],
        Modules =
        [
            new("ESP32-S2-SOLO-2-N4R2", 4, Psram.Quad, PinSet.None),
            new("ESP32-S2-WROVER-N4R2", 4, Psram.Quad, PinSet.None),
        ],
    };
}
