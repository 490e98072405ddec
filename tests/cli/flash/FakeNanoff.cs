using System.Globalization;

namespace Escapement.Cli.Tests;

/// <summary>
/// A program that behaves as nanoff 2.5.162 does with a board, as far as arguments, output and exit codes go. It notes every call, and
/// "writes" by copying what it was given beside itself. Each part can be made to misbehave.
/// </summary>
internal sealed class FakeNanoff : IDisposable
{
    private readonly Folder folder = new();

    public FakeNanoff()
    {
        Port = folder.Write("port", string.Empty);
        Write();
    }

    /// <summary>Stands for the board's serial port.</summary>
    public string Port { get; }

    public string Path => folder["nanoff"];

    public string Version { get; set; } = "echo 'nanoff 2.5.162+baccab8f0f'";

    public string Chip { get; set; } = ChipOf("ESP32-S3", "8MB");

    public string Update { get; set; } = "echo 'Updating to 1.17.0.339'";

    public string Details { get; set; } = DetailsOf("ESP32_S3_OCTAL", "1.17.0.339");

    public string Files { get; set; } = "echo 'Device connected and ready for deployment.'; cp \"$(sed 's/.*SourceFilePath\":\"\\([^\"]*\\)\".*/\\1/' \"$list\")\" \"$here/identity\"; echo 'Deploying file x to y...OK'";

    public string Deploy { get; set; } = "cp \"$image\" \"$here/flashed.bin\"; printf 'Flashing deployment partition...\\rWriting at 0x001b0000 [====] 100.0%%\\rOK\\n'";

    /// <summary>What lies in the board's flash.</summary>
    public byte[]? Flashed => File.Exists(folder["flashed.bin"]) ? File.ReadAllBytes(folder["flashed.bin"]) : null;

    /// <summary>What lies in the board's file system.</summary>
    public string? Identity => File.Exists(folder["identity"]) ? File.ReadAllText(folder["identity"]) : null;

    /// <summary>Arguments of every call.</summary>
    public IReadOnlyList<string> Calls => File.Exists(folder["calls"]) ? File.ReadAllLines(folder["calls"]) : [];

    public string this[string name] => folder[name];

    public static string ChipOf(string chip, string flash) => $"""
        echo 'Reading details from chip...OK'; echo; echo 'Connected to:'; echo '{chip} ({chip} (QFN56) (revision v0.2))'; echo 'Features WiFi, BLE, Embedded PSRAM 8MB (AP_3v3)'
        echo 'Flash size {flash} GD25Q64 from GIGADEVICE (manufacturer 0xC8 device 0x4017)'; echo 'PSRAM: 8MB'; echo 'Crystal 40MHz'; echo 'MAC F4:12:FA:00:00:01'; echo
        """;

    public static string DetailsOf(string target, string version, string native = "mscorlib v100.5.0.24, checksum 0x00000000") => $"""
        echo; echo 'HAL build info: nanoCLR running @ ESP32_S3'; echo '  Target:   {target}'; echo '  Platform: ESP32'; echo; echo 'Firmware build Info:'; echo '  CLR Version: {version}'
        echo; echo 'Assemblies:'; echo; echo 'Native Assemblies:'; echo '  {native}'
        """;

    /// <summary>Writes the program anew, with what was changed.</summary>
    public string Write()
    {
        File.WriteAllText(Path, string.Create(CultureInfo.InvariantCulture, $$"""
            #!/bin/sh
            here=$(dirname "$0")
            echo "$*" >> "$here/calls"
            list=; image=; last=
            for word in "$@"; do
              case "$last" in --filedeployment) list=$word;; --image) image=$word;; esac
              last=$word
            done
            case "$*" in
            --version) {{Version}};;
            *--platform*) {{Chip}};;
            *--update*) {{Update}};;
            *--nanodevice*) {{Details}};;
            *--filedeployment*) {{Files}};;
            *--deploy*) {{Deploy}};;
            *) echo 'Error E9000: Invalid or missing arguments.'; exit 40;;
            esac

            """).Replace("\r", string.Empty, StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return Path;
    }

    public void Dispose() => folder.Dispose();
}
