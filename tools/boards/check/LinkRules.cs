using System.Globalization;

namespace Escapement.Boards;

/// <summary>The host link's port. Its pins are judged with the others.</summary>
internal static class LinkRules
{
    /// <summary>The one speed of this version.</summary>
    public const int Baud = 1_000_000;

    public const string ComOne = "COM1";

    public static void Check(Report report)
    {
        BoardFile file = report.File;
        report.RefuseNumber(file.Number("link.baud") != Baud && file.Number("link.baud") is not null, "link.baud", $"host and firmware speak {Baud} baud", $"write {Baud}");
        if (Chips.Find(file.Text("chip")) is not { } chip || file.Text("link.port") is not { } port)
        {
            return;
        }

        var free = Ports(chip).ToList();
        if (port == ComOne && !free.Contains(port))
        {
            report.Refuse("link.port", "'link.port' is 'COM1'", $"on the {chip.Name} the debugger owns COM1, and opening it fails ({chip.Debugger.Cited})", $"use {string.Join(" or ", free)} with an adapter");
        }
        else if (!free.Contains(port))
        {
            report.Refuse("link.port", $"'link.port' is '{port}'", $"the {chip.Name} has {chip.SerialPorts.Value} serial ports ({chip.SerialPorts.Cited})", $"use {string.Join(" or ", free)}");
        }

        string adapter = port == ComOne ? "none" : "required";
        if (free.Contains(port) && file.Text("link.adapter") is { } given && given != adapter)
        {
            report.Refuse("link.adapter", $"'link.adapter' is '{given}'", port == ComOne ? "COM1 leaves through the board's own bridge" : "nothing on the board turns this port into USB", $"write {adapter}");
        }
    }

    /// <summary>Serial ports that the firmware can have on a chip.</summary>
    public static IEnumerable<string> Ports(Chip chip) => Enumerable.Range(1, chip.SerialPorts.Value)
        .Select(number => "COM" + number.ToString(CultureInfo.InvariantCulture))
        .Where(port => port != ComOne || chip.Debugger.Value == DebuggerPort.Uart0UnlessUsb);
}
