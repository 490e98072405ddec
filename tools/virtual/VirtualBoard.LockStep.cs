using Escapement.Host;

namespace Escapement.Virtual;

/// <summary>Why a lock-step run ended.</summary>
public enum LockStepEnd
{
    /// <summary>The host wanted nothing more.</summary>
    HostFinished,

    /// <summary>The simulation reached its limit of time.</summary>
    TimeLimit,
}

// Lock-step: virtual time stands still while the host has something to do.
public sealed partial class VirtualBoard
{
    /// <summary>
    /// Runs the board on this thread from power-up until the host has finished. At each of the firmware's sleeps
    /// the host is stepped until it says that it has nothing more to do; meanwhile no virtual time passes.
    /// </summary>
    /// <param name="host">The host; it talks through <see cref="Connect"/>.</param>
    /// <param name="limitUs">Simulation time at which the run ends anyhow, in microseconds.</param>
    /// <exception cref="VirtualBoardException">The firmware ended, or the host never becomes idle.</exception>
    public LockStepEnd RunLockStep(ITransportStep host, long limitUs = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (_options.RealTime) { throw new InvalidOperationException("This board was made for real time; use Start."); }
        Begin();
        Play(() => StepHost(host, limitUs));
        return host.IsFinished ? LockStepEnd.HostFinished : LockStepEnd.TimeLimit;
    }

    private bool StepHost(ITransportStep host, long limitUs)
    {
        DoPosted();
        int steps = 0;
        long nowUs = NowUs;
        while (host.Step(nowUs))
        {
            if (++steps > HostStepsAtOnce)
            {
                throw new VirtualBoardException($"The host had something to do {steps} times at {nowUs} us of simulation time; it never becomes idle.");
            }
        }
        return host.IsFinished || nowUs >= limitUs;
    }
}
