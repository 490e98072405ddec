using System.Globalization;

namespace Escapement.Host;

/// <summary>One call of the flasher.</summary>
/// <param name="Title">What it does, in words.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Limit">How long it may take.</param>
/// <param name="Attempts">How often it is tried: what talks to the running runtime finds it still booting at first.</param>
public sealed record FlashStep(string Title, IReadOnlyList<string> Arguments, TimeSpan Limit, int Attempts = 1)
{
    private const string NoVersionCheck = "--suppressnanoffversioncheck";
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15);

    /// <summary>Asks the boot loader which chip is there; the board is reset.</summary>
    public static FlashStep Chip(FlashOrder order) =>
        Of(order, "read the chip", ["--platform", "esp32", .. Port(order), .. Baud(order), "--devicedetails"], Short);

    /// <summary>Writes the runtime. It speaks little: at its usual verbosity this flasher moves a cursor that a pipe does not have, and fails after writing.</summary>
    public static FlashStep Runtime(FlashOrder order) =>
        Of(order, $"write the runtime {order.Target} {order.RuntimeVersion}", ["--target", order.Target, .. Port(order), .. Baud(order), "--update", "--fwversion", order.RuntimeVersion, .. Archive(order), .. order.Erases ? new[] { "--masserase" } : [], "--verbosity", "minimal"], Long);

    /// <summary>Asks the runtime what it is and which native parts it has.</summary>
    public static FlashStep Details(FlashOrder order) =>
        Of(order, "ask the runtime for its version", ["--nanodevice", .. Port(order), "--devicedetails"], Short, attempts: 3);

    /// <summary>Writes the identity file.</summary>
    /// <param name="order">The order.</param>
    /// <param name="list">The file that says which file goes where.</param>
    public static FlashStep Identity(FlashOrder order, string list) =>
        Of(order, "write the identity file", ["--filedeployment", list, .. Port(order)], Short, attempts: 3);

    /// <summary>Writes the firmware, last: the board is reset and starts with all in place. Apart from the runtime, because there the flasher ignores the address.</summary>
    /// <param name="order">The order.</param>
    /// <param name="image">The image.</param>
    public static FlashStep Firmware(FlashOrder order, string image) =>
        Of(order, "write the firmware", ["--target", order.Target, .. Port(order), .. Baud(order), "--deploy", "--image", image, "--address", string.Create(CultureInfo.InvariantCulture, $"0x{order.DeployAddress:X}")], Short);

    /// <summary>All of them in their order.</summary>
    public static IReadOnlyList<FlashStep> All(FlashOrder order, string list, string image) =>
        [Chip(order), .. order.KeepsRuntime ? [] : new[] { Runtime(order) }, Details(order), Identity(order, list), Firmware(order, image)];

    private static FlashStep Of(FlashOrder order, string title, string[] arguments, TimeSpan limit, int attempts = 1) =>
        new(title, [NoVersionCheck, .. arguments], order.Limit ?? limit, attempts);

    private static string[] Port(FlashOrder order) => ["--serialport", order.Port];

    private static string[] Archive(FlashOrder order) => order.Archive is { } folder ? ["--archivepath", folder, "--fromarchive"] : [];

    private static string[] Baud(FlashOrder order) => order.Baud is { } baud ? ["--baud", baud.ToString(CultureInfo.InvariantCulture)] : [];
}
