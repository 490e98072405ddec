using Escapement.Fit.Compile;

namespace Escapement.Fit.Tests;

/// <summary>The real firmware, compiled once for all tests of this process.</summary>
static class Firmware
{
    static readonly Lazy<IReadOnlyList<CompiledRoom>> Shipped = new(() => FirmwareCompiler.CompileAll(RepositoryRoot.Find(), CompileSettings.Board));
    static readonly Lazy<IReadOnlyList<CompiledRoom>> Full = new(() => FirmwareCompiler.CompileAll(RepositoryRoot.Find(), CompileSettings.Literal));

    /// <summary>Optimized, as the board gets it.</summary>
    public static IReadOnlyList<CompiledRoom> Rooms => Shipped.Value;

    /// <summary>Not optimized.</summary>
    public static IReadOnlyList<CompiledRoom> Literal => Full.Value;

    public static CompiledRoom Room(string folder) => Rooms.Single(room => room.Room.Folder == folder);
}
