using System.Reflection;

namespace Escapement.Chip.Tests;

[TestClass]
public class VendorApiTests
{
    [TestMethod]
    public void EveryVendorTypeAndMemberDeclaredIsListedWithExactlyThatSignature()
    {
        HashSet<string> listed = Listing();
        var foreign = new List<string>();
        int declared = 0;
        foreach (Type type in VendorTypes())
        {
            foreach (string line in ApiRenderer.Lines(type))
            {
                declared++;
                if (!listed.Contains(line))
                {
                    foreign.Add(line);
                }
            }
        }

        Assert.IsGreaterThan(250, declared);
        Assert.AreEqual(string.Empty, string.Join("\n", foreign));
    }

    /// <summary>Files stand in another namespace than the vendor's, because the desktop has its own under the same names.</summary>
    [TestMethod]
    [DataRow(typeof(Esp32.File))]
    [DataRow(typeof(Esp32.FileStream))]
    public void EveryMemberOfTheStandInsForFilesIsListedForTheVendorsTypeOfTheSameName(Type type)
    {
        HashSet<string> listed = Listing();
        List<string> declared = [.. ApiRenderer.Lines(type).Select(line => line.Replace("Escapement.Esp32.", "System.IO.", StringComparison.Ordinal))];
        Assert.IsGreaterThan(3, declared.Count);
        Assert.AreEqual(string.Empty, string.Join("\n", declared.Where(line => !listed.Contains(line))));
    }

    /// <summary>Modes and access are the desktop's own: the same names with the same values.</summary>
    [TestMethod]
    [DataRow(typeof(FileMode))]
    [DataRow(typeof(FileAccess))]
    public void FileModesOfTheDesktopHaveTheVendorsValues(Type type)
    {
        HashSet<string> listed = Listing();
        Assert.AreEqual(string.Empty, string.Join("\n", ApiRenderer.Lines(type).Where(line => line.StartsWith("value", StringComparison.Ordinal) && !listed.Contains(line))));
    }

    [TestMethod]
    [DataRow("System.Device.Gpio.GpioPin")]
    [DataRow("System.Device.Gpio.GpioController")]
    [DataRow("System.Device.Gpio.GpioPulseCounter")]
    [DataRow("System.Device.Gpio.PinValue")]
    [DataRow("nanoFramework.Hardware.Esp32.Rmt.TransmitterChannel")]
    [DataRow("nanoFramework.Hardware.Esp32.Rmt.TransmitterEncodedChannel")]
    [DataRow("nanoFramework.Hardware.Esp32.Rmt.TransmitChannelSettings")]
    [DataRow("nanoFramework.Hardware.Esp32.Rmt.RmtSymbols")]
    [DataRow("System.IO.Ports.SerialPort")]
    [DataRow("System.IO.Hashing.Crc32")]
    [DataRow("System.SpanByte")]
    [DataRow("nanoFramework.Runtime.Native.Power")]
    [DataRow("nanoFramework.Runtime.Native.GC")]
    [DataRow("nanoFramework.Runtime.Native.SystemInfo")]
    [DataRow("nanoFramework.Hardware.Esp32.Configuration")]
    [DataRow("nanoFramework.Hardware.Esp32.NativeMemory")]
    [DataRow("nanoFramework.Hardware.Esp32.DeviceFunction")]
    public void TypesThatTheFirmwareUsesAreComplete(string name)
    {
        // Finalizers may be left out: on the desktop one would act on a board from a foreign thread.
        IEnumerable<string> wanted = Listing().Where(l => l.Split('\t')[1] == name && !l.StartsWith("finalizer", StringComparison.Ordinal) && !l.StartsWith("hidden", StringComparison.Ordinal));
        var declared = ApiRenderer.Lines(VendorTypes().Single(t => t.FullName == name)).ToHashSet();
        Assert.AreEqual(string.Empty, string.Join("\n", wanted.Where(l => !declared.Contains(l))));
    }

    private static IEnumerable<Type> VendorTypes()
    {
        return typeof(Board).Assembly.GetExportedTypes().Where(t => !t.Namespace!.StartsWith("Escapement", StringComparison.Ordinal));
    }

    private static HashSet<string> Listing()
    {
        // Not from the source path that the compiler knows: a deterministic build writes /_/ for the root.
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "nf.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("nf.sln is not above " + AppContext.BaseDirectory);
        }

        string folder = Path.Combine(root, "tools", "fit", "api");
        string[] files = Directory.GetFiles(folder, "*.api.txt");
        Assert.IsNotEmpty(files);
        return files.SelectMany(File.ReadLines).Where(l => l.Contains('\t')).ToHashSet();
    }
}
