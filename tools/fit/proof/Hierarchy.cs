using Mono.Cecil;

namespace Escapement.Fit.Proof;

/// <summary>Class-hierarchy analysis inside the pure rooms: what a virtual or interface call can come to.</summary>
sealed class Hierarchy(IEnumerable<ModuleDefinition> modules)
{
    readonly List<TypeDefinition> classes =
        modules.SelectMany(module => module.GetTypes()).Where(type => !type.IsInterface).ToList();

    public List<MethodDefinition> Targets(MethodDefinition called)
    {
        var targets = new List<MethodDefinition>();
        foreach (TypeDefinition type in classes.Where(type => IsA(type, called.DeclaringType)))
            if (Implementation(type, called) is { IsAbstract: false } method && !targets.Contains(method))
                targets.Add(method);
        return targets;
    }

    static bool IsA(TypeDefinition type, TypeDefinition wanted) => Bases(type).Any(one =>
        one == wanted || one.Interfaces.Any(i => i.InterfaceType.Resolve() is { } known && (known == wanted || Inherits(known, wanted))));

    static bool Inherits(TypeDefinition known, TypeDefinition wanted) =>
        known.Interfaces.Any(i => i.InterfaceType.Resolve() is { } above && (above == wanted || Inherits(above, wanted)));

    static IEnumerable<TypeDefinition> Bases(TypeDefinition type)
    {
        for (TypeDefinition? at = type; at != null; at = at.BaseType?.Resolve())
            yield return at;
    }

    /// <summary>The method that an object of exactly this type answers with.</summary>
    static MethodDefinition? Implementation(TypeDefinition type, MethodDefinition called) =>
        Bases(type).SelectMany(one => one.Methods).FirstOrDefault(method =>
            method == called || method.Overrides.Any(o => o.Resolve() == called)
            || (method.IsVirtual && method.Name == called.Name && SameParameters(method, called)));

    static bool SameParameters(MethodDefinition a, MethodDefinition b) =>
        a.Parameters.Count == b.Parameters.Count
        && a.Parameters.Zip(b.Parameters).All(pair => pair.First.ParameterType.FullName == pair.Second.ParameterType.FullName);
}
