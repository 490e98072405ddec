using System.Globalization;
using System.Text.RegularExpressions;
using Escapement.Host;

namespace Escapement.Faults.Tests;

/// <summary>Rows 22 and 23: what a protocol file can say wrong.</summary>
[TestClass]
public sealed partial class FileTests
{
    private const string Theta = """
        name: theta
        pulseWidthUs: 100
        pulsesPerBurst: 3
        interPulseIntervalMs: 20
        burstsPerTrain: 10
        interBurstIntervalMs: 200
        trains: 20
        interTrainIntervalS: 10
        interTrainConvention: onsetToOnset
        """;

    private const string Rates = """
        name: rates
        pulseWidthUs: 100
        pulsesPerBurst: 40
        pulseRateHz: 10
        trains: 50
        interTrainIntervalS: 30
        interTrainConvention: onsetToOnset
        """;

    private const string Paired = """
        name: paired
        pulseWidthUs: 100
        intervalsUs: [3000, 5000000, 3000, 5000000]
        """;

    [TestMethod]
    [Hazard(22)]
    [DataRow(Theta)]
    [DataRow(Rates)]
    [DataRow(Paired)]
    public void A_time_or_rate_that_is_a_thousand_times_too_large_or_small_is_refused_or_shown_as_another_session(string good)
    {
        Plan right = PlanOf(good)!;
        Assert.IsEmpty(right.Refusals);
        foreach (Match figure in Figure().Matches(good))
        {
            foreach (decimal factor in new[] { 1_000m, 0.001m })
            {
                decimal value = decimal.Parse(figure.Groups[2].Value, CultureInfo.InvariantCulture) * factor;
                string wrong = good.Remove(figure.Groups[2].Index, figure.Groups[2].Length).Insert(figure.Groups[2].Index, value.ToString(CultureInfo.InvariantCulture));
                AssertSeen(right, wrong);
            }
        }
    }

    [TestMethod]
    [Hazard(22)]
    public void Every_row_of_the_library_that_is_a_thousand_times_too_fast_or_slow_is_refused_or_lasts_another_time_but_for_pairs_that_have_room()
    {
        List<string> unseen = [];
        foreach (Protocol protocol in ProtocolLibrary.All.Where(one => one.Blocks.Count == 1 && one.Blocks[0] is RepeatBlock))
        {
            RepeatBlock block = (RepeatBlock)protocol.Blocks[0];
            foreach (Rational factor in new Rational[] { new(1_000, 1), new(1, 1_000) })
            {
                Look(unseen, "pulses", protocol, block with { InterPulseUs = block.InterPulseUs * factor }, block.InterPulseUs);
                Look(unseen, "bursts", protocol, block with { InterBurstUs = block.InterBurstUs * factor }, block.InterBurstUs);
                Look(unseen, "trains", protocol, block with { TrainPeriodUs = block.TrainPeriodUs * factor }, block.TrainPeriodUs);
            }
        }

        // 1.5 ms taken for 1.5 s between the pulses of a pair, pairs 5 s apart: plausible, and only the interval itself shows it.
        Assert.AreEqual("itms-180 pulses, itms-360 pulses", string.Join(", ", unseen));
    }

    [TestMethod]
    [Hazard(22)]
    [DataRow("interPulseIntervalMs", "interPulseInterval")]
    [DataRow("interPulseIntervalMs", "interPulseIntervalSec")]
    [DataRow("pulseWidthUs", "pulseWidth")]
    [DataRow("interTrainIntervalS", "interTrainIntervalMin")]
    public void A_field_without_a_unit_or_with_an_unknown_one_is_refused(string field, string wrong) =>
        Assert.ThrowsExactly<InputException>(() => Load(Theta.Replace(field, wrong)));

    [TestMethod]
    [Hazard(23)]
    public void A_file_with_trains_that_does_not_say_which_interval_it_means_is_refused_by_name()
    {
        InputException refusal = Assert.ThrowsExactly<InputException>(() => Load(Theta.Replace("interTrainConvention: onsetToOnset", "")));
        StringAssert.Contains(refusal.Message, "interTrainConvention");
        Assert.ThrowsExactly<InputException>(() => Load(Theta.Replace("onsetToOnset", "gap")));
    }

    [TestMethod]
    [Hazard(23)]
    public void The_two_conventions_are_two_sessions_and_the_length_in_the_other_one_is_shown_with_each()
    {
        Plan onset = PlanOf(Theta)!;
        Plan gap = PlanOf(Theta.Replace("onsetToOnset", "lastPulseToFirstPulse"))!;

        // 3 pulses 20 ms apart, 10 bursts 200 ms apart: 1.84 s from the first pulse of a train to its last, 19 times.
        Rational train = new(1_840_000, 1);
        Assert.AreEqual(onset.Protocol.LastPulseOnsetUs + (19 * train), gap.Protocol.LastPulseOnsetUs);
        Assert.IsNotNull(onset.Protocol.GapConventionLastOnsetUs);
        Assert.AreNotEqual(onset.Protocol.LastPulseOnsetUs, onset.Protocol.GapConventionLastOnsetUs);
        Assert.AreEqual(gap.Protocol.LastPulseOnsetUs, gap.Protocol.GapConventionLastOnsetUs);
    }

    [GeneratedRegex(@"^(pulseWidth|interPulseInterval|interBurstInterval|interTrainInterval|pulseRate|intervals)(?:Us|Ms|S|Hz): \[?([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex Figure();

    private static void AssertSeen(Plan right, string text)
    {
        Plan? wrong = PlanOf(text);
        bool differs = wrong is null || wrong.Refusals.Count > 0 || IsFarFrom(wrong.Protocol.CycleUs, right.Protocol.CycleUs);
        Assert.IsTrue(differs, $"row 22: neither refused nor shown\n{text}");
    }

    private static void Look(List<string> unseen, string level, Protocol protocol, RepeatBlock block, Rational original)
    {
        if (original.Sign == 0) { return; }
        Protocol wrong = protocol with { Blocks = [block] };
        bool refused = ProtocolCheck.FirstProblem(wrong) is not null || Plan.Of(wrong).Refusals.Count > 0;
        if (!refused && !IsFarFrom(wrong.CycleUs, protocol.CycleUs) && !IsFarFrom(wrong.LastPulseOnsetUs, protocol.LastPulseOnsetUs)) { unseen.Add($"{protocol.Id} {level}"); }
    }

    // Both are shown before a start, in hours, minutes and seconds: a difference of a hundredth is one that can be read.
    private static bool IsFarFrom(Rational a, Rational b) => a * 101 < b * 100 || b * 101 < a * 100;

    private static Plan? PlanOf(string text)
    {
        try
        {
            return Plan.Of(Load(text));
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static Protocol Load(string text)
    {
        string path = Path.Combine(Path.GetTempPath(), $"fault-{Guid.NewGuid():N}.yaml");
        try
        {
            File.WriteAllText(path, text);
            return ProtocolFile.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
