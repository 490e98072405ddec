namespace Escapement.Host;

/// <summary>
/// A host that lives in steps, without threads: whoever owns the time (a virtual board in lock-step, a loop in real time)
/// calls it, and time stands still until it has nothing more to do.
/// </summary>
public interface ITransportStep
{
    /// <summary>Reads what is there, answers what it owes. True when it did something and wants to be called again at the same time.</summary>
    /// <param name="nowUs">The host's clock in microseconds; in lock-step it is the simulation's time.</param>
    bool Step(long nowUs);

    /// <summary>The host wants nothing more from the board.</summary>
    bool IsFinished { get; }
}
