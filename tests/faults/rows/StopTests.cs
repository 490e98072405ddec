using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Rows 34 to 37 and 60: the emergency stop, its wires and its contacts, and inputs that are left open.</summary>
[TestClass]
public sealed class StopTests
{
    private const int Times = 8;

    private static readonly Scenario theta = new(Sessions.Theta);

    [TestMethod]
    [Hazard(34)]
    [DataRow(Place.Armed, ContactName.EStopA)]
    [DataRow(Place.InBurst, ContactName.EStopA)]
    [DataRow(Place.InBurst, ContactName.EStopB)]
    [DataRow(Place.BetweenBursts, ContactName.EStopB)]
    [DataRow(Place.BetweenTrains, ContactName.EStopA)]
    [DataRow(Place.Held, ContactName.EStopB)]
    public void With_one_contact_welded_the_other_stops_within_a_millisecond_and_the_discrepancy_is_latched(Place place, ContactName welded)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, Times))
        {
            string note = $"row 34 one contact welded, stop pressed (H): {welded} {instant}";
            Incident run = theta.Run(instant, stage =>
            {
                stage.Bench.Contact(welded).Fail(ContactFault.Welded, stage.At80 - Ticks80.FromMs(200));
                Press(stage.Bench, stage.At80);
            });
            run.GateClosesWithin(Expect.HardwareUs, note);
            run.PulsesAfterAtMost(1, note); // one may fall into the contact filter's 0.2 ms
            run.HasLatched(note, "EmergencyStop", "EmergencyStopDiscrepancy");
            run.LatchedWithin(Expect.TwoPassesUs, note);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(34)]
    [DataRow(ContactName.EStopA)]
    [DataRow(ContactName.EStopB)]
    public void With_one_contact_welded_since_before_power_up_nothing_arms(ContactName welded)
    {
        VirtualBoard board = new(new VirtualBoardOptions { Seed = 11 });
        board.Bench.Contact(welded).Fail(ContactFault.Welded, 0);
        SessionResult result = Sessions.RunOn(board);
        Assert.AreEqual(SessionVerdict.Refused, result.Verdict, result.Message);
        string[] names = [.. result.Inhibits.Concat(result.Faults).Select(one => one.Name)];
        Assert.IsTrue(names.Contains("EmergencyStopUntested") || names.Contains("EmergencyStopDiscrepancy"), string.Join(' ', names));
        Assert.AreEqual(0, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
    }

    [TestMethod]
    [Hazard(35)]
    [DataRow(Place.Armed, ContactName.EStopA)]
    [DataRow(Place.InBurst, ContactName.EStopA)]
    [DataRow(Place.InBurst, ContactName.EStopB)]
    [DataRow(Place.BetweenBursts, ContactName.EStopA)]
    [DataRow(Place.BetweenTrains, ContactName.EStopB)]
    [DataRow(Place.Held, ContactName.EStopA)]
    public void A_wire_of_the_emergency_stop_that_breaks_stops_within_a_millisecond(Place place, ContactName wire)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, Times))
        {
            string note = $"row 35 stop's wire open (H): {wire} {instant}";
            Incident run = theta.Run(instant, stage => stage.Bench.Contact(wire).Fail(ContactFault.Open, stage.At80));
            run.GateClosesWithin(Expect.HardwareUs, note);
            run.PulsesAfterAtMost(1, note); // one may fall into the contact filter's 0.2 ms
            run.HasLatched(note, "EmergencyStop", "EmergencyStopDiscrepancy");
            run.LatchedWithin(Expect.TwoPassesUs, note);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(36)]
    [DataRow(Place.Armed)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    [DataRow(Place.BetweenTrains)]
    [DataRow(Place.Held)]
    public void Releasing_the_emergency_stop_restarts_nothing_for_a_minute(Place place)
    {
        int heldMs = 1;
        foreach (Instant instant in theta.Calm(place).Instants(place, Times))
        {
            heldMs = heldMs * 3 % 4_001; // from 3 ms to 4 s
            string note = $"row 36 stop pressed and released (H): {instant}, for {heldMs} ms";
            Incident run = theta.Run(instant, stage =>
            {
                Press(stage.Bench, stage.At80);
                foreach (ContactName one in new[] { ContactName.EStopA, ContactName.EStopB })
                {
                    stage.Bench.Contact(one).Close(stage.At80 + Ticks80.FromMs(heldMs));
                }
            });
            run.GateClosesWithin(Expect.HardwareUs, note);
            run.PulsesAfterAtMost(1, note); // one may fall into the contact filter's 0.2 ms
            run.HasLatched(note, "EmergencyStop");
            Assert.AreEqual(SupervisorStates.EmergencyStop, run.Status!.State, note);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(37)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    public void A_software_that_does_not_see_the_emergency_stop_cannot_keep_the_gate_open(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, Times))
        {
            string note = $"row 37 software is told that the stop is not pressed (H): {instant}";
            Incident run = theta.Run(instant, stage =>
            {
                stage.Bench.Force(RigSignal.EStopA, true, stage.At80 - Ticks80.FromMs(5));
                stage.Bench.Force(RigSignal.EStopB, true, stage.At80 - Ticks80.FromMs(5));
                Press(stage.Bench, stage.At80);
            });
            run.GateClosesWithin(Expect.HardwareUs, note);
            run.PulsesAfterAtMost(1, note); // one may fall into the contact filter's 0.2 ms
            run.HasLatchedOneOf(note, "GateMismatch", "GatedCountMismatch");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(37)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenBursts)]
    public void A_software_that_hangs_cannot_keep_the_gate_open_against_the_emergency_stop(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, Times))
        {
            string note = $"row 37 software hangs when the stop is pressed (H): {instant}";
            Incident run = theta.Run(instant, stage =>
            {
                stage.Board.Faults.PauseAt(stage.AtUs - 12_000, 30_000_000);
                Press(stage.Bench, stage.At80);
            });
            run.GateClosesWithin(Expect.HardwareUs, note);
            run.PulsesAfterAtMost(1, note); // one may fall into the contact filter's 0.2 ms
        }
    }

    [TestMethod]
    [Hazard(60)]
    [DataRow(ContactName.EStopA, "EmergencyStop")]
    [DataRow(ContactName.EStopB, "EmergencyStop")]
    [DataRow(ContactName.Interlock, "InterlockOpened")]
    [DataRow(ContactName.Key, "KeyTurnedOff")]
    [DataRow(ContactName.Coil, "CoilLost")]
    [DataRow(ContactName.FootSwitch, "FootSwitchReleased")]
    public void An_input_whose_wire_comes_off_stops_and_never_reads_as_safe(ContactName input, string fault)
    {
        Scenario session = new(Sessions.Theta, new VirtualBoardOptions { Seed = 7, BoardId = "esp32-s3-devkitc-1-bench" });
        foreach (Instant instant in session.Calm().Instants(Place.BetweenBursts, 4))
        {
            string note = $"row 60 an input's wire comes off (S): {input} {instant}";
            Incident run = session.Run(instant, stage => stage.Bench.Contact(input).Fail(ContactFault.Open, stage.At80));
            run.GateClosesWithin(Expect.TwoPassesUs, note);
            run.HasLatchedOneOf(note, fault);
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(60)]
    [DataRow(ContactName.EStopA)]
    [DataRow(ContactName.EStopB)]
    [DataRow(ContactName.Interlock)]
    [DataRow(ContactName.Key)]
    [DataRow(ContactName.Coil)]
    [DataRow(ContactName.FootSwitch)]
    public void An_input_without_a_wire_arms_nothing(ContactName input)
    {
        VirtualBoard board = new(new VirtualBoardOptions { Seed = 12, BoardId = "esp32-s3-devkitc-1-bench" });
        board.Bench.Contact(input).Fail(ContactFault.Open, 0);
        SessionResult? result = Sessions.TryRunOn(board);
        Assert.AreNotEqual(SessionVerdict.Completed, result?.Verdict);
        Assert.AreEqual(0, board.Bench.Referee.All.ToArray().Count(edge => edge is { Signal: RefereeSignal.Stimulator, Level: true }), "a pulse");
    }

    private static void Press(Bench bench, long t80)
    {
        bench.Contact(ContactName.EStopA).Open(t80);
        bench.Contact(ContactName.EStopB).Open(t80);
    }
}
