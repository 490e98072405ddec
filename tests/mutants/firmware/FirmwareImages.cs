using Escapement.Fit.Compile;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Escapement.Mutants.Firmware;

/// <summary>The pure rooms of the firmware, compiled optimized as the board gets them but against the desktop's libraries, with their symbols and sources.</summary>
public sealed class FirmwareImages
{
    public const string Safety = "Escapement.Safety";
    public const string Runtime = "Escapement.Runtime";

    public required IReadOnlyDictionary<string, byte[]> Images { get; init; }

    public required IReadOnlyDictionary<string, byte[]> Symbols { get; init; }

    /// <summary>By the name that the symbols give.</summary>
    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    /// <summary>In dependency order.</summary>
    public static IReadOnlyList<string> Assemblies { get; } = FirmwareRoom.All.Where(room => room.IsPure).Select(room => room.AssemblyName).ToList();

    public static FirmwareImages Compile(string root)
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        List<MetadataReference> references = trusted.Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll")
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToList();
        Dictionary<string, byte[]> images = [], symbols = [];
        Dictionary<string, string> sources = [];
        foreach (FirmwareRoom room in FirmwareRoom.All.Where(room => room.IsPure))
        {
            IReadOnlyList<SourceFile> files = SourceFile.OfRoom(root, room);
            CSharpCompilation compilation = FirmwareCompiler.Prepare(room, files, references, CompileSettings.Board);
            using MemoryStream image = new(), pdb = new();
            EmitResult result = compilation.Emit(image, pdb, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
            if (!result.Success)
                throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error)));
            images.Add(room.AssemblyName, image.ToArray());
            symbols.Add(room.AssemblyName, pdb.ToArray());
            references.Add(MetadataReference.CreateFromImage(image.ToArray()));
            foreach (SourceFile file in files)
                sources.Add(file.Name, file.Text);
        }
        return new FirmwareImages { Images = images, Symbols = symbols, Sources = sources };
    }

    /// <summary>For the worker processes, which compile nothing.</summary>
    public void Save(string folder)
    {
        foreach ((string name, byte[] image) in Images)
        {
            File.WriteAllBytes(Path.Combine(folder, name + ".dll"), image);
            File.WriteAllBytes(Path.Combine(folder, name + ".pdb"), Symbols[name]);
        }
    }

    public static FirmwareImages Load(string folder) => new()
    {
        Images = Assemblies.ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name + ".dll"))),
        Symbols = Assemblies.ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name + ".pdb"))),
        Sources = new Dictionary<string, string>(),
    };
}
