namespace Escapement.Host;

/// <summary>Something that happened in a session.</summary>
/// <param name="HostUs">Host clock in microseconds.</param>
public abstract record SessionEvent(long HostUs);

/// <summary>The host went on to the next part of a session.</summary>
/// <param name="HostUs">Host clock in microseconds.</param>
/// <param name="Phase">One word.</param>
public sealed record PhaseEvent(long HostUs, string Phase) : SessionEvent(HostUs);

/// <summary>A status of the board.</summary>
/// <param name="HostUs">Host clock in microseconds.</param>
/// <param name="Status">The status.</param>
public sealed record StatusEvent(long HostUs, BoardStatus Status) : SessionEvent(HostUs);

/// <summary>The supervisor's state changed.</summary>
/// <param name="HostUs">Host clock in microseconds.</param>
/// <param name="State">The new state.</param>
public sealed record StateEvent(long HostUs, int State) : SessionEvent(HostUs);

/// <summary>The inhibit reasons changed, or a request was refused because of them.</summary>
/// <param name="HostUs">Host clock in microseconds.</param>
/// <param name="Reasons">One bit a reason.</param>
public sealed record InhibitEvent(long HostUs, uint Reasons) : SessionEvent(HostUs);

/// <summary>The faults changed.</summary>
/// <param name="HostUs">Host clock in microseconds.</param>
/// <param name="Cumulative">Every fault since the last clear.</param>
/// <param name="Current">Faults whose cause stands now.</param>
public sealed record FaultEvent(long HostUs, uint Cumulative, uint Current) : SessionEvent(HostUs);

/// <summary>A transaction ended.</summary>
/// <param name="HostUs">Host clock in microseconds.</param>
/// <param name="Train">Its report.</param>
public sealed record TrainEvent(long HostUs, TrainReading Train) : SessionEvent(HostUs);

/// <summary>What became of a command.</summary>
/// <param name="HostUs">Host clock in microseconds.</param>
/// <param name="Command">The board's word on it.</param>
public sealed record CommandEvent(long HostUs, CommandReading Command) : SessionEvent(HostUs);

/// <summary>Something worth a line.</summary>
/// <param name="HostUs">Host clock in microseconds.</param>
/// <param name="Text">One sentence.</param>
public sealed record NoticeEvent(long HostUs, string Text) : SessionEvent(HostUs);

/// <summary>Watches a session. The lease is renewed only after the watcher has returned from a status: a watcher that hangs lets it lapse.</summary>
public interface ISessionObserver
{
    /// <summary>Something happened.</summary>
    void OnEvent(SessionEvent happened);
}
