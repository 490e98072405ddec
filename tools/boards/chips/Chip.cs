namespace Escapement.Boards;

/// <summary>Who has the first serial port.</summary>
public enum DebuggerPort
{
    /// <summary>The debugger, always: the chip has no USB of its own.</summary>
    Uart0Always,

    /// <summary>The debugger, unless a USB host enumerates the chip's own USB at boot.</summary>
    Uart0UnlessUsb,
}

/// <summary>What one chip is like, as far as a board file depends on it.</summary>
public sealed record Chip
{
    /// <summary>Its name, as board files write it.</summary>
    public required string Name { get; init; }

    /// <summary>GPIO numbers that exist.</summary>
    public required Fact<PinSet> Existing { get; init; }

    /// <summary>Pins with a role that stands in the way.</summary>
    public required IReadOnlyList<PinGroup> Groups { get; init; }

    /// <summary>Pins that may carry trigger, enable and heartbeat; empty when nobody has looked at this chip's reset yet.</summary>
    public required Fact<PinSet> QuietAtReset { get; init; }

    /// <summary>What happens at reset to pins outside <see cref="QuietAtReset"/>.</summary>
    public required string ResetNote { get; init; }

    /// <summary>Pins of the first analogue converter; the second one is not free while the radio is on.</summary>
    public required Fact<PinSet> Adc1 { get; init; }

    /// <summary>RMT channels that can send.</summary>
    public required Fact<int> RmtChannels { get; init; }

    /// <summary>Words of one RMT channel memory.</summary>
    public required Fact<int> ChannelWords { get; init; }

    /// <summary>Pulse counter units.</summary>
    public required Fact<int> CounterUnits { get; init; }

    /// <summary>Serial ports: COM1 is the first.</summary>
    public required Fact<int> SerialPorts { get; init; }

    /// <summary>Pins of COM1, as the chip's first serial port has them.</summary>
    public required SerialPins ComOne { get; init; }

    /// <summary>Who has COM1.</summary>
    public required Fact<DebuggerPort> Debugger { get; init; }

    /// <summary>Where the application goes in flash, and how much fits, by flash size in megabytes.</summary>
    public required IReadOnlyDictionary<int, Fact<DeployRegion>> Deploy { get; init; }

    /// <summary>Images that the flashing tool knows for this chip.</summary>
    public required IReadOnlyList<Target> Targets { get; init; }

    /// <summary>Modules that carry this chip.</summary>
    public required IReadOnlyList<Module> Modules { get; init; }
}

/// <summary>Pins of a serial port.</summary>
/// <param name="Transmit">Transmit, seen from the chip.</param>
/// <param name="Receive">Receive.</param>
public readonly record struct SerialPins(int Transmit, int Receive);

/// <summary>Where the application goes in flash.</summary>
/// <param name="Address">Address of its first byte.</param>
/// <param name="Bytes">Bytes that fit.</param>
public sealed record DeployRegion(long Address, long Bytes);

/// <summary>PSRAM of a module, and what an image makes use of.</summary>
public enum Psram
{
    /// <summary>None.</summary>
    None,

    /// <summary>Four data lines.</summary>
    Quad,

    /// <summary>Eight data lines.</summary>
    Octal,
}

/// <summary>An image of the runtime.</summary>
/// <param name="Name">Its name, as the flashing tool takes it.</param>
/// <param name="Psram">PSRAM that it makes use of.</param>
/// <param name="MostManagedBytes">The most that its managed heap can be: with PSRAM what it leaves of 1 MB less, else internal memory.</param>
/// <param name="MostNativeBytes">The most that it leaves to native code.</param>
public sealed record Target(string Name, Psram Psram, Fact<long> MostManagedBytes, Fact<long> MostNativeBytes);

/// <summary>A module: chip, flash and PSRAM under one lid.</summary>
/// <param name="Name">Its ordering name.</param>
/// <param name="FlashMb">Flash in megabytes.</param>
/// <param name="Psram">PSRAM.</param>
/// <param name="NotBroughtOut">GPIO numbers of the chip that have no pin on the module.</param>
public sealed record Module(string Name, int FlashMb, Psram Psram, PinSet NotBroughtOut);
