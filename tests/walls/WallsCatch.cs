namespace Escapement.Walls.Tests;

/// <summary>Each wall falls when it should: the real projects with one wrong reference, a source with one wrong name.</summary>
[TestClass]
public class WallsCatch
{
    [TestMethod]
    [DataRow("firmware/safety", "firmware/kernel", "firmware/safety reaches firmware/kernel")]
    [DataRow("firmware/kernel", "firmware/link", "firmware/kernel references firmware/link")]
    [DataRow("tools/rig", "firmware/link", "tools/rig references firmware/link")]
    [DataRow("tools/boards", "firmware/safety", "tools/boards references firmware/safety")]
    [DataRow("tools/host", "tools/chip", "tools/host references tools/chip")]
    [DataRow("tools/host", "tools/virtual", "tools/host reaches tools/rig")]
    [DataRow("firmware/runtime", "tools/host", "firmware/runtime reaches tools/host")]
    [DataRow("tools/cli", "tools/chip", "tools/cli references tools/chip; only")]
    public void Wrong_reference(string from, string to, string breach) =>
        AssertBreach(With(from, project => project with { References = [.. project.References, new Reference(to, IsPrivate: true)] }), breach);

    [TestMethod]
    public void Chip_that_leaks() => AssertBreach(
        With("tools/virtual", project => project with { References = project.References.Select(one => one with { IsPrivate = false }).ToList() }),
        "tools/virtual references tools/chip without PrivateAssets");

    [TestMethod]
    public void Package_in_a_pure_room() =>
        AssertBreach(With("firmware/link", project => project with { Packages = ["System.Memory"] }), "firmware/link references the package System.Memory");

    [TestMethod]
    public void Judge_that_references_anything() => AssertBreach(
        [.. Repository.Projects, new Project("tools/judge", "Escapement.Judge", [new Reference("tools/rig", false)], [])],
        "tools/judge references tools/rig");

    [TestMethod]
    [DataRow("firmware/kernel/A.cs", "class A\n{\n#if DEBUG\n#endif\n}", "(3): #if")]
    [DataRow("firmware/runtime/A.cs", "\nusing nanoFramework.Hardware.Esp32;", "(2): nanoFramework.")]
    [DataRow("firmware/link/A.cs", "using System.IO.Ports;", "(1): System.IO")]
    [DataRow("firmware/esp32/A.cs", "class A { void B() { Thread.Sleep(1); } }", "(1): Thread")]
    [DataRow("firmware/esp32/A.cs", "class A { long B => Environment.TickCount64; }", "(1): TickCount")]
    [DataRow("firmware/esp32/A.cs", "class A { bool B() { return System.IO.File.Exists(null); } }", "(1): System.IO.File")]
    [DataRow("firmware/esp32/A.cs", "using System.IO;\nclass A { bool B() { return Directory.Exists(null); } }", "(2): Directory")]
    [DataRow("tools/host/A.cs", "namespace System.IO.Ports;", "(1): namespace System")]
    [DataRow("tests/portable/A.cs", "namespace nanoFramework.TestFramework { }", "(1): namespace nanoFramework")]
    public void Wrong_name(string path, string text, string breach)
    {
        List<string> breaches = SourceWalls.Breaches(path, text).ToList();
        Assert.IsTrue(breaches.Exists(one => one.StartsWith(path + breach, StringComparison.Ordinal)), string.Join("\n", breaches));
    }

    [TestMethod]
    [DataRow("firmware/kernel/A.cs", "// nanoFramework.Hardware: Thread.Sleep and #if\n/* DateTime */ class A { string b = \"Stopwatch\"; }")]
    [DataRow("firmware/esp32/Pause.cs", "using System.Threading; class A { void B() { Thread.Sleep(1); } }")]
    [DataRow("firmware/esp32/A.cs", "using nanoFramework.Hardware.Esp32; class A { void B() { Pause.SleepMs(1); } }")]
    [DataRow("firmware/esp32/A.cs", "using System.IO;\nusing System.IO.Ports;\nclass A { bool B() { return File.Exists(null); } }")]
    [DataRow("tools/chip/A.cs", "namespace System.IO.Ports;")]
    [DataRow("tests/portable/desktop/TestFrameworkShim.cs", "namespace nanoFramework.TestFramework { }")]
    public void Right_name(string path, string text) => Assert.IsEmpty(SourceWalls.Breaches(path, text).ToList());

    static List<Project> With(string folder, Func<Project, Project> change) =>
        Repository.Projects.Select(project => project.Folder == folder ? change(project) : project).ToList();

    static void AssertBreach(IReadOnlyList<Project> projects, string breach)
    {
        IReadOnlyList<string> breaches = Walls.Breaches(projects);
        Assert.IsTrue(breaches.Any(one => one.StartsWith(breach, StringComparison.Ordinal)), $"Expected '{breach}'; found:\n{string.Join("\n", breaches)}");
    }
}
