using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Faults.Tests;

/// <summary>Where in a session a fault falls.</summary>
public enum Place
{
    /// <summary>Armed, not yet started.</summary>
    Armed,

    /// <summary>Within a burst, the last pulse of a train aside.</summary>
    InBurst,

    /// <summary>Between two bursts of a train.</summary>
    BetweenBursts,

    /// <summary>Between two trains, the gate closed.</summary>
    BetweenTrains,

    /// <summary>Held between two trains.</summary>
    Held,
}

/// <summary>A place and an instant in it.</summary>
/// <param name="Place">Where.</param>
/// <param name="At80">When, in ticks of 12.5 ns since power-up.</param>
internal readonly record struct Instant(Place Place, long At80)
{
    public override string ToString() => $"{Place} at {At80 / 80.0:F3} us";
}

/// <summary>The run without a fault: what would have happened.</summary>
internal sealed class Calm
{
    private const long BurstGap80 = 50_000 * Ticks80.PerUs;
    private const long TrainGap80 = 1_000_000 * Ticks80.PerUs;

    // Other instants for every test, to look further than the suite does.
    private static readonly int campaign = int.TryParse(Environment.GetEnvironmentVariable("ESCAPEMENT_FAULT_SEED"), out int number) ? number : 0;

    public Calm(Incident run, Protocol protocol)
    {
        Run = run;
        Onsets80 = run.Onsets80(RefereeSignal.Stimulator);
        bool isWhole = run.Watcher.FirstUs(SupervisorStates.Held) < 0;
        Assert.AreEqual(isWhole ? SessionVerdict.Completed : SessionVerdict.Aborted, run.Result!.Verdict, run.Result.Message);
        if (isWhole) { Assert.HasCount((int)protocol.TotalPulses, Onsets80); }
    }

    /// <summary>The run itself.</summary>
    public Incident Run { get; }

    /// <summary>Its pulses at the stimulator, in ticks of 12.5 ns.</summary>
    public List<long> Onsets80 { get; }

    /// <summary>Pulses that would come after an instant.</summary>
    public int After(long t80) => Onsets80.Count(onset => onset > t80);

    /// <summary>Instants at a place, spread over it from a seed.</summary>
    /// <param name="place">Where.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Of which drawing.</param>
    /// <param name="leftUs">So much of the session is left at each of them, in microseconds.</param>
    public IEnumerable<Instant> Instants(Place place, int count, int seed = 1, long leftUs = 0)
    {
        Random random = new(((seed + campaign) * 7919) + (int)place);
        long last80 = Onsets80.Count == 0 || place == Place.Held ? long.MaxValue : Onsets80[^1] - Ticks80.FromUs(leftUs);
        List<(long From80, long To80)> spans = [.. Spans(place).Where(span => span.To80 <= last80)];
        Assert.IsNotEmpty(spans, $"the session has no place {place}");
        for (int i = 0; i < count; i++)
        {
            (long from80, long to80) = spans[random.Next(spans.Count)];
            yield return new Instant(place, random.NextInt64(from80 + 1, to80));
        }
    }

    private IEnumerable<(long From80, long To80)> Spans(Place place)
    {
        if (place is Place.Armed)
        {
            // From when the host has seen it to when START reaches the board.
            long armedUs = Run.Watcher.FirstUs(SupervisorStates.Armed);
            return [(Ticks80.FromUs(armedUs + 20_000), Ticks80.FromUs(armedUs + 1_150_000))];
        }

        if (place is Place.Held)
        {
            long heldUs = Run.Watcher.FirstUs(SupervisorStates.Held);
            return [(Ticks80.FromUs(heldUs + 20_000), Ticks80.FromUs(heldUs + 4_500_000))];
        }

        return Gaps(place);
    }

    private IEnumerable<(long From80, long To80)> Gaps(Place place)
    {
        for (int i = 1; i < Onsets80.Count; i++)
        {
            long gap80 = Onsets80[i] - Onsets80[i - 1];
            Place kind = gap80 > TrainGap80 ? Place.BetweenTrains : gap80 > BurstGap80 ? Place.BetweenBursts : Place.InBurst;
            if (kind != place) { continue; }
            yield return kind == Place.BetweenTrains
                ? (Onsets80[i - 1] + Ticks80.FromMs(50), Onsets80[i] - Ticks80.FromMs(250))
                : (Onsets80[i - 1] + 1, Onsets80[i] - 1);
        }
    }
}
