using Escapement.Fit.Compile;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Fit.Proof;

/// <summary>What compiles for the board and then crashes, hangs or means something else there. Holds for every room.</summary>
static class LanguageProof
{
    const string GenericReason = "is generic: the board's loader crashes on generic types and generic methods hang";
    const string CheckedReason =
        "checked arithmetic never checks on the board: it wraps or truncates. Write the range check by hand; index and size arrays with int, not long";

    static readonly Dictionary<Code, (string Rule, string Reason)> Opcodes = new()
    {
        [Code.Localloc] = (Rules.StackAllocation, "stackalloc ends in an unsupported-opcode exception on the board"),
        [Code.Calli] = (Rules.FunctionPointer, "a call through a function pointer ends the thread silently on the board"),
        [Code.Volatile] = (Rules.Volatile, "the board's class library has no volatile; share through one thread instead"),
        [Code.Cpblk] = (Rules.UnsupportedOpcode, "block copy is no opcode of the board; use Array.Copy"),
        [Code.Initblk] = (Rules.UnsupportedOpcode, "block fill is no opcode of the board; use Array.Clear"),
        [Code.Jmp] = (Rules.UnsupportedOpcode, "jmp is no opcode of the board"),
        [Code.Arglist] = (Rules.UnsupportedOpcode, "__arglist is no opcode of the board"),
        [Code.Mkrefany] = (Rules.UnsupportedOpcode, "__makeref is no opcode of the board"),
        [Code.Refanytype] = (Rules.UnsupportedOpcode, "__reftype is no opcode of the board"),
        [Code.Refanyval] = (Rules.UnsupportedOpcode, "__refvalue is no opcode of the board"),
        [Code.Tail] = (Rules.UnsupportedOpcode, "tail calls are no opcode of the board"),
    };

    public static IEnumerable<Finding> Check(RoomIl room)
    {
        return Declarations(room)
            .Concat(TypeUse.In(room).SelectMany(Types))
            .Concat(room.Bodies.SelectMany(method => Instructions(room, method)));
    }

    static IEnumerable<Finding> Declarations(RoomIl room)
    {
        foreach (TypeDefinition type in room.Module.GetTypes())
        {
            if (type.HasGenericParameters)
                yield return room.At(type, Rules.Generic, $"{type.Name} {GenericReason}");
            foreach (MethodDefinition method in type.Methods)
            {
                if (method.HasGenericParameters)
                    yield return room.At(method, null, Rules.Generic, $"{method.Name} {GenericReason}");
                if (type.IsInterface && method is { IsAbstract: false, IsStatic: false })
                    yield return room.At(method, null, Rules.DefaultInterfaceMethod,
                        $"{type.Name}.{method.Name} has a body in an interface: an unsupported-opcode exception on the board");
            }
        }
    }

    static IEnumerable<Finding> Types(TypeUse use)
    {
        foreach (TypeReference type in use.Parts())
        {
            (string? rule, string reason) = type switch
            {
                GenericInstanceType => (Rules.Generic, $"{type.FullName} {GenericReason}"),
                ArrayType { Rank: > 1 } => (Rules.MultiDimensionalArray, $"{type.FullName} crashes the board's loader; use one array or an array of arrays"),
                FunctionPointerType => (Rules.FunctionPointer, "a function pointer ends the thread silently on the board"),
                PointerType or PinnedType => (Rules.Pointer, $"{type.FullName}: pointers are refused by the board's metadata processor"),
                RequiredModifierType { ModifierType.Name: "IsVolatile" } => (Rules.Volatile, "the board's class library has no volatile"),
                _ => (null, ""),
            };
            if (rule != null)
                yield return use.Locate(rule, reason);
        }
    }

    static IEnumerable<Finding> Instructions(RoomIl room, MethodDefinition method)
    {
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (Opcodes.TryGetValue(instruction.OpCode.Code, out var banned))
                yield return room.At(method, instruction, banned.Rule, banned.Reason);
            if (instruction.OpCode.Name.Contains(".ovf", StringComparison.Ordinal))
                yield return room.At(method, instruction, Rules.Checked, $"{instruction.OpCode.Name}: {CheckedReason}");
            if (instruction.Operand is GenericInstanceMethod generic)
                yield return room.At(method, instruction, Rules.Generic, $"{generic.Name} {GenericReason}");
        }
    }
}
