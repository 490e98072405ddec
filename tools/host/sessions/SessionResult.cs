using Escapement.Safety;

namespace Escapement.Host;

/// <summary>How a session ended.</summary>
public enum SessionVerdict
{
    /// <summary>As planned, by the board's own counters.</summary>
    Completed,

    /// <summary>Stopped on request.</summary>
    Aborted,

    /// <summary>Never started.</summary>
    Refused,

    /// <summary>Ended by a fault, or not as planned.</summary>
    Faulted,
}

/// <summary>Exit codes of the command line, which any host may use.</summary>
public static class ExitCode
{
    /// <summary>Completed.</summary>
    public const int Completed = 0;

    /// <summary>Bad usage or input.</summary>
    public const int Usage = 2;

    /// <summary>Refused.</summary>
    public const int Refused = 3;

    /// <summary>Aborted or faulted.</summary>
    public const int Aborted = 4;

    /// <summary>No link to a board.</summary>
    public const int NoLink = 5;
}

/// <summary>A reason or fault by name.</summary>
/// <param name="Name">Its name in the register map.</param>
/// <param name="Sentence">What it means.</param>
/// <param name="Cure">What to do about it.</param>
public sealed record NamedReason(string Name, string Sentence, string Cure);

/// <summary>What a session came to. Everything that counts pulses here comes from the board's own counters.</summary>
public sealed record SessionResult
{
    /// <summary>How it ended.</summary>
    public required SessionVerdict Verdict { get; init; }

    /// <summary>See <see cref="Escapement.Host.ExitCode"/>.</summary>
    public required int ExitCode { get; init; }

    /// <summary>One sentence: what, where, and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>Name of the protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>The gate stayed closed by intent.</summary>
    public bool Dry { get; init; }

    /// <summary>Who the board is; null when it never said so.</summary>
    public BoardIdentity? Board { get; init; }

    /// <summary>The board's figures; null when they were never read.</summary>
    public ProfileReading? Figures { get; init; }

    /// <summary>The limits that held on the board; null when they were never read.</summary>
    public Limits? LimitsInForce { get; init; }

    /// <summary>The board's inputs as last seen, the absent ones among them; null when they were never read.</summary>
    public InputsReading? Inputs { get; init; }

    /// <summary>Whether START was accepted.</summary>
    public bool Started { get; init; }

    /// <summary>Digest confirmed by both sides; 0 when it did not come that far.</summary>
    public uint Digest { get; init; }

    /// <summary>Pulses of the program.</summary>
    public long PulsesPlanned { get; init; }

    /// <summary>Pulses on the trigger line, by the board's raw counter.</summary>
    public long PulsesRaw { get; init; }

    /// <summary>Pulses behind the gate, by the board's gated counter.</summary>
    public long PulsesCounted { get; init; }

    /// <summary>The last status; null when none was read.</summary>
    public BoardStatus? FinalStatus { get; init; }

    /// <summary>One report a transaction, in order.</summary>
    public IReadOnlyList<TrainReading> Trains { get; init; } = [];

    /// <summary>Largest bound that held for a start, in microseconds.</summary>
    public long StartBoundUs { get; init; }

    /// <summary>From the first to the last planned pulse onset that was begun, in microseconds.</summary>
    public long DurationUs { get; init; }

    /// <summary>Faults latched at the end.</summary>
    public IReadOnlyList<NamedReason> Faults { get; init; } = [];

    /// <summary>The first of them; null when there is none.</summary>
    public FirstFaultReading? FirstFault { get; init; }

    /// <summary>Inhibit reasons of the refusal.</summary>
    public IReadOnlyList<NamedReason> Inhibits { get; init; } = [];

    /// <summary>The board confirmed a requested stop by reply and by state.</summary>
    public bool StopConfirmed { get; init; }

    /// <summary>Lease renewals sent.</summary>
    public long Renewals { get; init; }

    /// <summary>Quality of the link, host's end.</summary>
    public required HarpCounters Link { get; init; }

    /// <summary>Quality of the link, board's end, as in register LinkCounters; empty when not read.</summary>
    public IReadOnlyList<uint> BoardLink { get; init; } = [];
}
