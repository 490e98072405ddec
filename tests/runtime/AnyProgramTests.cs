using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>Programs of many blocks, lists and odd fractions, with silences right at the least that can be cut: every pulse in its place.</summary>
[TestClass]
public class AnyProgramTests
{
    [TestMethod]
    [DataRow(1), DataRow(2), DataRow(3), DataRow(4), DataRow(5), DataRow(6), DataRow(7), DataRow(8), DataRow(9), DataRow(10), DataRow(11), DataRow(12)]
    public void Composite_program_plays_every_pulse_where_it_was_planned(int seed)
    {
        Random random = new(seed);
        byte[] program = Composite(random, seed % 4 == 0 ? 64 : random.Next(1, 12), out List<long> onsets);
        Bench bench = Bench.Running(program, dry: seed % 5 == 0);
        int holds = 0;
        bool Ended()
        {
            if (seed % 3 == 0 && bench.State == SupervisorState.Running && random.Next(400) == 0)
            {
                holds++;
                bench.Write(RegisterAddress.Hold, 1, 1);
            }
            else if (bench.State == SupervisorState.Held && random.Next(50) == 0)
            {
                bench.SendCommand(RegisterAddress.Resume, bench.Now, bench.U32(RegisterAddress.Digest, 0));
            }

            return bench.State is SupervisorState.Done or SupervisorState.Fault;
        }

        Assert.IsTrue(bench.RunUntil(Ended, onsets[^1] + 400_000_000), $"seed {seed}: state {bench.State}");
        Assert.AreEqual(SupervisorState.Done, bench.State, $"seed {seed}: faults {bench.Faults:x}");
        Assert.HasCount(onsets.Count, bench.Board.Edges);
        long shift = bench.Board.Edges[0].TimeUs - onsets[0];
        for (int i = 0; i < onsets.Count; i++)
        {
            long off = bench.Board.Edges[i].TimeUs - onsets[i] - shift;
            if (holds > 0 && off > 5 && onsets[i] - onsets[i - 1] >= 300_000)
            {
                shift += off; // a hold moves all that follows, later and never nearer
                off = 0;
            }

            Assert.IsInRange(-5, 5, off, $"seed {seed}, pulse {i}");
            Assert.AreEqual(seed % 5 != 0, bench.Board.Edges[i].Gated);
        }
    }

    // Gaps of at least 34 ms keep every window of the ceilings.
    private static byte[] Composite(Random random, int blocks, out List<long> onsets)
    {
        int den = random.Next(3) == 0 ? 1 : random.Next(2, 1000);
        List<System.Numerics.BigInteger> units = [];
        using MemoryStream body = new();
        using BinaryWriter writer = new(body);
        long start = 0;
        uint pulses = 0;
        for (int b = 0; b < blocks && body.Length < 3800; b++)
        {
            int width = random.Next(10, 1000);
            long Gap() => (random.Next(4) switch
            {
                0 => 300_000 + width + random.Next(-3, 4),
                1 => random.Next(34_000, 70_000),
                2 => random.Next(300_000, 1_500_000),
                _ => random.Next(32_760, 32_775) + random.Next(1, 3) * 65_534L,
            } * (long)den) + random.Next(den);
            long last;
            if (random.Next(3) == 0)
            {
                int count = random.Next(1, 12);
                writer.Write([2, 0, (byte)random.Next(2), 0]);
                writer.Write((ushort)width);
                writer.Write((ushort)count);
                List<uint> intervals = [.. Enumerable.Range(0, count).Select(_ => (uint)(Gap() / den))];
                last = intervals.Sum(i => (long)i * den);
                writer.Write((ulong)(last + Math.Max(Gap(), (width + 1L) * den)));
                long at = start;
                units.Add(at);
                foreach (uint interval in intervals)
                {
                    writer.Write(interval);
                    units.Add(at += (long)interval * den);
                }

                pulses += (uint)count + 1;
            }
            else
            {
                int levels = random.Next(1, 5);
                int[] counts = [.. Enumerable.Range(0, levels).Select(_ => random.Next(1, 4))];
                long[] intervals = new long[levels];
                long span = 0;
                for (int l = levels - 1; l >= 0; l--)
                {
                    intervals[l] = counts[l] == 1 ? 0 : span + Gap();
                    span += (counts[l] - 1) * intervals[l];
                }

                last = span;
                writer.Write([1, (byte)levels, (byte)random.Next(levels + 1), 0]);
                writer.Write((ushort)width);
                writer.Write((ushort)0);
                writer.Write((ulong)(last + Gap()));
                for (int l = 0; l < levels; l++)
                {
                    writer.Write((uint)counts[l]);
                    writer.Write((ulong)intervals[l]);
                }

                int total = counts.Aggregate(1, (a, c) => a * c);
                for (int p = 0; p < total; p++)
                {
                    long at = start;
                    int rest = p;
                    for (int l = levels - 1; l >= 0; l--)
                    {
                        at += rest % counts[l] * intervals[l];
                        rest /= counts[l];
                    }

                    units.Add(at);
                }

                pulses += (uint)total;
            }

            byte[] sofar = body.ToArray();
            int spanAt = BlockStart(sofar, b) + 8;
            start += BitConverter.ToInt64(sofar, spanAt);
        }

        byte[] content = body.ToArray();
        int n = 0;
        for (int at = 0; at < content.Length; n++)
        {
            at = BlockStart(content, n + 1);
        }

        using MemoryStream image = new();
        using BinaryWriter head = new(image);
        head.Write((ushort)0x5045);
        head.Write((byte)1);
        head.Write((byte)0);
        head.Write((ushort)(40 + content.Length));
        head.Write((ushort)n);
        head.Write((uint)den);
        head.Write(pulses);
        head.Write((ulong)(long)units[^1]);
        head.Write((ulong)start);
        head.Write(0ul);
        head.Write(content);
        onsets = [.. units.Select(u => (long)(((2 * u) + den) / (2 * den)))];
        return image.ToArray();
    }

    private static int BlockStart(byte[] body, int block)
    {
        int at = 0;
        for (int b = 0; b < block; b++)
        {
            at += body[at] == 1 ? 16 + (12 * body[at + 1]) : 16 + (4 * BitConverter.ToUInt16(body, at + 6));
        }

        return at;
    }
}
