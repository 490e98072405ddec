using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Rows 28 and 29: supply and restarts.</summary>
[TestClass]
public sealed class PowerTests
{
    private const long OffUs = 800_000;

    private static readonly Scenario theta = new(Sessions.Theta);

    [TestMethod]
    [Hazard(28)]
    [DataRow(Place.Armed)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.BetweenTrains)]
    [DataRow(Place.Held)]
    public void A_supply_that_fails_closes_the_gate_at_once_and_the_next_boot_finds_an_abnormal_end(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 12))
        {
            string note = $"row 28 supply cut (H): {instant}";
            Incident run = theta.Run(instant, stage => stage.Board.Faults.CutPowerAt(stage.AtUs, OffUs));
            Assert.AreEqual(1, run.Board.Restarts, note);
            run.GateClosesWithin(Expect.HardwareUs, note);
            run.PulsesAfterAtMost(0, note);
            run.HasLatched(note, "AbnormalEnd");
            run.RecordSaysSo(note, lostSight: true);
        }
    }

    [TestMethod]
    [Hazard(28)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenTrains)]
    public void A_supply_that_fails_again_and_again_never_lets_a_pulse_through(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 6))
        {
            string note = $"row 28 supply cut five times (H): {instant}";
            Incident run = theta.Run(instant, stage =>
            {
                Random random = new((int)(instant.At80 % 1_000_003));
                long atUs = stage.AtUs;
                for (int i = 0; i < 5; i++)
                {
                    stage.Board.Faults.CutPowerAt(atUs, 20_000);
                    atUs += random.NextInt64(30_000, 4_000_000);
                }
            });
            run.GateClosesWithin(Expect.HardwareUs, note);
            run.PulsesAfterAtMost(0, note);
            run.HasLatched(note, "AbnormalEnd");
        }
    }

    [TestMethod]
    [Hazard(28)]
    [DataRow(FirmwareCall.PinWrite)]
    [DataRow(FirmwareCall.RmtSend)]
    [DataRow(FirmwareCall.RmtDispose)]
    [DataRow(FirmwareCall.Counter)]
    [DataRow(FirmwareCall.Sleep)]
    public void A_supply_that_fails_inside_any_call_lets_no_pulse_through_afterwards(FirmwareCall call)
    {
        Random random = new((int)call);
        for (int i = 0; i < 8; i++)
        {
            // The calls of the gate test come first; those of a session are later ones.
            int nth = call switch { FirmwareCall.RmtSend => 3 + (i % 3), FirmwareCall.RmtDispose => 1 + i, FirmwareCall.PinWrite => random.Next(100, 1_500), _ => random.Next(700, 2_000) };
            long cut80 = 0;
            Incident run = theta.Run(new Instant(Place.InBurst, 0), stage => stage.Board.Faults.AtCall(call, nth, () =>
            {
                cut80 = stage.Bench.Now80;
                stage.Board.Faults.CutPowerAtCall(FirmwareCall.Any, 1, OffUs);
            }));
            string note = $"row 28 supply cut in {call} number {nth}";
            if (cut80 == 0) { continue; }
            Assert.AreEqual(1, run.Board.Restarts, note);
            Assert.AreEqual(0, run.PulsesAfter(cut80 + Ticks80.FromMs(1)), note);
            run.NothingPassesAClosedGate(note);
            Assert.AreNotEqual(SupervisorStates.Running, run.Status!.State, note);
        }
    }

    [TestMethod]
    [Hazard(28)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.BetweenTrains)]
    public void A_firmware_that_breaks_down_and_reboots_by_itself_closes_the_gate_and_nothing_resumes(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 8))
        {
            string note = $"row 28 reboot (W): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.At(stage.At80, () => stage.Board.Faults.ThrowAtCall(FirmwareCall.ClockRead, 1, new InvalidOperationException("as ordered"))));
            Assert.AreEqual(1, run.Board.Restarts, note);
            run.GateClosesWithin(Expect.WatchdogUs, note);
            run.PulsesAfterAtMost(6, note);
            run.HasLatched(note, "AbnormalEnd");
        }
    }

    [TestMethod]
    [Hazard(28)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.Armed)]
    public void A_firmware_that_reboots_and_can_make_nothing_safe_before_is_stopped_by_the_watchdog(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 8, leftUs: place == Place.Armed ? 0 : 300_000))
        {
            string note = $"row 28 reboot with everything left as it was (W): {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.At(stage.At80, () =>
            {
                foreach (FirmwareCall call in new[] { FirmwareCall.ClockRead, FirmwareCall.PinWrite, FirmwareCall.RmtDispose })
                {
                    stage.Board.Faults.ThrowAtCall(call, 1, new InvalidOperationException("as ordered"));
                }
            }));
            Assert.IsGreaterThanOrEqualTo(1, run.Board.Restarts, note);
            run.GateClosesWithin(Expect.WatchdogUs, note);
            run.PulsesAfterAtMost(place == Place.Armed ? 0 : 6, note);
            run.HasLatched(note, "AbnormalEnd");
        }
    }

    [TestMethod]
    [Hazard(29)]
    public void A_thousand_power_cycles_make_no_edge_behind_the_gate_and_none_before_it_with_the_key_on()
    {
        // Key on: the board makes no test pulses of its own either.
        VirtualBoard board = new(new VirtualBoardOptions { Operator = false, Seed = 29 });
        Random random = new(29);
        long atUs = 1;
        for (int i = 0; i < 1_000; i++)
        {
            atUs += random.NextInt64(20_000, 2_500_000);
            board.Faults.CutPowerAt(atUs, 10_000);
        }

        board.RunLockStep(new Nobody(atUs + 60_000_000));
        Assert.AreEqual(1_000, board.Restarts);
        Assert.AreEqual(3, board.Bench.Referee.All.Length, "the starting levels and nothing else");
    }

    [TestMethod]
    [Hazard(29)]
    public void Power_cycles_in_the_middle_of_the_gate_test_make_no_edge_at_the_stimulator()
    {
        Random random = new(30);
        for (int i = 0; i < 40; i++)
        {
            long cutUs = random.NextInt64(1_100_000, 2_600_000);
            VirtualBoard board = new(new VirtualBoardOptions { Seed = 29 });
            board.Faults.CutPowerAt(cutUs, 10_000);
            board.RunLockStep(new Nobody(10_000_000));
            Assert.AreEqual(0, board.Bench.Referee.Pulses(RefereeSignal.Stimulator), $"cut after {cutUs} us");
            Assert.AreEqual(0, Analysis.PulsesWithGateClosed(board.Bench.Referee.All, RefereeSignal.Stimulator), $"cut after {cutUs} us");
        }
    }
}
