namespace Escapement.Simulation;

/// <summary>What a bad link does to bytes: flips bits, loses, doubles and delays, each way, for a while and from a seed.</summary>
public sealed class LinkNoise
{
    private readonly List<Spell> _spells = [];
    private readonly List<(long AtUs, byte[] Bytes)> _late = [];

    /// <summary>Begins a spell of noise.</summary>
    /// <param name="kind">What happens.</param>
    /// <param name="fromUs">From when, in microseconds.</param>
    /// <param name="lengthUs">For how long, in microseconds.</param>
    /// <param name="oneIn">To one byte (or frame) in so many.</param>
    /// <param name="seed">Which ones.</param>
    public void Begin(FaultKind kind, long fromUs, long lengthUs, int oneIn, ulong seed) =>
        _spells.Add(new Spell(kind, fromUs, fromUs + lengthUs, Math.Max(1, oneIn), new Dice(seed)));

    /// <summary>Bytes of the board as they reach the hosts.</summary>
    public byte[] ToHost(byte[] bytes, long nowUs)
    {
        foreach (Spell spell in _spells)
        {
            if (spell.IsOn(nowUs)) { bytes = Bytewise(spell, bytes); }
        }

        return bytes;
    }

    /// <summary>Bytes of a host as they reach the board, in parts.</summary>
    public IEnumerable<byte[]> ToBoard(byte[] bytes, long nowUs)
    {
        bool twice = false;
        foreach (Spell spell in _spells)
        {
            if (!spell.IsOn(nowUs)) { continue; }
            if (spell.Kind == FaultKind.LinkDelay && spell.Hits())
            {
                _late.Add((nowUs + spell.Dice.Spread(10_000, 3_000_000), bytes));
                return [];
            }

            twice |= spell.Kind == FaultKind.LinkRepeat && spell.Hits();
            bytes = Bytewise(spell, bytes);
        }

        return twice ? [bytes, bytes] : [bytes];
    }

    /// <summary>Frames that come late.</summary>
    public IReadOnlyList<byte[]> Due(long nowUs)
    {
        if (_late.Count == 0) { return []; }
        byte[][] due = [.. _late.Where(one => one.AtUs <= nowUs).Select(one => one.Bytes)];
        _late.RemoveAll(one => one.AtUs <= nowUs);
        return due;
    }

    private static byte[] Bytewise(Spell spell, byte[] bytes) => spell.Kind switch
    {
        FaultKind.LinkCut => [],
        FaultKind.LinkFlips => [.. bytes.Select(one => spell.Hits() ? (byte)(one ^ (1 << spell.Dice.Below(8))) : one)],
        FaultKind.LinkLosses => [.. bytes.Where(_ => !spell.Hits())],
        FaultKind.LinkDoubles => [.. bytes.SelectMany(one => spell.Hits() ? new[] { one, one } : [one])],
        _ => bytes,
    };

    private sealed record Spell(FaultKind Kind, long FromUs, long UntilUs, int OneIn, Dice Dice)
    {
        public bool IsOn(long nowUs) => nowUs >= FromUs && nowUs < UntilUs;

        public bool Hits() => Dice.OneIn(OneIn);
    }
}
