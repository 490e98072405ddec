using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Runtime.Tests;

/// <summary>
/// The compiled runtime room with its supervisor's pass changed, loaded beside the real one together with a second copy of these tests, whose
/// fake board and bench then work on it.
/// </summary>
public sealed class RewrittenRuntime : AssemblyLoadContext
{
    private readonly byte[] runtime;

    private RewrittenRuntime(byte[] runtime)
        : base(isCollectible: true) => this.runtime = runtime;

    /// <summary>Changes the instructions of Supervisor.Pass, then calls a static method of a test type in the changed world.</summary>
    public static T Call<T>(Action<MethodDefinition, List<Instruction>> change, Type type, string method, params object[] arguments)
    {
        RewrittenRuntime world = new(Rewrite(change));
        try
        {
            Assembly tests = world.LoadFromAssemblyPath(typeof(RewrittenRuntime).Assembly.Location);
            return (T)tests.GetType(type.FullName!, throwOnError: true)!.GetMethod(method)!.Invoke(null, arguments)!;
        }
        finally
        {
            world.Unload();
        }
    }

    protected override Assembly? Load(AssemblyName name) => name.Name == typeof(Supervisor).Assembly.GetName().Name ? LoadFromStream(new MemoryStream(runtime)) : null;

    private static byte[] Rewrite(Action<MethodDefinition, List<Instruction>> change)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(typeof(Supervisor).Assembly.Location);
        MethodDefinition pass = assembly.MainModule.GetType(typeof(Supervisor).FullName).Methods.Single(one => one.Name == nameof(Supervisor.Pass));
        foreach (Instruction nop in pass.Body.Instructions.Where(one => one.OpCode == OpCodes.Nop).ToList())
        {
            pass.Body.Instructions.Remove(nop); // a debug build's, between the statements
        }

        change(pass, [.. pass.Body.Instructions.Where(one => one.OpCode == OpCodes.Callvirt && one.Operand is MethodReference { Name: "CheckIn", DeclaringType.Name: "Heartbeat" })]);
        using MemoryStream stream = new();
        assembly.Write(stream);
        return stream.ToArray();
    }
}
