using System.Buffers.Binary;

namespace Escapement.Host;

/// <summary>What a session is to do.</summary>
/// <param name="Protocol">Its name, for people and records.</param>
/// <param name="Program">The pulse program (docs/program-format.md).</param>
public sealed record SessionOrder(string Protocol, byte[] Program)
{
    /// <summary>The gate stays closed; only the trigger line moves.</summary>
    public bool Dry { get; init; }

    /// <summary>What is asked of the board besides that it goes with this host.</summary>
    public BoardExpectation Expected { get; init; } = BoardExpectation.Any;

    /// <summary>Names this host to the board while it holds the lease; any number but 0.</summary>
    public uint Nonce { get; init; } = 1;

    /// <summary>Limits of this session, tighter than the board's own. They end with the session.</summary>
    public SessionLimits Limits { get; init; } = new();

    /// <summary>Clears faults that are latched from before, when their cause is gone.</summary>
    public bool ClearFaults { get; init; }

    /// <summary>Parts of the program on their way at once, 1 to 3.</summary>
    public int UploadWindow { get; init; } = 3;

    /// <summary>The session and a simulated board share one virtual time, so that their clocks can be compared like those of host and board.</summary>
    public bool InVirtualTime { get; init; }

    /// <summary>How long to wait for reasons that go away by themselves (history, a stimulator that charges), in microseconds.</summary>
    public long PatienceUs { get; init; } = 15_000_000;

    /// <summary>Pulses that the program states.</summary>
    public int PulsesPlanned => Program.Length >= 16 ? BinaryPrimitives.ReadInt32LittleEndian(Program.AsSpan(12)) : 0;
}
