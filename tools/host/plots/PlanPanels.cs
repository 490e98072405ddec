namespace Escapement.Host;

/// <summary>Chooses what of a plan is drawn: the session, one train of each of its first blocks, one burst.</summary>
internal static class PlanPanels
{
    private const int MostBlocks = 3;
    private const int FirstOfMany = 10;
    private const string XLabel = "time from the first pulse";
    private static readonly (string, string)[] Lanes = [("trigger", "#1f5fa8")];

    public static IReadOnlyList<Panel> Of(Protocol protocol)
    {
        var panels = new List<Panel> { Between("Session", Rational.Zero, protocol.LastPulseOnsetUs + protocol.Blocks[^1].PulseWidthUs) };
        var start = Rational.Zero;
        for (var i = 0; i < Math.Min(protocol.Blocks.Count, MostBlocks); i++)
        {
            var prefix = protocol.Blocks.Count == 1 ? "" : $"Block {i + 1} of {protocol.Blocks.Count}: ";
            panels.AddRange(protocol.Blocks[i] is RepeatBlock nest ? Nest(nest, prefix, start, i == 0) : List((ListBlock)protocol.Blocks[i], prefix, start));
            start += protocol.Blocks[i].SpanUs;
        }

        Fill(panels, protocol);
        return panels;
    }

    private static void Fill(List<Panel> panels, Protocol protocol)
    {
        var unitsPerUs = (double)ProtocolCheck.CommonDenominator(protocol);
        foreach (var pulse in new ExactSchedule(protocol).Pulses())
        {
            var onset = (double)pulse.Units / unitsPerUs;
            foreach (var panel in panels)
            {
                panel.Lanes[0].Add(onset, onset + pulse.WidthUs);
            }
        }
    }

    private static IEnumerable<Panel> Nest(RepeatBlock nest, string prefix, Rational start, bool withBurst)
    {
        if (nest.Trains > 1)
        {
            var pulses = nest.Pulses / nest.Trains;
            var title = $"{prefix}train 1 of {nest.Trains}: {Pulses(pulses)} in {TimeText.Of(nest.TrainLengthUs)}; the next train begins {TimeText.Of(nest.TrainPeriodUs)} after this one";
            yield return Between(title, start, start + nest.TrainLengthUs + nest.PulseWidthUs);
        }
        else if (nest.BurstsPerTrain > 1)
        {
            var shown = Math.Min(FirstOfMany, nest.BurstsPerTrain);
            var title = $"{prefix}first {shown} of {nest.BurstsPerTrain} bursts, {TimeText.Of(nest.InterBurstUs)} from onset to onset";
            yield return Between(title, start, start + ((shown - 1) * nest.InterBurstUs) + nest.BurstLengthUs + nest.PulseWidthUs);
        }
        else if (nest.PulsesPerBurst > 1)
        {
            var shown = Math.Min(FirstOfMany, nest.PulsesPerBurst);
            var title = $"{prefix}first {shown} of {nest.PulsesPerBurst} pulses, {TimeText.Of(nest.InterPulseUs)} from onset to onset";
            yield return Between(title, start, start + ((shown - 1) * nest.InterPulseUs) + nest.PulseWidthUs);
        }

        if (withBurst && nest.BurstsPerTrain > 1 && nest.PulsesPerBurst > 1)
        {
            var title = $"{prefix}burst 1 of {nest.BurstsPerTrain}: {Pulses(nest.PulsesPerBurst)}, {TimeText.Of(nest.InterPulseUs)} from onset to onset, each {TimeText.Of(nest.PulseWidthUs)} wide";
            yield return Between(title, start, start + nest.BurstLengthUs + nest.PulseWidthUs);
        }
    }

    private static IEnumerable<Panel> List(ListBlock list, string prefix, Rational start)
    {
        if (list.Pulses > FirstOfMany)
        {
            var end = start + list.IntervalsUs.Take(FirstOfMany - 1).Sum() + list.PulseWidthUs;
            yield return Between($"{prefix}first {FirstOfMany} of {list.Pulses} listed pulses", start, end);
        }

        var closest = list.IntervalsUs.Index().MinBy(interval => interval.Item);
        var first = start + list.IntervalsUs.Take(closest.Index).Sum();
        var title = $"{prefix}pulses {closest.Index + 1} and {closest.Index + 2} of {list.Pulses}, the closest two: {TimeText.Of(closest.Item)} from onset to onset, each {TimeText.Of(list.PulseWidthUs)} wide";
        yield return Between(title, first, first + closest.Item + list.PulseWidthUs);
    }

    /// <summary>"1 pulse", "30 pulses".</summary>
    internal static string Pulses(long count) => count == 1 ? "1 pulse" : $"{count} pulses";

    private static Panel Between(string title, Rational from, Rational to) => new(char.ToUpperInvariant(title[0]) + title[1..], XLabel, from.ToDouble(), to.ToDouble(), Lanes);
}
