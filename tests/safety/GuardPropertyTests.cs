using System.Numerics;
using CsCheck;
using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>The guard against the brute-force judge, over random lists, limits and pasts.</summary>
[TestClass]
public class GuardPropertyTests
{
    private const int SmallChannel = 16;

    // Figures so small that every rule decides some of the random lists.
    private static Limits Small(Random random) => new()
    {
        MinGapUs = random.Next(2, 60),
        MinWidthUs = random.Next(1, 5),
        MaxWidthUs = random.Next(10, 30),
        MaxTrainPulses = random.Next(20, 200),
        MaxSessionPulses = random.Next(50, 500),
        MaxSessionS = random.Next(8) == 0 ? 0 : random.Next(1, 8),
        Window1Us = random.Next(50, 400),
        Window1Pulses = random.Next(0, 20) == 0 ? 0 : random.Next(2, 8),
        Window2Us = random.Next(400, 3000),
        Window2Pulses = random.Next(5, 40),
        Window3Us = random.Next(3000, 100_000),
        Window3Pulses = random.Next(20, 300),
        MaxHourPulses = random.Next(100, 700),
        MaxHighUs = random.Next(60, 900),
    };

    private static ListWriter RandomList(Random random, out int pulses, out long span)
    {
        var writer = new ListWriter();
        writer.Lows(random.Next(4, 60_000), 4);
        var count = random.Next(1, random.Next(2, 70));
        var low = random.Next(5, 100);
        var spread = random.Next(1, 200);
        var tidy = random.Next(3) != 0;
        pulses = count;
        span = 0;
        for (var pulse = 0; pulse < count; pulse++)
        {
            var width = random.Next(40) == 0 ? random.Next(1, 40) : random.Next(5, 11);
            if (!tidy && width > 1 && random.Next(4) == 0)
            {
                var part = random.Next(1, width);
                writer.Half(true, part).Half(true, width - part);
            }
            else
            {
                writer.Half(true, width);
            }

            if (pulse == count - 1)
            {
                break;
            }

            var gap = random.Next(30) == 0 ? random.Next(1000, 400_000) : low + random.Next(spread);
            span += width + gap;
            var halves = (gap + 32766) / 32767;
            writer.Lows(gap, tidy && halves % 2 == 0 && gap > halves ? halves + 1 : halves);
        }

        writer.Half(false, 1);
        return writer.PadAway(SmallChannel);
    }

    private static void Damage(Random random, byte[] bytes, ref int pulses, ref long span)
    {
        switch (random.Next(12))
        {
            case 0:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                var half = random.Next(bytes.Length / 2) * 2;
                bytes[half] = (byte)random.Next(256);
                bytes[half + 1] = (byte)random.Next(256);
                break;
            case 2:
                pulses += random.Next(-1, 2);
                break;
            case 3:
                span += random.Next(-1, 2);
                break;
            case 4:
                var at = random.Next(bytes.Length / 2) * 2;
                bytes[at] = 0;
                bytes[at + 1] &= 0x80;
                break;
            case 5:
                var from = random.Next(bytes.Length / 4) * 4;
                var to = random.Next(bytes.Length / 4) * 4;
                Array.Copy(bytes, from, bytes, to, 4);
                break;
            case 8:
                Array.Clear(bytes, random.Next(bytes.Length / 4) * 4, 4);
                break;
            case 6:
                bytes[^1] |= 0x80;
                pulses += random.Next(2);
                break;
            case 7:
                // Two halves trade a few ticks: what the span does not show.
                var one = random.Next(bytes.Length / 2) * 2;
                var other = random.Next(bytes.Length / 2) * 2;
                var ticks = random.Next(5);
                bytes[one] = (byte)Math.Max(0, bytes[one] - ticks);
                bytes[other] = (byte)Math.Min(255, bytes[other] + ticks);
                break;
        }

        pulses = Math.Max(1, pulses);
        span = Math.Max(0, span);
    }

