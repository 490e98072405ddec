namespace Escapement.Host;

/// <summary>What a self-test is to do.</summary>
public sealed record SelfTestOrder
{
    /// <summary>What is asked of the board besides that it goes with this host.</summary>
    public BoardExpectation Expected { get; init; } = BoardExpectation.Any;

    /// <summary>Somebody has confirmed that nothing is connected behind the board: the trigger line may move. A virtual board needs nobody's word.</summary>
    public bool NothingIsConnected { get; init; }

    /// <summary>How long the board's clock is compared with this machine's, in microseconds.</summary>
    public long ClockUs { get; init; } = 5_000_000;

    /// <summary>Round trips on the link.</summary>
    public int RoundTrips { get; init; } = 200;

    /// <summary>Names this host to the board; any number but 0.</summary>
    public uint Nonce { get; init; } = 1;
}
