namespace Escapement.Kernel.Tests;

/// <summary>Random programs that follow the rules, and random damage to them. The seed comes from CsCheck, which prints it.</summary>
public static class RandomPrograms
{
    private static readonly uint[] Dens = [1, 1, 1, 2, 3, 7, 9, 16, 27, 1000, 999_983, 1_000_000];
    private static readonly ulong[] ExtraUs = [0, 0, 1, 3, 900, 32_000, 65_000, 98_302, 250_000, 400_000, 2_000_000, 30_000_000];
    private static readonly ulong[] Edges =
    [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 999_999, 1_000_000, 1_000_001, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000,
        3_600_000_000, 3_600_000_001, 86_400_000_000, 86_400_000_001, long.MaxValue, 0x8000000000000000, ulong.MaxValue,
        86_400_000_000_000_000, 86_400_000_000_000_001, ulong.MaxValue / 1_000_000,
    ];

    public static ProgramModel Create(Random random, int maxPulses = 1500)
    {
        uint den = Dens[random.Next(Dens.Length)];
        var blocks = new List<BlockModel>();
        int budget = random.Next(1, maxPulses);
        int count = random.Next(1, 5);
        while (blocks.Count < count && budget > 0)
        {
            var block = random.Next(4) == 0 ? List(random, den, budget) : Repeats(random, den, budget);
            budget -= (int)block.PulseCount;
            blocks.Add(block);
        }

        return new ProgramModel { Den = den, Blocks = [.. blocks] };
    }

    private static BlockModel Repeats(Random random, uint den, int budget)
    {
        ushort width = Width(random);
        var levels = new List<LevelModel>();
        ulong inner = 0;
        int depth = random.Next(1, 5);
        for (int l = 0; l < depth; l++)
        {
            int most = Math.Max(1, Math.Min(budget, random.Next(3) == 0 ? 200 : 12));
            uint count = (uint)random.Next(1, most + 1);
            budget /= (int)count;
            ulong interval = count == 1 ? 0 : inner + Gap(random, den, width);
            levels.Insert(0, new LevelModel(count, interval));
            inner += (count - 1) * interval;
        }

        return new BlockModel
        {
            Levels = [.. levels], WidthUs = width, TrainDepth = (byte)random.Next(depth + 1), SpanUnits = inner + Gap(random, den, width),
        };
    }

    private static BlockModel List(Random random, uint den, int budget)
    {
        ushort width = Width(random);
        var list = new uint[random.Next(1, Math.Max(2, Math.Min(budget, 60)))];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = i > 0 && random.Next(3) == 0 ? list[i - 1] : (uint)(Gap(random, 1, width));
        }

        ulong inner = (ulong)list.Sum(us => us) * den;
        return new BlockModel
        {
            Kind = 2, ListUs = list, WidthUs = width, TrainDepth = (byte)random.Next(2), SpanUnits = inner + Gap(random, den, width),
        };
    }

    private static ushort Width(Random random) => (ushort)(random.Next(8) == 0 ? random.Next(1, 32768) : random.Next(1, 300));

    private static ulong Gap(Random random, uint den, ushort width)
    {
        ulong units = (width + 1UL) * den + ExtraUs[random.Next(ExtraUs.Length)] * den;
        units += random.Next(3) == 0 ? (ulong)random.NextInt64(0, 70_000L * den) : 0;
        return units + (ulong)(random.Next(2) == 0 ? random.NextInt64(0, den) : 0);
    }

    /// <summary>Damages an image in one to three places: bytes, fields, its end.</summary>
    public static byte[] Damage(Random random, byte[] image)
    {
        byte[] damaged = (byte[])image.Clone();
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int at = random.Next(random.Next(2) == 0 ? Math.Min(40, damaged.Length) : damaged.Length);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    ulong edge = Edges[random.Next(Edges.Length)];
                    int size = 1 << random.Next(1, 4);
                    for (int i = 0; i < size && at + i < damaged.Length; i++)
                    {
                        damaged[at + i] = (byte)(edge >> (8 * i));
                    }

                    break;
                case 3:
                    Array.Resize(ref damaged, Math.Max(1, damaged.Length + random.Next(-20, 21)));
                    break;
                default:
                    damaged[at]++;
                    break;
            }
        }

        return damaged;
    }

    /// <summary>A program whose blocks break a rule by a field, with totals that agree with what it holds: gets past the first checks.</summary>
    public static ProgramModel Bend(Random random, ProgramModel model)
    {
        var blocks = (BlockModel[])model.Blocks.Clone();
        int b = random.Next(blocks.Length);
        var block = blocks[b];
        ulong edge = Edges[random.Next(Edges.Length)];
        ulong shift = (ulong)random.Next(-2, 3);
        switch (random.Next(4))
        {
            case 0 when block.Levels.Length > 0:
                var levels = (LevelModel[])block.Levels.Clone();
                int l = random.Next(levels.Length);
                levels[l] = random.Next(2) == 0
                    ? levels[l] with { Count = (uint)edge }
                    : levels[l] with { IntervalUnits = random.Next(2) == 0 ? edge : levels[l].IntervalUnits + shift };
                block = block with { Levels = levels };
                break;
            case 1 when block.ListUs.Length > 0:
                var list = (uint[])block.ListUs.Clone();
                list[random.Next(list.Length)] = (uint)edge;
                block = block with { ListUs = list };
                break;
            case 2:
                block = block with { WidthUs = (ushort)random.Next(65536) };
                break;
            default:
                ulong least = (ulong)(block.LastOnsetUnits(model.Den) & ulong.MaxValue) + (block.WidthUs + 1UL) * model.Den;
                block = block with { SpanUnits = random.Next(2) == 0 ? edge : least + shift };
                break;
        }

        blocks[b] = block;
        return model with { Blocks = blocks };
    }
}
