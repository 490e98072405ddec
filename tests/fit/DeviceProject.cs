using System.Xml.Linq;

namespace Escapement.Fit.Tests;

/// <summary>One assembly that a device project refers to, with the version stated (null when it states none that matters) and where it is looked for.</summary>
sealed record DeviceReference(string Name, Version? Version, string HintPath);

/// <summary>A device project (.nfproj with its packages.config), as far as these tests read it. Paths are relative to the root, with slashes.</summary>
sealed record DeviceProject(
    string Path, string AssemblyName, string OutputType, string LangVersion, IReadOnlyList<string> Sources,
    IReadOnlyList<DeviceReference> References, IReadOnlyList<string> Projects, IReadOnlyDictionary<string, string> Packages, XDocument Xml)
{
    static readonly XNamespace Ns = "http://schemas.microsoft.com/developer/msbuild/2003";

    public static DeviceProject Library { get; } = Load("firmware/device/library/Escapement.Firmware.nfproj");
    public static DeviceProject App { get; } = Load("firmware/device/app/Escapement.App.nfproj");
    public static DeviceProject Tests { get; } = Load("firmware/device/tests/Escapement.DeviceTests.nfproj");

    public static DeviceProject Of(string folder) => folder switch { "library" => Library, "app" => App, _ => Tests };

    public string Folder => Path[..Path.LastIndexOf('/')];

    /// <summary>What is linked, without the project's own AssemblyInfo.</summary>
    public IEnumerable<string> Linked => Sources.Where(source => source != Folder + "/Properties/AssemblyInfo.cs");

    static DeviceProject Load(string path)
    {
        string root = RepositoryRoot.Find();
        string folder = path[..path.LastIndexOf('/')];
        XDocument xml = XDocument.Load(System.IO.Path.Combine(root, path));
        string Property(string name) => xml.Descendants(Ns + name).Single().Value;
        IEnumerable<string> Includes(string item) => xml.Descendants(Ns + item).Select(one => Resolve(folder, (string)one.Attribute("Include")!));
        var packages = XDocument.Load(System.IO.Path.Combine(root, folder, "packages.config")).Root!.Elements("package")
            .ToDictionary(one => (string)one.Attribute("id")!, one => (string)one.Attribute("version")!);
        return new DeviceProject(path, Property("AssemblyName"), Property("OutputType"), Property("LangVersion"), Includes("Compile").ToList(),
            xml.Descendants(Ns + "Reference").Select(ToReference).ToList(), Includes("ProjectReference").ToList(), packages, xml);
    }

    static DeviceReference ToReference(XElement reference)
    {
        string[] parts = ((string)reference.Attribute("Include")!).Split(", ");
        string version = parts.Single(part => part.StartsWith("Version=", StringComparison.Ordinal))["Version=".Length..];
        return new DeviceReference(parts[0], Version.Parse(version), (string?)reference.Element(Ns + "HintPath") ?? "");
    }

    static string Resolve(string folder, string include)
    {
        var parts = new List<string>(folder.Split('/'));
        foreach (string part in include.Split('\\', '/'))
        {
            if (part == "..")
                parts.RemoveAt(parts.Count - 1);
            else
                parts.Add(part);
        }
        return string.Join('/', parts);
    }
}
