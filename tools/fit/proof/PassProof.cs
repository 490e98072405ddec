using Escapement.Fit.Compile;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Fit.Proof;

/// <summary>
/// Everything that one pass of the supervisor can reach in the pure rooms allocates nothing and throws nothing.
/// Calls through a port end the walk; what stands behind it is the esp32 room's business.
/// </summary>
sealed class PassProof
{
    const string PortsNamespace = "Escapement.Runtime.Ports";

    /// <summary>Members of the class library that allocate nothing and take no value type.</summary>
    static readonly HashSet<string> AllowedLibrary =
    [
        "System.Array::Copy", "System.Array::Clear", "System.Array::get_Length", "System.String::get_Length", "System.String::get_Chars",
        "System.BitConverter::ToInt16", "System.BitConverter::ToInt32", "System.BitConverter::ToInt64",
        "System.BitConverter::ToUInt16", "System.BitConverter::ToUInt32", "System.BitConverter::ToUInt64",
    ];

    readonly Dictionary<ModuleDefinition, RoomIl> rooms;
    readonly Hierarchy hierarchy;
    readonly Dictionary<MethodDefinition, MethodDefinition?> reachedFrom = [];
    readonly Queue<MethodDefinition> open = new();
    readonly List<Finding> findings = [];

    PassProof(FirmwareImage image)
    {
        rooms = image.Rooms.Where(room => room.Room.IsPure).ToDictionary(room => room.Module);
        hierarchy = new Hierarchy(rooms.Keys);
    }

    /// <param name="image">The optimized rooms: what the board runs.</param>
    /// <param name="roots">Full names of methods, such as Escapement.Runtime.Supervisor.Pass; one that does not exist is skipped.</param>
    public static IReadOnlyList<Finding> Check(FirmwareImage image, IEnumerable<string> roots) => Walk(image, roots).findings;

    /// <summary>Full names of all methods that the walk comes to.</summary>
    public static IReadOnlyList<string> Reached(FirmwareImage image, IEnumerable<string> roots) =>
        Walk(image, roots).reachedFrom.Keys.Select(method => method.FullName).ToList();

    static PassProof Walk(FirmwareImage image, IEnumerable<string> roots)
    {
        var proof = new PassProof(image);
        foreach (string root in roots)
            proof.AddRoot(root);
        while (proof.open.TryDequeue(out MethodDefinition? method))
            proof.Visit(method);
        return proof;
    }

    void AddRoot(string root)
    {
        int dot = root.LastIndexOf('.');
        foreach (ModuleDefinition module in rooms.Keys)
        {
            TypeDefinition? type = module.GetType(root[..dot]);
            if (type == null)
                continue;
            var methods = type.Methods.Where(method => method.Name == root[(dot + 1)..]).ToList();
            if (methods.Count == 0)
                findings.Add(rooms[module].At(type, Rules.PassMissing, $"{root} does not exist: nothing would be proved"));
            foreach (MethodDefinition method in methods)
                Reach(method, null);
        }
    }

    void Reach(MethodDefinition method, MethodDefinition? from)
    {
        if (reachedFrom.TryAdd(method, from) && method.HasBody)
            open.Enqueue(method);
    }

    void Visit(MethodDefinition method)
    {
        Signature(method);
        foreach (VariableDefinition local in method.Body.Variables)
            if (IsStruct(local.VariableType))
                Report(method, method.Body.Instructions.FirstOrDefault(i => i.Operand == local), Rules.PassStruct,
                    $"a local of value type {local.VariableType.Name} is a heap object on the board");
        foreach (Instruction instruction in method.Body.Instructions)
            Instruction(method, instruction);
    }

