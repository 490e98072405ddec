using static Escapement.Boards.Chips;

namespace Escapement.Boards;

internal static class Esp32S3
{
    private const string Sheet = "ESP32-S3 data sheet v2.2, table 2-2";

    public static Chip Chip { get; } = new()
    {
        Name = "ESP32-S3",
        Existing = Gpios("0-21, 26-48"),
        Groups =
        [
            Group(PinRole.Strapping, "0, 3, 45, 46", "the chip reads it at reset to choose how it boots; what is wired there can keep it from starting, and the pin is pulled meanwhile"),
            Group(PinRole.Flash, "26-32", "it is wired to flash or PSRAM; using it stops the chip"),
            Group(PinRole.OctalMemory, "33-37", "the module's octal PSRAM is wired to it"),
            new(PinRole.Usb, "19, 20", "it is a data line of the chip's USB, and goes high twice for 60 us at power-up", Evidence.Reported, Sheet),
            Group(PinRole.Uart0, "43, 44", "it is COM1, where boot messages leave at every reset and which the debugger takes when no USB host is there at boot"),
        ],

        // A line that idles low does not show that 15 and 16 are driven low. 1 to 14 and 17 are left to inputs, which need nothing of a reset.
        QuietAtReset = Reported<PinSet>("15, 16, 21, 38-42", Sheet + ", where 15 and 16 go low only and the others are not listed"),
        ResetNote = "the data sheet lists 1 to 14, 17 and 18 with glitches of 60 us at power-up (18 goes high), and 47, 48 are 1.8 V on some modules",
        Adc1 = Reported<PinSet>("1-10", "ESP32-S3 data sheet, ADC1 channels"),
        RmtChannels = Caps(4, "RMT"),
        ChannelWords = Caps(48, "RMT_MEM_WORDS_PER_CHANNEL"),
        CounterUnits = Caps(4, "PCNT_UNITS_PER_GROUP"),
        SerialPorts = Ports(3),
        ComOne = new(43, 44),
        Debugger = Verified(DebuggerPort.Uart0UnlessUsb, Interpreter + " WireProtocol_HAL_Interface.c"),
        Deploy = new Dictionary<int, Fact<DeployRegion>>
        {
            [4] = Deploy("esp32s3", 4, 0x1B0000, 0x1F0000),
            [8] = Deploy("esp32s3", 8, 0x1B0000, 0x2E0000),
            [16] = Deploy("esp32s3", 16, 0x1B0000, 0x2E0000),
        },
        Targets =
        [
            External("ESP32_S3_OCTAL", Psram.Octal, 8 << 20, 1_048_576),
            External("ESP32_S3_QUAD", Psram.Quad, 2 << 20, 1_286_144),
        ],
        Modules =
        [
            new("ESP32-S3-WROOM-1-N4R2", 4, Psram.Quad, "33, 34"),
            new("ESP32-S3-WROOM-1-N8R2", 8, Psram.Quad, "33, 34"),
            new("ESP32-S3-WROOM-1-N16R2", 16, Psram.Quad, "33, 34"),
            new("ESP32-S3-WROOM-1-N4R8", 4, Psram.Octal, "33, 34"),
            new("ESP32-S3-WROOM-1-N8R8", 8, Psram.Octal, "33, 34"),
            new("ESP32-S3-WROOM-1-N16R8", 16, Psram.Octal, "33, 34"),
        ],
    };
}
