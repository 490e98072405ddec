using System.Reflection;
using System.Security.Cryptography;

namespace Escapement.Host;

/// <summary>The register map that this host was built from: firmware/link/device.yml, byte for byte.</summary>
public static class DeviceInterface
{
    private static readonly Lazy<byte[]> Content = new(Load);
    private static readonly Lazy<string> Hash = new(() => Convert.ToHexStringLower(SHA1.HashData(Content.Value)));

    /// <summary>The bytes of device.yml.</summary>
    public static ReadOnlySpan<byte> Yaml => Content.Value;

    /// <summary>Their SHA-1 in hexadecimal: Harp's INTERFACE_HASH, first byte first.</summary>
    public static string Sha1 => Hash.Value;

    private static byte[] Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Escapement.Host.device.yml")
            ?? throw new InvalidOperationException("device.yml is not built in.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