    /// <summary>One life of a guard: power-up, sessions, lists sent on time, late or not at all.</summary>
    private static int[] Life(int seed)
    {
        var random = new Random(seed);
        var ceilings = Small(random);
        var guard = new OutputGuard(SmallChannel, ceilings);
        var reference = new ReferenceJudge(SmallChannel, ceilings);
        var now = random.Next(10) == 0 ? (1L << 32) - 50_000 : random.Next(1_000_000);
        guard.Boot(now);
        reference.Boot(now);
        guard.BeginSession(0);
        reference.BeginSession(0);
        now += random.Next(100_000);
        var seen = new int[GuardTable.Count];
        for (var round = 0; round < 12; round++)
        {
            if (random.Next(5) == 0)
            {
                var hour = random.Next(2) == 0 ? 0 : random.Next(700);
                guard.BeginSession(hour);
                reference.BeginSession(hour);
            }

            var limits = random.Next(3) == 0 ? Small(random) : ceilings;
            var bytes = RandomList(random, out var pulses, out var span).Bytes();
            Damage(random, bytes, ref pulses, ref span);
            var first = now + random.Next(random.Next(1, 100_000));
            var wrong = reference.Judge(bytes, 2, first, pulses, span, limits);

            guard.Begin(bytes, bytes.Length / 4, 2, first, pulses, span, limits);
            guard.BodyCrc = 7;
            while (guard.Step(random.Next(1, 20)) == 0)
            {
            }

            var verdict = guard.Verdict;
            seen[verdict]++;
            var told = $"round {round}: guard {GuardTable.At(verdict).Name}, reference {string.Join(' ', wrong.Select(v => GuardTable.At(v).Name))}";
            if (verdict == GuardVerdict.None ? wrong.Count != 0 : !wrong.Contains(verdict))
            {
                throw new InvalidOperationException(told);
            }

            if (verdict == GuardVerdict.None && random.Next(4) != 0)
            {
                var sentAt = first + (random.Next(2) == 0 ? 0 : random.Next(random.Next(1, 2_000_000)));
                if (guard.MaySend(sentAt) != reference.SessionAllows(sentAt, span, limits))
                {
                    throw new InvalidOperationException("MaySend: " + told);
                }

                guard.Commit(sentAt);
                reference.Commit(sentAt);
                now = sentAt + span;
            }
        }

        return seen;
    }

    [TestMethod]
    public void Guard_and_brute_force_agree_on_every_list()
    {
        var seen = new int[GuardTable.Count];
        Gen.Int.Sample(
            seed =>
            {
                var life = Life(seed);
                lock (seen)
                {
                    for (var i = 0; i < seen.Length; i++)
                    {
                        seen[i] += life[i];
                    }
                }
            },
            iter: 1500);

        // The random lists are worth something only if they reach every verdict that they can.
        Console.WriteLine(string.Join(", ", seen.Select((count, verdict) => $"{GuardTable.At(verdict).Name} {count}")));
        for (var verdict = 0; verdict < seen.Length; verdict++)
        {
            var reachable = verdict is not (GuardVerdict.NotJudged or GuardVerdict.BadPlan or GuardVerdict.ListLength or GuardVerdict.ChannelMultiple);
            Assert.IsTrue(!reachable || seen[verdict] > 0, $"{GuardTable.At(verdict).Name} was never seen.");
        }
    }

    [TestMethod]
    public void Steps_of_any_budget_give_the_same_verdict_at_the_same_word()
    {
        Gen.Select(Gen.Int, Gen.Int[1, 300]).Sample((seed, budget) =>
        {
            var random = new Random(seed);
            var ceilings = Small(random);
            var bytes = RandomList(random, out var pulses, out var span).Bytes();
            Damage(random, bytes, ref pulses, ref span);
            var whole = new OutputGuard(SmallChannel, ceilings);
            var sliced = new OutputGuard(SmallChannel, ceilings);
            whole.Boot(0);
            sliced.Boot(0);
            whole.BeginSession(0);
            sliced.BeginSession(0);
            whole.Begin(bytes, bytes.Length / 4, 2, 100_000, pulses, span, ceilings);
            sliced.Begin(bytes, bytes.Length / 4, 2, 100_000, pulses, span, ceilings);
            Assert.AreEqual(whole.Finish(int.MaxValue), sliced.Finish(budget));
            Assert.AreEqual(whole.Word, sliced.Word);
            Assert.AreEqual(whole.HistoryToBlame, sliced.HistoryToBlame);
        });
    }

