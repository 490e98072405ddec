namespace Escapement.Benchmarks.Opcodes;

/// <summary>What the firmware may cost an interpreting board, in executed IL instructions.</summary>
public static class OpcodeTargets
{
    /// <summary>Per encoded word, over a library row.</summary>
    public const int PerEncodedWord = 40;

    /// <summary>Per judged word, over a program.</summary>
    public const int PerJudgedWord = 80;

    /// <summary>Between the two clock readings around a send.</summary>
    public const int BetweenClockReadings = 100;

    /// <summary>The median pass of a running session: at 1 to 5 us an opcode, what a pass of 10 ms can bear.</summary>
    public const int MedianPass = 2500;

    /// <summary>A list in which nothing repeats has nothing to copy: its encoding is shown, not held to the target.</summary>
    public static bool HoldEncoding(ProgramCost cost) => cost.Name != Programs.Jittered;

    public static bool AreMet(ProgramCost cost) =>
        cost.GuardPerWord <= PerJudgedWord && (!HoldEncoding(cost) || cost.EncodePerWord <= PerEncodedWord);
}
