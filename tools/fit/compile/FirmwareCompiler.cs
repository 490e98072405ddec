using System.Text;
using Escapement.Fit.Listings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Escapement.Fit.Compile;

/// <summary>How a room is compiled. The board's project system optimizes and does not allow unsafe code.</summary>
public readonly record struct CompileSettings(bool Optimize, bool AllowUnsafe)
{
    public static CompileSettings Board => new(Optimize: true, AllowUnsafe: false);

    /// <summary>Keeps what the optimizer would drop, so that the proof sees every local.</summary>
    public static CompileSettings Literal => new(Optimize: false, AllowUnsafe: false);
}

/// <summary>Compiles firmware as the board's project system would: C# 9, the board's class libraries and nothing of the desktop.</summary>
public static class FirmwareCompiler
{
    static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp9, DocumentationMode.Parse);

    /// <summary>Every firmware room of a working copy, in dependency order.</summary>
    public static IReadOnlyList<CompiledRoom> CompileAll(string root, CompileSettings settings)
    {
        var done = new List<CompiledRoom>();
        foreach (FirmwareRoom room in FirmwareRoom.All)
            done.Add(Compile(room, SourceFile.OfRoom(root, room), done.Where(other => room.Rooms.Contains(other.Room.Folder)), settings));
        return done;
    }

    public static CompiledRoom Compile(
        FirmwareRoom room, IReadOnlyList<SourceFile> sources, IEnumerable<CompiledRoom> rooms, CompileSettings settings)
    {
        IEnumerable<MetadataReference> references =
            ReferenceAssemblies.Board.Closure(room.Libraries).Select(library => library.Metadata).Concat(rooms.Select(other => other.Metadata));
        return Emit(room, Prepare(room, sources, references, settings));
    }

    public static CSharpCompilation Prepare(
        FirmwareRoom room, IReadOnlyList<SourceFile> sources, IEnumerable<MetadataReference> references, CompileSettings settings)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: settings.Optimize ? OptimizationLevel.Release : OptimizationLevel.Debug,
            checkOverflow: false, allowUnsafe: settings.AllowUnsafe, deterministic: true, warningLevel: 0);
        IEnumerable<SyntaxTree> trees = sources.Select(source =>
            CSharpSyntaxTree.ParseText(SourceText.From(source.Text, Encoding.UTF8), Language, source.Name));
        return CSharpCompilation.Create(room.AssemblyName, trees, references, options);
    }

    static CompiledRoom Emit(FirmwareRoom room, CSharpCompilation compilation)
    {
        using MemoryStream image = new(), symbols = new();
        var emit = new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, runtimeMetadataVersion: "v4.0.30319");
        EmitResult result = compilation.Emit(image, symbols, options: emit);
        if (result.Success)
            return new CompiledRoom(room, image.ToArray(), symbols.ToArray(), [], compilation);
        IEnumerable<Finding> findings = result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Select(ToFinding).Distinct();
        return new CompiledRoom(room, [], [], findings.ToList(), compilation);
    }

    static Finding ToFinding(Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetLineSpan();
        string file = diagnostic.Location.IsInSource ? span.Path : "firmware";
        return new Finding(file, span.StartLinePosition.Line + 1, diagnostic.Id, diagnostic.GetMessage());
    }
}
