using Escapement.Fit.Compile;

namespace Escapement.Fit.Tests;

/// <summary>The real firmware, compiled once for all tests of this process.</summary>
static class Firmware
{
    static readonly Lazy<IReadOnlyList<CompiledRoom>> Compiled =
        new(() => FirmwareCompiler.CompileAll(RepositoryRoot.Find(), CompileSettings.Board));

    public static IReadOnlyList<CompiledRoom> Rooms => Compiled.Value;

    public static CompiledRoom Room(string folder) => Rooms.Single(room => room.Room.Folder == folder);
}
