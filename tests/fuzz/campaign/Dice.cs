namespace Escapement.Fuzz;

/// <summary>Numbers from a seed (SplitMix64), the same on every machine and with every runtime; takes no memory.</summary>
public sealed class Dice
{
    private ulong state;

    /// <summary>Begins a row of numbers that belongs to this seed, target and session alone.</summary>
    public void Begin(ulong seed, int target, long session)
    {
        state = seed;
        state = Next() ^ ((ulong)target << 56) ^ (ulong)session;
        Next();
    }

    public ulong Next()
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to one less than the bound.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    public bool OneIn(int many) => Below(many) == 0;

    public byte Byte() => (byte)(Next() >> 56);

    public T Of<T>(T[] choices) => choices[Below(choices.Length)];
}
