using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Escapement.Fit.Opcodes;

/// <summary>
/// Adds to every basic block the number of its instructions. Blocks also end after a call, so that a callee that reads
/// the counter sees exactly what ran before it, the call included.
/// </summary>
sealed class Instrumenter(FieldReference counter)
{
    public void Instrument(ModuleDefinition module)
    {
        FieldReference imported = module.ImportReference(counter);
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
            Instrument(method.Body, imported);
    }

    static void Instrument(MethodBody body, FieldReference imported)
    {
        body.SimplifyMacros();
        List<List<Instruction>> blocks = Blocks(body);
        ILProcessor il = body.GetILProcessor();
        var moved = new Dictionary<Instruction, Instruction>();
        foreach (List<Instruction> block in blocks)
        {
            Instruction start = il.Create(OpCodes.Ldsfld, imported);
            il.InsertBefore(block[0], start);
            il.InsertBefore(block[0], il.Create(OpCodes.Ldc_I8, (long)block.Count));
            il.InsertBefore(block[0], il.Create(OpCodes.Add));
            il.InsertBefore(block[0], il.Create(OpCodes.Stsfld, imported));
            moved.Add(block[0], start);
        }
        Retarget(body, moved);
        body.OptimizeMacros();
    }

    static List<List<Instruction>> Blocks(MethodBody body)
    {
        HashSet<Instruction> leaders = Leaders(body);
        var blocks = new List<List<Instruction>>();
        foreach (Instruction instruction in body.Instructions)
        {
            if (blocks.Count == 0 || leaders.Contains(instruction))
                blocks.Add([]);
            blocks[^1].Add(instruction);
        }
        return blocks;
    }

    static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction>();
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
                leaders.Add(target);
            else if (instruction.Operand is Instruction[] targets)
                leaders.UnionWith(targets);
            bool ends = instruction.OpCode.FlowControl is not (FlowControl.Next or FlowControl.Meta);
            if (ends && instruction.Next != null)
                leaders.Add(instruction.Next);
        }
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
            foreach (Instruction? edge in new[] { handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd, handler.FilterStart })
                if (edge != null)
                    leaders.Add(edge);
        return leaders;
    }

    static void Retarget(MethodBody body, Dictionary<Instruction, Instruction> moved)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
                instruction.Operand = moved[target];
            else if (instruction.Operand is Instruction[] targets)
                instruction.Operand = targets.Select(one => moved[one]).ToArray();
        }
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = moved[handler.TryStart];
            handler.TryEnd = moved[handler.TryEnd];
            handler.HandlerStart = moved[handler.HandlerStart];
            handler.HandlerEnd = handler.HandlerEnd == null ? null : moved[handler.HandlerEnd];
            handler.FilterStart = handler.FilterStart == null ? null : moved[handler.FilterStart];
        }
    }
}
