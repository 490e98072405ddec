using Escapement.Host;

namespace Escapement.Faults.Tests;

/// <summary>A host that leads a session and may die or sleep in it; then a watch in which nobody does anything; then a look at the board.</summary>
internal sealed class Leader(SessionRunner runner, Wire wire, Inspector inspector, long watchUs) : ITransportStep
{
    private readonly byte[] scratch = new byte[4096];
    private long endUs = -1;

    public bool IsFinished => inspector.IsFinished;

    /// <summary>The host is not there from this time on, in microseconds.</summary>
    public long DeadFromUs { get; set; } = long.MaxValue;

    /// <summary>It is there again from this time on.</summary>
    public long AliveFromUs { get; set; } = long.MaxValue;

    /// <summary>It asks to stop at this time.</summary>
    public long StopUs { get; set; } = long.MaxValue;

    /// <summary>The watch lasts at least until this time.</summary>
    public long NotBeforeUs { get; set; }

    /// <summary>Another host that comes when the first has finished, before the watch.</summary>
    public ITransportStep? Then { get; set; }

    /// <summary>What the host's own clock shows at a time, both in microseconds.</summary>
    public Func<long, long>? HostClock { get; set; }

    /// <summary>Called at each step, before the host.</summary>
    public Action<long>? Each { get; set; }

    public bool Step(long nowUs)
    {
        wire.Pump(nowUs);
        Each?.Invoke(nowUs);
        if (nowUs >= StopUs) { runner.RequestStop("the scenario ends"); }
        bool isThere = nowUs < DeadFromUs || nowUs >= AliveFromUs;
        bool isGone = nowUs >= DeadFromUs && AliveFromUs == long.MaxValue;
        if (isThere && !runner.IsFinished) { return runner.Step(HostClock?.Invoke(nowUs) ?? nowUs); }
        if (!runner.IsFinished && !isGone) { return false; }
        if (Then is { IsFinished: false } next) { return next.Step(nowUs); }
        if (endUs < 0) { endUs = Math.Max(nowUs, NotBeforeUs) + watchUs; }
        if (nowUs < endUs)
        {
            while (wire.Read(scratch) > 0) { }
            return false;
        }

        return inspector.Step(nowUs);
    }
}
