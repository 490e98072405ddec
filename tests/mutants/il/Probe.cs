using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using FieldAttributes = Mono.Cecil.FieldAttributes;
using MethodAttributes = Mono.Cecil.MethodAttributes;
using TypeAttributes = Mono.Cecil.TypeAttributes;

namespace Escapement.Mutants.Il;

/// <summary>What is put into a copy: a budget that runs out, and a note of every block that ran.</summary>
sealed class Probe
{
    public const string Namespace = "Escapement.MutantProbe";

    readonly FieldDefinition hits;
    readonly MethodDefinition spend;

    Probe(FieldDefinition hits, MethodDefinition spend)
    {
        this.hits = hits;
        this.spend = spend;
    }

    public static Probe AddTo(ModuleDefinition module)
    {
        const FieldAttributes shared = FieldAttributes.Public | FieldAttributes.Static;
        var type = new TypeDefinition(Namespace, "Probe", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        var budget = new FieldDefinition("Budget", shared, module.TypeSystem.Int64);
        var hits = new FieldDefinition("Hits", shared, new ArrayType(module.TypeSystem.Byte));
        var spend = new MethodDefinition("Spend", MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Void);
        ILProcessor il = spend.Body.GetILProcessor();
        Instruction end = il.Create(OpCodes.Ret);
        foreach (Instruction instruction in new[]
        {
            il.Create(OpCodes.Ldsfld, budget), il.Create(OpCodes.Ldc_I8, 1L), il.Create(OpCodes.Sub), il.Create(OpCodes.Dup), il.Create(OpCodes.Stsfld, budget),
            il.Create(OpCodes.Ldc_I8, 0L), il.Create(OpCodes.Bge, end),
            il.Create(OpCodes.Newobj, module.ImportReference(typeof(TimeoutException).GetConstructor(Type.EmptyTypes))), il.Create(OpCodes.Throw), end,
        })
            il.Append(instruction);
        type.Fields.Add(budget);
        type.Fields.Add(hits);
        type.Methods.Add(spend);
        module.Types.Add(type);
        return new Probe(hits, spend);
    }

    /// <summary>At the method's begin and before each jump back.</summary>
    public void Spend(MethodDefinition method)
    {
        method.Body.SimplifyMacros();
        var moved = new Dictionary<Instruction, Instruction>();
        Dictionary<Instruction, int> place = method.Body.Instructions.Select((one, i) => (one, i)).ToDictionary(pair => pair.one, pair => pair.i);
        ILProcessor il = method.Body.GetILProcessor();
        foreach (Instruction at in method.Body.Instructions.ToList())
        {
            bool isBack = at.Operand is Instruction target && place[target] <= place[at];
            if (!isBack && place[at] != 0)
                continue;
            Instruction call = il.Create(OpCodes.Call, spend);
            il.InsertBefore(at, call);
            moved.Add(at, call);
        }
        // A jump back to the method's first instruction may spend twice, which does no harm.
        Body.Retarget(method.Body, moved);
    }

    /// <summary>Before each block; gives the number of the next.</summary>
    public int Note(MethodDefinition method, int next)
    {
        method.Body.SimplifyMacros();
        HashSet<Instruction> leaders = Body.Leaders(method.Body);
        var moved = new Dictionary<Instruction, Instruction>();
        ILProcessor il = method.Body.GetILProcessor();
        foreach (Instruction at in method.Body.Instructions.Where(leaders.Contains).ToList())
        {
            Instruction first = il.Create(OpCodes.Ldsfld, hits);
            il.InsertBefore(at, first);
            il.InsertBefore(at, il.Create(OpCodes.Ldc_I4, next++));
            il.InsertBefore(at, il.Create(OpCodes.Ldc_I4, 1));
            il.InsertBefore(at, il.Create(OpCodes.Stelem_I1));
            moved.Add(at, first);
        }
        Body.Retarget(method.Body, moved);
        return next;
    }

    /// <summary>The fields of a loaded copy.</summary>
    public static (FieldInfo Budget, FieldInfo Hits) Of(Assembly assembly)
    {
        Type type = assembly.GetType(Namespace + ".Probe")!;
        return (type.GetField("Budget")!, type.GetField("Hits")!);
    }
}
