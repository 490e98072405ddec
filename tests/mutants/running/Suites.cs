using Escapement.Mutants.Firmware;

namespace Escapement.Mutants.Running;

/// <summary>The built test assemblies that are to kill mutants.</summary>
public static class Suites
{
    /// <summary>A room is to be held by its own tests: whole sessions kill little more of the safety room and take ten times as long.</summary>
    static string[] Rooms(string assembly) => assembly == FirmwareImages.Safety ? ["portable", "safety"] : ["runtime"];

    /// <summary>Paths of the suites that are to hold an assembly, beside this one in the configuration that this one was built in.</summary>
    public static IReadOnlyList<string> For(string assembly) =>
        Rooms(assembly).Select(PathOf).ToList();

    static string PathOf(string room)
    {
        DirectoryInfo target = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        DirectoryInfo configuration = target.Parent!;
        string tests = configuration.Parent!.Parent!.Parent!.FullName;
        string name = $"Escapement.{char.ToUpperInvariant(room[0])}{room[1..]}.Tests.dll";
        string path = Path.Combine(tests, room, "bin", configuration.Name, target.Name, name);
        return File.Exists(path) ? path : throw new FileNotFoundException("Build tests/mutants: it builds the suites that it runs.", path);
    }
}
