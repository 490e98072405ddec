using Escapement.Host;

namespace Escapement.Faults.Tests;

/// <summary>No host at all, until a time.</summary>
internal sealed class Nobody(long untilUs) : ITransportStep
{
    public bool IsFinished { get; private set; }

    public bool Step(long nowUs)
    {
        IsFinished = nowUs >= untilUs;
        return false;
    }
}
