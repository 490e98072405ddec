using System.Text.RegularExpressions;
using System.Xml.Linq;
using Escapement.Fit.Listings;

namespace Escapement.Fit.Tests;

/// <summary>The device projects list by hand what the desktop projects take by pattern; these tests keep the two the same.</summary>
[TestClass]
public class DeviceProjectsAreTheDesktops
{
    const string TestLauncher = "nanoFramework.UnitTestLauncher";

    [TestMethod]
    [DataRow("library", "firmware/kernel,firmware/safety,firmware/link,firmware/runtime", true)]
    [DataRow("app", "firmware/esp32", true)]
    [DataRow("tests", "tests/portable", false)]
    public void Linked_sources_are_those_of_the_desktop(string project, string folders, bool withSubfolders)
    {
        string root = RepositoryRoot.Find();
        List<string> desktop = folders.Split(',').SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs",
                withSubfolders ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly))
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/") && !path.Contains("/bin/")).ToList();
        List<string> device = DeviceProject.Of(project).Linked.ToList();
        string missing = string.Join("\n", desktop.Except(device).Order(StringComparer.Ordinal).Select(Line));
        Assert.IsEmpty(missing, $"{DeviceProject.Of(project).Path} lacks:\n{missing}");
        CollectionAssert.AreEquivalent(desktop, device, $"{DeviceProject.Of(project).Path} links what is not there, or twice.");
    }

    /// <summary>The desktop's esp32 room is the folder without Pause.cs; the device has it.</summary>
    [TestMethod]
    public void Pause_is_the_only_source_that_the_desktop_leaves_out()
    {
        Assert.Contains("firmware/esp32/Pause.cs", DeviceProject.App.Sources.ToList());
        foreach (string project in new[] { "kernel", "safety", "link", "runtime", "esp32" })
        {
            string path = Directory.GetFiles(Path.Combine(RepositoryRoot.Find(), "firmware", project), "*.csproj").Single();
            List<string> compile = XDocument.Load(path).Descendants("Compile").Select(one => one.ToString()).ToList();
            List<string> expected = project == "esp32" ? ["<Compile Remove=\"Pause.cs\" />"] : [];
            CollectionAssert.AreEqual(expected, compile, path);
        }
    }

    [TestMethod]
    [DataRow("library", "Escapement.Firmware", "Library")]
    [DataRow("app", "Escapement.App", "Exe")]
    [DataRow("tests", "NFUnitTest", "Library")]
    public void Project_says_what_the_boards_tools_need(string project, string assembly, string output)
    {
        DeviceProject device = DeviceProject.Of(project);
        Assert.AreEqual(assembly, device.AssemblyName);
        Assert.AreEqual(output, device.OutputType);
        Assert.AreEqual("9.0", device.LangVersion);
        Assert.DoesNotContain("ImplicitUsings", device.Xml.ToString());
        CollectionAssert.AreEqual(project == "library" ? new List<string>() : [DeviceProject.Library.Path], device.Projects.ToList());
        string[] conditions = device.Xml.Descendants().Where(one => one.Name.LocalName == "Import").Select(one => (string)one.Attribute("Condition")!).ToArray();
        Assert.AreEqual("!" + conditions[^2], conditions[^1], "The stub comes in exactly where the project system does not.");
    }

    [TestMethod]
    [DataRow("library")]
    [DataRow("app")]
    [DataRow("tests")]
    public void Versions_are_those_of_the_listings_and_every_assembly_has_its_hint_path(string project)
    {
        DeviceProject device = DeviceProject.Of(project);
        Dictionary<string, ApiListing> listings = ApiListing.LoadAll().ToDictionary(listing => listing.Name);
        var used = new HashSet<string>();
        foreach (DeviceReference reference in device.References)
        {
            bool isLauncher = reference.Name == TestLauncher;
            ApiListing listing = listings[isLauncher ? "nanoFramework.TestFramework" : reference.Name];
            string package = PackageOf(listing.Name);
            string version = listing.Version.ToString(3);
            Assert.AreEqual(isLauncher ? new Version(0, 0, 0, 0) : listing.Version, reference.Version, reference.Name);
            Assert.AreEqual(version, device.Packages.GetValueOrDefault(package), $"{device.Path}: packages.config, {package}");
            Assert.AreEqual($@"..\..\..\packages\{package}.{version}\lib\{reference.Name}{(isLauncher ? ".exe" : ".dll")}", reference.HintPath);
            used.Add(package);
        }
        CollectionAssert.AreEquivalent(used.ToList(), device.Packages.Keys.ToList(), "A package that no reference uses, or twice the same assembly.");
    }

    [TestMethod]
    public void Solution_builds_the_device_projects_and_deploys_what_a_board_runs()
    {
        string solution = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "nf.sln"));
        foreach (DeviceProject device in new[] { DeviceProject.Library, DeviceProject.App, DeviceProject.Tests })
        {
            Match entry = Regex.Match(solution, @"Project\(""\{11A8DD76-328B-46DF-9F39-F559912D0360\}""\) = ""[^""]+"", """
                + Regex.Escape(device.Path.Replace('/', '\\')) + @""", ""(\{[^}]+\})""");
            Assert.IsTrue(entry.Success, $"{device.Path} is not in nf.sln as a nanoFramework project.");
            string id = entry.Groups[1].Value;
            Assert.AreEqual(id, device.Xml.Descendants().Single(one => one.Name.LocalName == "ProjectGuid").Value);
            foreach (string configuration in new[] { "Debug|Any CPU", "Release|Any CPU" })
            {
                Assert.Contains($"{id}.{configuration}.Build.0 =", solution);
                Assert.AreEqual(device != DeviceProject.Library, solution.Contains($"{id}.{configuration}.Deploy.0 =", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>The project system has rules of its own; nothing of the desktop's may reach it.</summary>
    [TestMethod]
    public void Directory_build_files_set_nothing_for_device_projects()
    {
        string root = RepositoryRoot.Find();
        foreach (string name in new[] { "Directory.Build.props", "Directory.Build.targets" })
            foreach (string folder in new[] { "", "firmware", "firmware/device", "firmware/device/library", "firmware/device/app", "firmware/device/tests" })
            {
                string path = Path.Combine(root, folder, name);
                if (!File.Exists(path))
                    continue;
                foreach (XElement element in XDocument.Load(path).Root!.Elements().Where(one => one.Name.LocalName != "Import"))
                    Assert.Contains("'$(MSBuildProjectExtension)' == '.csproj'", (string?)element.Attribute("Condition") ?? "", $"{path}: {element.Name.LocalName}");
            }
    }

    // Assemblies and packages have the same name but for these.
    static string PackageOf(string assembly) => assembly switch
    {
        "mscorlib" => "nanoFramework.CoreLibrary",
        _ when assembly.StartsWith("nanoFramework.", StringComparison.Ordinal) => assembly,
        _ => "nanoFramework." + assembly,
    };

    static string Line(string source)
    {
        string path = source.Replace('/', '\\');
        string link = source.StartsWith("firmware/", StringComparison.Ordinal) ? path["firmware/".Length..] : Path.GetFileName(source);
        return $"    <Compile Include=\"..\\..\\..\\{path}\">\n      <Link>{link}</Link>\n    </Compile>";
    }
}
