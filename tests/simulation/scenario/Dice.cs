namespace Escapement.Simulation;

/// <summary>Random numbers that are the same on every machine and every runtime: SplitMix64.</summary>
public sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>0 to n-1.</summary>
    public int Below(int n) => (int)(((Next() >> 32) * (ulong)n) >> 32);

    /// <summary>Least to most, both possible.</summary>
    public long Between(long least, long most) => least + (long)(Next() % (ulong)(most - least + 1));

    /// <summary>Least to most, small figures as likely as large ones: the logarithm is even.</summary>
    public long Spread(long least, long most)
    {
        double ratio = (Next() >> 11) * (1.0 / (1UL << 53));
        return Math.Clamp((long)(least * Math.Pow((double)most / least, ratio)), least, most);
    }

    /// <summary>True once in n.</summary>
    public bool OneIn(int n) => Below(n) == 0;

    /// <summary>One of these.</summary>
    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>Another sequence, which depends on this seed and the label only.</summary>
    public static Dice For(ulong seed, ulong label) => new(new Dice(seed ^ (label * 0xD1342543DE82EF95UL)).Next());
}
