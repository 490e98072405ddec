using Escapement.Host;

namespace Escapement.Cli;

/// <summary>A board that a host runs on, for as long as that lasts.</summary>
internal interface IBoardRun : IDisposable
{
    ITransport Transport { get; }

    /// <summary>Seed of the virtual board; null for one that is somewhere else.</summary>
    ulong? Seed { get; }

    /// <summary>Runs a host to its end.</summary>
    void Run(ITransportStep host);

    /// <summary>What a referee saw; null when there is none.</summary>
    Witness? Witness(bool isDry);
}

/// <summary>What a referee saw.</summary>
/// <param name="Onsets">Rising edges to judge: of the stimulator line, in a dry run of the trigger line.</param>
/// <param name="UnitPs">Unit of the onsets in picoseconds.</param>
/// <param name="Emitted">Pulses at the stimulator.</param>
/// <param name="WriteEdges">Writes edges.csv.</param>
internal sealed record Witness(long[] Onsets, long UnitPs, long Emitted, Action<Stream> WriteEdges)
{
    public double? DurationUs => Onsets.Length > 0 ? (Onsets[^1] - Onsets[0]) * (double)UnitPs / 1e6 : null;
}
