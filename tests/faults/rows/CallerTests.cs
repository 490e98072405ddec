using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Rows 44, 53, 56, 58, 59 and 62: what a host gets wrong, seen at its public face and at the referee.</summary>
[TestClass]
public sealed class CallerTests
{
    private const long HourUs = 3_600_000_000;
    private const int Times = 8;

    private static readonly Scenario theta = new(Sessions.Theta);
    private static readonly Scenario brief = new(Sessions.Of("brief", 3, 20_000, 2, 200_000, 3, 2_000_000));

    [TestMethod]
    [Hazard(44)]
    [DataRow(9, false)]
    [DataRow(10, true)]
    [DataRow(1_000, true)]
    [DataRow(1_001, false)]
    [DataRow(5_000, false)]
    public void A_trigger_shorter_or_longer_than_the_stimulator_takes_is_refused(int widthUs, bool fits)
    {
        Protocol protocol = new() { Id = "width", Blocks = [new RepeatBlock { PulsesPerBurst = 3, InterPulseUs = 50_000, BurstsPerTrain = 1, Trains = 1, StatedPulseWidthUs = widthUs }] };
        VirtualBoard board = new(new VirtualBoardOptions { Seed = 44 });
        SessionResult result = Sessions.RunOn(board, protocol);
        Assert.AreEqual(fits ? SessionVerdict.Completed : SessionVerdict.Refused, result.Verdict, result.Message);
        Assert.AreEqual(fits ? 3 : 0, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
    }

    [TestMethod]
    [Hazard(53)]
    [DataRow(Place.InBurst, HourUs)]
    [DataRow(Place.InBurst, -HourUs)]
    [DataRow(Place.BetweenTrains, HourUs)]
    [DataRow(Place.BetweenTrains, -HourUs)]
    public void A_host_whose_clock_jumps_by_an_hour_moves_no_pulse_and_makes_none(Place place, long byUs)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, Times))
        {
            string note = $"row 53 host's clock jumps by {byUs / HourUs} h (L): {instant}";
            Incident run = theta.Run(instant, stage => stage.Leader.HostClock = nowUs => nowUs + (2 * HourUs) + (nowUs >= stage.AtUs ? byUs : 0));
            List<long> onsets = run.Onsets80(RefereeSignal.Stimulator), calm = theta.Calm().Onsets80;
            CollectionAssert.AreEqual(calm.Take(onsets.Count).ToList(), onsets, $"{note}: an edge has moved, or one came that was not planned");
            run.NothingPassesAClosedGate(note);
            if (run.Result?.Verdict != SessionVerdict.Completed)
            {
                run.GateClosesWithin(Expect.LeaseUs + 100_000, note);
                run.HasLatchedOneOf(note, "LeaseLost", "ClockDisagrees");
            }
        }
    }

    [TestMethod]
    [Hazard(56)]
    public void Jittered_intervals_are_played_as_listed_or_refused_whole()
    {
        int played = 0, refused = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            int leastUs = random.Next(3) == 0 ? random.Next(200, 1_000) : random.Next(25_000, 60_000);
            long[] intervals = [.. Enumerable.Range(0, 20).Select(i => (long)(i == 7 ? leastUs : random.Next(100_000, 900_000)))];
            Protocol protocol = new() { Id = $"jitter-{seed}", Blocks = [new ListBlock { IntervalsUs = intervals }] };
            VirtualBoard board = new(new VirtualBoardOptions { Seed = (ulong)seed });
            SessionResult result = Sessions.RunOn(board, protocol);
            List<long> onsets = Analysis.Onsets80(board.Bench.Referee.Span, RefereeSignal.Stimulator);
            if (leastUs < 1_000)
            {
                refused++;
                Assert.AreEqual(SessionVerdict.Refused, result.Verdict, $"seed {seed}: least interval {leastUs} us");
                Assert.IsEmpty(onsets);
                continue;
            }

            played++;
            Assert.AreEqual(SessionVerdict.Completed, result.Verdict, $"seed {seed}: {result.Message}");
            double[] found = [.. onsets.Zip(onsets.Skip(1), (a, b) => (b - a) / 80.0)];
            for (int i = 0; i < intervals.Length; i++)
            {
                Assert.IsLessThanOrEqualTo(1.0, Math.Abs(found[i] - intervals[i]), $"seed {seed}, interval {i}");
            }
        }

        Assert.IsTrue(played > 10 && refused > 10, $"{played} played, {refused} refused");
    }

    [TestMethod]
    [Hazard(59)]
    public void A_stop_after_any_pulse_is_recorded_as_aborted_with_the_referees_count()
    {
        List<long> onsets = brief.Calm().Onsets80;
        foreach (long onset in onsets.SkipLast(1))
        {
            string note = $"row 59 stopped after a pulse (R): at {onset / 80} us";
            Incident run = brief.Run(new Instant(Place.InBurst, onset), stage => stage.Leader.StopUs = stage.AtUs + 1_000);
            Assert.AreEqual(SessionVerdict.Aborted, run.Result!.Verdict, $"{note}: {run.Result.Message}");
            run.RecordSaysSo(note);
            run.GateClosesWithin(Expect.TwoPassesUs + 10_000, note);
        }
    }

    [TestMethod]
    [Hazard(59)]
    public void A_supply_that_fails_at_any_pulse_is_never_recorded_as_completed()
    {
        foreach (long onset in brief.Calm().Onsets80)
        {
            string note = $"row 59 supply fails at a pulse (R): at {onset / 80} us";
            Incident run = brief.Run(new Instant(Place.InBurst, onset), stage => stage.Board.Faults.CutPowerAt(stage.AtUs, 500_000));
            Assert.AreNotEqual(SessionVerdict.Completed, run.Result!.Verdict, $"{note}: {run.Result.Message}");
            Assert.AreEqual(brief.Calm().Onsets80.Count(one => one <= onset), run.Emitted, 1, note);
        }
    }

    [TestMethod]
    [Hazard(62)]
    public void Another_board_at_the_same_port_does_nothing_that_was_meant_for_the_first()
    {
        foreach (Instant instant in theta.Calm().Instants(Place.BetweenBursts, Times).Append(new Instant(Place.Armed, theta.Calm().Onsets80[0] - Ticks80.FromMs(500))))
        {
            string note = $"row 62 another board at the port: {instant}";
            Calm calm = theta.Calm();
            (long AtUs, byte[] Frame)[] meant = [.. calm.Run.Wire.Sent.Where(one => one.AtUs >= Ticks80.ToUs(instant.At80))];
            Assert.IsNotEmpty(meant, note);
            VirtualBoard other = new(new VirtualBoardOptions { Seed = 99, Uid = "00000000000000000000000000000062" });
            Stranger stranger = new(other.Connect(), meant, 20_000_000 - meant[0].AtUs);
            other.RunLockStep(stranger, 120_000_000);
            Assert.IsTrue(stranger.IsFinished, note);
            Assert.AreEqual(0, Analysis.Onsets80(other.Bench.Referee.Span, RefereeSignal.Trigger).Count, $"{note}: an edge on the trigger line");
            Assert.IsTrue(stranger.States.All(state => state == SupervisorStates.Idle), $"{note}: states {string.Join(' ', stranger.States)}");
        }
    }

    // Delivers the frames that were meant for another board, at their distances, and looks at the state meanwhile.
    private sealed class Stranger(ITransport line, (long AtUs, byte[] Frame)[] frames, long shiftUs) : ITransportStep
    {
        private readonly byte[] scratch = new byte[4096];
        private readonly FrameReader reader = new();
        private int next;
        private long endUs = -1;

        public List<int> States { get; } = [];

        public bool IsFinished { get; private set; }

        public bool Step(long nowUs)
        {
            bool any = false;
            for (; next < frames.Length && frames[next].AtUs + shiftUs <= nowUs; next++, any = true) { line.Write(frames[next].Frame); }
            for (int count; (count = line.Read(scratch)) > 0;) { reader.Take(scratch.AsSpan(0, count), States); }
            if (next == frames.Length)
            {
                endUs = endUs < 0 ? nowUs + 5_000_000 : endUs;
                IsFinished = nowUs >= endUs && States.Count > 0;
                if (!IsFinished && nowUs >= endUs) { line.Write(HarpFrames.Read(Link.RegisterAddress.SupervisorState, HarpFrames.U8)); endUs = nowUs + 200_000; }
            }

            return any;
        }
    }

    // Replies and events about the state of the supervisor, out of whatever comes.
    private sealed class FrameReader
    {
        private readonly Link.FrameParser parser = new();

        public void Take(ReadOnlySpan<byte> bytes, List<int> states)
        {
            byte[] some = bytes.ToArray();
            for (int at = 0; at < some.Length;)
            {
                at += parser.Accept(some, at, some.Length - at, 0);
                while (parser.Next())
                {
                    if (parser.Address == Link.RegisterAddress.SupervisorState && !parser.IsError) { states.Add(parser.Buffer[parser.PayloadOffset]); }
                    if (parser.Address == Link.RegisterAddress.Status && !parser.IsError) { states.Add(parser.Buffer[parser.PayloadOffset + 8]); }
                }
            }
        }
    }
}
