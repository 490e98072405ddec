using Escapement.Fit.Compile;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Fit.Proof;

/// <summary>
/// No static of the firmware can change: two boards in one process, and one board after a reboot, must not see each other.
/// </summary>
static class StaticProof
{
    public static IEnumerable<Finding> Check(RoomIl room)
    {
        return Fields(room).Concat(room.Bodies.Where(method => !method.IsConstructor || !method.IsStatic).SelectMany(method => Writes(room, method)));
    }

    static IEnumerable<Finding> Fields(RoomIl room)
    {
        foreach (FieldDefinition field in room.Module.GetTypes().SelectMany(type => type.Fields).Where(field => field.IsStatic && !field.IsLiteral))
        {
            bool isLambdaCache = field.DeclaringType.Name == "<>c";
            if (isLambdaCache)
                continue;
            if (!field.IsInitOnly)
                yield return room.At(field, Rules.MutableStatic, $"{Name(field)} is a static that can change; state hangs on the one root object, a local of Program.Main");
            else if (ChangingField(field.FieldType) is { } inner)
                yield return room.At(field, Rules.MutableStatic, $"{Name(field)} is a static whose {inner.Name} can change; make that readonly or no static");
        }
    }

    /// <summary>A field of an own class that is not readonly, however deep the array.</summary>
    static FieldDefinition? ChangingField(TypeReference type)
    {
        while (type is ArrayType array)
            type = array.ElementType;
        if (type.IsPrimitive || type.Scope is AssemblyNameReference { Name: "mscorlib" } || type.Resolve() is not { IsEnum: false } own)
            return null;
        return own.Fields.FirstOrDefault(field => !field.IsStatic && !field.IsInitOnly);
    }

    /// <summary>Elements of static arrays that are written, or handed out by reference, outside the static constructor.</summary>
    static IEnumerable<Finding> Writes(RoomIl room, MethodDefinition method)
    {
        foreach (Instruction load in method.Body.Instructions)
            if (load.OpCode.Code == Code.Ldsfld && load.Operand is FieldReference { FieldType: ArrayType } field && StackEffect.Consumer(load) is { } use)
                if (use.OpCode.Code == Code.Ldelema || use.OpCode.Name.StartsWith("stelem", StringComparison.Ordinal))
                    yield return room.At(method, load, Rules.MutableStatic, $"an element of the static {field.DeclaringType.Name}.{field.Name} is written");
    }

    static string Name(FieldDefinition field) => $"{field.DeclaringType.Name}.{field.Name}";
}
