using System.Text.Json;

namespace Escapement.Cli.Tests;

/// <summary>The command in this process, with what it wrote.</summary>
internal sealed record Cli(int ExitCode, string Out, string Error)
{
    public static Cli Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = App.Run(args, new Streams(output, error, false));
        return new Cli(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The last line of stdout as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Out.TrimEnd('\n').Split('\n')[^1]).RootElement;

    /// <summary>Ended so, with one sentence on stderr that names what is to blame, and no stack trace.</summary>
    public Cli Complains(int exitCode, string words)
    {
        Assert.AreEqual(exitCode, ExitCode, Error);
        Assert.AreEqual(1, Error.TrimEnd().Split('\n').Length, Error);
        Assert.StartsWith("escapement: ", Error);
        Assert.Contains(words, Error);
        Assert.DoesNotContain("   at ", Error);
        return this;
    }
}

/// <summary>A stream that takes nothing.</summary>
internal sealed class FullDisk : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device.");

    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device.");

    protected override void Dispose(bool disposing)
    {
        // Nothing was taken, nothing is left to flush.
    }
}

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("escapement-").FullName;

    public static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "nf.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("The test does not run inside the repository.");
        }
    }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
