using System.Globalization;
using Escapement.Link;

namespace Escapement.Host;

/// <summary>One thing in which a board differs from what this host, or its caller, needs.</summary>
/// <param name="What">What it is about.</param>
/// <param name="Board">What the board has.</param>
/// <param name="Needed">What is needed.</param>
/// <param name="Cure">What to do.</param>
public sealed record Difference(string What, string Board, string Needed, string Cure)
{
    /// <inheritdoc/>
    public override string ToString() => $"{What}: the board has {Board}, needed is {Needed}; {Cure}.";
}

/// <summary>
/// What must be the same on both ends before anything is written to a board: one table for every host program.
/// docs/compatibility.md shows it; a test compares.
/// </summary>
public static class Compatibility
{
    private const string FlashThis = "flash the firmware that came with this host (escapement flash)";
    private const string NewerHost = "install the host that came with that firmware, or " + FlashThis;

    /// <summary>Version of this host.</summary>
    public static string HostVersion { get; } = typeof(Compatibility).Assembly.GetName().Version!.ToString(3);

    /// <summary>The firmware release that goes with this host: any build of the same major and minor version.</summary>
    public static string Firmware { get; } = Text($"{LinkIdentity.FirmwareMajor}.{LinkIdentity.FirmwareMinor}");

    /// <summary>The Harp protocol that this host speaks: any minor version of the same major one.</summary>
    public static string HarpProtocol { get; } = Text($"{LinkIdentity.ProtocolMajor}.{LinkIdentity.ProtocolMinor}");

    /// <summary>Length of an output tick that programs are made for, in nanoseconds.</summary>
    public const long TickNs = 1000;

    /// <summary>The table, in the order in which differences are told.</summary>
    public static IReadOnlyList<CompatibilityRule> Rules { get; } =
    [
        new("register map", found => Text($"version {found.Board.InterfaceVersion}"), _ => Text($"version {BoardIdentity.KnownInterface}"),
            found => found.Board.InterfaceVersion == BoardIdentity.KnownInterface,
            found => found.Board.InterfaceVersion > BoardIdentity.KnownInterface ? NewerHost : FlashThis),

        // All zero (here: empty) means by the Harp specification that there is nothing to compare.
        new("device.yml", found => "SHA-1 " + Start(found.Board.InterfaceHash), _ => "SHA-1 " + Start(DeviceInterface.Sha1),
            found => found.Board.InterfaceHash.Length == 0 || found.Board.InterfaceHash == DeviceInterface.Sha1,
            _ => "board and host were built from different register maps, so " + FlashThis + " or install the host of that firmware"),

        new("firmware", found => found.Board.Firmware, _ => Firmware,
            found => Newer(found.Board.Firmware, Firmware) == 0,
            found => Newer(found.Board.Firmware, Firmware) > 0 ? NewerHost : FlashThis),

        new("Harp protocol", found => found.Board.HarpProtocol, _ => HarpProtocol,
            found => Major(found.Board.HarpProtocol) == LinkIdentity.ProtocolMajor,
            found => Major(found.Board.HarpProtocol) > LinkIdentity.ProtocolMajor ? NewerHost : FlashThis),

        new("board profile", found => Text($"number {found.Board.BoardId}"), asked => asked.BoardId is { } id ? BoardIdentity.NameOf(id) : "one of " + string.Join(", ", BoardIdentity.KnownBoards.Select(known => Text($"{known.Key} ({known.Value})"))),
            found => found.Asked.BoardId is { } id ? found.Board.BoardId == id : BoardIdentity.KnownBoards.ContainsKey(found.Board.BoardId),
            found => found.Asked.BoardId is null ? "install a host that knows this board, or flash the board with a profile of boards/" : "connect the board that is meant, or flash this one with that profile (escapement flash --board)"),

        new("output tick", found => Text($"{found.Figures?.TickNs ?? TickNs} ns"), _ => Text($"{TickNs} ns"),
            found => found.Figures is null || found.Figures.TickNs == TickNs,
            _ => FlashThis),

        new("kind", found => found.Board.IsVirtual ? "virtual" : "real", _ => "real",
            found => !found.Asked.IsReal || !found.Board.IsVirtual,
            _ => "a simulated board answers there, so name the port of the real one, or leave --real away"),

        new("build tag", found => found.Board.Tag, asked => asked.Tag ?? "any",
            found => found.Asked.Tag is null || Same(found.Asked.Tag, found.Board.Tag),
            _ => "another build runs there, so flash it again and restart the board"),

        new("UID", found => found.Board.Uid, asked => asked.Uid ?? "any",
            found => found.Asked.Uid is null || Same(found.Asked.Uid, found.Board.Uid),
            _ => "another board is connected, or its identity file was not written, so connect the right one or flash it again"),
    ];

    /// <summary>Everything in which a board differs; empty when it goes with this host.</summary>
    /// <param name="board">What it says that it is.</param>
    /// <param name="figures">Its figures; null when they were not read.</param>
    /// <param name="asked">What the caller asks for.</param>
    public static IReadOnlyList<Difference> Differences(BoardIdentity board, ProfileReading? figures, BoardExpectation asked)
    {
        var found = new BoardFound(board, figures, asked);
        return [.. Rules.Where(rule => !rule.Fits(found)).Select(rule => new Difference(rule.What, rule.Board(found), rule.Needed(asked), rule.Cure(found)))];
    }

    /// <summary>The refusal that a user reads.</summary>
    /// <param name="where">What the connection is called.</param>
    /// <param name="differences">At least one.</param>
    public static string Sentence(string where, IReadOnlyList<Difference> differences) =>
        $"The board at {where} does not go with this host. {string.Join(" ", differences)}";

    /// <summary>Positive when a version is newer than a release of two numbers, negative when older, 0 when it is of that release.</summary>
    private static int Newer(string version, string release)
    {
        Version known = Version.Parse(release);
        return Version.TryParse(version, out Version? parsed) ? new Version(parsed.Major, parsed.Minor).CompareTo(known) : -1;
    }

    private static int Major(string version) => Version.TryParse(version, out Version? parsed) ? parsed.Major : -1;

    private static string Start(string hash) => hash.Length > 8 ? hash[..8] : hash;

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A board that answers, and what was asked for.</summary>
/// <param name="Board">What it says that it is.</param>
/// <param name="Figures">Its figures; null when they were not read.</param>
/// <param name="Asked">What the caller asks for.</param>
public sealed record BoardFound(BoardIdentity Board, ProfileReading? Figures, BoardExpectation Asked);

/// <summary>One row of the table.</summary>
/// <param name="What">What it is about.</param>
/// <param name="Board">What the board has, in words.</param>
/// <param name="Needed">What is needed, in words.</param>
/// <param name="Fits">Whether it is the same.</param>
/// <param name="Cure">What to do when it is not.</param>
public sealed record CompatibilityRule(string What, Func<BoardFound, string> Board, Func<BoardExpectation, string> Needed, Func<BoardFound, bool> Fits, Func<BoardFound, string> Cure);
