using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Escapement.Host;

/// <summary>How a call of the flasher ended.</summary>
/// <param name="ExitCode">Its exit code; null when it was ended from here.</param>
/// <param name="Output">All that it wrote.</param>
/// <param name="Took">How long it took.</param>
public sealed record NanoffOutcome(int? ExitCode, string Output, TimeSpan Took);

/// <summary>
/// nanoff, the flashing tool of .NET nanoFramework. Options, outputs and exit codes are those of version 2.5.162, read in its source;
/// it has not been run here with a board.
/// </summary>
public sealed partial class Nanoff
{
    /// <summary>The version that this was written for. Older ones have reported success without having written.</summary>
    public const string PinnedVersion = "2.5.162";

    /// <summary>How to get it.</summary>
    public const string Install = "dotnet tool install -g nanoff --version " + PinnedVersion;

    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(20);

    /// <summary>Uses the program at a path.</summary>
    public Nanoff(string path) => Path = path;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    [GeneratedRegex(@"\b(\d+\.\d+\.\d+)(?:\+|\s|$)", RegexOptions.Multiline)]
    private static partial Regex VersionNumber();

    /// <summary>Finds it: where it is said to be, else on PATH, else where 'dotnet tool install -g' puts it.</summary>
    /// <exception cref="FlashException">It is not there; the message says how to install it.</exception>
    public static Nanoff Find(string? given)
    {
        if (given is not null)
        {
            return File.Exists(given) ? new Nanoff(System.IO.Path.GetFullPath(given)) : throw new FlashException(Host.ExitCode.Usage, $"--nanoff: there is no program '{given}'; name the file, or leave it away and install nanoff with '{Install}'.");
        }

        string name = OperatingSystem.IsWindows() ? "nanoff.exe" : "nanoff";
        string tools = System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools");
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(tools)
            .Select(folder => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return found is not null ? new Nanoff(found) : throw new FlashException(Host.ExitCode.Usage, $"nanoff, the flashing tool of .NET nanoFramework, is neither on PATH nor in {tools}; install it with '{Install}', or name it with --nanoff PATH.");
    }

    /// <summary>Its version.</summary>
    /// <exception cref="FlashException">It does not say, or is older than the one that this was written for.</exception>
    public Version AskVersion(CancellationToken stop)
    {
        NanoffOutcome outcome = Run(["--version"], VersionLimit, null, stop);
        Match number = VersionNumber().Match(outcome.Output);
        if (outcome.ExitCode != 0 || !number.Success || !outcome.Output.Contains("nanoff", StringComparison.OrdinalIgnoreCase))
        {
            throw new FlashException(Host.ExitCode.Usage, $"'{Path} --version' did not say that it is nanoff; name the right program with --nanoff, or install it again with '{Install}'.") { Output = outcome.Output };
        }

        Version version = Version.Parse(number.Groups[1].Value);
        return version >= Version.Parse(PinnedVersion) ? version : throw new FlashException(Host.ExitCode.Refused,
            $"nanoff at {Path} is version {version}; versions before {PinnedVersion} have reported success without having written, so bring it up to date with 'dotnet tool update -g nanoff --version {PinnedVersion}'.");
    }

    /// <summary>Calls it and waits for its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limit">After this it is ended.</param>
    /// <param name="line">Called with each line that it writes; may be null.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="FlashException">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">It was ended by <paramref name="stop"/>.</exception>
    public NanoffOutcome Run(IReadOnlyList<string> arguments, TimeSpan limit, Action<string>? line, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        start.Environment["NANOFRAMEWORK_TELEMETRY_OPTOUT"] = "1";
        var clock = Stopwatch.StartNew();
        using Process process = Start(start);
        process.StandardInput.Close();
        var output = new StringBuilder();
        Task reading = Task.WhenAll(Collect(process.StandardOutput, output, line), Collect(process.StandardError, output, line));
        bool isOver = Wait(process, limit, stop);
        if (!isOver)
        {
            End(process);
        }

        // A grandchild may hold the pipes open for ever; what the flasher itself wrote is here by then.
        reading.Wait(TimeSpan.FromSeconds(2), CancellationToken.None);
        stop.ThrowIfCancellationRequested();
        lock (output)
        {
            return new NanoffOutcome(isOver ? process.ExitCode : null, output.ToString(), clock.Elapsed);
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            throw new FlashException(Host.ExitCode.Usage, $"'{Path}' cannot be started ({error.Message.TrimEnd('.')}); name the right program with --nanoff, or install it with '{Install}'.");
        }
    }

    private static bool Wait(Process process, TimeSpan limit, CancellationToken stop)
    {
        long end = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (!process.WaitForExit(50))
        {
            if (stop.IsCancellationRequested || Environment.TickCount64 >= end)
            {
                return process.HasExited;
            }
        }

        return true;
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(5000);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself meanwhile.
        }
    }

    // Lines end with a line feed, and with a carriage return where progress is drawn.
    private static async Task Collect(StreamReader from, StringBuilder output, Action<string>? line)
    {
        var current = new StringBuilder();
        char[] buffer = new char[1024];
        int count;
        while ((count = await from.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            lock (output)
            {
                output.Append(buffer, 0, count);
                foreach (char letter in buffer.AsSpan(0, count))
                {
                    if (letter is not ('\n' or '\r'))
                    {
                        current.Append(letter);
                        continue;
                    }

                    Tell(current, line);
                }
            }
        }

        lock (output)
        {
            Tell(current, line);
        }
    }

    private static void Tell(StringBuilder current, Action<string>? line)
    {
        string text = current.ToString().Trim();
        current.Clear();
        if (text.Length > 0)
        {
            line?.Invoke(text);
        }
    }
}
