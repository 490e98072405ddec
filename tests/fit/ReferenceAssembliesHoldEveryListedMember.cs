using Escapement.Fit.Listings;
using Mono.Cecil;

namespace Escapement.Fit.Tests;

[TestClass]
public class ReferenceAssembliesHoldEveryListedMember
{
    public static IEnumerable<object[]> Assemblies => ReferenceAssemblies.Board.All.Select(one => new object[] { one.Name });

    [TestMethod]
    public void All_18_class_libraries_are_there_and_mscorlib_is_first()
    {
        Assert.HasCount(18, ReferenceAssemblies.Board.All);
        Assert.AreEqual("mscorlib", ReferenceAssemblies.Board.All[0].Name);
    }

    /// <summary>Counted from the compiled metadata, independently of how the sources were written.</summary>
    [TestMethod]
    [DynamicData(nameof(Assemblies))]
    public void Counts_of_the_listing_are_the_counts_of_the_assembly(string name)
    {
        ReferenceAssembly assembly = ReferenceAssemblies.Board[name];
        ILookup<string, ApiLine> listed = assembly.Listing.Lines.ToLookup(line => line.Kind);
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(assembly.Image));
        Assert.AreEqual(Listed(listed), Counted(module));
    }

    /// <summary>
    /// A listing that lost a line would still agree with the assembly made from it. These are public and protected types, fields and methods
    /// (accessors are methods), counted once in assemblies built from the class libraries' own sources at these versions, where every entry was compared
    /// by its full name too. Not so Rmt and Stopwatch, of whose versions no sources were to be had: those two are the listing's own figures.
    /// </summary>
    [TestMethod]
    [DataRow("mscorlib", 1251)]
    [DataRow("nanoFramework.Hardware.Esp32", 438)]
    [DataRow("nanoFramework.Hardware.Esp32.Rmt", 152)]
    [DataRow("nanoFramework.Runtime.Events", 70)]
    [DataRow("nanoFramework.Runtime.Native", 44)]
    [DataRow("nanoFramework.System.Collections", 67)]
    [DataRow("nanoFramework.System.IO.Hashing", 8)]
    [DataRow("nanoFramework.System.Text", 63)]
    [DataRow("nanoFramework.TestFramework", 118)]
    [DataRow("System.Device.Adc", 32)]
    [DataRow("System.Device.Gpio", 85)]
    [DataRow("System.Device.Pwm", 15)]
    [DataRow("System.Diagnostics.Stopwatch", 18)]
    [DataRow("System.IO.FileSystem", 224)]
    [DataRow("System.IO.Ports", 79)]
    [DataRow("System.IO.Streams", 123)]
    [DataRow("System.Math", 39)]
    [DataRow("System.Threading", 34)]
    public void Public_entries_are_as_many_as_in_the_class_library(string name, int entries)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(ReferenceAssemblies.Board[name].Image));
        Assert.AreEqual(entries, module.GetTypes().Where(IsSeen).Sum(type =>
            1 + type.Fields.Count(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
            + type.Methods.Count(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)));
    }

    static bool IsSeen(TypeDefinition type) => type.DeclaringType is null
        ? type.IsPublic
        : (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly) && IsSeen(type.DeclaringType);

    [TestMethod]
    [DynamicData(nameof(Assemblies))]
    public void Identity_is_that_of_the_listing(string name)
    {
        ReferenceAssembly assembly = ReferenceAssemblies.Board[name];
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(assembly.Image));
        Assert.AreEqual(assembly.Listing.Version, module.Assembly.Name.Version);
        CollectionAssert.AreEqual(assembly.Listing.PublicKey ?? [], module.Assembly.Name.PublicKey ?? []);
        foreach (AssemblyNameReference reference in module.AssemblyReferences)
            Assert.Contains(reference.Name, assembly.Listing.References, $"{name} refers to {reference.Name}");
    }

    static string Listed(ILookup<string, ApiLine> listed) => Text(
        listed["type"].Count(), listed["value"].Count(), listed["field"].Count(), listed["ctor"].Count() + listed["hidden-ctor"].Count(),
        listed["property"].Count(), listed["event"].Count(), listed["method"].Count(), listed["operator"].Count(), listed["explicit"].Count());

    static string Counted(ModuleDefinition module)
    {
        var types = module.GetTypes().Where(type => type.IsPublic || type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly).ToList();
        bool IsDelegate(TypeDefinition type) => type.BaseType?.FullName == "System.MulticastDelegate";
        var members = types.Where(type => !IsDelegate(type)).ToList();
        var methods = members.SelectMany(type => type.Methods).ToList();
        var constructors = methods.Where(m => m.IsConstructor && !m.IsStatic).Count(m => m.DeclaringType.IsClass && !m.DeclaringType.IsEnum);
        bool IsExplicit(MethodDefinition m) => m.IsPrivate && m.Name.Contains('.') && !m.IsConstructor;
        return Text(
            types.Count,
            members.Where(type => type.IsEnum).SelectMany(type => type.Fields).Count(field => field.IsLiteral),
            members.Where(type => !type.IsEnum).SelectMany(type => type.Fields).Count(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly),
            constructors,
            members.SelectMany(type => type.Properties).Count(property => !property.Name.Contains('.')),
            members.SelectMany(type => type.Events).Count(),
            methods.Count(m => !m.IsSpecialName && !IsExplicit(m)),
            methods.Count(m => m.Name.StartsWith("op_", StringComparison.Ordinal)),
            methods.Count(m => IsExplicit(m) && !m.IsSpecialName) + members.SelectMany(type => type.Properties).Count(p => p.Name.Contains('.')));
    }

    static string Text(int types, int values, int fields, int constructors, int properties, int events, int methods, int operators, int explicits) =>
        $"types {types}, values {values}, fields {fields}, constructors {constructors}, properties {properties}, events {events}, "
        + $"methods {methods}, operators {operators}, explicit {explicits}";
}
