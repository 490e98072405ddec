using System.Numerics;
using Escapement.Host;
using Escapement.Link;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Rows 24, 25 and 27: rounding, wraps, and a crystal that is wrong.</summary>
[TestClass]
public sealed class ClockTests
{
    private const long MinuteUs = 60_000_000;

    [TestMethod]
    [Hazard(24)]
    [DataRow(18)]
    [DataRow(30)]
    [DataRow(6)]
    [DataRow(7)]
    [DataRow(17)]
    public void Every_pulse_to_the_last_lies_within_half_a_tick_of_the_exact_fraction(int hertz)
    {
        Rational periodUs = new(1_000_000, hertz);
        Protocol protocol = Sessions.Of("hz", pulses: 1, 0, bursts: 54, periodUs, trains: 4, new Rational(66_000_001, 7));
        Incident run = new Scenario(protocol) { WatchUs = 1_000_000 }.Run(new Instant(Place.InBurst, 0), _ => { });
        List<long> onsets = run.Onsets80(RefereeSignal.Stimulator);
        Assert.AreEqual(protocol.TotalPulses, onsets.Count);
        for (int i = 0; i < onsets.Count; i++)
        {
            // Inside a train; its start has an error of its own, within the start bound. Twice an error of half a tick, in 80ths of a microsecond.
            int first = i - (i % 54);
            BigInteger trainTick = Tick(new Rational(66_000_001, 7) * (first / 54));
            Rational exactUs = (new Rational(66_000_001, 7) * (first / 54)) + (periodUs * (i % 54));
            BigInteger shift80 = onsets[first] - (trainTick * 80);
            BigInteger off = ((onsets[i] - shift80) * exactUs.Denominator) - (exactUs.Numerator * 80);
            Assert.IsTrue(BigInteger.Abs(off) <= 40 * exactUs.Denominator, $"row 24: pulse {i} at {hertz} Hz");
        }
    }

    [TestMethod]
    [Hazard(25)]
    [DataRow(31)]
    [DataRow(32)]
    [DataRow(33)]
    [DataRow(39)]
    public void A_session_across_a_wrap_of_the_microseconds_is_the_same_session(int bit)
    {
        // 2^32 us are 71.6 minutes; the wrap falls into the second train.
        Scenario session = new(Sessions.Theta);
        long inSessionUs = Ticks80.ToUs(session.Calm().Onsets80[40]);
        Scenario late = new(Sessions.Theta, new VirtualBoardOptions { Seed = 7, ClockStartUs = (1L << bit) - inSessionUs });
        Incident run = late.Run(new Instant(Place.InBurst, 0), _ => { });
        run.IsAsPlanned(session.Calm(), $"row 25: wrap of bit {bit}");
        Assert.IsGreaterThan(1L << bit, run.Status!.BoardTimeUs);
        Assert.IsEmpty(run.Faults);
    }

    [TestMethod]
    [Hazard(25)]
    [Hazard(26)]
    [DataRow(31)]
    [DataRow(32)]
    public void A_board_that_has_been_on_for_more_than_a_week_arms_nothing_before_and_after_the_wrap_of_the_milliseconds(int bit)
    {
        // 2^32 ms are 49.7 days.
        foreach (long startUs in new[] { ((1L << bit) * 1_000) - 60_000_000, ((1L << bit) * 1_000) - 6_000_000, ((1L << bit) * 1_000) + 1 })
        {
            Incident run = new Scenario(Sessions.Theta, new VirtualBoardOptions { Seed = 7, ClockStartUs = startUs }).Run(new Instant(Place.InBurst, 0), _ => { });
            Assert.AreEqual(SessionVerdict.Refused, run.Result!.Verdict, run.Result.Message);
            CollectionAssert.Contains(run.Result.Inhibits.Select(reason => reason.Name).ToArray(), "UptimeTooLong");
            Assert.AreEqual(0, run.Emitted);
        }
    }

    [TestMethod]
    [Hazard(26)]
    [DataRow(-120, true)]
    [DataRow(1, false)]
    public void After_seven_days_without_a_restart_nothing_arms(int secondsLater, bool arms)
    {
        long startUs = (7 * 86_400_000_000L) + (secondsLater * 1_000_000L);
        Incident run = new Scenario(Sessions.Theta, new VirtualBoardOptions { Seed = 7, ClockStartUs = startUs }).Run(new Instant(Place.InBurst, 0), _ => { });
        Assert.AreEqual(arms ? SessionVerdict.Completed : SessionVerdict.Refused, run.Result!.Verdict, run.Result.Message);
        Assert.AreEqual(arms ? 90 : 0, run.Emitted);
    }

