using Escapement.Fuzz.Boards;
using Escapement.Fuzz.Frames;
using Escapement.Fuzz.Programs;
using Escapement.Link;

namespace Escapement.Fuzz.Tests;

/// <summary>The properties find what they are there to find: broken stand-ins, each wrong in one way.</summary>
[TestClass]
public sealed class StandInTests
{
    private const ulong Seed = 3;

    private static string Found(Func<IFuzzTarget> make, long inputs = 20_000)
    {
        TargetResult result = Campaign.Run(make, inputs, Seed, threads: 1);
        Assert.IsNotEmpty(result.Violations, "the broken stand-in was not found");
        Violation first = result.Violations[0];
        Assert.IsNotNull(Campaign.Replay(make(), first.Seed, first.Input), "the violation does not come again when it is replayed");
        Console.WriteLine($"found at input {first.Input}: {first.What.Split('\n')[0]}");
        return first.What;
    }

    [TestMethod]
    public void A_parser_without_checksum_is_found() => Found(() => new FrameTarget(() => new BrokenFrames { RepairsChecksums = true }));

    [TestMethod]
    public void A_parser_that_drops_what_stands_behind_a_bad_frame_is_found() => Found(() => new FrameTarget(() => new BrokenFrames { DropsRest = true }));

    [TestMethod]
    public void A_parser_that_forgets_half_frames_between_chunks_is_found() => Found(() => new FrameTarget(() => new BrokenFrames { ForgetsBetweenChunks = true }));

    [TestMethod]
    public void A_parser_that_never_gives_up_a_half_frame_is_found() => Found(() => new FrameTarget(() => new BrokenFrames { NeverExpires = true }));

    [TestMethod]
    public void A_parser_that_allocates_is_found() => StringAssert.Contains(Found(() => new FrameTarget(() => new BrokenFrames { Allocates = true })), "allocated");

    [TestMethod]
    public void A_parser_that_throws_is_found() => StringAssert.Contains(Found(() => new FrameTarget(() => new BrokenFrames { Throws = true })), "IndexOutOfRange");

    [TestMethod]
    public void A_board_that_takes_frames_with_wrong_checksums_is_found() => Found(() => new RegisterTarget(twins => twins.Board.OnTheWay = Healing.Checksum));

    [TestMethod]
    public void A_register_that_changes_without_a_frame_is_found() =>
        StringAssert.Contains(Found(() => new RegisterTarget(twins => twins.Board.OnTheWay = (bytes, count) => Touch(twins, bytes, count))), "register");

    [TestMethod]
    public void A_gate_that_is_enabled_without_a_frame_is_found() =>
        Found(() => new RegisterTarget(twins => twins.Board.OnTheWay = (bytes, count) => EnableAt(twins, bytes[0] == 0x42)));

    [TestMethod]
    public void A_board_that_allocates_is_found() =>
        StringAssert.Contains(Found(() => new RegisterTarget(twins => twins.Board.OnTheWay = (bytes, count) => GC.KeepAlive(count == 77 ? new byte[100] : null))), "allocated");

    [TestMethod]
    public void A_board_that_ignores_the_CRC_of_a_command_is_found() => Found(() => new CommandTarget(twins => twins.Board.OnTheWay = (bytes, count) => Healing.Command(bytes, count, -1, 0)));

    [TestMethod]
    public void A_board_that_ignores_the_version_is_found() => Found(() => new CommandTarget(twins => twins.Board.OnTheWay = (bytes, count) => Healing.Command(bytes, count, 0, 1)));

    [TestMethod]
    public void A_board_that_ignores_the_sequence_is_found() => Found(() => new CommandTarget(twins => twins.Board.OnTheWay = (bytes, count) => Healing.Command(bytes, count, 1, 1_000_000)));

    [TestMethod]
    public void A_board_that_ignores_the_nonce_is_found() => Found(() => new CommandTarget(twins => twins.Board.OnTheWay = (bytes, count) => Healing.Command(bytes, count, 2, 77)));

    [TestMethod]
    public void A_board_that_ignores_the_issue_time_is_found() => Found(() => new CommandTarget(twins => twins.Board.OnTheWay = (bytes, count) => Healing.Command(bytes, count, 9, (uint)twins.NowUs, 0)));

    [TestMethod]
    public void A_board_that_arms_without_the_right_challenge_is_found() =>
        Found(() => new CommandTarget(twins => twins.Board.OnTheWay = (bytes, count) => Healing.Command(bytes, count, 3, (uint)twins.Challenge, (uint)(twins.Challenge >> 32))));

    [TestMethod]
    public void A_board_that_starts_without_the_right_digest_is_found() =>
        Found(() => new CommandTarget(twins => twins.Board.OnTheWay = (bytes, count) => Healing.Command(bytes, count, 3, twins.Digest, 0, RegisterAddress.Start)));

    [TestMethod]
    public void A_verifier_that_believes_the_totals_is_found() => Found(() => new VerifierTarget(() => new BrokenJudge { Believes = 26 }));

    [TestMethod]
    public void A_verifier_that_lets_pulses_overlap_is_found() => Found(() => new VerifierTarget(() => new BrokenJudge { Believes = 20 }));

    [TestMethod]
    public void A_verifier_that_refuses_too_much_is_found() => Found(() => new VerifierTarget(() => new BrokenJudge { RefusesLong = true }));

    [TestMethod]
    public void A_verifier_that_never_ends_is_found() => StringAssert.Contains(Found(() => new VerifierTarget(() => new BrokenJudge { NeverEnds = true })), "never ends");

    private static void Touch(Twins twins, byte[] bytes, int count)
    {
        if (count == 13)
        {
            twins.Registers.SetU8(RegisterAddress.Hold, 0, bytes[0] | 0x80);
        }
    }

    private static void EnableAt(Twins twins, bool now)
    {
        if (now)
        {
            twins.Board.Enable();
        }
    }
}
