namespace Escapement.Boards;

/// <summary>How well a fact is known.</summary>
public enum Evidence
{
    /// <summary>Read in the source code or partition table that decides it.</summary>
    Verified,

    /// <summary>Read in a data sheet, an issue or documentation.</summary>
    Reported,

    /// <summary>Follows from what was read; never seen on hardware.</summary>
    Inferred,
}

/// <summary>A figure or a set, with where it comes from.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Evidence">How well it is known.</param>
/// <param name="Source">Where it was read.</param>
public sealed record Fact<T>(T Value, Evidence Evidence, string Source)
{
    /// <summary>Source and evidence, as a refusal names them.</summary>
    public string Cited => $"{Source}; {Evidence.ToString().ToUpperInvariant()}";
}

/// <summary>What stands in the way of using a pin freely.</summary>
public enum PinRole
{
    /// <summary>Read by the chip at reset to choose how it boots.</summary>
    Strapping,

    /// <summary>Wired to the flash.</summary>
    Flash,

    /// <summary>Wired to octal flash or PSRAM, on modules that have it.</summary>
    OctalMemory,

    /// <summary>Wired to quad PSRAM, on modules that have it there.</summary>
    QuadMemory,

    /// <summary>Data lines of the chip's own USB.</summary>
    Usb,

    /// <summary>The first serial port: boot messages, debugger.</summary>
    Uart0,

    /// <summary>No output driver.</summary>
    InputOnly,

    /// <summary>An input that dips low by itself.</summary>
    DippingInput,
}

/// <summary>Pins that share a role.</summary>
/// <param name="Role">The role.</param>
/// <param name="Pins">The pins.</param>
/// <param name="Why">What goes wrong, in half a sentence.</param>
/// <param name="Evidence">How well it is known.</param>
/// <param name="Source">Where it was read.</param>
public sealed record PinGroup(PinRole Role, PinSet Pins, string Why, Evidence Evidence, string Source)
{
    /// <summary>Source and evidence, as a refusal names them.</summary>
    public string Cited => $"{Source}; {Evidence.ToString().ToUpperInvariant()}";
}
