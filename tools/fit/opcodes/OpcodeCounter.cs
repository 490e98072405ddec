using System.Reflection;
using System.Runtime.Loader;
using Escapement.Fit.Compile;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace Escapement.Fit.Opcodes;

/// <summary>
/// Counts the IL instructions that code executes, by running an instrumented copy of it: the figure that an interpreted
/// board pays for. One thread at a time. What library methods do inside is not counted: on the board they are native.
/// </summary>
public sealed class OpcodeCounter : IDisposable
{
    const string CounterName = "Escapement.OpcodeCount";

    /// <summary>A reference binds to what has its version or a later one.</summary>
    static readonly Version AboveAnyReference = new(999, 0, 0, 0);

    readonly AssemblyLoadContext context = new(CounterName, isCollectible: true);
    readonly FieldInfo count;
    readonly List<System.Reflection.Assembly> assemblies = [];

    OpcodeCounter(IReadOnlyList<byte[]> images, Func<AssemblyNameReference, byte[]?> neighbours)
    {
        using AssemblyDefinition counter = MakeCounter();
        System.Reflection.Assembly loaded = Load(counter);
        count = loaded.GetType($"{CounterName}.Tally")!.GetField("Count")!;
        using var resolver = new Resolver(neighbours);
        var instrumenter = new Instrumenter(counter.MainModule.GetType($"{CounterName}.Tally").Fields[0]);
        foreach (byte[] image in images)
        {
            using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(
                new MemoryStream(image), new ReaderParameters { AssemblyResolver = resolver });
            instrumenter.Instrument(assembly.MainModule);
            assembly.Name.Version = AboveAnyReference;
            assemblies.Add(Load(assembly));
        }
    }

    /// <summary>The instrumented assemblies, in the order given. Types of these, not of the originals, are counted.</summary>
    public IReadOnlyList<System.Reflection.Assembly> Assemblies => assemblies;

    /// <summary>Instrumented copies of built assemblies; give those that refer to others after the others.</summary>
    public static OpcodeCounter Instrument(IEnumerable<string> dllPaths)
    {
        List<string> paths = dllPaths.ToList();
        return new OpcodeCounter(paths.Select(File.ReadAllBytes).ToList(), name =>
            paths.Select(path => Path.Combine(Path.GetDirectoryName(path)!, name.Name + ".dll")).Where(File.Exists).Select(File.ReadAllBytes).FirstOrDefault());
    }

    /// <summary>Instrumented copies of images in memory.</summary>
    public static OpcodeCounter Instrument(IReadOnlyList<byte[]> images) => new(images, _ => null);

    /// <summary>
    /// The pure rooms of a working copy, compiled optimized as the board gets them but against the desktop's libraries,
    /// so that they run here whatever configuration was built.
    /// </summary>
    public static OpcodeCounter InstrumentFirmware(string root) => Instrument(CompileForDesktop(root, null));

    /// <summary>
    /// All of the firmware, the esp32 room too, against an assembly that declares the vendor's types. That one is not
    /// counted: on the board it is native, or the vendor's. Pause.cs is left out as in the desktop build.
    /// </summary>
    public static OpcodeCounter InstrumentFirmware(string root, string vendorDll) =>
        new(CompileForDesktop(root, vendorDll), name => name.Name == Path.GetFileNameWithoutExtension(vendorDll) ? File.ReadAllBytes(vendorDll) : null);

    /// <summary>
    /// Loads an assembly that was compiled against the originals beside the instrumented copies, not counted itself: its
    /// references bind to the copies. That is how code that drives the firmware, or stands behind its ports, stays typed.
    /// Load what it refers to first where that knows the firmware too.
    /// </summary>
    public System.Reflection.Assembly LoadAlongside(string dllPath) => LoadAlongside(File.ReadAllBytes(dllPath));

    public System.Reflection.Assembly LoadAlongside(byte[] image) => context.LoadFromStream(new MemoryStream(image));

    /// <summary>Sets the count to zero.</summary>
    public void Reset() => count.SetValue(null, 0L);

    /// <summary>Instructions executed since the last <see cref="Reset"/>.</summary>
    public long Read() => (long)count.GetValue(null)!;

    /// <summary>Instructions executed by one call of a delegate into the instrumented assemblies.</summary>
    public long Count(Action action)
    {
        Reset();
        action();
        return Read();
    }

    /// <summary>A type of the instrumented assemblies.</summary>
    public Type Type(string fullName) =>
        assemblies.Select(assembly => assembly.GetType(fullName)).FirstOrDefault(type => type != null)
        ?? throw new ArgumentException($"No instrumented assembly has a type {fullName}.", nameof(fullName));

    public void Dispose() => context.Unload();

    static List<byte[]> CompileForDesktop(string root, string? vendorDll)
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var desktop = trusted.Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll")
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToList();
        var images = new List<byte[]>();
        var rooms = new List<MetadataReference>();
        if (vendorDll != null)
            desktop.Add(MetadataReference.CreateFromFile(vendorDll));
        foreach (FirmwareRoom room in FirmwareRoom.All.Where(room => room.IsPure || vendorDll != null))
        {
            IReadOnlyList<SourceFile> sources = SourceFile.OfRoom(root, room).Where(source => !source.Name.EndsWith("/Pause.cs")).ToList();
            using var image = new MemoryStream();
            CSharpCompilation compilation = FirmwareCompiler.Prepare(room, sources, desktop.Concat(rooms), CompileSettings.Board);
            var result = compilation.Emit(image);
            if (!result.Success)
                throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error)));
            images.Add(image.ToArray());
            rooms.Add(MetadataReference.CreateFromImage(image.ToArray()));
        }
        return images;
    }

    System.Reflection.Assembly Load(AssemblyDefinition assembly)
    {
        using var stream = new MemoryStream();
        assembly.Write(stream);
        stream.Position = 0;
        return context.LoadFromStream(stream);
    }

    static AssemblyDefinition MakeCounter()
    {
        var assembly = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition(CounterName, new Version(1, 0)), CounterName, ModuleKind.Dll);
        ModuleDefinition module = assembly.MainModule;
        var tally = new TypeDefinition(CounterName, "Tally",
            Mono.Cecil.TypeAttributes.Public | Mono.Cecil.TypeAttributes.Abstract | Mono.Cecil.TypeAttributes.Sealed, module.ImportReference(typeof(object)));
        tally.Fields.Add(new FieldDefinition("Count",
            Mono.Cecil.FieldAttributes.Public | Mono.Cecil.FieldAttributes.Static, module.ImportReference(typeof(long))));
        module.Types.Add(tally);
        return assembly;
    }

    /// <summary>Writing IL asks for few types of other assemblies; the neighbours of the dlls and the desktop's own have them.</summary>
    sealed class Resolver(Func<AssemblyNameReference, byte[]?> neighbours) : DefaultAssemblyResolver
    {
        public override AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
        {
            if (neighbours(name) is { } image)
                return AssemblyDefinition.ReadAssembly(new MemoryStream(image), new ReaderParameters { AssemblyResolver = this });
            return base.Resolve(name, parameters);
        }
    }
}
