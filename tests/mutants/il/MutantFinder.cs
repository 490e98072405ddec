using System.Globalization;
using System.Text.RegularExpressions;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Names;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Escapement.Mutants.Il;

/// <summary>Every mutant of an assembly, in the order of its code.</summary>
public sealed partial class MutantFinder
{
    readonly FirmwareImages firmware;
    readonly NamedItems named;

    public MutantFinder(FirmwareImages firmware)
    {
        this.firmware = firmware;
        named = NamedItems.Of(firmware);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    public IReadOnlyList<Mutant> Find(string assembly, Func<TypeDefinition, bool> wanted)
    {
        using AssemblyDefinition read = new AssemblySource(firmware, assembly).Read(symbols: true);
        var found = new List<Mutant>();
        foreach (MethodDefinition method in Rewriter.Methods(read.MainModule).Where(one => wanted(one.DeclaringType)))
            found.AddRange(Find(assembly, method));
        return found;
    }

    IEnumerable<Mutant> Find(string assembly, MethodDefinition method)
    {
        List<SequencePoint> points = method.DebugInformation.SequencePoints.Where(point => !point.IsHidden).OrderBy(point => point.Offset).ToList();
        List<int> offsets = method.Body.Instructions.Select(one => one.Offset).ToList();
        method.Body.SimplifyMacros();
        var numbers = new Dictionary<string, int>();
        string head = Head(method);
        for (int i = 0; i < offsets.Count; i++)
        {
            Instruction at = method.Body.Instructions[i];
            SequencePoint? point = points.LastOrDefault(one => one.Offset <= offsets[i]) ?? points.FirstOrDefault();
            string statement = point == null ? "" : Text(point);
            string row = NamedItems.Row(at);
            foreach ((Operator kind, long change) in Operators.At(method, at))
            {
                string key = $"{head}/{Word(kind)}/{(row.Length > 0 ? row : Hash(statement))}";
                int number = numbers[key] = numbers.GetValueOrDefault(key, -1) + 1;
                yield return new Mutant($"{key}/{number}", assembly, method.DeclaringType.FullName, method.FullName, i, kind, change,
                    point?.Document.Url ?? "", point?.StartLine ?? 0, row.Length > 0 ? $"row {row}" : statement, named.At(method, at, kind, change, row, statement));
            }
        }
    }

    static string Word(Operator kind) => kind.ToString().ToLowerInvariant();

    // The room is in the set, the namespace says nothing more; parameters only where a name is overloaded.
    static string Head(MethodDefinition method)
    {
        string name = method.DeclaringType.Name + "." + method.Name.TrimStart('.');
        bool isOverloaded = method.DeclaringType.Methods.Count(one => one.Name == method.Name) > 1;
        return isOverloaded ? $"{name}({string.Join(",", method.Parameters.Select(one => one.ParameterType.Name))})" : name;
    }

    string Text(SequencePoint point)
    {
        string[] lines = firmware.Sources[point.Document.Url].Split('\n');
        IEnumerable<string> part = lines[(point.StartLine - 1)..point.EndLine].Select(line => line.TrimEnd('\r'));
        string text = string.Join("\n", part);
        int cut = lines[point.EndLine - 1].TrimEnd('\r').Length - (point.EndColumn - 1);
        text = text[..(text.Length - Math.Max(0, cut))][(point.StartColumn - 1)..];
        return Space().Replace(text, " ").Trim();
    }

    // FNV-1a, 16 bits are enough within one method.
    static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char letter in text)
            hash = (hash ^ letter) * 16777619;
        return ((hash >> 16) ^ (hash & 0xFFFF)).ToString("x4", CultureInfo.InvariantCulture);
    }
}
