using Escapement.Kernel;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>Names for a board's numbers, from the firmware's own tables.</summary>
public static class BoardNames
{
    private static readonly string[] Results =
        ["Accepted", "BadVersion", "BadCrc", "NotHolder", "StaleSequence", "Expired", "WrongState", "Inhibited", "BadArgument", "BadProgram", "LeaseTaken", "Busy"];

    /// <summary>Name of a supervisor state.</summary>
    public static string State(int state) => StateTable.Name(state);

    /// <summary>Whether a board in this state is in a session that nothing may disturb.</summary>
    public static bool IsBusy(int state) => state is SupervisorState.Armed or SupervisorState.Running or SupervisorState.Held;

    /// <summary>Name of a command's result.</summary>
    public static string Result(int result) => result >= 0 && result < Results.Length ? Results[result] : "Result" + result.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Every inhibit reason in a mask, in order of the bits.</summary>
    public static IReadOnlyList<NamedReason> Inhibits(uint mask) => Expand(mask, InhibitTable.ByBit);

    /// <summary>Every fault in a mask, in order of the bits.</summary>
    public static IReadOnlyList<NamedReason> Faults(uint mask) => Expand(mask, FaultTable.ByBit);

    /// <summary>Why a program was refused, as a sentence with its cure.</summary>
    public static string Program(int error)
    {
        string? name = ProgramErrorTable.Name(error);
        return name is null ? $"program error {error}" : $"{name}: {ProgramErrorTable.Sentence(error)} {ProgramErrorTable.Cure(error)}";
    }

    /// <summary>The names only, with commas.</summary>
    public static string List(IEnumerable<NamedReason> reasons) => string.Join(", ", reasons.Select(reason => reason.Name));

    /// <summary>Name, sentence and cure of each.</summary>
    public static string Explain(IEnumerable<NamedReason> reasons) => string.Join(" ", reasons.Select(reason => $"{reason.Name}: {reason.Sentence} {reason.Cure}"));

    private static List<NamedReason> Expand(uint mask, Func<int, SafetyEntry?> row)
    {
        var found = new List<NamedReason>();
        for (int bit = 0; bit < 32; bit++)
        {
            uint one = 1u << bit;
            if ((mask & one) == 0)
            {
                continue;
            }

            SafetyEntry? entry = row((int)one);
            found.Add(entry is null
                ? new NamedReason("Bit" + bit.ToString(System.Globalization.CultureInfo.InvariantCulture), "The board names a reason that this host does not know.", "Use host software that matches the firmware.")
                : new NamedReason(entry.Name, entry.Sentence, entry.Cure));
        }

        return found;
    }
}
