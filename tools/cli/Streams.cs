namespace Escapement.Cli;

/// <summary>Where the command line writes, and whether a person watches.</summary>
public sealed record Streams(TextWriter Out, TextWriter Error, bool IsTerminal)
{
    /// <summary>Why <see cref="Out"/> lost something; null while it did not.</summary>
    public Func<string?> OutFailure { get; init; } = () => null;

    /// <summary>Where a person answers questions; null when nobody does.</summary>
    public TextReader? Answers { get; init; }

    public static Streams OfConsole()
    {
        Streams streams = Of(Console.OpenStandardOutput(), Console.Error, !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb");
        return streams with { Answers = streams.IsTerminal && !Console.IsInputRedirected ? Console.In : null };
    }

    /// <summary>Writes to a stream that may fail at any time.</summary>
    public static Streams Of(Stream standardOutput, TextWriter error, bool isTerminal)
    {
        var output = new Output(standardOutput);
        var writer = new StreamWriter(output, new System.Text.UTF8Encoding(false), 4096) { AutoFlush = true };
        return new Streams(writer, error, isTerminal) { OutFailure = () => output.Failure };
    }

    /// <summary>One sentence about what went wrong, on stderr. Where even that cannot be written, the exit code must do.</summary>
    public void Complain(string sentence)
    {
        try
        {
            Error.WriteLine("escapement: " + sentence.ReplaceLineEndings(" "));
        }
        catch (Exception error) when (IsLoss(error))
        {
            // There is nowhere left to say it.
        }
    }

    internal static bool IsLoss(Exception error) => error is IOException or UnauthorizedAccessException or ObjectDisposedException;
}
