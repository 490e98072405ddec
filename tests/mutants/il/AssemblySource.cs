using Escapement.Mutants.Firmware;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Mutants.Il;

/// <summary>An assembly to read as often as needed.</summary>
public sealed class AssemblySource(FirmwareImages firmware, string name)
{
    readonly Resolver resolver = new(firmware);

    public string Name => name;

    public AssemblyDefinition Read(bool symbols)
    {
        var parameters = new ReaderParameters { AssemblyResolver = resolver };
        if (symbols)
        {
            parameters.ReadSymbols = true;
            parameters.SymbolReaderProvider = new PortablePdbReaderProvider();
            parameters.SymbolStream = new MemoryStream(firmware.Symbols[name]);
        }
        return AssemblyDefinition.ReadAssembly(new MemoryStream(firmware.Images[name]), parameters);
    }

    sealed class Resolver(FirmwareImages firmware) : DefaultAssemblyResolver
    {
        readonly Dictionary<string, AssemblyDefinition> known = [];

        public override AssemblyDefinition Resolve(AssemblyNameReference reference, ReaderParameters parameters)
        {
            if (known.TryGetValue(reference.Name, out AssemblyDefinition? found))
                return found;
            found = firmware.Images.TryGetValue(reference.Name, out byte[]? image)
                ? AssemblyDefinition.ReadAssembly(new MemoryStream(image), new ReaderParameters { AssemblyResolver = this })
                : base.Resolve(reference, parameters);
            return known[reference.Name] = found;
        }
    }
}
