using System.Globalization;

namespace Escapement.Boards;

/// <summary>A board's pin with the reason that speaks for it.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Gpio">Its GPIO; null where the board does without.</param>
/// <param name="Reason">Why this pin.</param>
public sealed record PinRow(BoardSignal Signal, int? Gpio, string Reason)
{
    /// <summary>The GPIO as text.</summary>
    public string GpioText => Gpio?.ToString(CultureInfo.InvariantCulture) ?? "absent";

    /// <summary>"out" or "in", seen from the board.</summary>
    public string Way => Signal.IsOutput ? "out" : "in";
}

/// <summary>A board in words, for pages and tables.</summary>
public static class BoardSummary
{
    /// <summary>Its figures, each with a name.</summary>
    public static IReadOnlyList<(string Name, string Value)> Figures(Board board) =>
    [
        ("chip", $"{board.Chip} on {string.Join(", ", board.Modules)}"),
        ("runtime", Text($"{board.Runtime.Target} {board.Runtime.Version}, application at 0x{board.Runtime.DeployAddress:X}, at most {board.Runtime.DeployBytes} bytes")),
        ("crystal", Text($"within {board.CrystalTolerancePpm} ppm until calibrated")),
        ("tick", Text($"{board.Trigger.TickNs} ns")),
        ("lists", Text($"{board.Trigger.FirstListWords} words first, {board.Trigger.ListWords} later, channel memory {board.Trigger.ChannelWords}")),
        ("lead-in", Text($"{board.Trigger.LeadInUs} us in {board.Trigger.HeadWords} words, at least {board.Trigger.LeadInMinUs} us")),
        ("start bound", Text($"{board.Trigger.StartBoundUs} us, {board.Trigger.LongStartBoundUs} us for a longer first list")),
        ("cuts", Text($"in silences of {board.Trigger.MinCutGapUs} us and more")),
        ("gate margin", Text($"{board.Trigger.GateMarginUs} us")),
        ("memory", Text($"{board.Memory.ManagedHeapBytes} bytes managed, {board.Memory.NativeBytes} native, {(board.Memory.HasPsram ? "PSRAM" : "no PSRAM")}")),
        ("counters", Text($"{board.CounterUnits}")),
        ("host link", Text($"{board.Link.Port}, {board.Link.Baud} baud, flow control {board.Link.FlowControl}")),
        ("bridge", board.Link.Bridge),
        ("DTR and RTS", board.Link.DtrRts),
        ("cables", board.Link.Cables),
        ("stimulator", Text($"{board.Stimulator.Polarity} edge, {board.Stimulator.WidthUs} us ({board.Stimulator.MinWidthUs} to {board.Stimulator.MaxWidthUs}), onsets {board.Stimulator.MinGapUs} us apart or more")),
    ];

    /// <summary>Every signal with its pin, in the order of the file.</summary>
    public static IReadOnlyList<PinRow> Pins(Board board)
    {
        PinGround ground = PinGround.Of(board);
        return [.. BoardSignal.All.Select(signal => new PinRow(signal, board.Pin(signal.Name), board.Pin(signal.Name) is { } pin ? ground.Merit(signal, pin) : "this board does without"))];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
