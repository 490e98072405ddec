using System.Globalization;
using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Faults.Tests;

/// <summary>What must hold after a fault, and what must not happen.</summary>
internal static class Expect
{
    /// <summary>Hardware: from fault to closed gate, in microseconds.</summary>
    public const double HardwareUs = 1_000;

    /// <summary>The watchdog, in microseconds.</summary>
    public const double WatchdogUs = 300_000;

    /// <summary>Two passes, in microseconds.</summary>
    public const double TwoPassesUs = 20_000;

    private const long StartBound80 = 1_000 * Ticks80.PerUs;

    /// <summary>A lease that ends, in microseconds.</summary>
    public const double LeaseUs = 520_000;

    /// <summary>The gate is closed within a time after the fault, stays closed for a minute, and nothing comes through it afterwards.</summary>
    public static void GateClosesWithin(this Incident run, double us, string note)
    {
        double took = run.GateClosedAfterUs;
        Assert.IsTrue(took >= 0 && took <= us, string.Create(CultureInfo.InvariantCulture, $"{note}: gate closed after {took} us, at most {us}"));
        Assert.AreEqual(0, run.PulsesAfter(run.At80 + (long)(us * 80)), $"{note}: a pulse after the budget");
        Figures.Note(note, "gate closed, us", took);
        run.NothingPassesAClosedGate(note);
    }

    /// <summary>No edge at the stimulator while the gate is closed, and none closer than the limiter lets through.</summary>
    public static void NothingPassesAClosedGate(this Incident run, string note)
    {
        Assert.AreEqual(0, Analysis.PulsesWithGateClosed(run.Edges, RefereeSignal.Stimulator), $"{note}: an edge with the gate closed");
        Assert.IsGreaterThanOrEqualTo(800, run.LeastGapUs, $"{note}: two pulses too close");
        Assert.IsLessThanOrEqualTo(200, run.LongestPulseUs, $"{note}: a pulse too long");
    }

    /// <summary>At most so many pulses at the stimulator after the fault.</summary>
    public static void PulsesAfterAtMost(this Incident run, int most, string note)
    {
        int pulses = run.PulsesAfter(run.At80 - 1);
        Assert.IsLessThanOrEqualTo(most, pulses, $"{note}: pulses after the fault");
        Figures.Note(note, "pulses after", pulses);
    }

    /// <summary>The board has latched exactly these faults, the first of them first; it is in Fault (or EmergencyStop) a minute later.</summary>
    public static void HasLatched(this Incident run, string note, params string[] faults)
    {
        Assert.IsNotNull(run.Status, $"{note}: the board does not answer");
        string found = string.Join(" ", run.Faults);
        CollectionAssert.AreEquivalent(faults, run.Faults, $"{note}: {found}");
        string first = BoardNames.Faults(1u << (int)(run.FirstFault!.Code - 1)).Single().Name;
        Assert.AreEqual(faults[0], first, $"{note}: the first fault");
        Assert.IsTrue(run.Status.State is SupervisorStates.Fault or SupervisorStates.EmergencyStop, $"{note}: state {BoardNames.State(run.Status.State)}");
    }

    /// <summary>The board has latched one of these first.</summary>
    public static void HasLatchedOneOf(this Incident run, string note, params string[] faults)
    {
        Assert.IsNotNull(run.FirstFault, $"{note}: nothing is latched; {run.Result?.Message}");
        string first = BoardNames.Faults(1u << (int)(run.FirstFault.Code - 1)).Single().Name;
        CollectionAssert.Contains(faults, first, $"{note}: the first fault");
        Assert.IsTrue(run.Status!.State is SupervisorStates.Fault or SupervisorStates.EmergencyStop, $"{note}: state {BoardNames.State(run.Status.State)}");
    }

    /// <summary>The board latched it within a time after the fault.</summary>
    public static void LatchedWithin(this Incident run, double us, string note)
    {
        Assert.IsTrue(run.LatchedAfterUs <= us, string.Create(CultureInfo.InvariantCulture, $"{note}: latched after {run.LatchedAfterUs} us, at most {us}"));
        Figures.Note(note, "latched, us", run.LatchedAfterUs);
    }

    /// <summary>The host's record does not say completed, and counts what the referee counted: no more, and no less unless it lost sight of the board.</summary>
    public static void RecordSaysSo(this Incident run, string note, bool lostSight = false)
    {
        Assert.IsNotNull(run.Result, $"{note}: no record");
        Assert.AreNotEqual(SessionVerdict.Completed, run.Result.Verdict, $"{note}: {run.Result.Message}");
        string counts = $"{note}: counted {run.Result.PulsesCounted}, emitted {run.Emitted}";
        Assert.IsLessThanOrEqualTo(run.Emitted, run.Result.PulsesCounted, counts);
        if (!lostSight) { Assert.AreEqual(run.Emitted, run.Result.PulsesCounted, counts); }
    }

    /// <summary>Every pulse of the calm run is there and no other: inside a train to the tick, each train within the start bound.</summary>
    public static void IsAsPlanned(this Incident run, Calm calm, string note)
    {
        Assert.AreEqual(SessionVerdict.Completed, run.Result!.Verdict, $"{note}: {run.Result.Message}");
        run.IsPartOfThePlan(calm, note);
        Assert.AreEqual(calm.Onsets80.Count, run.Emitted, note);
    }

    /// <summary>Pulses of the calm run from its first on, and no other: inside a train to the tick, each train within the start bound.</summary>
    public static void IsPartOfThePlan(this Incident run, Calm calm, string note)
    {
        List<long> emitted = run.Onsets80(RefereeSignal.Stimulator);
        Assert.IsLessThanOrEqualTo(calm.Onsets80.Count, emitted.Count, note);
        for (int i = 1; i < emitted.Count; i++)
        {
            long planned80 = calm.Onsets80[i] - calm.Onsets80[i - 1];
            long allowed80 = planned80 > Ticks80.FromMs(1_000) ? 2 * StartBound80 : 0;
            Assert.IsInRange(planned80 - allowed80, planned80 + allowed80, emitted[i] - emitted[i - 1], $"{note}: from pulse {i - 1} to {i}");
        }
    }
}
