namespace Escapement.Host;

/// <summary>What a caller asks of a board beyond what every host asks; what is null or false is not asked.</summary>
public sealed record BoardExpectation
{
    /// <summary>Nothing beyond.</summary>
    public static readonly BoardExpectation Any = new();

    /// <summary>Not a simulated one.</summary>
    public bool IsReal { get; init; }

    /// <summary>Number of the board profile.</summary>
    public int? BoardId { get; init; }

    /// <summary>Build tag, in hexadecimal.</summary>
    public string? Tag { get; init; }

    /// <summary>Unique identifier, in hexadecimal.</summary>
    public string? Uid { get; init; }
}
