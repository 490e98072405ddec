using static Escapement.Boards.Chips;

namespace Escapement.Boards;

internal static class Esp32
{
    public static Chip Chip { get; } = new()
    {
        Name = "ESP32",
        Existing = Gpios("0-19, 21-23, 25-27, 32-39"),
        Groups =
        [
            Group(PinRole.Strapping, "0, 2, 5, 12, 15", "the chip reads it at reset to choose how it boots; what is wired there can keep it from starting, and the pin is pulled or driven meanwhile"),
            Group(PinRole.Flash, "6-11", "it is wired to the flash; using it stops the chip"),
            Group(PinRole.QuadMemory, "16, 17", "the module's PSRAM is wired to it"),
            Group(PinRole.Uart0, "1, 3", "it is COM1, which the debugger always owns on this chip; boot messages leave there at every reset"),
            Group(PinRole.InputOnly, "34-39", "it has no output driver"),
            new(PinRole.DippingInput, "36, 39", "it is pulled low for 80 ns whenever an analogue peripheral powers up, which a counter takes for an edge", Evidence.Reported, "ESP32 errata, section 3.11"),
        ],
        QuietAtReset = Reported<PinSet>("18, 19, 21-23, 25-27, 32, 33", "ESP32 data sheet, pins with neither pull nor strap at reset"),
        ResetNote = "it is pulled, strapped or toggled while the chip resets",
        Adc1 = Reported<PinSet>("32-39", "ESP32 data sheet, ADC1 channels"),
        RmtChannels = Caps(8, "RMT"),
        ChannelWords = Caps(64, "RMT_MEM_WORDS_PER_CHANNEL"),
        CounterUnits = Caps(8, "PCNT_UNITS_PER_GROUP"),
        SerialPorts = Ports(3),
        ComOne = new(1, 3),
        Debugger = Verified(DebuggerPort.Uart0Always, Interpreter + " WireProtocol_HAL_Interface.c"),
        Deploy = new Dictionary<int, Fact<DeployRegion>>
        {
            [2] = Deploy("esp32", 2, 0x1E0000, 0x10000),
            [4] = Deploy("esp32", 4, 0x1E0000, 0x1C0000),
            [8] = Deploy("esp32", 8, 0x1E0000, 0x2B0000),
            [16] = Deploy("esp32", 16, 0x1E0000, 0x2B0000),
        },
        Targets =
        [
            Internal("ESP32_REV0", 110_000, 102_400),
            Internal("ESP32_REV3", 110_000, 102_400),
            External("ESP32_PSRAM_REV0", Psram.Quad, 4 << 20, 262_144),
            External("ESP32_PSRAM_REV3", Psram.Quad, 4 << 20, 262_144),
        ],
        Modules =
        [
            new("ESP32-WROOM-32E-N4", 4, Psram.None, "37, 38"),
            new("ESP32-WROOM-32E-N8", 8, Psram.None, "37, 38"),
            new("ESP32-WROOM-32E-N16", 16, Psram.None, "37, 38"),
            new("ESP32-WROVER-E-N4R8", 4, Psram.Quad, "37, 38"),
            new("ESP32-WROVER-E-N8R8", 8, Psram.Quad, "37, 38"),
            new("ESP32-WROVER-E-N16R8", 16, Psram.Quad, "37, 38"),
        ],
    };
}
