using System.Text;

namespace Escapement.Host.Tests;

/// <summary>The assemblies of a firmware, small, with the names and versions that the app's project file pins and a build mark in the library.</summary>
internal sealed class WholeProgram
{
    private readonly Dictionary<string, PeBytes> parts = new(StringComparer.Ordinal);

    public WholeProgram()
    {
        foreach ((string name, Version version) in PinnedAssemblies.Versions)
        {
            var part = new PeBytes(name, version.ToString()) { Code = Encoding.ASCII.GetBytes("code of " + name) };
            parts.Add(name, name == "mscorlib" ? part : part.Needs("mscorlib", "1.17.11.0"));
        }

        foreach (string name in PinnedAssemblies.Versions.Keys.Where(name => name is not ("mscorlib" or "Escapement.App")))
        {
            Part("Escapement.App").Needs(name, PinnedAssemblies.Versions[name].ToString());
        }

        // As the packages do: compiled against an older build of the same minor version.
        Part("System.Device.Gpio").Needs("nanoFramework.Runtime.Events", "1.11.30.0");
        Part("Escapement.Firmware").Code = Marked("0.1.0\0\0\0");
    }

    public PeBytes Part(string name) => parts[name];

    public void Remove(string name) => parts.Remove(name);

    public void Replace(PeBytes part) => parts[part.Name] = part;

    public IEnumerable<PeFile> Files() => parts.Values.Select(part => PeFile.Read(part.Name + ".pe", part.Make()));

    public void WriteTo(string folder)
    {
        foreach (PeBytes part in parts.Values)
        {
            File.WriteAllBytes(Path.Combine(folder, part.Name + ".pe"), part.Make());
        }
    }

    public static byte[] Marked(string tag) => Encoding.ASCII.GetBytes("some code, ESCAPEMENT-BUILD" + tag + " more");
}
