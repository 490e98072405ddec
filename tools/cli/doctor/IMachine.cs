using Escapement.Host;

namespace Escapement.Cli;

/// <summary>Kinds of machine that differ in how serial ports are found and allowed.</summary>
public enum Platform
{
    Linux,
    MacOs,
    Windows,
    Other,
}

/// <summary>The machine that doctor looks at. Everything that it wants to know about a machine goes through here.</summary>
public interface IMachine
{
    Platform Platform { get; }

    /// <summary>The system by name and version.</summary>
    string System { get; }

    /// <summary>Version of .NET that runs this.</summary>
    Version DotNet { get; }

    /// <summary>.NET's name for the system, such as linux-x64.</summary>
    string Rid { get; }

    /// <summary>The user's home folder.</summary>
    string Home { get; }

    string[] PortNames();

    bool Exists(string path);

    /// <summary>A small text file, trimmed; null when it cannot be read.</summary>
    string? ReadText(string path);

    /// <summary>Full paths of what lies in a folder; empty when it cannot be read.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>Where a path leads after its symbolic links; null when it leads nowhere.</summary>
    string? Resolve(string path);

    /// <summary>What a symbolic link says; null when it is none, or may not be read.</summary>
    string? LinkOf(string path);

    /// <summary>Whether this user may read and write a path.</summary>
    bool MayUse(string path);

    /// <summary>What a program writes; null when it cannot be started, fails, or takes longer than a few seconds.</summary>
    string? Run(string program, params string[] arguments);

    /// <summary>Opens a port as every command here does.</summary>
    /// <exception cref="TransportException">It cannot be opened.</exception>
    ITransport Open(string port);
}
