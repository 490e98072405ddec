using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>The machine that this runs on.</summary>
internal sealed class ThisMachine : IMachine
{
    private const int PatienceMs = 5000;

    public Platform Platform => OperatingSystem.IsLinux() ? Platform.Linux
        : OperatingSystem.IsMacOS() ? Platform.MacOs
        : OperatingSystem.IsWindows() ? Platform.Windows
        : Platform.Other;

    public string System => RuntimeInformation.OSDescription;

    public Version DotNet => Environment.Version;

    public string Rid => RuntimeInformation.RuntimeIdentifier;

    public string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public string[] PortNames() => SerialTransport.PortNames();

    public bool Exists(string path) => Path.Exists(path);

    public string? ReadText(string path) => Try(() => File.ReadAllText(path).Trim());

    public IReadOnlyList<string> List(string folder) => Try(() => Directory.GetFileSystemEntries(folder)) ?? [];

    public string? Resolve(string path) => OperatingSystem.IsWindows() ? Try(() => Path.GetFullPath(path)) : Run("readlink", "-e", "--", path)?.Trim();

    public string? LinkOf(string path) => Try(() => new FileInfo(path).LinkTarget);

    // Not by opening it: that alone moves DTR and RTS.
    public bool MayUse(string path) => OperatingSystem.IsWindows() || Run("test", "-r", path, "-a", "-w", path) is not null;

    public string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
            Task<string> output = process!.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(PatienceMs))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            return process.ExitCode == 0 ? output.Result + error.Result : null;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    public ITransport Open(string port) => SerialTransport.Open(port);

    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
