namespace Escapement.Boards;

/// <summary>The chips that board files can name.</summary>
public static class Chips
{
    internal const string Interpreter = "nf-interpreter a3e8139a1";
    internal const string Idf = "ESP-IDF v5.5.4";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Chip> All { get; } = [Esp32.Chip, Esp32S2.Chip, Esp32S3.Chip, Esp32C3.Chip, Esp32C6.Chip, Esp32H2.Chip];

    /// <summary>The chip of a name, or null.</summary>
    public static Chip? Find(string? name) => All.FirstOrDefault(chip => chip.Name == name);

    internal static Fact<T> Verified<T>(T value, string source) => new(value, Evidence.Verified, source);

    internal static Fact<T> Reported<T>(T value, string source) => new(value, Evidence.Reported, source);

    internal static Fact<T> Inferred<T>(T value, string source) => new(value, Evidence.Inferred, source);

    internal static Fact<PinSet> Gpios(string pins) => Reported<PinSet>(pins, Idf + " docs, GPIO summary");

    internal static PinGroup Group(PinRole role, string pins, string why) => new(role, pins, why, Evidence.Reported, Idf + " docs, GPIO summary");

    internal static Fact<int> Caps(int value, string name) => Verified(value, $"{Idf} soc_caps.h, {name}");

    internal static Fact<int> Ports(int value) => Verified(value, Idf + " soc_caps.h, UART_HP_NUM");

    internal static Fact<DeployRegion> Deploy(string chip, int flashMb, long address, long bytes) =>
        Verified(new DeployRegion(address, bytes), $"{Interpreter} targets/ESP32/_IDF/{chip}/partitions_nanoclr_{flashMb}mb.csv");

    /// <summary>An image for modules without PSRAM: the figures are what one such board showed.</summary>
    internal static Target Internal(string name, long managed, long native) => new(
        name,
        Psram.None,
        Inferred(managed, "free internal memory less the native reserve (" + Interpreter + " Memory.cpp); 99,504 bytes were reported for ESP32_REV0, Home#1095"),
        Inferred(native, "the native reserve (" + Interpreter + " Memory.cpp) before radio and drivers take their share"));

    /// <summary>An image that puts the managed heap into PSRAM, all but a reserve.</summary>
    internal static Target External(string name, Psram psram, long psramBytes, long reserve) => new(
        name,
        psram,
        Verified(psramBytes - reserve, $"largest PSRAM block less a reserve of {reserve} bytes ({Interpreter} Memory.cpp, defconfig/{name}_defconfig)"),
        Verified(reserve, $"the PSRAM reserve ({Interpreter} defconfig/{name}_defconfig)"));
}
