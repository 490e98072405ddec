namespace Escapement.Simulation;

/// <summary>Everything that happens in one simulation, as data. It follows from the seed alone and prints as one page.</summary>
public sealed record Scenario
{
    /// <summary>Where it comes from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The board and the bench as they were built.</summary>
    public BoardChoice Board { get; init; } = new();

    /// <summary>What the hosts do, one after the other.</summary>
    public required IReadOnlyList<Act> Acts { get; init; }

    /// <summary>What goes wrong.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Longest time that it may take, in microseconds.</summary>
    public long LimitUs => Acts.Sum(act => act.LimitUs) + 60_000_000;
}

/// <summary>The board and the bench, within their tolerances.</summary>
public sealed record BoardChoice
{
    /// <summary>Which board, as in boards/.</summary>
    public string Id { get; init; } = Boards.Reference;

    /// <summary>What its clock shows at boot, in microseconds: near a wrap of 31 or 32 bits.</summary>
    public long ClockStartUs { get; init; }

    /// <summary>Native memory is short: long lists do not fit.</summary>
    public bool MemoryShort { get; init; }

    /// <summary>Seed of the chip's own randomness.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Time of the watchdog, in nanoseconds.</summary>
    public long WatchdogNs { get; init; } = Rig.CircuitFigures.WatchdogNs;

    /// <summary>Error of the crystal, in parts per thousand million; what a good one may have.</summary>
    public int ClockErrorPpb { get; init; }

    /// <summary>Whether somebody switches the bench on anew after a restart of the board.</summary>
    public bool OperatorReturns { get; init; } = true;
}

/// <summary>A part of what the hosts do.</summary>
public abstract record Act
{
    /// <summary>Longest time that it may take, in microseconds.</summary>
    public abstract long LimitUs { get; }
}

/// <summary>A host that means well runs one session, unless it is told to stop or breaks down.</summary>
/// <param name="Program">What it runs.</param>
/// <param name="Nonce">Its name to the board.</param>
public sealed record GoodSession(TestProgram Program, uint Nonce) : Act
{
    /// <summary>The gate stays closed.</summary>
    public bool Dry { get; init; }

    /// <summary>When its user stops it, microseconds after the start; negative: never.</summary>
    public long StopAfterUs { get; init; } = -1;

    /// <summary>When it breaks down, microseconds after the start; negative: never.</summary>
    public long CrashAfterUs { get; init; } = -1;

    /// <summary>When it hangs, microseconds after the start; negative: never.</summary>
    public long HangAfterUs { get; init; } = -1;

    /// <summary>For how long it hangs, in microseconds.</summary>
    public long HangUs { get; init; }

    /// <summary>Seed of a second host that talks to the board meanwhile; 0: nobody does.</summary>
    public ulong SecondHost { get; init; }

    /// <inheritdoc/>
    public override long LimitUs => Program.SpanUs + 60_000_000;
}

/// <summary>A host that does anything at any time, and sometimes what leads on.</summary>
/// <param name="Seed">Of its doings.</param>
/// <param name="LengthUs">How long, in microseconds.</param>
/// <param name="Programs">What it uploads.</param>
/// <param name="Manners">How often it does what leads on, of 100.</param>
public sealed record ErraticSession(ulong Seed, long LengthUs, IReadOnlyList<TestProgram> Programs, int Manners) : Act
{
    /// <inheritdoc/>
    public override long LimitUs => LengthUs + 1_000_000;
}

/// <summary>Nobody does anything.</summary>
/// <param name="LengthUs">How long, in microseconds.</param>
public sealed record Silence(long LengthUs) : Act
{
    /// <inheritdoc/>
    public override long LimitUs => LengthUs;
}
