namespace Escapement.Boards;

/// <summary>The pins of one chip on given modules with a given link: what speaks against a pin for a signal, and what for it.</summary>
public sealed class PinGround
{
    private readonly IReadOnlyList<Module> modules;
    private readonly bool isPortKnown;
    private readonly bool hasComOne;

    private PinGround(Chip chip, IReadOnlyList<Module> modules, string? port)
    {
        Chip = chip;
        this.modules = modules;
        var ports = LinkRules.Ports(chip).ToList();
        isPortKnown = ports.Contains(port ?? string.Empty);

        // A port that is no port is a problem of its own; the link's pins get the benefit of the doubt.
        hasComOne = ports.Contains(LinkRules.ComOne) && (port == LinkRules.ComOne || !isPortKnown);
    }

    /// <summary>The chip.</summary>
    public Chip Chip { get; }

    /// <summary>The pins of a file's chip; null when it names none that is known.</summary>
    public static PinGround? Of(BoardFile file) => Chips.Find(file.Text("chip")) is { } chip ? new(chip, ChipRules.ModulesOf(file, chip), file.Text("link.port")) : null;

    /// <summary>The pins of a board's chip.</summary>
    public static PinGround Of(Board board)
    {
        Chip chip = Chips.Find(board.Chip) ?? throw new ArgumentException($"{board.Chip} is no known chip.", nameof(board));
        return new(chip, [.. chip.Modules.Where(module => board.Modules.Contains(module.Name))], board.Link.Port);
    }

    /// <summary>Why a pin may not carry a signal; null when it may.</summary>
    public string? Objection(BoardSignal signal, int pin)
    {
        if (!Chip.Existing.Value.Contains(pin))
        {
            return $"the {Chip.Name} has no such pin ({Chip.Existing.Cited})";
        }

        if (modules.FirstOrDefault(module => module.NotBroughtOut.Contains(pin)) is { } module)
        {
            return $"the module {module.Name} does not bring it out";
        }

        if (Chip.Groups.FirstOrDefault(group => group.Pins.Contains(pin) && Forbids(group.Role, signal, pin)) is { } group)
        {
            return $"{Named(group.Role)}: {group.Why} ({group.Cited})";
        }

        return signal.Kind switch
        {
            SignalKind.Drive when !Chip.QuietAtReset.Value.Contains(pin) => $"not quiet at reset: {Chip.ResetNote}; {signal.Name} goes only on {Quiet()} ({Chip.QuietAtReset.Cited})",
            SignalKind.Analogue when !Chip.Adc1.Value.Contains(pin) => $"not a pin of the first analogue converter, which has {Chip.Adc1.Value} ({Chip.Adc1.Cited})",
            SignalKind.LinkTransmit or SignalKind.LinkReceive when hasComOne && isPortKnown && pin != ComOne(signal) => $"COM1 is wired to the board's bridge, with {(signal.Kind == SignalKind.LinkTransmit ? "transmit" : "receive")} on GPIO{ComOne(signal)}",
            _ => null,
        };
    }

    /// <summary>Every pin that may carry a signal, best first.</summary>
    public IEnumerable<int> Candidates(BoardSignal signal) => Chip.Existing.Value
        .Where(pin => Objection(signal, pin) is null)
        .OrderBy(pin => Waste(signal, pin));

    /// <summary>What speaks for a pin that has no objection.</summary>
    public string Merit(BoardSignal signal, int pin) => signal.Kind switch
    {
        SignalKind.Drive => $"quiet at reset ({Chip.QuietAtReset.Cited})",
        SignalKind.Analogue => $"first analogue converter ({Chip.Adc1.Cited})",
        SignalKind.LinkTransmit or SignalKind.LinkReceive when hasComOne => "COM1's own pin, wired to the board's bridge",
        SignalKind.LinkTransmit or SignalKind.LinkReceive => "any plain pin does, the port has none of its own",
        SignalKind.DrivenInput or SignalKind.Contact when IsInputOnly(pin) => "input only, with the pull outside the chip",
        SignalKind.Output => "plain pin; a twitch at reset shows on the lamp only",
        SignalKind.Contact => "plain pin; the pull-down outside the chip makes an open wire read unsafe",
        _ => "plain pin: no strap, flash, PSRAM, USB or UART0",
    };

    /// <summary>What a pin with a role is called.</summary>
    internal static string Named(PinRole role) => role switch
    {
        PinRole.Strapping => "strapping pin",
        PinRole.Flash => "flash pin",
        PinRole.OctalMemory or PinRole.QuadMemory => "PSRAM pin",
        PinRole.Usb => "USB pin",
        PinRole.Uart0 => "UART0 pin",
        PinRole.InputOnly => "input-only pin",
        _ => "dipping pin",
    };

    private bool Forbids(PinRole role, BoardSignal signal, int pin) => role switch
    {
        PinRole.OctalMemory => modules.Any(module => module.Psram == Psram.Octal),
        PinRole.QuadMemory => modules.Any(module => module.Psram == Psram.Quad),
        PinRole.Uart0 => !(hasComOne && pin == ComOne(signal)),
        PinRole.InputOnly => signal.IsOutput,
        PinRole.DippingInput => signal.Kind != SignalKind.Analogue,
        _ => true,
    };

    private int? ComOne(BoardSignal signal) => signal.Kind switch
    {
        SignalKind.LinkTransmit => Chip.ComOne.Transmit,
        SignalKind.LinkReceive => Chip.ComOne.Receive,
        _ => null,
    };

    private bool IsInputOnly(int pin) => Chip.Groups.Any(group => group.Role == PinRole.InputOnly && group.Pins.Contains(pin));

    private string Quiet() => Chip.QuietAtReset.Value.Count == 0 ? "pins that are known to be quiet, and none is" : Chip.QuietAtReset.Value.ToString();

    /// <summary>What a signal would take away from others: input-only pins are nobody else's, quiet and analogue ones are few.</summary>
    private int Waste(BoardSignal signal, int pin) =>
        (signal.Kind != SignalKind.Drive && Chip.QuietAtReset.Value.Contains(pin) ? 2 : 0)
        + (signal.Kind != SignalKind.Analogue && Chip.Adc1.Value.Contains(pin) && !IsInputOnly(pin) ? 1 : 0);
}
