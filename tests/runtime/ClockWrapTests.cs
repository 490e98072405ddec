using Escapement.Link;
using Escapement.Runtime.Run;
using Escapement.Runtime.Watch;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>
/// What crosses 2^31 us, 2^32 us (71.6 minutes) or 2^32 ms (49.7 days) of board time goes on as if nothing were there: every script runs on a board
/// whose clock was set just below the wrap and on one that was just switched on, and each call at each port comes at the same time from its start.
/// Past seven days nothing arms (UptimeTooLong), so that no session ever reaches 2^32 ms; lease, commands and the hour's charge do.
/// </summary>
[TestClass]
public class ClockWrapTests
{
    private const long HourUs = 3_600_000_000, MinuteUs = 60_000_000;

    // Whole steps of the hour's charge and of the status event: the twin's clock differs by nothing but this.
    private const long StepUs = 300_000_000;

    public static IEnumerable<object[]> Wraps => [["2^31 us", 1L << 31], ["2^32 us", 1L << 32]];

    public static IEnumerable<object[]> AllWraps => [.. Wraps, ["2^31 ms", 1000L << 31], ["2^32 ms", 1000L << 32]];

    /// <summary>One of the two boards; what it does is noted with the time since its clock's start.</summary>
    private sealed class Twin
    {
        private readonly List<string> calls = [];
        private readonly long startUs, wrapUs;

        public Twin(long startUs, long wrapUs, Action<FakeBoard>? prepare)
        {
            (this.startUs, this.wrapUs) = (startUs, wrapUs);
            Bench = new(prepare: board =>
            {
                board.TimeUs = startUs + 1;
                prepare?.Invoke(board);
            });
            Bench.Board.OnCall = name => calls.Add($"{Bench.Now - startUs} {name} {Bench.State}");
        }

        public Bench Bench { get; }

        public IReadOnlyList<string> Calls => calls;

        /// <summary>The board stands there, in no state that minds, until so long before the wrap; then its host comes back.</summary>
        public void WaitUntilBeforeWrap(long us)
        {
            Bench.Board.Advance(startUs + wrapUs - us - Bench.Now);
            Bench.Connect();
        }

        public long BeforeWrapUs => startUs + wrapUs - Bench.Now;
    }

    // The clock of the first starts up to five minutes below the wrap, or so many steps more; the other's at zero.
    private static void Both(long wrapUs, Action<Twin> script, long stepsBefore = 0, Action<FakeBoard>? prepare = null)
    {
        long startUs = (((wrapUs - 1) / StepUs) - stepsBefore) * StepUs;
        Twin across = new(startUs, wrapUs - startUs, prepare), plain = new(0, wrapUs - startUs, prepare);
        script(plain);
        script(across);
        Assert.IsLessThan(0, across.BeforeWrapUs, "not across");
        for (int i = 0; i < plain.Calls.Count && i < across.Calls.Count; i++)
        {
            Assert.AreEqual(plain.Calls[i], across.Calls[i], $"call {i}");
        }

        Assert.HasCount(plain.Calls.Count, across.Calls);
        Assert.AreEqual(plain.Bench.Faults, across.Bench.Faults);
    }

