using Escapement.Fit.Compile;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Fit.Proof;

/// <summary>One room's IL with the way back to its source.</summary>
sealed record RoomIl(FirmwareRoom Room, ModuleDefinition Module, SourceMap Source)
{
    public IEnumerable<MethodDefinition> Bodies =>
        Module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    public Finding At(MethodDefinition method, Instruction? instruction, string rule, string reason)
    {
        SequencePoint? point = Nearest(method, instruction);
        if (point != null && instruction != null)
            return new Finding(point.Document.Url, point.StartLine, rule, reason);
        SourcePlace place = Source.Method(method, point);
        return new Finding(place.File, place.Line, rule, reason);
    }

    public Finding At(FieldDefinition field, string rule, string reason) => At(Source.Field(field), rule, reason);

    public Finding At(TypeDefinition type, string rule, string reason) => At(Source.Type(type), rule, reason);

    static Finding At(SourcePlace place, string rule, string reason) => new(place.File, place.Line, rule, reason);

    static SequencePoint? Nearest(MethodDefinition method, Instruction? instruction)
    {
        SequencePoint? nearest = null;
        foreach (SequencePoint point in method.DebugInformation.SequencePoints)
        {
            if (point.IsHidden || (nearest != null && point.Offset > (instruction?.Offset ?? 0)))
                continue;
            nearest = point;
        }
        return nearest;
    }
}
