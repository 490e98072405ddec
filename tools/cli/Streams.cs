namespace Escapement.Cli;

/// <summary>Where the command line writes, and whether a person watches.</summary>
public sealed record Streams(TextWriter Out, TextWriter Error, bool IsTerminal)
{
    public static Streams OfConsole()
    {
        var output = new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(false), 4096) { AutoFlush = true };
        return new Streams(output, Console.Error, !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb");
    }

    /// <summary>One sentence about what went wrong, on stderr.</summary>
    public void Complain(string sentence) => Error.WriteLine("escapement: " + sentence.ReplaceLineEndings(" "));
}
