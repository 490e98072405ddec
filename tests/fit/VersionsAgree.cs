using System.Text;
using System.Text.RegularExpressions;

namespace Escapement.Fit.Tests;

/// <summary>The release's number stands in several files, because several build systems read it; here they are held together.</summary>
[TestClass]
public class VersionsAgree
{
    private static readonly string Release = Number("Directory.Build.props", "<Version>([0-9.]+)</Version>");

    [TestMethod]
    [DataRow("library")]
    [DataRow("app")]
    [DataRow("tests")]
    public void Device_assemblies_have_the_releases_version(string project)
    {
        string file = $"firmware/device/{project}/Properties/AssemblyInfo.cs";
        Assert.AreEqual(Release + ".0", Number(file, @"AssemblyVersion\(""([0-9.]+)""\)"));
        Assert.AreEqual(Release + ".0", Number(file, @"AssemblyFileVersion\(""([0-9.]+)""\)"));
    }

    [TestMethod]
    public void The_register_map_states_its_first_two_numbers() =>
        Assert.AreEqual(Release[..Release.LastIndexOf('.')], Number("firmware/link/device.yml", @"firmwareVersion: ""([0-9.]+)"""));

    [TestMethod]
    public void The_build_mark_holds_it_until_an_image_is_made()
    {
        string source = Read("firmware/link/BuildMark.cs");
        string table = source[source.IndexOf("byte[] Mark", StringComparison.Ordinal)..source.IndexOf("};", StringComparison.Ordinal)];
        string letters = string.Concat(Regex.Matches(table, @"'(.)'|\b0\b").Select(match => match.Groups[1].Success ? match.Groups[1].Value : "\0"));
        Assert.AreEqual(24, Encoding.ASCII.GetByteCount(letters));
        Assert.AreEqual("ESCAPEMENT-BUILD" + Release.PadRight(8, '\0'), letters);
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(RepositoryRoot.Find(), path));

    private static string Number(string path, string pattern)
    {
        MatchCollection found = Regex.Matches(Read(path), pattern);
        Assert.HasCount(1, found, path);
        return found[0].Groups[1].Value;
    }
}
