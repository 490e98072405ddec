namespace Escapement.Fit.Compile;

/// <summary>One firmware folder as the board gets it: its assembly, the rooms and the class libraries it may use.
/// The pure ones (kernel, safety, link, runtime) get no class library but mscorlib.</summary>
public sealed record FirmwareRoom(
    string Folder, string AssemblyName, bool IsPure, IReadOnlyList<string> Rooms, IReadOnlyList<string> Libraries)
{
    static readonly string[] OnlyCore = ["mscorlib"];

    /// <summary>The packages of the device project; what these refer to comes with them.</summary>
    static readonly string[] BoardPackages =
    [
        "mscorlib", "nanoFramework.Hardware.Esp32", "nanoFramework.Hardware.Esp32.Rmt", "System.Device.Gpio", "System.Device.Adc",
        "System.IO.Ports", "nanoFramework.System.IO.Hashing", "System.IO.FileSystem", "nanoFramework.Runtime.Native",
    ];

    public static FirmwareRoom Kernel { get; } = new("kernel", "Escapement.Kernel", true, [], OnlyCore);
    public static FirmwareRoom Safety { get; } = new("safety", "Escapement.Safety", true, [], OnlyCore);
    public static FirmwareRoom Link { get; } = new("link", "Escapement.Link", true, [], OnlyCore);
    public static FirmwareRoom Runtime { get; } = new("runtime", "Escapement.Runtime", true, ["kernel", "safety", "link"], OnlyCore);
    public static FirmwareRoom Esp32 { get; } =
        new("esp32", "Escapement.Esp32", false, ["kernel", "safety", "link", "runtime"], BoardPackages);

    /// <summary>In dependency order.</summary>
    public static IReadOnlyList<FirmwareRoom> All { get; } = [Kernel, Safety, Link, Runtime, Esp32];
}
