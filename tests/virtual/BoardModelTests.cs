using Escapement.Host;
using Escapement.Link;

namespace Escapement.Virtual.Tests;

/// <summary>Which board a virtual board is, and what it says about itself.</summary>
[TestClass]
public sealed class BoardModelTests
{
    private const int U8 = 1, U32 = 4;

    [TestMethod]
    public void Board_that_does_not_exist_is_answered_with_the_nearest_one()
    {
        InputException error = Assert.ThrowsExactly<InputException>(() => BoardModel.Find("esp32-devkit"));
        Assert.Contains("did you mean 'esp32-devkitc'", error.Message);
        Assert.ThrowsExactly<InputException>(() => new VirtualBoard(new VirtualBoardOptions { BoardId = "esp32-s3" }));
        Assert.ThrowsExactly<InputException>(() => new VirtualBoard(new VirtualBoardOptions { Uid = "12" }));
    }

    [TestMethod]
    public void Reference_board_plans_and_limits_as_the_defaults_do()
    {
        BoardModel model = BoardModel.Find(PlanBoard.ReferenceId);
        foreach (var field in typeof(Kernel.PlanLimits).GetFields())
        {
            Assert.AreEqual(field.GetValue(new Kernel.PlanLimits()), field.GetValue(model.Planning.Limits), field.Name);
        }

        Safety.Limits ceilings = new();
        Safety.LimitTable.SetCeilings(ceilings);
        foreach (var field in typeof(Safety.Limits).GetFields().Where(field => !field.IsLiteral))
        {
            Assert.AreEqual(field.GetValue(ceilings), field.GetValue(model.Planning.Ceilings), field.Name);
        }
    }

    [TestMethod]
    public void Each_board_shows_its_number_its_figures_and_the_uid_of_its_identity_file()
    {
        foreach (BoardModel model in BoardModel.All)
        {
            HarpRequest[] answers = Ask(new VirtualBoardOptions { BoardId = model.Id, Uid = "00112233445566778899aabbccddeeff" });
            Assert.AreEqual((uint)model.Number, answers[0].Reply!.U32(2), model.Id);
            byte[] uid = answers[1].Reply!.Payload;
            Assert.AreEqual("00112233445566778899AABBCCDDEEFF", Convert.ToHexString(uid), model.Id);
            HarpMessage profile = answers[2].Reply!;
            uint[] figures =
            [
                1000, (uint)model.Planning.Limits.ChannelWords, (uint)model.Planning.Limits.FirstListWords, (uint)model.Planning.Limits.ListWords, (uint)model.Planning.Limits.HeadWords, (uint)model.Planning.Limits.LeadInUs,
                (uint)model.Planning.Limits.StartBoundUs, (uint)model.Planning.Limits.MinCutGapUs, (uint)model.Planning.Ceilings.MinGapUs, (uint)model.Planning.Ceilings.MinWidthUs, (uint)model.Planning.Ceilings.MaxWidthUs,
            ];
            CollectionAssert.AreEqual(figures, Enumerable.Range(0, figures.Length).Select(profile.U32).ToArray(), model.Id);
        }
    }

    [TestMethod]
    public void Board_without_identity_file_or_with_a_damaged_one_runs_by_its_target_with_uid_zero()
    {
        foreach (VirtualBoardOptions options in new[]
        {
            new VirtualBoardOptions { Uid = null },
            new VirtualBoardOptions { Files = new Dictionary<string, byte[]> { [IdentityFile.Location] = [1, 2, 3] } },
        })
        {
            HarpRequest[] answers = Ask(options with { BoardId = "esp32-devkitc" });
            Assert.AreEqual(2u, answers[0].Reply!.U32(2));
            CollectionAssert.AreEqual(new byte[16], answers[1].Reply!.Payload);
        }
    }

    [TestMethod]
    public void Reference_board_without_identity_file_runs_as_the_plain_board_and_with_a_damaged_one_answers_nobody()
    {
        HarpRequest[] answers = Ask(new VirtualBoardOptions { Uid = null });
        Assert.AreEqual(1u, answers[0].Reply!.U32(2));
        CollectionAssert.AreEqual(new byte[16], answers[1].Reply!.Payload);
        VirtualBoard damaged = new(new VirtualBoardOptions { Files = new Dictionary<string, byte[]> { [IdentityFile.Location] = [1, 2, 3] } });
        RegisterHost host = new(damaged.Connect(), 4_000_000, (RegisterAddress.Identity, U32));
        damaged.RunLockStep(host, 10_000_000);
        Assert.IsTrue(host.Answers.All(answer => answer.State != HarpRequestState.Answered));
    }

    [TestMethod]
    public void Board_whose_identity_file_names_another_board_answers_nobody_and_moves_no_line()
    {
        VirtualBoard board = new(new VirtualBoardOptions
        {
            Files = new Dictionary<string, byte[]> { [IdentityFile.Location] = IdentityFile.Content("esp32-devkitc", new string('1', 32)) },
        });
        RegisterHost host = new(board.Connect(), 4_000_000, (RegisterAddress.Identity, U32));
        board.RunLockStep(host, 10_000_000);
        Assert.IsTrue(host.Answers.All(answer => answer.State != HarpRequestState.Answered));
        Assert.HasCount(3, board.Bench.Referee.Edges);
        Assert.AreEqual(0, board.Restarts);
    }

    private static HarpRequest[] Ask(VirtualBoardOptions options)
    {
        VirtualBoard board = new(options);
        RegisterHost host = new(board.Connect(), 4_000_000, (RegisterAddress.Identity, U32), (RegisterAddress.Uid, U8), (RegisterAddress.BoardProfile, U32));
        board.RunLockStep(host, 10_000_000);
        Assert.IsTrue(host.Answers.All(answer => answer.State == HarpRequestState.Answered));
        return [.. host.Answers];
    }
}
