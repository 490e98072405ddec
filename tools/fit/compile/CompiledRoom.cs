using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Escapement.Fit.Compile;

/// <summary>What became of one room: its assembly and symbols (both empty when it did not compile), or the reasons why there are none.</summary>
public sealed record CompiledRoom(
    FirmwareRoom Room, byte[] Image, byte[] Symbols, IReadOnlyList<Finding> Findings, CSharpCompilation Compilation)
{
    public bool Compiled => Image.Length > 0;

    public MetadataReference Metadata { get; } =
        Image.Length > 0 ? MetadataReference.CreateFromImage(Image) : Compilation.ToMetadataReference();
}
