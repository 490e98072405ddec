using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Fit.Proof;

/// <summary>A type that a room names somewhere, and what makes a finding at that place.</summary>
readonly record struct TypeUse(TypeReference Type, Func<string, string, Compile.Finding> Locate)
{
    /// <summary>Everything that a room's metadata and code names: fields, signatures, locals, operands.</summary>
    public static IEnumerable<TypeUse> In(RoomIl room)
    {
        foreach (TypeDefinition type in room.Module.GetTypes())
        {
            foreach (TypeReference parent in type.Interfaces.Select(one => one.InterfaceType).Append(type.BaseType).OfType<TypeReference>())
                yield return new TypeUse(parent, (rule, reason) => room.At(type, rule, reason));
            foreach (FieldDefinition field in type.Fields)
                yield return new TypeUse(field.FieldType, (rule, reason) => room.At(field, rule, reason));
            foreach (TypeUse use in type.Methods.SelectMany(method => InMethod(room, method)))
                yield return use;
        }
    }

    static IEnumerable<TypeUse> InMethod(RoomIl room, MethodDefinition method)
    {
        foreach (TypeReference type in Signature(method))
            yield return new TypeUse(type, (rule, reason) => room.At(method, null, rule, reason));
        if (!method.HasBody)
            yield break;
        foreach (VariableDefinition local in method.Body.Variables)
        {
            Instruction? first = method.Body.Instructions.FirstOrDefault(instruction => IsOf(instruction, local));
            yield return new TypeUse(local.VariableType, (rule, reason) => room.At(method, first, rule, reason));
        }
        foreach (Instruction instruction in method.Body.Instructions)
            foreach (TypeReference type in Operand(instruction))
                yield return new TypeUse(type, (rule, reason) => room.At(method, instruction, rule, reason));
    }

    static IEnumerable<TypeReference> Signature(IMethodSignature method) =>
        method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType);

    static IEnumerable<TypeReference> Operand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod generic => [generic.DeclaringType, .. Signature(generic), .. generic.GenericArguments],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        CallSite site => Signature(site),
        _ => [],
    };

    static bool IsOf(Instruction instruction, VariableDefinition local) => instruction.OpCode.Code switch
    {
        Code.Ldloc_0 or Code.Stloc_0 => local.Index == 0,
        Code.Ldloc_1 or Code.Stloc_1 => local.Index == 1,
        Code.Ldloc_2 or Code.Stloc_2 => local.Index == 2,
        Code.Ldloc_3 or Code.Stloc_3 => local.Index == 3,
        _ => instruction.Operand == local,
    };

    /// <summary>The named types that it is made of.</summary>
    public IEnumerable<TypeReference> Names() => Parts().Where(type => type is not (TypeSpecification or GenericParameter));

    /// <summary>The type and everything that it is made of.</summary>
    public IEnumerable<TypeReference> Parts()
    {
        var open = new Stack<TypeReference>([Type]);
        while (open.TryPop(out TypeReference? type))
        {
            yield return type;
            if (type is GenericInstanceType generic)
                foreach (TypeReference argument in generic.GenericArguments)
                    open.Push(argument);
            if (type is IModifierType modified)
                open.Push(modified.ModifierType);
            if (type is TypeSpecification specified and not FunctionPointerType)
                open.Push(specified.ElementType);
        }
    }
}
