namespace Escapement.Cli;

/// <summary>What is behind a serial port, as far as the system tells.</summary>
/// <param name="Id">Vendor and product, in hexadecimal.</param>
/// <param name="Product">What the device calls itself; empty when it does not say.</param>
public sealed record UsbDevice(string Id, string Product)
{
    private const string DebugPort = "303a:1001";

    private static readonly Dictionary<string, string> Known = new()
    {
        ["10c4:ea60"] = "CP210x bridge",
        ["1a86:7523"] = "CH340 bridge",
        ["1a86:55d3"] = "CH343 bridge",
        ["1a86:55d4"] = "CH9102 bridge",
        ["0403:6001"] = "FT232 bridge",
        ["0403:6015"] = "FT231X bridge",
        [DebugPort] = "the chip's own USB: the runtime's debugger, never the host link",
    };

    /// <summary>The USB port of the chip itself, over which the runtime's debugger talks.</summary>
    public bool IsDebugPort => Id == DebugPort;

    /// <inheritdoc/>
    public override string ToString() => Id + (Known.TryGetValue(Id, out string? known) ? $", {known}" : Product.Length > 0 ? $", {Product}" : "");

    /// <summary>From /sys on Linux: the nearest folder above the port's device that has a vendor. Null for a port that is not on USB.</summary>
    public static UsbDevice? Of(IMachine machine, string port)
    {
        string device = machine.Resolve(port) ?? port;
        string name = device[(device.LastIndexOf('/') + 1)..];
        string? folder = machine.Resolve($"/sys/class/tty/{name}/device");
        for (int depth = 0; depth < 6 && folder is { Length: > 1 }; depth++)
        {
            if (machine.ReadText(folder + "/idVendor") is { } vendor && machine.ReadText(folder + "/idProduct") is { } product)
            {
                return new UsbDevice($"{vendor}:{product}", machine.ReadText(folder + "/product") ?? "");
            }

            folder = folder[..folder.LastIndexOf('/')];
        }

        return null;
    }
}