    void Signature(MethodDefinition method)
    {
        foreach (TypeReference type in method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType))
            if (IsStruct(type))
                Report(method, null, Rules.PassStruct, $"value type {type.Name} passed or returned is a heap object on the board");
    }

    void Instruction(MethodDefinition method, Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Newobj:
                MethodReference constructor = (MethodReference)instruction.Operand;
                Report(method, instruction, IsDelegate(constructor.DeclaringType) ? Rules.PassDelegate : Rules.PassAllocates,
                    $"new {constructor.DeclaringType.Name} allocates");
                break;
            case Code.Newarr:
                Report(method, instruction, Rules.PassAllocates, $"new {((TypeReference)instruction.Operand).Name}[] allocates");
                break;
            case Code.Box:
                Report(method, instruction, Rules.PassAllocates, $"boxing {((TypeReference)instruction.Operand).Name} allocates");
                break;
            case Code.Ldstr:
                Report(method, instruction, Rules.PassString, "loading a string constant allocates on the board; keep it in a static readonly field");
                break;
            case Code.Throw or Code.Rethrow:
                Report(method, instruction, Rules.PassThrows, "a throw allocates and ends the pass; hand a result back");
                break;
            case Code.Ldftn or Code.Ldvirtftn:
                Report(method, instruction, Rules.PassDelegate, "making a delegate allocates");
                break;
            case Code.Initobj or Code.Ldobj or Code.Stobj or Code.Cpobj or Code.Ldelem_Any or Code.Stelem_Any or Code.Unbox_Any
                when IsStruct((TypeReference)instruction.Operand):
                Report(method, instruction, Rules.PassStruct, $"a value of {((TypeReference)instruction.Operand).Name} is a heap object on the board");
                break;
            case Code.Call or Code.Callvirt:
                Call(method, instruction, (MethodReference)instruction.Operand);
                break;
        }
    }

    void Call(MethodDefinition caller, Instruction instruction, MethodReference reference)
    {
        if (IsDelegate(reference.DeclaringType))
        {
            Report(caller, instruction, Rules.PassDelegate, $"{reference.DeclaringType.Name} is called: nobody can prove what stands behind a delegate");
            return;
        }
        MethodDefinition? target = reference.Resolve();
        if (target == null || !rooms.ContainsKey(target.Module))
        {
            Library(caller, instruction, reference);
            return;
        }
        if (target.DeclaringType.Namespace == PortsNamespace && target.DeclaringType.IsInterface)
            return;
        bool isVirtual = instruction.OpCode.Code == Code.Callvirt && target.IsVirtual;
        List<MethodDefinition> targets = isVirtual ? hierarchy.Targets(target) : [target];
        if (targets.Count == 0)
            Report(caller, instruction, Rules.PassLeaves, $"{Name(target)} has no implementation in the pure rooms and is no port");
        foreach (MethodDefinition one in targets)
            Reach(one, caller);
    }

    void Library(MethodDefinition caller, Instruction instruction, MethodReference reference)
    {
        string name = $"{reference.DeclaringType.FullName}::{reference.Name}";
        if (AllowedLibrary.Contains(name))
            return;
        bool isString = reference.DeclaringType.FullName == "System.String" || reference.ReturnType.FullName == "System.String";
        Report(caller, instruction, isString ? Rules.PassString : Rules.PassLeaves,
            isString ? $"{name} makes strings" : $"{name} is not among the library members known to allocate nothing");
    }

    void Report(MethodDefinition method, Instruction? instruction, string rule, string reason) =>
        findings.Add(rooms[method.Module].At(method, instruction, rule, $"{reason} (reached by {Path(method)})"));

    string Path(MethodDefinition method)
    {
        var path = new List<string>();
        for (MethodDefinition? at = method; at != null; at = reachedFrom[at])
            path.Insert(0, Name(at));
        return string.Join(" > ", path);
    }

    static string Name(MethodDefinition method) => $"{method.DeclaringType.Name}.{method.Name}";

    static bool IsDelegate(TypeReference type) => type.Resolve()?.BaseType?.FullName == "System.MulticastDelegate";

    static bool IsStruct(TypeReference type) =>
        type is not (ByReferenceType or ArrayType or PointerType) && type is { IsPrimitive: false, IsValueType: true }
        && type.FullName != "System.Void" && type.Resolve()?.IsEnum != true;
}
