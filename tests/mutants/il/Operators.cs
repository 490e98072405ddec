using System.Numerics;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Mutants.Il;

/// <summary>
/// What can be changed at an instruction. Left out, because they change nothing that a caller could see or are the same change twice:
/// indices of array initializers (they fail at once), the zero of the compiler's own "not", the negation of a comparison that the
/// compiler negates again, a returned constant (mutated as a constant), constructors' calls of their base, and texts.
/// </summary>
public static class Operators
{
    static readonly Dictionary<Code, OpCode> Negated = Both(
        (OpCodes.Brtrue, OpCodes.Brfalse), (OpCodes.Beq, OpCodes.Bne_Un), (OpCodes.Blt, OpCodes.Bge), (OpCodes.Bgt, OpCodes.Ble),
        (OpCodes.Blt_Un, OpCodes.Bge_Un), (OpCodes.Bgt_Un, OpCodes.Ble_Un));

    static readonly Dictionary<Code, OpCode> Bounds = Both(
        (OpCodes.Blt, OpCodes.Ble), (OpCodes.Bgt, OpCodes.Bge), (OpCodes.Blt_Un, OpCodes.Ble_Un), (OpCodes.Bgt_Un, OpCodes.Bge_Un),
        (OpCodes.Clt, OpCodes.Cgt), (OpCodes.Clt_Un, OpCodes.Cgt_Un));

    static readonly Dictionary<Code, OpCode> Sums = new(Both((OpCodes.Add, OpCodes.Sub), (OpCodes.Mul, OpCodes.Div), (OpCodes.Shl, OpCodes.Shr)))
    {
        [Code.Shr_Un] = OpCodes.Shl, [Code.Rem] = OpCodes.Mul, [Code.Rem_Un] = OpCodes.Mul, [Code.Div_Un] = OpCodes.Mul,
    };

    static readonly Dictionary<Code, OpCode> Bits = new(Both((OpCodes.And, OpCodes.Or))) { [Code.Xor] = OpCodes.Or, [Code.Not] = OpCodes.Nop };

    /// <summary>Every change of an instruction of a body whose macros are expanded.</summary>
    public static IEnumerable<(Operator Operator, long Change)> At(MethodDefinition method, Instruction at)
    {
        Code code = at.OpCode.Code;
        if (Negated.ContainsKey(code) || (Body.IsCompare(at) && !Body.IsFollowedByNot(at)))
            yield return (Operator.Negate, 0);
        // A comparison with 0 that makes a truth of a number or a reference ("!= 0", "!= null") has no boundary.
        if (Bounds.ContainsKey(code) && !(code == Code.Cgt_Un && (at.Previous?.OpCode.Code == Code.Ldnull || (Body.IsConstant(at.Previous, out long zero) && zero == 0))))
            yield return (Operator.Boundary, 0);
        if (Sums.ContainsKey(code))
            yield return (Operator.Arithmetic, 0);
        if (Bits.ContainsKey(code))
            yield return (Operator.Bitwise, 0);
        foreach (long value in Constants(at))
            yield return (Operator.Constant, value);
        if (code is Code.Call or Code.Callvirt && at.Operand is MethodReference called)
            foreach ((Operator, long) change in Calls(called))
                yield return change;
        if (code == Code.Ret)
            foreach (long value in Returns(method, at))
                yield return (Operator.Return, value);
        if (code is Code.Stfld or Code.Stsfld)
            yield return (Operator.Store, 0);
        if (code == Code.Ldtoken && at.Operand is FieldReference { } field && field.Resolve() is { InitialValue.Length: > 0 } data && at.Next?.OpCode.Code == Code.Call)
            for (int element = 0; element < data.InitialValue.Length / ElementSize(at); element++)
                yield return (Operator.Data, element);
    }

    /// <summary>Bytes of an element of the table that is initialized here (newarr, dup, ldtoken).</summary>
    public static int ElementSize(Instruction token) => (token.Previous?.Previous?.Operand as TypeReference)?.Name switch
    {
        "Int16" or "UInt16" => 2,
        "Int32" or "UInt32" => 4,
        "Int64" or "UInt64" => 8,
        _ => 1,
    };

