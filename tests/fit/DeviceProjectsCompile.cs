using Escapement.Fit.Compile;
using Escapement.Fit.Listings;
using Escapement.Fit.Proof;
using Microsoft.CodeAnalysis;
using Mono.Cecil;

namespace Escapement.Fit.Tests;

/// <summary>The three assemblies as a board gets them, out of the sources and references that the device projects list, against the listings.</summary>
[TestClass]
public class DeviceProjectsCompile
{
    static readonly Lazy<(CompiledRoom Library, CompiledRoom App, CompiledRoom Tests)> Shipped = new(() => CompileAll(CompileSettings.Board));
    static readonly Lazy<(CompiledRoom Library, CompiledRoom App, CompiledRoom Tests)> Full = new(() => CompileAll(CompileSettings.Literal));

    [TestMethod]
    public void All_three_compile_against_the_listings_alone()
    {
        foreach (CompiledRoom one in new[] { Shipped.Value.Library, Shipped.Value.App, Shipped.Value.Tests })
            Assert.IsTrue(one.Compiled, $"{one.Room.AssemblyName}:\n{string.Join("\n", one.Findings)}");
    }

    [TestMethod]
    public void Library_and_app_are_proved_like_the_rooms()
    {
        IReadOnlyList<Finding> findings =
            IlProof.Check([Shipped.Value.Library, Shipped.Value.App], [Full.Value.Library, Full.Value.App], [IlProof.SupervisorPass]);
        Assert.IsEmpty(findings, "\n" + string.Join("\n", findings));
        Assert.IsGreaterThan(100, IlProof.ReachedByPass([Shipped.Value.Library, Shipped.Value.App], [IlProof.SupervisorPass]).Count);
    }

    /// <summary>Portable tests are C# that the board takes, too: no generics, no statics that change, no clock.</summary>
    [TestMethod]
    public void Portable_tests_are_proved()
    {
        IReadOnlyList<Finding> findings =
            IlProof.Check([Shipped.Value.Library, Shipped.Value.Tests], [Full.Value.Library, Full.Value.Tests], []);
        Assert.IsEmpty(findings, "\n" + string.Join("\n", findings));
    }

    /// <summary>Each assembly referenced is loaded on the board and its native part must be in the runtime there: so what is used and what that needs, nothing else.</summary>
    [TestMethod]
    [DataRow("library")]
    [DataRow("app")]
    [DataRow("tests")]
    public void Project_refers_to_what_its_code_uses_and_to_nothing_else(string project)
    {
        CompiledRoom compiled = project switch { "library" => Shipped.Value.Library, "app" => Shipped.Value.App, _ => Shipped.Value.Tests };
        using var image = AssemblyDefinition.ReadAssembly(new MemoryStream(compiled.Image));
        IEnumerable<string> used = image.MainModule.AssemblyReferences.Select(one => one.Name).Where(name => !name.StartsWith("Escapement.", StringComparison.Ordinal));
        List<string> needed = ReferenceAssemblies.Board.Closure(used).Select(one => one.Name).ToList();
        CollectionAssert.AreEquivalent(needed, Libraries(DeviceProject.Of(project)).ToList());
    }

    static (CompiledRoom, CompiledRoom, CompiledRoom) CompileAll(CompileSettings settings)
    {
        CompiledRoom library = Compile(DeviceProject.Library, isPure: true, [], settings);
        return (library, Compile(DeviceProject.App, isPure: false, [library], settings), Compile(DeviceProject.Tests, isPure: false, [library], settings));
    }

    static CompiledRoom Compile(DeviceProject project, bool isPure, CompiledRoom[] projects, CompileSettings settings)
    {
        string root = RepositoryRoot.Find();
        var room = new FirmwareRoom(project.Folder["firmware/".Length..], project.AssemblyName, isPure, projects.Select(one => one.Room.Folder).ToList(), Libraries(project).ToList());
        List<SourceFile> sources = project.Sources.Select(name => new SourceFile(name, File.ReadAllText(Path.Combine(root, name)))).ToList();
        return FirmwareCompiler.Compile(room, sources, projects, settings);
    }

    // The launcher is the test framework's program on the board; no listing, and no source names it.
    static IEnumerable<string> Libraries(DeviceProject project) =>
        project.References.Select(one => one.Name).Where(name => name != "nanoFramework.UnitTestLauncher");
}
