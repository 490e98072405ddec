using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Rows 4 and 30: a word list or the table of limits changes in memory.</summary>
[TestClass]
public sealed class MemoryTests
{
    private static readonly byte[] silence = [0xFF, 0x7F, 0xFF, 0x7F];
    private static readonly string[] fields = ["MinGapUs", "MaxTrainPulses", "MaxSessionPulses", "Window1Pulses", "Window2Pulses", "Window3Pulses", "MaxWidthUs", "MaxSessionS"];

    [TestMethod]
    [Hazard(4)]
    [DataRow(Place.Armed)]
    [DataRow(Place.BetweenTrains)]
    public void A_word_list_with_a_pulse_more_than_was_judged_is_never_sent(Place place)
    {
        OpenFirmware firmware = new();
        Scenario session = Open(firmware);
        foreach (Instant instant in session.Calm(place).Instants(place, 8))
        {
            string note = $"row 4 list with a pulse too many (R): {instant}";
            Incident run = session.Run(instant, stage => stage.Bench.At(stage.At80, () => AddAPulse(firmware)));
            run.PulsesAfterAtMost(0, note);
            run.HasLatched(note, "ListChanged");
            run.RecordSaysSo(note);
        }
    }

    [TestMethod]
    [Hazard(30)]
    [DataRow(Place.Armed)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenTrains)]
    public void A_limit_that_changes_in_a_session_lets_no_further_train_begin(Place place)
    {
        int which = 0;
        foreach (bool ofTheSession in new[] { true, false })
        {
            OpenFirmware firmware = new();
            Scenario session = Open(firmware);
            Calm calm = session.Calm(place);
            foreach (Instant instant in calm.Instants(place, 8, leftUs: 7_000_000))
            {
                string field = fields[which++ % fields.Length];
                string note = $"row 30 limit changed in a session (S): {field}, {(ofTheSession ? "of the session" : "ceiling")}, {instant}";
                Incident run = session.Run(instant, stage => stage.Bench.At(stage.At80, () => Flip(firmware, ofTheSession, field, which % 12)));
                int restOfTrain = place == Place.InBurst ? 30 - (calm.Onsets80.Count(onset => onset <= instant.At80) % 30) : 0;
                run.PulsesAfterAtMost(restOfTrain, note);
                run.NothingPassesAClosedGate(note);
                run.HasLatchedOneOf(note, "LimitsChanged", "GuardRejected");
                run.RecordSaysSo(note);
            }
        }
    }

    [TestMethod]
    [Hazard(30)]
    public void A_limit_that_changed_before_arming_refuses_to_arm()
    {
        for (int i = 0; i < fields.Length; i++)
        {
            string field = fields[i];
            OpenFirmware firmware = new();
            Incident run = Open(firmware).Run(new Instant(Place.Armed, Ticks80.FromUs(5_300_000)), stage => stage.Bench.At(stage.At80, () => Flip(firmware, ofTheSession: i % 2 == 0, field, bit: 9)));
            string note = $"row 30 limit changed before arming (R): {field}";
            Assert.AreEqual(0, run.Emitted, note);
            Assert.AreEqual(-1, run.Watcher.FirstUs(SupervisorStates.Running), note);
            Assert.AreNotEqual(SessionVerdict.Completed, run.Result!.Verdict, note);
        }
    }

    private static Scenario Open(OpenFirmware firmware) => new(Sessions.Theta, new VirtualBoardOptions { Seed = 7, Firmware = firmware.Main, Operator = true });

    private static void Flip(OpenFirmware firmware, bool ofTheSession, string field, int bit)
    {
        object limits = firmware.Find("LimitsInForce");
        OpenFirmware.Flip(OpenFirmware.Get(limits, ofTheSession ? "Values" : "_ceilings")!, field, bit);
    }

    // The last long silence before a burst, a whole half-word of 32,767 low ticks, turns high: one edge more.
    private static void AddAPulse(OpenFirmware firmware)
    {
        foreach (byte[]? list in (byte[]?[])OpenFirmware.Get(firmware.Find("TriggerOutput"), "_lists")!)
        {
            int half = list is null ? -1 : list.AsSpan().LastIndexOf(silence);
            if (half >= 0) { list![half + 1] |= 0x80; }
        }
    }
}
