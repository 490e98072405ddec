using Escapement.Fit.Compile;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Fit.Proof;

/// <summary>What a room may not have by the rules of this project: clocks, changing statics, and in the pure rooms floating point and exceptions.</summary>
static class RoomProof
{
    const string PauseType = "Escapement.Esp32.Pause";

    static readonly string[] ClockTypes = ["System.DateTime", "System.Diagnostics.Stopwatch"];

    public static IEnumerable<Finding> Check(RoomIl room)
    {
        IEnumerable<Finding> findings = StaticProof.Check(room).Concat(TypeUse.In(room).SelectMany(Clocks)).Concat(TickCounts(room));
        return room.Room.IsPure
            ? findings.Concat(TypeUse.In(room).SelectMany(PureTypes)).Concat(room.Bodies.SelectMany(method => PureCode(room, method)))
            : findings.Where(finding => !finding.Rule.Equals(Rules.Clock, StringComparison.Ordinal) || !IsPause(room, finding));
    }

    static bool IsPause(RoomIl room, Finding finding)
    {
        TypeDefinition? pause = room.Module.GetType(PauseType);
        return pause != null && room.Source.Type(pause).File == finding.File;
    }

    static IEnumerable<Finding> Clocks(TypeUse use)
    {
        foreach (TypeReference type in use.Names())
            if (type.Namespace == "System.Threading" || ClockTypes.Contains(type.FullName))
                yield return use.Locate(Rules.Clock,
                    $"{type.FullName}: time, sleep and threads only in firmware/esp32/Pause.cs, or virtual time would not hold on the desktop");
    }

    static IEnumerable<Finding> TickCounts(RoomIl room)
    {
        foreach (MethodDefinition method in room.Bodies)
            foreach (Instruction instruction in method.Body.Instructions)
                if (instruction.Operand is MemberReference member && member.Name.Contains("TickCount", StringComparison.Ordinal))
                    yield return room.At(method, instruction, Rules.Clock, $"{member.FullName}: the board's clock comes through the clock port");
    }

    static IEnumerable<Finding> PureTypes(TypeUse use)
    {
        foreach (TypeReference type in use.Names())
        {
            if (type.FullName is "System.Single" or "System.Double")
                yield return use.Locate(Rules.FloatingPoint, $"{type.FullName} in a pure room: NaN compares as true on the board; use integers");
            if (type.Scope is AssemblyNameReference library && library.Name != "mscorlib" && !library.Name.StartsWith("Escapement.", StringComparison.Ordinal))
                yield return use.Locate(Rules.VendorName, $"{type.FullName} of {library.Name}: only firmware/esp32 names the vendor's types");
        }
    }

    static IEnumerable<Finding> PureCode(RoomIl room, MethodDefinition method)
    {
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
            yield return room.At(method, handler.TryStart, Rules.ExceptionHandler,
                "try, lock, using and foreach over IEnumerable: the pure rooms hand results back, one catch in esp32 makes safe");
        foreach (Instruction instruction in method.Body.Instructions)
            if (IsFloating(instruction.OpCode))
                yield return room.At(method, instruction, Rules.FloatingPoint, $"{instruction.OpCode.Name} in a pure room: use integers");
    }

    static bool IsFloating(OpCode opcode) =>
        opcode.Name.Contains(".r4", StringComparison.Ordinal) || opcode.Name.Contains(".r8", StringComparison.Ordinal)
        || opcode.Code is Code.Conv_R_Un or Code.Ckfinite;
}