    [TestMethod]
    public void A_step_judges_no_more_words_than_its_budget()
    {
        var guard = Guard();
        var bytes = ListWriter.Good(Gaps(99, 40_000), 100).PadTo(1000).Bytes();
        guard.Begin(bytes, 1000, HeadWords, ClearUs, 100, 99 * 40_000, Ceilings());
        foreach (var budget in new[] { 1, 0, -5, 3, 7, 100, 250 })
        {
            var before = guard.Word;
            Assert.AreEqual(0, guard.Step(budget));
            Assert.AreEqual(before + Math.Max(0, budget), guard.Word);
        }

        Assert.AreEqual(1, guard.Step(int.MaxValue));
        Assert.AreEqual(1000, guard.Word);
    }

    [TestMethod]
    public void Limits_given_to_the_guard_never_loosen_its_ceilings()
    {
        Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Int).Sample((seed, a, b, c) =>
        {
            var random = new Random(seed);
            var ceilings = Small(random);
            var bytes = RandomList(random, out var pulses, out var span).Bytes();
            int Verdict(Limits limits)
            {
                var guard = new OutputGuard(SmallChannel, ceilings);
                guard.Boot(0);
                guard.BeginSession(0);
                guard.Begin(bytes, bytes.Length / 4, 2, 200_000, pulses, span, limits);
                return guard.Finish(50);
            }

            var wild = new Limits
            {
                MinGapUs = a, MinWidthUs = b, MaxWidthUs = c, MaxTrainPulses = random.Next(), MaxSessionPulses = a, MaxSessionS = b,
                Window1Us = c, Window1Pulses = a, Window2Us = b, Window2Pulses = c, Window3Us = a, Window3Pulses = b, MaxHourPulses = c, MaxHighUs = a,
            };
            if (Verdict(ceilings) != GuardVerdict.None)
            {
                Assert.AreNotEqual(GuardVerdict.None, Verdict(wild));
            }
        });
    }

    [TestMethod]
    public void The_earliest_time_is_the_first_at_which_one_pulse_passes()
    {
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var ceilings = Small(random);
                ceilings.MaxSessionS = 14400;
                ceilings.MaxSessionPulses = 6000;
                ceilings.MaxHourPulses = 12_000;
                ceilings.MaxHighUs = 100_000; // how wide the one pulse may be is another question
                ceilings.MinWidthUs = 1;
                ceilings.Window1Pulses = Math.Max(1, ceilings.Window1Pulses);
                var guard = new OutputGuard(SmallChannel, ceilings);
                guard.Boot(1000);
                guard.BeginSession(0);
                var now = 200_000L;
                for (var round = 0; round < 5; round++)
                {
                    var bytes = RandomList(random, out var pulses, out var span).Bytes();
                    guard.Begin(bytes, bytes.Length / 4, 2, now, pulses, span, ceilings);
                    if (guard.Finish(100) == GuardVerdict.None)
                    {
                        now += random.Next(1000);
                        guard.Commit(now);
                        now += span;
                    }
                }

                var earliest = guard.EarliestUs(ceilings);
                Assert.AreEqual(GuardVerdict.None, One(guard, earliest, ceilings));
                Assert.AreNotEqual(GuardVerdict.None, One(guard, earliest - 1, ceilings));
                Assert.IsTrue(guard.HistoryToBlame);
            },
            iter: 500);

        static int One(OutputGuard guard, long first, Limits limits)
        {
            var bytes = ListWriter.Good([], 10, 2, 1000).PadTo(7).Bytes();
            guard.Begin(bytes, 7, 2, first, 1, 0, limits);
            return guard.Finish(3);
        }
    }

    [TestMethod]
    public void Random_bytes_never_throw()
    {
        Gen.Byte.Array[0, 400].Sample(bytes =>
        {
            var guard = Guard();
            guard.Begin(bytes, bytes.Length / 4, 1, ClearUs, 1, 0, Ceilings());
            _ = guard.Finish(7);
        });
    }
}
