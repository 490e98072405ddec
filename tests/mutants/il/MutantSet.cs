using Escapement.Mutants.Firmware;
using Mono.Cecil;

namespace Escapement.Mutants.Il;

/// <summary>The sets that can be run.</summary>
public static class MutantSet
{
    public const string Safety = "safety";
    public const string Interlocks = "interlocks";
    public const string All = "all";

    /// <summary>What of the runtime holds the line; the rest moves bytes between registers and figures, and of it only what gives a reason or a fault counts.</summary>
    static readonly string[] RuntimeNamespaces = ["Watch", "SelfTest", "History", "Run"];
    static readonly string[] RuntimeTypes = ["Supervisor", "Host.LimitsInForce", "Host.Lease", "Host.ClockCompare"];

    public static IReadOnlyList<Mutant> Of(FirmwareImages firmware, string set)
    {
        var finder = new MutantFinder(firmware);
        var found = new List<Mutant>();
        if (set is Safety or All)
            found.AddRange(finder.Find(FirmwareImages.Safety, _ => true));
        if (set is Interlocks or All)
        {
            found.AddRange(finder.Find(FirmwareImages.Runtime, HoldsTheLine));
            found.AddRange(finder.Find(FirmwareImages.Runtime, type => !HoldsTheLine(type)).Where(one => one.Names.Any(IsReasonOrFault)));
        }
        return found;
    }

    static bool IsReasonOrFault(string name) => name.StartsWith("inhibit ") || name.StartsWith("fault ");

    static bool HoldsTheLine(TypeDefinition type) => RuntimeNamespaces.Contains(Part(type.Namespace)) || RuntimeTypes.Contains(Part(type.FullName));

    static string Part(string name) => name.StartsWith(FirmwareImages.Runtime + ".") ? name[(FirmwareImages.Runtime.Length + 1)..] : "";
}
