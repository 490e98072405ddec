namespace Escapement.Host;

/// <summary>Flashing cannot go on. Its message is one sentence for a person: what, where and what to do.</summary>
public sealed class FlashException(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="Host.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What the flasher wrote; empty when it was not the flasher that failed.</summary>
    public string Output { get; init; } = string.Empty;
}
