using Escapement.Host;
using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Faults.Tests;

/// <summary>Numbers of states, under a name that does not clash with the register's.</summary>
internal static class SupervisorStates
{
    public const int Idle = SupervisorState.Idle;
    public const int Loaded = SupervisorState.Loaded;
    public const int Armed = SupervisorState.Armed;
    public const int Running = SupervisorState.Running;
    public const int Held = SupervisorState.Held;
    public const int Done = SupervisorState.Done;
    public const int Fault = SupervisorState.Fault;
    public const int EmergencyStop = SupervisorState.EmergencyStop;
}

/// <summary>Notes when the host saw which state, and asks for a hold when told to.</summary>
internal sealed class Watcher(Wire wire) : ISessionObserver
{
    /// <summary>States in their order, with the host's time, in microseconds.</summary>
    public List<(long AtUs, int State)> States { get; } = [];

    /// <summary>What the session said about itself.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>In this state it asks for a hold.</summary>
    public int HoldIn { get; set; } = -1;

    /// <summary>Called when the board is held, with the host's time.</summary>
    public Action<long>? Held { get; set; }

    /// <summary>When a state was first seen; -1 when never.</summary>
    public long FirstUs(int state)
    {
        int at = States.FindIndex(one => one.State == state);
        return at < 0 ? -1 : States[at].AtUs;
    }

    public void OnEvent(SessionEvent happened)
    {
        if (happened is NoticeEvent notice) { Notices.Add(notice.Text); }
        if (happened is not StateEvent change) { return; }
        States.Add((change.HostUs, change.State));
        if (change.State == HoldIn) { wire.Later(change.HostUs + 1_500_000, HarpFrames.Write(RegisterAddress.Hold, HarpFrames.U8, [1])); }
        if (change.State == SupervisorState.Held) { Held?.Invoke(change.HostUs); }
    }
}
