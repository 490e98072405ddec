using System.Security.Cryptography;
using System.Text;

namespace Escapement.Fit.Registers;

/// <summary>Keeps the firmware's register constants and docs/registers.md in step with device.yml.</summary>
public sealed class RegisterGenerator
{
    public const string DevicePath = "firmware/link/device.yml";
    public const string SourcePath = "firmware/link/Registers.g.cs";
    public const string PagePath = "docs/registers.md";

    private readonly string _root;

    /// <param name="root">The repository's folder.</param>
    public RegisterGenerator(string root)
    {
        _root = root;
        // The hash is over the committed bytes, so a checkout that turned the line ends must not change it.
        string text = File.ReadAllText(Path.Combine(root, DevicePath)).Replace("\r\n", "\n");
        InterfaceHash = SHA1.HashData(Encoding.UTF8.GetBytes(text)).Reverse().ToArray();
        Device = DeviceFile.Parse(text);
        Registers = CoreRegisters.All.Concat(Device.Registers.OrderBy(r => r.Address)).ToList();
        Source = RegisterSource.Write(Device, Registers, InterfaceHash);
        Page = RegisterPage.Write(Device, Registers, InterfaceHash);
    }

    public DeviceFile Device { get; }

    /// <summary>Core and application registers, by rising address.</summary>
    public IReadOnlyList<Register> Registers { get; }

    /// <summary>SHA-1 of device.yml, last byte first: Harp's "byte-order is little-endian".</summary>
    public byte[] InterfaceHash { get; }

    public string Source { get; }

    public string Page { get; }

    public void Write()
    {
        File.WriteAllText(Path.Combine(_root, SourcePath), Source);
        Directory.CreateDirectory(Path.Combine(_root, "docs"));
        File.WriteAllText(Path.Combine(_root, PagePath), Page);
    }

    /// <summary>The files that are not what device.yml asks for; none when all is well.</summary>
    public IReadOnlyList<string> Stale() =>
        new[] { (SourcePath, Source), (PagePath, Page) }.Where(f => !Matches(f.Item1, f.Item2)).Select(f => f.Item1).ToList();

    /// <summary>The verb `registers`: writes both files, or only compares with --check. Returns the exit code.</summary>
    public static int Run(string root, bool check, TextWriter output, TextWriter error)
    {
        var generator = new RegisterGenerator(root);
        if (!check)
        {
            generator.Write();
            output.WriteLine($"Wrote {SourcePath} and {PagePath}: {generator.Registers.Count} registers.");
            return 0;
        }

        var stale = generator.Stale();
        foreach (string path in stale)
        {
            error.WriteLine($"{path} does not fit {DevicePath}; run: dotnet run --project tools/fit -- registers");
        }

        return stale.Count == 0 ? 0 : 1;
    }

    private bool Matches(string path, string expected)
    {
        string full = Path.Combine(_root, path);
        return File.Exists(full) && File.ReadAllText(full).Replace("\r\n", "\n") == expected;
    }
}
