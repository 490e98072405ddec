using System.Text;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Escapement.Mutants.Reporting;

/// <summary>The instructions around a change, before and after.</summary>
static class Difference
{
    const int Around = 6;

    public static string Of(FirmwareImages firmware, Mutant mutant)
    {
        using AssemblyDefinition assembly = new AssemblySource(firmware, mutant.Assembly).Read(symbols: false);
        MethodDefinition method = Rewriter.Methods(assembly.MainModule).Single(one => one.FullName == mutant.Method);
        method.Body.SimplifyMacros();
        List<Instruction> before = [.. method.Body.Instructions];
        List<string> old = before.Select(one => one.ToString()).ToList();
        Operators.Apply(method.Body, before[mutant.Index], mutant.Operator, mutant.Change);
        var text = new StringBuilder();
        for (int i = Math.Max(0, mutant.Index - Around); i < Math.Min(before.Count, mutant.Index + Around); i++)
        {
            Instruction? behind = i + 1 < before.Count ? before[i + 1] : null;
            List<string> now = [];
            for (Instruction? one = before[i]; one != null && one != behind; one = one.Next)
                now.Add(one.ToString());
            bool isSame = now.Count == 1 && now[0] == old[i];
            text.AppendLine($"{(isSame ? ' ' : '-')} {old[i]}");
            foreach (string line in isSame ? [] : now)
                text.AppendLine($"+ {line}");
        }
        if (mutant.Operator == Operator.Data)
            text.AppendLine($"element {mutant.Change} of the table is one more");
        return text.ToString();
    }
}
