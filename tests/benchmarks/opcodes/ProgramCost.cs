namespace Escapement.Benchmarks.Opcodes;

/// <summary>What one program costs the board over all its transactions, in executed IL instructions.</summary>
public sealed record ProgramCost
{
    public required string Name { get; init; }
    public long Transactions { get; set; }
    public long Pulses { get; set; }

    /// <summary>Words that the transactions need, heads included, padding not.</summary>
    public long Words { get; set; }

    /// <summary>Words of the lists as sent, padding included.</summary>
    public long ListWords { get; set; }
    public long VerifyOpcodes { get; set; }
    public long PlanOpcodes { get; set; }
    public long SequencerOpcodes { get; set; }
    public long EncodeOpcodes { get; set; }
    public long GuardOpcodes { get; set; }

    public double EncodePerWord => (double)EncodeOpcodes / Words;
    public double EncodePerPulse => (double)EncodeOpcodes / Pulses;
    public double GuardPerWord => (double)GuardOpcodes / ListWords;
    public double SequencerPerPulse => (double)SequencerOpcodes / Pulses;
    public double PlanPerPulse => (double)PlanOpcodes / Pulses;

    public long[] Figures() =>
        [Transactions, Pulses, Words, ListWords, VerifyOpcodes, PlanOpcodes, SequencerOpcodes, EncodeOpcodes, GuardOpcodes];

    public static ProgramCost From(string name, long[] figures) => new()
    {
        Name = name, Transactions = figures[0], Pulses = figures[1], Words = figures[2], ListWords = figures[3], VerifyOpcodes = figures[4],
        PlanOpcodes = figures[5], SequencerOpcodes = figures[6], EncodeOpcodes = figures[7], GuardOpcodes = figures[8],
    };

    public static ProgramCost Sum(string name, IReadOnlyList<ProgramCost> all)
    {
        long[] sums = all.Select(one => one.Figures()).Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)]);
        return From(name, sums);
    }
}
