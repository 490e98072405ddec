namespace Escapement.Host;

/// <summary>
/// Something the user gave cannot be used. The message is one sentence that says what, where and what to do; it is shown as it is, without a stack trace.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>Exit code of the command line for bad input.</summary>
    public const int InputExitCode = 2;

    /// <summary>Bad input, in one sentence.</summary>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>Bad input, in one sentence, with what was caught.</summary>
    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The exit code that goes with it.</summary>
    public int ExitCode => InputExitCode;
}
