using System.Reflection;
using Escapement.Link;
using Escapement.Runtime.Host;
using Escapement.Runtime.Tests;
using Escapement.Safety;
using Bench = Escapement.Runtime.Tests.Bench;

namespace Escapement.Faults.Tests;

/// <summary>Row 48: a bit flips in what a session depends on. Board time, from the flip to the last pulse.</summary>
[TestClass]
public sealed class FlippedBitTests
{
    private const int Times = 12;
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // Three trains of two bursts of three pulses: the last pulse of a train comes 240 ms after its first.
    private const long TrainUs = 240_000 + 200_000 + 20_000;

    [TestMethod]
    [Hazard(48)]
    public void A_bit_that_flips_in_the_program_lets_no_train_begin_after_it() => Flip("row 48 bit flips in the program", "ProgramChanged", (bench, random) =>
    {
        ProgramStore store = Find<ProgramStore>(bench.Supervisor);
        store.Image[random.Next(store.Length)] ^= (byte)(1 << random.Next(8));
    });

    [TestMethod]
    [Hazard(48)]
    public void A_bit_that_flips_in_the_limits_lets_no_train_begin_after_it() => Flip("row 48 bit flips in the limits", "LimitsChanged", (bench, random) =>
    {
        Limits limits = Find<LimitsInForce>(bench.Supervisor).Values;
        FieldInfo[] fields = [.. typeof(Limits).GetFields(All).Where(field => field.FieldType == typeof(int) && !field.IsLiteral && !field.IsStatic)];
        FieldInfo field = fields[random.Next(fields.Length)];
        field.SetValue(limits, (int)field.GetValue(limits)! ^ (1 << random.Next(31)));
    });

    private static void Flip(string row, string fault, Action<Bench, Random> flip)
    {
        for (int seed = 1; seed <= Times; seed++)
        {
            Random random = new(seed);
            Bench bench = Bench.Running(Programs.ShortBursts);
            bench.RunFor(random.Next(3_000_000));
            Assert.AreEqual(SupervisorStates.Running, bench.State, $"{row}, seed {seed}");
            long atUs = bench.Now;
            int before = bench.Board.Edges.Count;
            flip(bench, random);
            bench.RunFor(60_000_000);
            long lastUs = bench.Board.Edges.Count > before ? bench.Board.Edges[^1].TimeUs - atUs : 0;
            string note = $"{row}: seed {seed}, last pulse {lastUs} us after it, faults {bench.Faults:X}";
            Assert.IsLessThanOrEqualTo(TrainUs, lastUs, note);
            Assert.IsLessThanOrEqualTo(6, bench.Board.Edges.Count - before, note);
            Assert.AreEqual(SupervisorStates.Fault, bench.State, note);
            Assert.AreEqual(fault, string.Join(' ', Escapement.Host.BoardNames.Faults(bench.U32(RegisterAddress.Faults, 0)).Select(one => one.Name)), note);
            Figures.Note(row, "last pulse, us", lastUs);
        }
    }

    // The firmware keeps its parts to itself; a flipped bit does not ask.
    private static T Find<T>(object root) where T : class
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Queue<object> left = new([root]);
        while (left.TryDequeue(out object? one))
        {
            if (one is T found) { return found; }
            if (one.GetType().Namespace?.StartsWith("Escapement", StringComparison.Ordinal) != true) { continue; }
            foreach (FieldInfo field in one.GetType().GetFields(All).Where(field => !field.FieldType.IsValueType))
            {
                if (field.GetValue(one) is { } next && seen.Add(next)) { left.Enqueue(next); }
            }
        }

        throw new AssertFailedException($"no {typeof(T).Name}");
    }
}
