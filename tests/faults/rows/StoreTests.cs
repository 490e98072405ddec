using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Rows 50 to 52: what the board keeps across power-off.</summary>
[TestClass]
public sealed class StoreTests
{
    private const int MaxHourPulses = 12_000;
    private const int PulsesOfASession = 3_000;

    private static readonly Scenario theta = new(Sessions.Theta);

    [TestMethod]
    [Hazard(50)]
    public void A_flash_that_no_longer_takes_a_write_arms_nothing()
    {
        for (int nth = 1; nth <= 2; nth++)
        {
            VirtualBoard board = new(new VirtualBoardOptions { Seed = 50 });
            WearOut(board, nth, left: 20);
            SessionResult result = Sessions.RunOn(board);
            int pulses = board.Bench.Referee.Pulses(RefereeSignal.Stimulator);
            Assert.AreNotEqual(SessionVerdict.Completed, result.Verdict, $"write {nth} fails: {result.Message}");
            Assert.AreEqual(0, pulses, $"write {nth} fails");
        }
    }

    [TestMethod]
    [Hazard(51)]
    public void A_supply_that_fails_in_a_write_leaves_a_board_that_resumes_nothing_and_has_forgotten_nothing()
    {
        // A record is opened, written, closed; records are written at power-up, before arming, after the last pulse.
        int planned = theta.Calm().Onsets80.Count;
        for (int nth = 1; nth <= 9; nth++)
        {
            Incident run = theta.Run(new Instant(Place.BetweenTrains, 1), stage => stage.Board.Faults.CutPowerAtCall(FirmwareCall.FileWrite, nth, 2_000));
            string note = $"row 51 supply fails in a write (R): number {nth}, faults {string.Join(' ', run.Faults)}";
            Assert.AreEqual(1, run.Board.Restarts, note);
            run.NothingPassesAClosedGate(note);
            Assert.AreEqual(nth is > 3 and <= 6 ? 0 : planned, run.Emitted, note);
            if (nth <= 3)
            {
                Assert.AreEqual(SessionVerdict.Completed, run.Result!.Verdict, note); // in the boot; the next one was whole
                continue;
            }

            Assert.IsTrue(run.Status!.State is 1 or SupervisorStates.Idle or SupervisorStates.Fault, $"{note}: state {run.Status.State}");
            CollectionAssert.AreEqual(nth <= 6 ? [] : new[] { "AbnormalEnd" }, run.Faults, note); // the record before stands: resting, then armed
        }
    }

    [TestMethod]
    [Hazard(52)]
    public void The_hours_pulses_hold_across_reboots_other_names_and_a_host_whose_clock_is_set_back()
    {
        VirtualBoard board = new(new VirtualBoardOptions { Seed = 52 });
        Rounds rounds = new(board, PulsesOfASession, 6);
        board.RunLockStep(rounds, 3_500_000_000);
        string told = string.Join(" | ", rounds.Results.Select(one => $"{one.Verdict} {one.PulsesCounted}: {one.Message}"));
        int whole = MaxHourPulses / PulsesOfASession;
        Assert.IsTrue(rounds.Results.Take(whole).All(one => one.Verdict == SessionVerdict.Completed), told);
        SessionResult beyond = rounds.Results[whole];
        Assert.AreEqual(SessionVerdict.Refused, beyond.Verdict, told);
        Assert.IsTrue(beyond.Inhibits.Any(one => one.Name == "HourFull"), told);
        int emitted = board.Bench.Referee.All.ToArray().Count(edge => edge is { Signal: RefereeSignal.Stimulator, Level: true });
        Assert.AreEqual(whole * PulsesOfASession, emitted, told);
        Assert.IsGreaterThanOrEqualTo(whole, board.Restarts, "the board was switched off in between");
    }

    private static void WearOut(VirtualBoard board, int nth, int left)
    {
        board.Faults.AtCall(FirmwareCall.FileWrite, nth, () =>
        {
            if (left > 0) { WearOut(board, 1, left - 1); }
            throw new IOException("the sector is worn out");
        });
    }

    // Session after session on one board: it is switched off and on after each, as an operator does; each has a new name, and the host's clock an hour less.
    private sealed class Rounds(VirtualBoard board, int pulses, int most) : ITransportStep
    {
        private readonly ITransport line = board.Connect();
        private SessionRunner? runner;
        private long atUs = -1;
        private int step;

        public List<SessionResult> Results { get; } = [];

        public bool IsFinished => Results.Count >= most || Results.Any(one => one.Verdict == SessionVerdict.Refused);

        public bool Step(long nowUs)
        {
            if (runner is null && step == 0) { Begin(); }
            if (runner is not null)
            {
                bool any = runner.Step(nowUs + 36_000_000_000 - (Results.Count * 3_600_000_000L));
                if (!runner.IsFinished) { return any; }
                Results.Add(runner.Result!);
                runner = null;
                step = 1;
                atUs = nowUs;
            }

            if (step > 0 && nowUs >= atUs) { SwitchOffAndOn(nowUs); }
            return false;
        }

        private void Begin()
        {
            Protocol protocol = Sessions.Of($"name-{Results.Count}", 1, 0, pulses, 40_000, 1, 0);
            runner = new SessionRunner(line, new SessionOrder(protocol.Id, ProgramBuilder.Build(protocol)) { InVirtualTime = true });
        }

        // Emergency stop and key as at every power-up: pressed and off, released, on.
        private void SwitchOffAndOn(long nowUs)
        {
            switch (step++)
            {
                case 1:
                    Set(false, ContactName.EStopA, ContactName.EStopB, ContactName.Key);
                    board.Faults.CutPowerAt(nowUs + 1_000, 2_000_000);
                    atUs = nowUs + 5_000_000;
                    break;
                case 2:
                    Set(true, ContactName.EStopA, ContactName.EStopB);
                    atUs = nowUs + 3_000_000;
                    break;
                case 3:
                    Set(true, ContactName.Key);
                    atUs = nowUs + 2_000_000;
                    break;
                default:
                    step = 0;
                    break;
            }
        }

        private void Set(bool closed, params ContactName[] names)
        {
            foreach (ContactName name in names) { board.Bench.Contact(name).Set(closed, board.Bench.Now80); }
        }
    }
}
