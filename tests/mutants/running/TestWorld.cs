using System.Reflection;
using System.Runtime.Loader;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;

namespace Escapement.Mutants.Running;

/// <summary>The firmware with one assembly changed, and the suites bound to it, beside what this process runs on.</summary>
public sealed class TestWorld : IDisposable
{
    readonly Context context;
    readonly FieldInfo budget;
    readonly FieldInfo hits;

    public TestWorld(Neighbours neighbours, string changed, byte[] image)
    {
        context = new Context(neighbours, changed, image);
        Assembly loaded = context.LoadFromAssemblyName(new AssemblyName(changed));
        (budget, hits) = Probe.Of(loaded);
        Budget = long.MaxValue;
        Hits = [];
        Tests = neighbours.Suites.SelectMany(suite => TestCatalog.Of(context.LoadFromAssemblyName(new AssemblyName(suite)))).ToDictionary(test => test.Name);
    }

    public IReadOnlyDictionary<string, TestCase> Tests { get; }

    /// <summary>Calls and jumps back left to the changed assembly.</summary>
    public long Budget
    {
        get => (long)budget.GetValue(null)!;
        set => budget.SetValue(null, value);
    }

    public byte[] Hits
    {
        get => (byte[])hits.GetValue(null)!;
        set => hits.SetValue(null, value);
    }

    public void Dispose() => context.Unload();

    sealed class Context(Neighbours neighbours, string changed, byte[] image) : AssemblyLoadContext("mutant", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name == changed)
                return LoadFromStream(new MemoryStream(image));
            if (neighbours.Shared(name.Name!) is { } shared)
                return shared;
            return neighbours.Own(name.Name!) is { } own ? LoadFromStream(new MemoryStream(own)) : null;
        }
    }
}
