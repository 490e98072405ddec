using System.Text.RegularExpressions;
using Escapement.Mutants.Firmware;
using Escapement.Mutants.Il;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Escapement.Mutants.Names;

/// <summary>
/// Every input, limit, reason and fault by name, read from the firmware itself so that a new one cannot be forgotten, and the rule
/// by which a mutant belongs to one: it changes the constant that the source calls by that name, a row of its table, the expression
/// that uses the limit's field, or the port's call that reads the input.
/// </summary>
public sealed partial class NamedItems
{
    static readonly Dictionary<string, string> PortCalls = new()
    {
        ["IGate.IsOpen"] = "input GateReadBack",
        ["ICounters.RawPulses"] = "input RawCounter",
        ["ICounters.GatedPulses"] = "input GatedCounter",
        ["ICounters.TriggerOutPulses"] = "input TriggerOut",
        ["IInputs.ReadTemperature"] = "input CoilTemperature",
    };

    static readonly string[] NoItems = ["EmergencyStops", "Count", "Levels", "None"];
    static readonly Dictionary<string, string> Kinds = new() { ["InputBits"] = "input", ["InhibitReason"] = "inhibit", ["FaultCode"] = "fault", ["LimitTable"] = "limit" };

    readonly Dictionary<string, long> values = [];

    /// <summary>All names, e.g. "input Key", "limit MinGapUs", "inhibit KeyOff", "fault LeaseLost".</summary>
    public IReadOnlyList<string> All { get; private init; } = [];

    [GeneratedRegex(@"\b(InputBits|InhibitReason|FaultCode|LimitTable)\.(\w+)")]
    private static partial Regex Use();

    public static NamedItems Of(FirmwareImages firmware)
    {
        var values = new Dictionary<string, long>();
        var all = new List<string>();
        foreach ((string assembly, string type) in new[] { (FirmwareImages.Runtime, "InputBits"), (FirmwareImages.Safety, "LimitTable"), (FirmwareImages.Safety, "InhibitReason"), (FirmwareImages.Safety, "FaultCode") })
        {
            using AssemblyDefinition read = new AssemblySource(firmware, assembly).Read(symbols: false);
            foreach (FieldDefinition field in read.MainModule.GetTypes().Single(one => one.Name == type).Fields.Where(field => field.HasConstant))
            {
                values[$"{type}.{field.Name}"] = Convert.ToInt64(field.Constant);
                if (!NoItems.Contains(field.Name))
                    all.Add($"{Kinds[type]} {field.Name}");
            }
        }
        all.AddRange(LimitFields(firmware));
        var items = new NamedItems { All = all.Concat(PortCalls.Values).Distinct().Order(StringComparer.Ordinal).ToList() };
        foreach ((string name, long value) in values)
            items.values.Add(name, value);
        return items;
    }

    /// <summary>The figures of the limits in force.</summary>
    public static IReadOnlyList<string> LimitFields(FirmwareImages firmware)
    {
        using AssemblyDefinition safety = new AssemblySource(firmware, FirmwareImages.Safety).Read(symbols: false);
        return safety.MainModule.GetType("Escapement.Safety.Limits").Fields.Where(field => !field.HasConstant && !field.IsStatic).Select(field => $"limit {field.Name}").ToList();
    }

    /// <summary>The items that a change belongs to.</summary>
    public IReadOnlyList<string> At(MethodDefinition method, Instruction at, Operator kind, long change, string row, string statement)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        if (row.Length > 0)
            AddKnown(found, $"{(method.DeclaringType.Name == "FaultTable" ? "fault" : "inhibit")} {row}");
        if (kind == Operator.Constant && Body.IsConstant(at, out long value))
            AddUses(found, statement, value, change);
        if (kind is Operator.Call or Operator.Answer && at.Operand is MethodReference called && PortCalls.TryGetValue($"{called.DeclaringType.Name}.{called.Name}", out string? port))
            AddKnown(found, port);
        foreach (FieldReference field in Expression(at).Select(one => one.Operand).OfType<FieldReference>())
        {
            if (field.DeclaringType.FullName == "Escapement.Safety.Limits")
                AddKnown(found, $"limit {field.Name}");
        }
        if (method.DeclaringType.Name is "CoilThermometer" or "Thermistor")
            AddKnown(found, "input CoilTemperature");
        return [.. found];
    }

    /// <summary>The name in a table's row: the text that is built into the same element.</summary>
    public static string Row(Instruction at)
    {
        Instruction? first = at;
        while (first != null && !(Body.IsConstant(first, out _) && first.Previous?.OpCode.Code == Code.Dup))
        {
            if (first != at && Body.EndsExpression(first))
                return "";
            first = first.Previous;
        }
        bool isObject = false;
        string name = "";
        for (Instruction? one = first; one != null; one = one.Next)
        {
            name = name.Length == 0 && one.OpCode.Code == Code.Ldstr ? (string)one.Operand : name;
            isObject |= one.Operand is MethodReference;
            if (one.OpCode.Code == Code.Stelem_Ref)
                return isObject && name.Length > 0 && !name.Contains(' ') ? name : "";
            if (Body.EndsExpression(one))
                return "";
        }
        return "";
    }

    // The source says the name, and the number is its number; or one bit of a number that holds several is cleared.
    void AddUses(SortedSet<string> found, string statement, long value, long change)
    {
        foreach (Match match in Use().Matches(statement))
        {
            if (!values.TryGetValue(match.Value, out long bits))
                continue;
            if ((uint)bits == (uint)value || (uint)bits == ~(uint)value)
                AddKnown(found, $"{Kinds[match.Groups[1].Value]} {match.Groups[2].Value}");
            foreach ((string name, long single) in values)
                if (name.StartsWith(match.Groups[1].Value + ".") && (uint)(value & ~change) == (uint)single && match.Groups[1].Value != "LimitTable" && (value & bits) == bits)
                    AddKnown(found, $"{Kinds[match.Groups[1].Value]} {name[(name.IndexOf('.') + 1)..]}");
        }
    }

    void AddKnown(SortedSet<string> found, string name)
    {
        if (All.Contains(name))
            found.Add(name);
    }

    // Back to the end of the expression before, on to the end of this one.
    static IEnumerable<Instruction> Expression(Instruction at)
    {
        Instruction first = at;
        while (first.Previous != null && !Body.EndsExpression(first.Previous))
            first = first.Previous;
        for (Instruction? one = first; one != null; one = one.Next)
        {
            yield return one;
            if (Body.EndsExpression(one))
                yield break;
        }
    }
}
