namespace Escapement.Host;

/// <summary>Leaves the script of a session from any depth; never leaves the runner.</summary>
internal sealed class SessionEnd(SessionVerdict verdict, int exitCode, string message) : Exception(message)
{
    public SessionVerdict Verdict { get; } = verdict;

    public int ExitCode { get; } = exitCode;

    /// <summary>Inhibit reasons that the refusal names.</summary>
    public uint Inhibits { get; init; }

    public static SessionEnd Refused(string message, uint inhibits = 0) => new(SessionVerdict.Refused, Host.ExitCode.Refused, message) { Inhibits = inhibits };

    public static SessionEnd NoLink(string message) => new(SessionVerdict.Refused, Host.ExitCode.NoLink, message);

    public static SessionEnd Faulted(string message) => new(SessionVerdict.Faulted, Host.ExitCode.Aborted, message);
}
