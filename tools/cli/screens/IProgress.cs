using Escapement.Host;

namespace Escapement.Cli;

/// <summary>Shows a session while it runs.</summary>
internal interface IProgress : ISessionObserver
{
    /// <summary>Runs something while the display is up.</summary>
    void While(Action run);
}

/// <summary>Shows nothing.</summary>
internal sealed class NoProgress : IProgress
{
    public void OnEvent(SessionEvent happened)
    {
    }

    public void While(Action run) => run();
}

/// <summary>Hands each event to several observers, in their order.</summary>
internal sealed class Observers(params ISessionObserver?[] all) : ISessionObserver
{
    public void OnEvent(SessionEvent happened)
    {
        foreach (ISessionObserver? one in all)
        {
            one?.OnEvent(happened);
        }
    }
}
