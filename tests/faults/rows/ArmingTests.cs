using Escapement.Host;
using Escapement.Link;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>Rows 19, 21 and 31: the wrong board, the wrong program, the wrong firmware.</summary>
[TestClass]
public sealed class ArmingTests
{
    private static readonly Scenario theta = new(Sessions.Theta);
    private static readonly Instant before = new(Place.InBurst, 0);

    [TestMethod]
    [Hazard(19)]
    public void A_board_other_than_the_one_asked_for_is_refused_before_anything_is_written_to_it()
    {
        string own = new VirtualBoardOptions().Uid!;
        foreach (BoardExpectation expected in new BoardExpectation[] { new() { Uid = new string('0', 31) + "2" }, new() { BoardId = 2 }, new() { IsReal = true }, new() { Tag = "0123456789abcdef" } })
        {
            Scenario session = new(Sessions.Theta) { Ordered = order => order with { Expected = expected } };
            Incident run = session.Run(before, _ => { });
            Assert.AreEqual(SessionVerdict.Refused, run.Result!.Verdict, run.Result.Message);
            Assert.AreEqual(0, run.Emitted);
            Assert.IsTrue(run.Wire.Sent.All(one => (one.Frame[0] & 3) == (int)HarpKind.Read), $"{expected}: only questions");
        }

        Incident right = new Scenario(Sessions.Theta) { Ordered = order => order with { Expected = new BoardExpectation { Uid = own, BoardId = 1 } } }.Run(before, _ => { });
        right.IsAsPlanned(theta.Calm(), "row 19 the right board");
    }

    [TestMethod]
    [Hazard(19)]
    public void Of_two_boards_that_changed_places_neither_is_started()
    {
        string[] uids = ["5649525455414c20424f415244000001", "5649525455414c20424f415244000002"];
        for (int there = 0; there < 2; there++)
        {
            string meant = uids[1 - there];
            Scenario session = new(Sessions.Theta, new VirtualBoardOptions { Uid = uids[there] }) { Ordered = order => order with { Expected = new BoardExpectation { Uid = meant } } };
            Incident run = session.Run(before, _ => { });
            Assert.AreEqual(SessionVerdict.Refused, run.Result!.Verdict, run.Result.Message);
            StringAssert.Contains(run.Result.Message, uids[there]);
            Assert.AreEqual(0, run.Emitted);
        }
    }

    [TestMethod]
    [Hazard(21)]
    public void A_program_that_was_played_cannot_be_armed_again()
    {
        Calm calm = theta.Calm();
        Desk? desk = null;
        Incident run = theta.Run(before, stage => stage.Leader.Then = desk = new Desk(stage.Wire.Open(), calm.Run.Result!.Digest, 30_000_000));
        Refused(desk!);
        run.IsAsPlanned(calm, "row 21 armed again after it was done");
    }

    [TestMethod]
    [Hazard(21)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenTrains)]
    public void A_program_whose_session_ended_in_a_fault_cannot_be_armed_again(Place place)
    {
        foreach (Instant instant in theta.Calm(place).Instants(place, 3))
        {
            Desk? desk = null;
            Incident run = theta.Run(instant, stage =>
            {
                stage.Bench.Contact(ContactName.Interlock).Open(stage.At80);
                stage.Bench.Contact(ContactName.Interlock).Close(stage.At80 + Ticks80.FromMs(500));
                stage.Leader.Then = desk = new Desk(stage.Wire.Open(), theta.Calm().Run.Result!.Digest, 30_000_000);
            });
            Refused(desk!);
            run.GateClosesWithin(Expect.HardwareUs, $"row 21 armed again after a fault: {instant}");
        }
    }

    [TestMethod]
    [Hazard(21)]
    public void A_program_of_before_a_restart_cannot_be_armed()
    {
        const long OffUs = 40_000_000;
        const long OnUs = 41_000_000;
        Desk? desk = null;
        Incident run = theta.Run(before, stage =>
        {
            stage.Board.Faults.CutPowerAt(OffUs, OnUs - OffUs);
            Operator.SwitchesOnAgain(stage.Bench, OffUs, OnUs);
            stage.Leader.Then = desk = new Desk(stage.Wire.Open(), theta.Calm().Run.Result!.Digest, OnUs + 10_000_000);
        });
        Assert.AreEqual(1, run.Board.Restarts);
        Refused(desk!);
        run.IsAsPlanned(theta.Calm(), "row 21 armed after a restart");
    }

    [TestMethod]
    [Hazard(31)]
    [DataRow("esp32-devkitc", "esp32-s3-devkitc-1")]
    [DataRow("esp32-s3-devkitc-1", "esp32-devkitc")]
    [DataRow("esp32-s3-devkitc-1", "some-other-board")]
    public void A_firmware_that_is_told_another_board_than_it_runs_on_touches_no_pin_and_answers_nobody(string runsOn, string told)
    {
        VirtualBoardOptions options = new() { BoardId = runsOn, Files = new Dictionary<string, byte[]> { [IdentityFile.Location] = IdentityFile.Content(told, new string('1', 32)) } };
        VirtualBoard board = new(options);
        board.Faults.AtCall(FirmwareCall.PinMode, 1, () => Assert.Fail("a pin was opened"));
        board.Faults.AtCall(FirmwareCall.PinWrite, 1, () => Assert.Fail("a pin was written"));
        SessionRunner host = new(board.Connect(), new SessionOrder("theta", ProgramBuilder.Build(Sessions.Theta)) { InVirtualTime = true });
        board.RunLockStep(host, 70_000_000);
        Assert.AreEqual(3, board.Bench.Referee.All.Length, "the starting levels and nothing else");
        Assert.AreEqual(ExitCode.NoLink, host.Result!.ExitCode, host.Result.Message);
    }

    private static void Refused(Desk desk)
    {
        CommandReading arm = desk.Results[RegisterAddress.Arm];
        Assert.AreNotEqual(0, arm.Result, "Arm was accepted");
        Assert.AreNotEqual(0, desk.Results[RegisterAddress.Start].Result, "Start was accepted");
        Assert.IsTrue(BoardNames.Inhibits(arm.Detail).Any(reason => reason.Name is "NoProgram" or "WrongState"), string.Join(" ", BoardNames.Inhibits(arm.Detail).Select(reason => reason.Name)));
    }
}
