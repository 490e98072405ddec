using System.Reflection;
using System.Runtime.Loader;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;

namespace Escapement.Mutants.Running;

/// <summary>What stands beside a changed assembly: rooms that do not refer to it are loaded once, those that do and the suites anew for each mutant.</summary>
public sealed class Neighbours
{
    readonly Dictionary<string, byte[]> own = [];
    readonly SharedContext shared = new();

    public Neighbours(FirmwareImages firmware, string changed)
    {
        foreach (string name in FirmwareImages.Assemblies.Where(name => name != changed))
        {
            byte[] copy = Rewriter.Copy(new AssemblySource(firmware, name));
            bool refersToIt = name == FirmwareImages.Runtime;
            (refersToIt ? own : shared.Images).Add(name, copy);
        }
        foreach (string path in Running.Suites.For(changed))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            own.Add(name, File.ReadAllBytes(path));
            Suites.Add(name);
        }
    }

    public List<string> Suites { get; } = [];

    public byte[]? Own(string name) => own.GetValueOrDefault(name);

    public Assembly? Shared(string name) => shared.Images.ContainsKey(name) ? shared.LoadFromAssemblyName(new AssemblyName(name)) : null;

    sealed class SharedContext() : AssemblyLoadContext("neighbours")
    {
        public Dictionary<string, byte[]> Images { get; } = [];

        protected override Assembly? Load(AssemblyName name) => Images.TryGetValue(name.Name!, out byte[]? image) ? LoadFromStream(new MemoryStream(image)) : null;
    }
}
