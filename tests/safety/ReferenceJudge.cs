using System.Numerics;

namespace Escapement.Safety.Tests;

/// <summary>
/// The guard's rules a second time, by brute force over lists of unbounded integers: everything that is wrong with a list, not only the
/// first thing. Remembers every pulse ever sent.
/// </summary>
internal sealed class ReferenceJudge(int channelWords, Limits ceilings)
{
    private readonly List<BigInteger> sent = [];
    private BigInteger sessionPulses;
    private BigInteger hourPulses;
    private BigInteger sentWidest;
    private BigInteger judgedWidest;
    private BigInteger? sessionFirst;
    private List<BigInteger> judged = [];
    private BigInteger judgedFirst;

    /// <summary>Unknown history is as many pulses as any window could hold, all at the moment of power-up.</summary>
    public void Boot(BigInteger now)
    {
        sent.Clear();
        sent.AddRange(Enumerable.Repeat(now, 300));
        sentWidest = ceilings.MaxWidthUs;
        BeginSession(ceilings.MaxHourPulses);
    }

    public void BeginSession(int hour)
    {
        hourPulses = hour;
        sessionPulses = 0;
        sessionFirst = null;
    }

    public void Commit(BigInteger first)
    {
        sessionFirst ??= first;
        sent.AddRange(judged.Select(onset => onset - judgedFirst + first));
        sessionPulses += judged.Count;
        sentWidest = judgedWidest;
    }

    public bool SessionAllows(BigInteger first, BigInteger span, Limits limits)
        => first + span - (sessionFirst ?? first) <= 1_000_000 * BigInteger.Min(limits.MaxSessionS, ceilings.MaxSessionS);

    public HashSet<int> Judge(byte[] list, int headWords, BigInteger first, int planned, BigInteger span, Limits limits)
    {
        var wrong = new HashSet<int>();
        void When(bool violated, int verdict) => _ = violated && wrong.Add(verdict);

        var halves = Enumerable.Range(0, list.Length / 2)
            .Select(i => list[2 * i] + (256 * list[(2 * i) + 1]))
            .Select(value => (High: value >= 32768, Ticks: value % 32768))
            .ToList();
        var head = halves.Take(headWords * 2).ToList();
        var body = halves.Skip(headWords * 2).ToList();

        When(list.Length % (4 * channelWords) == 0, GuardVerdict.ChannelMultiple);
        When(planned > Math.Min(limits.MaxTrainPulses, ceilings.MaxTrainPulses), GuardVerdict.TrainTotal);
        When(sessionPulses + planned > Math.Min(limits.MaxSessionPulses, ceilings.MaxSessionPulses), GuardVerdict.SessionTotal);
        When(hourPulses + sessionPulses + planned > Math.Min(limits.MaxHourPulses, ceilings.MaxHourPulses), GuardVerdict.HourTotal);
        When(!SessionAllows(first, span, limits), GuardVerdict.SessionTime);
        When(halves.Any(half => half.Ticks == 0), GuardVerdict.ZeroHalf);
        When(head.Any(half => half.High), GuardVerdict.HeadNotLow);
        When(!body[0].High, GuardVerdict.FirstOnset);
        When(body[^1].High, GuardVerdict.EndsHigh);

        var pulses = Pulses(body);
        When(pulses.Count != planned, GuardVerdict.Count);
        When(pulses.Count == 0 || pulses[^1].Onset - pulses[0].Onset != span, GuardVerdict.Span);
        When(pulses.Any(pulse => pulse.Width < Math.Max(limits.MinWidthUs, ceilings.MinWidthUs)), GuardVerdict.WidthShort);
        When(pulses.Any(pulse => pulse.Width > Math.Min(limits.MaxWidthUs, ceilings.MaxWidthUs)), GuardVerdict.WidthLong);
        if (pulses.Count >= planned)
        {
            When(body.Skip(pulses[planned - 1].EndHalf).Any(half => !half.High && half.Ticks != 1), GuardVerdict.Padding);
        }

        judged = pulses.Select(pulse => first + pulse.Onset).ToList();
        judgedFirst = first;
        var all = sent.Concat(judged).ToList();
        var fresh = Enumerable.Range(sent.Count, judged.Count).ToList();
        When(fresh.Any(k => all[k] - all[k - 1] < Math.Max(limits.MinGapUs, ceilings.MinGapUs)), GuardVerdict.MinGap);
        When(Crowded(all, fresh, limits.Window1Us, ceilings.Window1Us, limits.Window1Pulses, ceilings.Window1Pulses), GuardVerdict.Window1);
        When(Crowded(all, fresh, limits.Window2Us, ceilings.Window2Us, limits.Window2Pulses, ceilings.Window2Pulses), GuardVerdict.Window2);
        When(Crowded(all, fresh, limits.Window3Us, ceilings.Window3Us, limits.Window3Pulses, ceilings.Window3Pulses), GuardVerdict.Window3);
        When(HighTooLong(all, pulses.Select(pulse => pulse.Width).ToList(), first, limits), GuardVerdict.Duty);
        return wrong;
    }

    // Each new pulse's second window, all pulses in it as wide as the widest known when it ends.
    private bool HighTooLong(List<BigInteger> all, List<BigInteger> widths, BigInteger first, Limits limits)
    {
        var window = Math.Max(limits.Window2Us, ceilings.Window2Us);
        var widest = BigInteger.Max(Math.Max(limits.MinWidthUs, ceilings.MinWidthUs), first - sent[^1] < window ? sentWidest : 0);
        var tooLong = false;
        for (var i = 0; i < widths.Count; i++)
        {
            widest = BigInteger.Max(widest, widths[i]);
            var end = all[sent.Count + i];
            tooLong |= all.Count(onset => onset > end - window && onset <= end) * widest > Math.Min(limits.MaxHighUs, ceilings.MaxHighUs);
        }

        judgedWidest = widest;
        return tooLong;
    }

    // Counts, for the window that ends with each new pulse, what lies in it, the pulse itself included.
    private static bool Crowded(List<BigInteger> all, List<int> fresh, int windowUs, int longest, int most, int fewest)
        => fresh.Any(k =>
        {
            var from = all[k] - Math.Max(windowUs, longest);
            return all.Count(onset => onset > from && onset <= all[k]) > Math.Min(most, fewest) || all.Take(k).Any(onset => onset > all[k]);
        });

    private static List<(BigInteger Onset, BigInteger Width, int EndHalf)> Pulses(List<(bool High, int Ticks)> body)
    {
        var pulses = new List<(BigInteger Onset, BigInteger Width, int EndHalf)>();
        BigInteger time = 0;
        for (var i = 0; i < body.Count; i++)
        {
            if (body[i].High && (i == 0 || !body[i - 1].High))
            {
                pulses.Add((time, 0, i));
            }

            if (body[i].High)
            {
                var (onset, width, _) = pulses[^1];
                pulses[^1] = (onset, width + body[i].Ticks, i + 1);
            }

            time += body[i].Ticks;
        }

        return pulses;
    }
}