    /// <summary>Makes the change.</summary>
    public static void Apply(MethodBody body, Instruction at, Operator kind, long change)
    {
        ILProcessor il = body.GetILProcessor();
        switch (kind)
        {
            case Operator.Negate when Body.IsCompare(at):
                Behind(il, at, il.Create(OpCodes.Ldc_I4, 0), il.Create(OpCodes.Ceq));
                break;
            case Operator.Negate:
                at.OpCode = Negated[at.OpCode.Code];
                break;
            case Operator.Boundary when Body.IsCompare(at):
                // a < b becomes not (a > b).
                at.OpCode = Bounds[at.OpCode.Code];
                Behind(il, at, il.Create(OpCodes.Ldc_I4, 0), il.Create(OpCodes.Ceq));
                break;
            case Operator.Boundary:
                at.OpCode = Bounds[at.OpCode.Code];
                break;
            case Operator.Arithmetic:
                at.OpCode = Sums[at.OpCode.Code];
                break;
            case Operator.Bitwise:
                at.OpCode = Bits[at.OpCode.Code];
                break;
            case Operator.Constant:
                at.Operand = at.OpCode.Code == Code.Ldc_I8 ? change : unchecked((object)(int)change);
                break;
            case Operator.Call:
            case Operator.Answer:
                var called = (MethodReference)at.Operand;
                Drop(il, at, Body.Arguments(called), kind == Operator.Answer ? Load(il, called.ReturnType, change) : null);
                break;
            case Operator.Return:
                Instruction value = Load(il, body.Method.ReturnType, change);
                Replace(at, OpCodes.Pop);
                Behind(il, at, value, il.Create(OpCodes.Ret));
                break;
            case Operator.Store:
                Drop(il, at, at.OpCode.Code == Code.Stfld ? 2 : 1, null);
                break;
            case Operator.Data:
                Spoil(at, (int)change);
                break;
        }
    }

    // Bits of a mask one by one, and none of them; other numbers one more, one less, and nothing.
    static IEnumerable<long> Constants(Instruction at)
    {
        if (!Body.IsConstant(at, out long value) || IsNoNumber(at, value))
            yield break;
        if (value is 0 or 1)
        {
            yield return 1 - value;
            yield break;
        }
        if (value == -1)
        {
            yield return 0;
            yield break;
        }
        bool isMask = at.Next?.OpCode.Code is Code.And or Code.Or or Code.Xor;
        ulong bits = at.OpCode.Code == Code.Ldc_I8 ? (ulong)value : (uint)value;
        if (isMask && BitOperations.PopCount(bits) is > 1 and <= 7)
            for (int bit = 0; bit < 64; bit++)
                if ((bits >> bit & 1) != 0)
                    yield return at.OpCode.Code == Code.Ldc_I8 ? value & ~(1L << bit) : (int)(value & ~(1L << bit));
        if (!isMask)
        {
            yield return value + 1;
            yield return value - 1;
        }
        yield return 0;
    }

    static bool IsNoNumber(Instruction at, long value) =>
        at.Previous?.OpCode.Code == Code.Dup
        || (value == 0 && at.Next?.OpCode.Code == Code.Ceq && at.Previous != null && Body.IsCompare(at.Previous));

    static IEnumerable<(Operator, long)> Calls(MethodReference called)
    {
        if (Body.IsVoid(called))
        {
            if (called.Name != ".ctor" && called.DeclaringType.Name != "RuntimeHelpers")
                yield return (Operator.Call, 0);
            yield break;
        }
        if (called.DeclaringType.Resolve() is not { IsInterface: true } || !IsNumber(called.ReturnType))
            yield break;
        yield return (Operator.Answer, 0);
        if (called.ReturnType.Name == "Boolean")
            yield return (Operator.Answer, 1);
    }

    static IEnumerable<long> Returns(MethodDefinition method, Instruction at)
    {
        if (!IsNumber(method.ReturnType) || Body.IsConstant(at.Previous, out _))
            yield break;
        yield return 0;
        if (method.ReturnType.Name == "Boolean")
            yield return 1;
    }

    static bool IsNumber(TypeReference type) => type.Namespace == "System" && type.Name is "Boolean" or "Byte" or "Int16" or "UInt16" or "Int32" or "UInt32" or "Int64" or "UInt64";

    static Instruction Load(ILProcessor il, TypeReference type, long value) =>
        type.Name is "Int64" or "UInt64" ? il.Create(OpCodes.Ldc_I8, value) : il.Create(OpCodes.Ldc_I4, (int)value);

    static void Drop(ILProcessor il, Instruction at, int values, Instruction? instead)
    {
        var behind = new List<Instruction>();
        for (int i = 1; i < values; i++)
            behind.Add(il.Create(OpCodes.Pop));
        if (instead != null)
            behind.Add(instead);
        Replace(at, values == 0 ? OpCodes.Nop : OpCodes.Pop);
        Behind(il, at, [.. behind]);
    }

    static void Replace(Instruction at, OpCode code)
    {
        at.OpCode = code;
        at.Operand = null;
    }

    static void Behind(ILProcessor il, Instruction at, params Instruction[] added)
    {
        foreach (Instruction instruction in added)
        {
            il.InsertAfter(at, instruction);
            at = instruction;
        }
    }

    static void Spoil(Instruction token, int element)
    {
        FieldDefinition field = ((FieldReference)token.Operand).Resolve();
        byte[] data = (byte[])field.InitialValue.Clone();
        data[element * ElementSize(token)] += 1;
        field.InitialValue = data;
    }

    static Dictionary<Code, OpCode> Both(params (OpCode One, OpCode Other)[] pairs) =>
        pairs.SelectMany(pair => new[] { (pair.One.Code, pair.Other), (pair.Other.Code, pair.One) }).ToDictionary(pair => pair.Item1, pair => pair.Item2);
}