    [TestMethod]
    [DynamicData(nameof(Wraps))]
    public void A_session_across_the_wrap_leaves_as_planned_and_one_right_behind_it_waits_for_the_windows(string name, long wrapUs) => Both(wrapUs, twin =>
    {
        Bench bench = twin.Bench;
        twin.WaitUntilBeforeWrap(11_000_000);
        bench.Load(Programs.ShortBursts);
        bench.RunFor(5_000_000);
        Tighten(bench);
        bench.ArmAndWait();
        Assert.IsTrue(bench.RunUntil(() => twin.BeforeWrapUs < 2_000_000), name);
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"faults {bench.Faults:x}");
        Assert.IsLessThan(0, twin.BeforeWrapUs, "the session ended before the wrap");
        long[] onsets = [.. bench.Board.Edges.Where(edge => edge.Gated).Select(edge => edge.TimeUs)];
        Assert.HasCount(18, onsets);
        for (int i = 0; i < 18; i++)
        {
            Assert.IsInRange(-5, 5, onsets[i] - onsets[0] - Programs.ShortBurstOnsets[i]);
        }

        bench.Load(Programs.ShortBursts);
        Tighten(bench);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.RequestChallenge));
        bench.RunFor(30_000);
        long challenge = bench.U64(RegisterAddress.Challenge, 0);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Do(RegisterAddress.Arm, (uint)challenge, (uint)(challenge >> 32), bench.U32(RegisterAddress.Digest, 0)));
        Assert.AreEqual((uint)InhibitReason.HistoryFull, bench.U32(RegisterAddress.CommandResult, 3));
        Assert.IsTrue(bench.RunUntil(() => (bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.HistoryFull) == 0));
        Assert.IsInRange(4_900_000, 5_100_000, bench.Now - onsets[0], "room for a pulse too early or too late");
        bench.ArmAndWait();
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), $"faults {bench.Faults:x}");
        long second = bench.Board.Edges[18].TimeUs;
        Assert.IsGreaterThanOrEqualTo(5_000_000, second - onsets[0]);
    });

    // As many pulses in five seconds as the session has: the next pulse has to wait until the first of them is so old.
    private static void Tighten(Bench bench) => Assert.AreEqual(0u, bench.Do(RegisterAddress.Limits, 0, 0, 0, 0, 0, 18));

    [TestMethod]
    [DynamicData(nameof(Wraps))]
    public void A_lease_that_ends_behind_the_wrap_ends_the_session_after_half_a_second(string name, long wrapUs) => Both(wrapUs, twin =>
    {
        Bench bench = twin.Bench;
        twin.WaitUntilBeforeWrap(20_000_000);
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        Assert.IsTrue(bench.RunUntil(() => twin.BeforeWrapUs < 250_000, 20_000_000), name);
        bench.RenewLease = false;
        bench.Ask(RegisterAddress.LeaseState, 8, 0);
        long endsUs = bench.U64(RegisterAddress.LeaseState, 1);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Fault));
        Assert.IsInRange(0, 25_000, bench.Now - endsUs);
        Assert.IsTrue(bench.RunUntil(() => bench.Faults == FaultCode.LeaseLost));
    });

    [TestMethod]
    [DynamicData(nameof(AllWraps))]
    public void A_lease_that_is_renewed_across_the_wrap_is_not_lost_and_one_that_is_not_ends_in_time(string name, long wrapUs) => Both(wrapUs, twin =>
    {
        Bench bench = twin.Bench;
        twin.WaitUntilBeforeWrap(5_000_000);
        bench.Load(Programs.ShortBursts);
        while (twin.BeforeWrapUs > 250_000)
        {
            bench.Pass();
            Assert.AreEqual(SupervisorState.Loaded, bench.State, name);
        }

        bench.RunFor(3_000_000);
        Assert.AreEqual(SupervisorState.Loaded, bench.State, "lost");
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Limits, 2_000), "a command on the other side");
    });

    [TestMethod]
    [DynamicData(nameof(AllWraps))]
    public void A_lease_that_is_not_renewed_any_more_ends_behind_the_wrap(string name, long wrapUs) => Both(wrapUs, twin =>
    {
        Bench bench = twin.Bench;
        twin.WaitUntilBeforeWrap(5_000_000);
        bench.Load(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => twin.BeforeWrapUs < 150_000), name);
        bench.RenewLease = false;
        bench.Ask(RegisterAddress.LeaseState, 8, 0);
        long endsUs = bench.U64(RegisterAddress.LeaseState, 1);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Idle));
        Assert.IsInRange(0, 25_000, bench.Now - endsUs);
        Assert.IsLessThan(0, twin.BeforeWrapUs, "ended before the wrap");
    });

    [TestMethod]
    [DynamicData(nameof(Wraps))]
    public void An_armed_board_disarms_after_60_s_across_the_wrap(string name, long wrapUs) => Both(wrapUs, twin =>
    {
        Bench bench = twin.Bench;
        twin.WaitUntilBeforeWrap(40_000_000);
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        long armedUs = bench.Now;
        Assert.IsTrue(bench.RunUntil(() => bench.State != SupervisorState.Armed, 70_000_000), name);
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
        Assert.IsInRange(RunControl.ArmedLifeUs - 20_000, RunControl.ArmedLifeUs + 20_000, bench.Now - armedUs);
    });

    [TestMethod]
    [DynamicData(nameof(Wraps))]
    public void A_hold_across_the_wrap_lasts_ten_minutes_and_no_longer(string name, long wrapUs) => Both(wrapUs, twin =>
    {
        Bench bench = twin.Bench;
        twin.WaitUntilBeforeWrap(100_000_000);
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2), name);
        bench.Write(RegisterAddress.Hold, 1, 1);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Held));
        long heldUs = bench.Now;
        Assert.IsTrue(bench.RunUntil(() => bench.State != SupervisorState.Held, 700_000_000));
        Assert.IsInRange(RunControl.HeldLifeUs - 20_000L, RunControl.HeldLifeUs + 20_000L, bench.Now - heldUs);
        Assert.IsTrue(bench.RunUntil(() => bench.Faults == FaultCode.HeldTooLong));
    }, stepsBefore: 1);

    [TestMethod]
    [DynamicData(nameof(Wraps))]
    public void The_pulses_of_a_session_before_the_wrap_are_charged_to_the_hour_behind_it_once(string name, long wrapUs) => Both(wrapUs, twin =>
    {
        Bench bench = twin.Bench;
        twin.WaitUntilBeforeWrap(HourUs / 2);
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done), name);
        bench.RunFor(100_000);
        AssertHour(bench, 18, bench.Now);
    }, stepsBefore: 6);

    [TestMethod]
    [DynamicData(nameof(AllWraps))]
    public void An_hour_of_which_nothing_is_known_is_full_until_behind_the_wrap(string name, long wrapUs) => Both(wrapUs, twin =>
    {
        Assert.IsGreaterThan(0, twin.BeforeWrapUs, name);
        AssertHour(twin.Bench, LimitTable.MaxHourPulses, twin.Bench.Now);
    }, stepsBefore: 6, prepare: board => board.Records = [null, null]);

    // So many for an hour, none after an hour and one step.
    private static void AssertHour(Bench bench, int pulses, long sinceUs)
    {
        bench.Connect();
        while (bench.Now < sinceUs + HourUs + (6 * MinuteUs))
        {
            long agoUs = bench.Now - sinceUs;
            bench.Ask(RegisterAddress.History, 8, 0);
            long told = bench.U64(RegisterAddress.History, 2);
            Assert.IsTrue(agoUs > HourUs ? told == pulses || told == 0 : told == pulses, $"{told} after {agoUs} us");
            Assert.IsTrue(agoUs < HourUs + StepUs + 2_000_000 || told == 0, $"{told} after {agoUs} us");
            bench.Board.Advance(MinuteUs);
        }
    }

    [TestMethod]
    public void Before_the_milliseconds_wrap_the_uptime_has_long_forbidden_to_arm() => Both(1000L << 32, twin =>
    {
        Bench bench = twin.Bench;
        twin.WaitUntilBeforeWrap(10_000_000);
        bench.Load(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => twin.BeforeWrapUs < -1_000_000, 20_000_000));
        bool old = bench.Now > InhibitWatch.UptimeLimitUs;
        Assert.AreEqual(old, (bench.Ask(RegisterAddress.InhibitReasons, 4, 0) & InhibitReason.UptimeTooLong) != 0);
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
    });
}
