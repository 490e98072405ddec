using Escapement.Fit.Compile;
using Escapement.Fit.Listings;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Fit.Proof;

/// <summary>The compiled rooms as IL, resolved among each other and against the board's class libraries only.</summary>
sealed class FirmwareImage : IDisposable
{
    readonly Resolver resolver = new();

    public FirmwareImage(IEnumerable<CompiledRoom> rooms)
    {
        Rooms = rooms.Where(room => room.Compiled).Select(Load).ToList();
    }

    public IReadOnlyList<RoomIl> Rooms { get; }

    public void Dispose() => resolver.Dispose();

    RoomIl Load(CompiledRoom room)
    {
        var parameters = new ReaderParameters
        {
            AssemblyResolver = resolver,
            ReadSymbols = true,
            SymbolStream = new MemoryStream(room.Symbols),
            SymbolReaderProvider = new PortablePdbReaderProvider(),
        };
        AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(room.Image), parameters);
        resolver.Add(assembly);
        return new RoomIl(room.Room, assembly.MainModule, SourceMap.Of(room.Compilation));
    }

    sealed class Resolver : IAssemblyResolver
    {
        readonly Dictionary<string, AssemblyDefinition> loaded = [];

        public void Add(AssemblyDefinition assembly) => loaded[assembly.Name.Name] = assembly;

        public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

        public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
        {
            if (!loaded.TryGetValue(name.Name, out AssemblyDefinition? assembly))
            {
                byte[] image = ReferenceAssemblies.Board[name.Name].Image;
                assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(image), new ReaderParameters { AssemblyResolver = this });
                loaded.Add(name.Name, assembly);
            }
            return assembly;
        }

        public void Dispose()
        {
            foreach (AssemblyDefinition assembly in loaded.Values)
                assembly.Dispose();
        }
    }
}
