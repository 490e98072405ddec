namespace Escapement.Host;

/// <summary>What is to be flashed onto what.</summary>
public sealed record FlashOrder
{
    /// <summary>The board's id, for its identity file.</summary>
    public required string Board { get; init; }

    /// <summary>The number that its firmware reports.</summary>
    public required int Number { get; init; }

    /// <summary>The chip that must be found, as Espressif names it.</summary>
    public required string Chip { get; init; }

    /// <summary>Which image of the runtime.</summary>
    public required string Target { get; init; }

    /// <summary>Its version.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>Where the deployment partition begins in flash.</summary>
    public required long DeployAddress { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required long DeployBytes { get; init; }

    /// <summary>The serial port that carries flashing and the debugger.</summary>
    public required string Port { get; init; }

    /// <summary>Leaves the runtime as it is; it must then be the pinned one.</summary>
    public bool KeepsRuntime { get; init; }

    /// <summary>Erases the whole flash before the runtime is written.</summary>
    public bool Erases { get; init; }

    /// <summary>A person's word that this board has never run: it gets a record that says so, and need not wait for its first hour to pass.</summary>
    public bool IsNewBoard { get; init; }

    /// <summary>A folder in which nanoff has archived the runtime, to take it from there; null to download it.</summary>
    public string? Archive { get; init; }

    /// <summary>Speed of flashing; null for the flasher's own.</summary>
    public int? Baud { get; init; }

    /// <summary>How long any one step may take; null for a limit that fits each.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>How long the board may take to answer over the host link when all is written.</summary>
    public TimeSpan BootLimit { get; init; } = TimeSpan.FromSeconds(30);
}
