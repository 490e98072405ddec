using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Fit.Proof;

/// <summary>What instructions take from and leave on the evaluation stack.</summary>
static class StackEffect
{
    /// <summary>The instruction that takes what this one pushed, in straight code; null when a branch comes first.</summary>
    public static Instruction? Consumer(Instruction load)
    {
        int above = 1;
        for (Instruction? at = load.Next; at != null; at = at.Next)
        {
            int pops = Pops(at);
            if (pops >= above)
                return at;
            if (at.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
                return null;
            above += Pushes(at) - pops;
        }
        return null;
    }

    static int Pops(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Varpop => CallPops(instruction),
        StackBehaviour.PopAll => int.MaxValue,
        _ => 3,
    };

    static int CallPops(Instruction instruction)
    {
        if (instruction.Operand is not IMethodSignature method)
            return 1;
        bool takesThis = method.HasThis && instruction.OpCode.Code != Code.Newobj;
        return method.Parameters.Count + (takesThis ? 1 : 0);
    }

    static int Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => ((IMethodSignature)instruction.Operand).ReturnType.FullName == "System.Void" ? 0 : 1,
        _ => 1,
    };
}
