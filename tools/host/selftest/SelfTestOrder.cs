namespace Escapement.Host;

/// <summary>What a self-test is to do.</summary>
public sealed record SelfTestOrder
{
    /// <summary>What is asked of the board besides that it goes with this host.</summary>
    public BoardExpectation Expected { get; init; } = BoardExpectation.Any;

    /// <summary>
    /// Asked before the trigger line of a real board moves: whether somebody confirms that nothing is connected behind it. A
    /// virtual board needs nobody's word.
    /// </summary>
    public Func<bool> IsNothingConnected { get; init; } = () => false;

    /// <summary>How long the board's clock is compared with this machine's, in microseconds.</summary>
    public long ClockUs { get; init; } = 5_000_000;

    /// <summary>Round trips on the link.</summary>
    public int RoundTrips { get; init; } = 200;

    /// <summary>Names this host to the board; any number but 0.</summary>
    public uint Nonce { get; init; } = 1;
}
