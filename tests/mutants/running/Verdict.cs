using Escapement.Mutants.Il;

namespace Escapement.Mutants.Running;

/// <summary>What became of a mutant.</summary>
public enum Outcome
{
    /// <summary>A test failed.</summary>
    Killed,

    /// <summary>A test used up a multiple of what it takes, did not come to its end, or ended the process.</summary>
    Timeout,

    /// <summary>Every test that reaches it passed.</summary>
    Survived,

    /// <summary>No test reaches it.</summary>
    NotReached,

    /// <summary>The runtime refused the changed code: a defect of this tool.</summary>
    Broken,
}

/// <summary>A mutant with what became of it, the test that decided and what it said.</summary>
public sealed record Verdict(Mutant Mutant, Outcome Outcome, string Test, string Message)
{
    public bool IsKilled => Outcome is Outcome.Killed or Outcome.Timeout;

    public bool IsAlive => Outcome is Outcome.Survived or Outcome.NotReached;
}