    [TestMethod]
    [Hazard(27)]
    [DataRow(520_000)]
    [DataRow(-520_000)]
    [DataRow(600_000)]
    [DataRow(-600_000)]
    [DataRow(5_000_000)]
    [DataRow(-5_000_000)]
    [DataRow(50_000_000)]
    public void A_crystal_that_is_wrong_by_more_than_500_ppm_stops_the_session_within_a_minute_of_connection(int ppb)
    {
        Protocol hour = Sessions.Of("long", pulses: 3, 20_000, bursts: 10, 200_000, trains: 20, 8_000_000);
        Incident run = new Scenario(hour, new VirtualBoardOptions { Seed = 7, ClockErrorPpb = ppb }).Run(new Instant(Place.InBurst, 0), _ => { });
        string note = $"row 27 crystal (T): {ppb} ppb";
        long connectedUs = run.Wire.Sent.First(one => Wire.Address(one.Frame) == RegisterAddress.Lease).AtUs;
        Assert.AreNotEqual(SessionVerdict.Completed, run.Result!.Verdict, note);
        run.HasLatched(note, "ClockDisagrees");
        Assert.IsLessThanOrEqualTo(MinuteUs, run.FirstFault!.BoardTimeUs - connectedUs, note);
        long last80 = run.Onsets80(RefereeSignal.Stimulator).LastOrDefault();
        Assert.IsLessThanOrEqualTo(connectedUs + MinuteUs + 100_000, Ticks80.ToUs(last80), note);
        Figures.Note(note, "latched after connection, us", run.FirstFault.BoardTimeUs - connectedUs);
    }

    [TestMethod]
    [Hazard(27)]
    [DataRow(100_000)]
    [DataRow(-100_000)]
    [DataRow(20_000)]
    public void A_crystal_that_is_as_good_as_crystals_are_disturbs_nothing(int ppb)
    {
        Protocol minutes = Sessions.Of("long", pulses: 3, 20_000, bursts: 10, 200_000, trains: 20, 8_000_000);
        Incident run = new Scenario(minutes, new VirtualBoardOptions { Seed = 7, ClockErrorPpb = ppb }).Run(new Instant(Place.InBurst, 0), _ => { });
        Assert.AreEqual(SessionVerdict.Completed, run.Result!.Verdict, run.Result.Message);
        Assert.AreEqual(600, run.Emitted);
    }

    [TestMethod]
    [Hazard(27)]
    [DataRow(2_000_000)]
    [DataRow(-2_000_000)]
    public void A_crystal_that_goes_wrong_in_a_session_stops_it_within_a_minute(int ppb)
    {
        Scenario session = new(Sessions.Of("long", pulses: 3, 20_000, bursts: 10, 200_000, trains: 20, 8_000_000));
        foreach (Instant instant in session.Calm().Instants(Place.BetweenBursts, 3, leftUs: MinuteUs))
        {
            string note = $"row 27 crystal goes wrong (T): {ppb} ppb, {instant}";
            Incident run = session.Run(instant, stage => stage.Board.Faults.ClockErrorAt(stage.AtUs, ppb));
            run.GateClosesWithin(MinuteUs, note);
            run.HasLatched(note, "ClockDisagrees");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(27)]
    [DataRow(-50_000)]
    [DataRow(30_000)]
    [DataRow(300_000)]
    [DataRow(5_000_000)]
    public void A_clock_that_jumps_stops_the_session_within_two_passes_or_a_minute(int byUs)
    {
        Scenario session = new(Sessions.Of("long", pulses: 3, 20_000, bursts: 10, 200_000, trains: 20, 8_000_000));
        foreach (Instant instant in session.Calm().Instants(Place.BetweenBursts, 4, leftUs: MinuteUs))
        {
            string note = $"row 27 clock jumps (T): by {byUs} us, {instant}";
            Incident run = session.Run(instant, stage => stage.Board.Faults.JumpClockAt(stage.AtUs, byUs));
            run.GateClosesWithin(MinuteUs, note);
            Assert.AreNotEqual(SessionVerdict.Completed, run.Result!.Verdict, $"{note}: {run.Result.Message}");
            Assert.IsNotNull(run.FirstFault, note);
        }
    }

    private static BigInteger Tick(Rational us) => BigInteger.Divide((2 * us.Numerator) + us.Denominator, 2 * us.Denominator);
}
