using System.Buffers.Binary;
using CsCheck;
using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>Limits tighten and never loosen.</summary>
[TestClass]
public class LimitsTests
{
    private static int[] Figures(Limits limits)
    {
        var bytes = new byte[Limits.Bytes];
        limits.Write(bytes, 0);
        return Enumerable.Range(0, 14).Select(i => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * 4))).ToArray();
    }

    [TestMethod]
    public void The_ceilings_are_the_compiled_in_figures_in_register_order()
        => CollectionAssert.AreEqual(new[] { 1000, 10, 1000, 6000, 6000, 14400, 50_000, 4, 1_000_000, 50, 5_000_000, 150, 12_000, 25_000 }, Figures(Ceilings()));

    [TestMethod]
    public void Write_touches_56_bytes_and_no_others()
    {
        var bytes = Enumerable.Repeat((byte)0xAA, 64).ToArray();
        new Limits().Write(bytes, 4);
        Assert.IsTrue(bytes.Take(4).All(b => b == 0xAA) && bytes.Skip(4).Take(56).All(b => b == 0) && bytes.Skip(60).All(b => b == 0xAA));
    }

    [TestMethod]
    public void Zero_leaves_a_limit_as_it_is()
    {
        var limits = Ceilings();
        Assert.AreEqual(-1, limits.Tighten(0, 0, 0, 0, 0, 0));
        CollectionAssert.AreEqual(Figures(Ceilings()), Figures(limits));
    }

    [TestMethod]
    public void Each_argument_tightens_its_own_limit_and_the_same_again_is_no_loosening()
    {
        var limits = Ceilings();
        Assert.AreEqual(-1, limits.Tighten(2000, 100, 200, 3, 30, 100));
        CollectionAssert.AreEqual(new[] { 2000, 10, 1000, 100, 200, 14400, 50_000, 3, 1_000_000, 30, 5_000_000, 100, 12_000, 25_000 }, Figures(limits));
        Assert.AreEqual(-1, limits.Tighten(2000, 100, 200, 3, 30, 100));
    }

    [TestMethod]
    public void A_looser_or_negative_argument_is_refused_by_its_index_and_nothing_changes()
    {
        var tight = new[] { 2000, 100, 200, 3, 30, 100 };
        for (var index = 0; index < 6; index++)
        {
            foreach (var bad in new[] { index == 0 ? 999 : Figures(Ceilings())[new[] { 0, 3, 4, 7, 9, 11 }[index]] + 1, -1, int.MinValue })
            {
                var limits = Ceilings();
                var arguments = (int[])tight.Clone();
                arguments[index] = bad;
                Assert.AreEqual(index, limits.Tighten(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]));
                CollectionAssert.AreEqual(Figures(Ceilings()), Figures(limits));
            }
        }
    }

    [TestMethod]
    public void Each_further_argument_tightens_its_own_limit_and_a_looser_or_negative_one_changes_nothing()
    {
        var tight = new[] { 20, 500, 7200, 6000, 5000 };
        int Tighten(Limits limits, int[] a) => limits.TightenFurther(a[0], a[1], a[2], a[3], a[4]);
        var limits = Ceilings();
        Assert.AreEqual(-1, Tighten(limits, tight));
        Assert.AreEqual(-1, Tighten(limits, tight));
        Assert.AreEqual(-1, Tighten(limits, new int[5]));
        var wanted = new[] { 1000, 20, 500, 6000, 6000, 7200, 50_000, 4, 1_000_000, 50, 5_000_000, 150, 6000, 5000 };
        CollectionAssert.AreEqual(wanted, Figures(limits));
        for (var index = 0; index < 5; index++)
        {
            foreach (var bad in new[] { tight[index] + (index == 0 ? -1 : 1), -1, int.MinValue })
            {
                var arguments = new[] { 30, 400, 3600, 3000, 2500 };
                arguments[index] = bad;
                Assert.AreEqual(index, Tighten(limits, arguments));
                CollectionAssert.AreEqual(wanted, Figures(limits));
            }
        }
    }

    [TestMethod]
    public void No_sequence_of_arguments_ever_loosens_a_limit()
    {
        Gen.Select(Gen.Int, Gen.Int[0, 8000], Gen.Int[0, 8000], Gen.Int[-1, 6], Gen.Int[0, 60], Gen.Int, Gen.Bool).Array[1, 10].Sample(commands =>
        {
            var limits = Ceilings();
            var before = Figures(limits);
            foreach (var (gap, train, session, one, two, three, further) in commands)
            {
                var refused = further ? limits.TightenFurther(gap, train, session, three, two) : limits.Tighten(gap, train, session, one, two, three);
                var after = Figures(limits);
                Assert.IsTrue(limits.IsWithin(Ceilings()));
                Assert.IsTrue(after[0] >= before[0] && after[1] >= before[1] && Enumerable.Range(2, 12).All(i => after[i] <= before[i]));
                Assert.IsTrue(refused == -1 || after.SequenceEqual(before));
                before = after;
            }
        });
    }

    [TestMethod]
    public void Each_looser_or_negative_figure_is_found_by_itself()
    {
        Assert.IsTrue(Ceilings().IsWithin(Ceilings()));
        foreach (var field in typeof(Limits).GetFields().Where(field => !field.IsLiteral))
        {
            var isLeast = field.Name.StartsWith("Min", StringComparison.Ordinal) || field.Name.EndsWith("Us", StringComparison.Ordinal) && field.Name.StartsWith("Window", StringComparison.Ordinal);
            var ceiling = (int)field.GetValue(Ceilings())!;
            foreach (var (value, within) in new[] { (ceiling - 1, !isLeast), (ceiling + 1, isLeast), (-1, false) })
            {
                var limits = Ceilings();
                field.SetValue(limits, value);
                Assert.AreEqual(within, limits.IsWithin(Ceilings()), $"{field.Name} {value}");
            }
        }
    }

    [TestMethod]
    public void A_copy_has_every_figure()
    {
        var limits = new Limits();
        limits.CopyFrom(Ceilings());
        CollectionAssert.AreEqual(Figures(Ceilings()), Figures(limits));
    }
}
