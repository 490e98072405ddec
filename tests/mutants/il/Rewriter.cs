using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Escapement.Mutants.Il;

/// <summary>Writes changed copies of an assembly.</summary>
public static class Rewriter
{
    /// <summary>A reference binds to what has its version or a later one.</summary>
    static readonly Version AboveAnyReference = new(999, 0, 0, 0);

    /// <summary>The copy with one change (or none); every method and every jump back counts against a budget, so that nothing loops for ever.</summary>
    public static byte[] Change(AssemblySource source, Mutant? mutant)
    {
        using AssemblyDefinition assembly = source.Read(symbols: false);
        if (mutant != null)
        {
            MethodDefinition method = Methods(assembly.MainModule).Single(one => one.FullName == mutant.Method);
            method.Body.SimplifyMacros();
            Operators.Apply(method.Body, method.Body.Instructions[mutant.Index], mutant.Operator, mutant.Change);
        }
        Probe probe = Probe.AddTo(assembly.MainModule);
        foreach (MethodDefinition method in Methods(assembly.MainModule))
            probe.Spend(method);
        return Write(assembly);
    }

    /// <summary>The copy that notes which blocks ran. A mutant's block is found by <see cref="BlockOf"/>.</summary>
    public static byte[] Cover(AssemblySource source, out int blocks)
    {
        using AssemblyDefinition assembly = source.Read(symbols: false);
        Probe probe = Probe.AddTo(assembly.MainModule);
        blocks = 0;
        foreach (MethodDefinition method in Methods(assembly.MainModule))
        {
            blocks = probe.Note(method, blocks);
            probe.Spend(method);
        }
        return Write(assembly);
    }

    /// <summary>The same code under a version that every reference accepts.</summary>
    public static byte[] Copy(AssemblySource source)
    {
        using AssemblyDefinition assembly = source.Read(symbols: false);
        return Write(assembly);
    }

    /// <summary>Number of the block that each instruction of a method belongs to, as <see cref="Cover"/> counts.</summary>
    public static IReadOnlyDictionary<string, int[]> BlockOf(AssemblySource source)
    {
        using AssemblyDefinition assembly = source.Read(symbols: false);
        var result = new Dictionary<string, int[]>();
        int next = 0;
        foreach (MethodDefinition method in Methods(assembly.MainModule))
        {
            method.Body.SimplifyMacros();
            HashSet<Instruction> leaders = Body.Leaders(method.Body);
            result[method.FullName] = method.Body.Instructions.Select(one => leaders.Contains(one) ? next++ : next - 1).ToArray();
        }
        return result;
    }

    /// <summary>For each type what its initializer calls, however far away.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> Initializers(AssemblySource source)
    {
        using AssemblyDefinition assembly = source.Read(symbols: false);
        Dictionary<string, MethodDefinition> methods = Methods(assembly.MainModule).ToDictionary(one => one.FullName);
        var result = new Dictionary<string, HashSet<string>>();
        foreach (MethodDefinition initializer in methods.Values.Where(one => one.IsConstructor && one.IsStatic))
        {
            var reached = new HashSet<string>();
            var open = new Stack<MethodDefinition>([initializer]);
            while (open.TryPop(out MethodDefinition? method))
                if (reached.Add(method.FullName))
                    foreach (MethodReference called in method.Body.Instructions.Select(one => one.Operand).OfType<MethodReference>())
                        if (methods.TryGetValue(called.FullName, out MethodDefinition? next))
                            open.Push(next);
            result.Add(initializer.DeclaringType.FullName, reached);
        }
        return result;
    }

    public static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) =>
        module.GetTypes().Where(type => type.Namespace != Probe.Namespace).SelectMany(type => type.Methods).Where(method => method.HasBody);

    static byte[] Write(AssemblyDefinition assembly)
    {
        foreach (MethodDefinition method in Methods(assembly.MainModule))
        {
            method.Body.SimplifyMacros();
            method.Body.OptimizeMacros();
        }
        assembly.Name.Version = AboveAnyReference;
        using var stream = new MemoryStream();
        assembly.Write(stream);
        return stream.ToArray();
    }
}
