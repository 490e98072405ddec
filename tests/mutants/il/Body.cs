using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Mutants.Il;

/// <summary>What finding and rewriting ask of a method's body.</summary>
static class Body
{
    public static bool IsConstant(Instruction? instruction, out long value)
    {
        value = instruction?.Operand switch
        {
            int small when instruction.OpCode.Code == Code.Ldc_I4 => small,
            long large when instruction.OpCode.Code == Code.Ldc_I8 => large,
            _ => long.MinValue,
        };
        return instruction != null && instruction.OpCode.Code is Code.Ldc_I4 or Code.Ldc_I8;
    }

    public static bool IsCompare(Instruction? instruction) =>
        instruction?.OpCode.Code is Code.Ceq or Code.Clt or Code.Cgt or Code.Clt_Un or Code.Cgt_Un;

    /// <summary>The compiler's own "not": ldc 0, ceq behind a comparison.</summary>
    public static bool IsFollowedByNot(Instruction instruction) =>
        IsConstant(instruction.Next, out long zero) && zero == 0 && instruction.Next.Next?.OpCode.Code == Code.Ceq;

    /// <summary>Whether an expression ends here: what follows begins with an empty stack, or another operand's evaluation.</summary>
    public static bool EndsExpression(Instruction instruction) =>
        instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw
        || instruction.OpCode.Code is Code.Stfld or Code.Stsfld or Code.Stloc or Code.Starg or Code.Pop
            or Code.Stelem_I1 or Code.Stelem_I2 or Code.Stelem_I4 or Code.Stelem_I8 or Code.Stelem_Ref or Code.Stelem_Any
            or Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I4 or Code.Stind_I8
        || (instruction.Operand is MethodReference called && IsVoid(called) && instruction.OpCode.Code is Code.Call or Code.Callvirt);

    public static bool IsVoid(MethodReference method) => method.ReturnType.FullName == "System.Void";

    public static int Arguments(MethodReference method) => method.Parameters.Count + (method.HasThis ? 1 : 0);

    /// <summary>First instructions of the basic blocks.</summary>
    public static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction> { body.Instructions[0] };
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
                leaders.Add(target);
            else if (instruction.Operand is Instruction[] targets)
                leaders.UnionWith(targets);
            if (instruction.OpCode.FlowControl is not (FlowControl.Next or FlowControl.Meta or FlowControl.Call) && instruction.Next != null)
                leaders.Add(instruction.Next);
        }
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
            foreach (Instruction? edge in new[] { handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd, handler.FilterStart })
                if (edge != null)
                    leaders.Add(edge);
        return leaders;
    }

    /// <summary>Makes whoever jumped to the keys jump to the values.</summary>
    public static void Retarget(MethodBody body, IReadOnlyDictionary<Instruction, Instruction> moved)
    {
        Instruction Moved(Instruction one) => moved.GetValueOrDefault(one, one);
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
                instruction.Operand = Moved(target);
            else if (instruction.Operand is Instruction[] targets)
                instruction.Operand = targets.Select(Moved).ToArray();
        }
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = Moved(handler.TryStart);
            handler.TryEnd = Moved(handler.TryEnd);
            handler.HandlerStart = Moved(handler.HandlerStart);
            handler.HandlerEnd = handler.HandlerEnd == null ? null : Moved(handler.HandlerEnd);
            handler.FilterStart = handler.FilterStart == null ? null : Moved(handler.FilterStart);
        }
    }
}
