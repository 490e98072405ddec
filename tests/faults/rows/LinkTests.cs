using Escapement.Host;
using Escapement.Link;
using Escapement.Rig;

namespace Escapement.Faults.Tests;

/// <summary>Rows 14 to 18 and 20: what can happen to frames on their way, and who may send them.</summary>
[TestClass]
public sealed class LinkTests
{
    private static readonly Scenario theta = new(Sessions.Theta);
    private static readonly Scenario brief = new(Sessions.Theta) { WatchUs = 5_000_000 };

    private static readonly Instant before = new(Place.InBurst, 0);

    [TestMethod]
    [Hazard(14)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void A_program_that_lost_parts_on_its_way_is_played_whole_or_not_at_all(int seed)
    {
        // A list, so that the upload has many parts.
        Protocol protocol = new() { Id = "list", Blocks = [new ListBlock { IntervalsUs = [.. Enumerable.Range(0, 200).Select(i => 150_000L + (i * 37))] }] };
        Scenario session = new(protocol) { WatchUs = 5_000_000 };
        for (int i = 0; i < 6; i++)
        {
            Random random = new((seed * 100) + i);
            Incident run = session.Run(before, stage => stage.Wire.Fate = frame => Wire.Address(frame) == RegisterAddress.UploadChunk && random.Next(3) == 0 ? [] : [(0, frame)]);
            string note = $"row 14 parts lost: seed {seed}, {i}";
            if (run.Result!.Verdict == SessionVerdict.Completed) { run.IsAsPlanned(session.Calm(), note); }
            else { Assert.AreEqual(0, run.Emitted, note); }
        }
    }

    [TestMethod]
    [Hazard(14)]
    public void Parts_beyond_the_program_s_space_are_refused_and_nothing_is_armed()
    {
        Incident run = theta.Run(before, stage =>
        {
            // Before the host comes: a program of 5,120 bytes, sealed.
            stage.Leader.DeadFromUs = 0;
            stage.Leader.AliveFromUs = 9_000_000;
            for (int offset = 0; offset < 5_120; offset += 64)
            {
                byte[] part = new byte[68];
                BitConverter.TryWriteBytes(part, (ushort)offset);
                part[2] = 64;
                stage.Wire.Later(5_000_000 + (offset * 300L), HarpFrames.Write(RegisterAddress.UploadChunk, HarpFrames.U8, part));
            }

            stage.Wire.Later(8_000_000, HarpFrames.Write(RegisterAddress.Seal, HarpFrames.U32, HarpFrames.Command(RegisterAddress.Seal, 1, 1, 7_000_000, 5_120, 0, 100)));
        });
        run.IsAsPlanned(theta.Calm(), "row 14 oversize program");
    }

    [TestMethod]
    [Hazard(14)]
    public void A_host_refuses_a_program_that_is_too_large_before_it_sends_a_part()
    {
        Scenario large = new(Sessions.Theta) { Ordered = order => order with { Program = new byte[4_097] }, WatchUs = 1_000_000 };
        Incident run = large.Run(before, _ => { });
        Assert.AreEqual(SessionVerdict.Refused, run.Result!.Verdict, run.Result.Message);
        Assert.IsFalse(run.Wire.Sent.Any(one => Wire.Address(one.Frame) == RegisterAddress.UploadChunk));
        Assert.AreEqual(0, run.Emitted);
    }

    [TestMethod]
    [Hazard(15)]
    [DataRow(RegisterAddress.Arm, false)]
    [DataRow(RegisterAddress.Arm, true)]
    [DataRow(RegisterAddress.Start, false)]
    [DataRow(RegisterAddress.Start, true)]
    public void A_command_with_any_one_bit_wrong_is_not_carried_out_even_when_its_checksum_was_mended(int register, bool mended)
    {
        const int Bits = 60 * 8;
        const int Each = 80;
        for (int from = 0; from < Bits; from += Each)
        {
            int first = from;
            Incident run = brief.Run(before, stage => stage.Wire.Fate = frame => IsCommand(frame, register) ? Flipped(frame, first, Each, mended) : [(0, frame)]);
            string note = $"row 15 register {register}, bits {from} to {from + Each - 1}";
            Assert.AreEqual(0, run.Emitted, note);
            Assert.AreEqual(-1, run.Watcher.FirstUs(SupervisorStates.Running), note);
            if (register == RegisterAddress.Arm) { Assert.AreEqual(-1, run.Watcher.FirstUs(SupervisorStates.Armed), note); }
        }
    }

    [TestMethod]
    [Hazard(15)]
    [DataRow(1)]
    [DataRow(2)]
    public void Random_bytes_on_the_line_during_a_session_move_no_edge(int seed)
    {
        Random random = new(seed);
        Incident run = brief.Run(before, stage =>
        {
            for (int i = 0; i < 800; i++)
            {
                byte[] garbage = new byte[random.Next(1, 40)];
                random.NextBytes(garbage);
                stage.Wire.Later(6_500_000 + (i * 20_000L), garbage);
            }
        });
        run.IsPartOfThePlan(brief.Calm(), $"row 15 garbage: seed {seed}");
        Assert.IsGreaterThan(0, run.Emitted);
        if (run.Result!.Verdict != SessionVerdict.Completed) { run.HasLatched($"row 15 garbage: seed {seed}", "LeaseLost"); }
    }

    [TestMethod]
    [Hazard(16)]
    public void Every_frame_of_a_session_sent_again_after_it_moves_nothing()
    {
        List<(long AtUs, byte[] Frame)> recorded = theta.Calm().Run.Wire.Sent;
        foreach (long lagUs in new[] { 30_000_000L, 60_000_000L, 3_600_000_000L })
        {
            Incident run = theta.Run(new Instant(Place.InBurst, Ticks80.FromUs(lagUs + 30_000_000)), stage => Replay(stage, recorded, lagUs));
            run.IsAsPlanned(theta.Calm(), $"row 16 replay {lagUs} us later");
            Assert.AreNotEqual(SupervisorStates.Armed, run.Status!.State);
        }
    }

    [TestMethod]
    [Hazard(16)]
    public void Every_frame_of_a_session_sent_again_after_a_restart_at_the_same_time_of_the_board_moves_nothing()
    {
        List<(long AtUs, byte[] Frame)> recorded = theta.Calm().Run.Wire.Sent;
        const long OffUs = 40_000_000;
        const long OnUs = 41_000_000;
        Incident run = theta.Run(new Instant(Place.InBurst, Ticks80.FromUs(OnUs + 30_000_000)), stage =>
        {
            stage.Board.Faults.CutPowerAt(OffUs, OnUs - OffUs);
            Operator.SwitchesOnAgain(stage.Bench, OffUs, OnUs);
            Replay(stage, recorded, OnUs);
        });
        Assert.AreEqual(1, run.Board.Restarts);
        run.IsAsPlanned(theta.Calm(), "row 16 replay after a restart");
        Assert.AreNotEqual(SupervisorStates.Armed, run.Status!.State);
    }

    [TestMethod]
    [Hazard(16)]
    [Hazard(17)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Frames_that_come_again_at_once_or_up_to_10_s_later_change_no_edge(int seed)
    {
        Random random = new(seed);
        Incident run = brief.Run(before, stage => stage.Wire.Fate = frame => random.Next(3) == 0 ? [(0, frame), (random.Next(10_000_000), frame)] : [(0, frame), (0, frame)]);

        // A host whose frames are doubled may lose its lease to the flood; what left is of the plan.
        run.IsPartOfThePlan(brief.Calm(), $"row 16 doubled frames: seed {seed}");
    }

    [TestMethod]
    [Hazard(17)]
    [DataRow(50, true)]
    [DataRow(150, true)]
    [DataRow(300, true)]
    [DataRow(1_900, false)]
    [DataRow(2_100, false)]
    [DataRow(5_000, false)]
    [DataRow(10_000, false)]
    public void A_start_that_comes_late_starts_once_or_never(int delayMs, bool mayStart)
    {
        int starts = 0;
        Incident run = theta.Run(before, stage => stage.Wire.Fate = frame =>
            IsCommand(frame, RegisterAddress.Start) ? (starts++ == 0 ? [(delayMs * 1000L, frame)] : []) : [(0, frame)]);
        string note = $"row 17 start {delayMs} ms late";
        run.IsPartOfThePlan(theta.Calm(), note);
        if (!mayStart) { Assert.AreEqual(0, run.Emitted, note); }
        Assert.IsTrue(run.Emitted == 0 || run.Result!.Verdict == SessionVerdict.Completed, note);
    }

    [TestMethod]
    [Hazard(17)]
    [DataRow(100)]
    [DataRow(250)]
    [DataRow(800)]
    [DataRow(3_000)]
    public void A_line_that_delays_everything_from_the_start_on_starts_once_or_never(int delayMs)
    {
        bool late = false;
        Incident run = theta.Run(before, stage => stage.Wire.Fate = frame =>
        {
            late |= IsCommand(frame, RegisterAddress.Start);
            return [(late ? delayMs * 1000L : 0, frame)];
        });
        string note = $"row 17 everything {delayMs} ms late";
        run.IsPartOfThePlan(theta.Calm(), note);
        run.NothingPassesAClosedGate(note);
        if (delayMs >= 600) { Assert.AreEqual(0, run.Emitted, note); }
    }

    [TestMethod]
    [Hazard(17)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public void Frames_that_overtake_each_other_start_once_or_never(int seed)
    {
        Random random = new(seed);
        Incident run = theta.Run(before, stage => stage.Wire.Fate = frame => [(random.Next(60_000), frame)]);
        string note = $"row 17 frames out of order: seed {seed}";
        run.IsPartOfThePlan(theta.Calm(), note);
        if (run.Result!.Verdict == SessionVerdict.Completed) { run.IsAsPlanned(theta.Calm(), note); }
    }

    [TestMethod]
    [Hazard(18)]
    public void Two_hosts_on_one_port_never_mix_and_one_is_refused()
    {
        Random random = new(18);
        for (int i = 0; i < 10; i++)
        {
            SessionRunner? second = null;
            long comesUs = random.NextInt64(1_000_000, 20_000_000);
            Incident run = brief.Run(before, stage =>
            {
                Hub hub = new(stage.Wire.Open());
                stage.Wire.Share(hub.Open());
                second = new SessionRunner(hub.Open(), new SessionOrder("other", ProgramBuilder.Build(Sessions.At25Hz)) { Nonce = 2, InVirtualTime = true });
                stage.Leader.Each = nowUs =>
                {
                    if (nowUs >= comesUs) { second.Step(nowUs); }
                };
            });
            string note = $"row 18 second host after {comesUs} us";
            SessionVerdict first = run.Result!.Verdict;
            if (first == SessionVerdict.Completed) { run.IsAsPlanned(brief.Calm(), note); }
            else { Assert.AreEqual(SessionVerdict.Refused, first, $"{note}: {run.Result.Message}"); }
            Assert.IsTrue(first == SessionVerdict.Completed || second!.Result is null or { Verdict: SessionVerdict.Completed }, note);
            if (first == SessionVerdict.Completed) { Assert.AreEqual(SessionVerdict.Refused, second!.Result!.Verdict, $"{note}: {second.Result.Message}"); }
        }
    }

    [TestMethod]
    [Hazard(20)]
    [DataRow(Place.Armed)]
    [DataRow(Place.InBurst)]
    [DataRow(Place.BetweenTrains)]
    public void A_program_that_is_uploaded_while_another_runs_changes_nothing(Place place)
    {
        byte[] other = ProgramBuilder.Build(Sessions.At25Hz);
        foreach (Instant instant in theta.Calm(place).Instants(place, 6))
        {
            Incident run = theta.Run(instant, stage =>
            {
                for (int offset = 0; offset < other.Length; offset += 64)
                {
                    stage.Wire.Later(stage.AtUs + (offset * 300L), HarpFrames.Write(RegisterAddress.UploadChunk, HarpFrames.U8, Part(other, offset)));
                }

                stage.Wire.Later(stage.AtUs + 30_000, HarpFrames.Write(RegisterAddress.Disarm, HarpFrames.U8, []));
                uint crc = Crc32.Of(other);
                stage.Wire.Later(stage.AtUs + 40_000, HarpFrames.Write(RegisterAddress.Seal, HarpFrames.U32, HarpFrames.Command(RegisterAddress.Seal, 30, 7, stage.AtUs, (uint)other.Length, crc, 150)));
            });
            run.IsAsPlanned(theta.Calm(place), $"row 20 upload while {instant}");
        }
    }

    private static bool IsCommand(byte[] frame, int register) => Wire.Address(frame) == register && frame.Length > 40;

    private static byte[] Part(byte[] program, int offset)
    {
        byte[] part = new byte[68];
        int count = Math.Min(64, program.Length - offset);
        BitConverter.TryWriteBytes(part, (ushort)offset);
        part[2] = (byte)count;
        program.AsSpan(offset, count).CopyTo(part.AsSpan(4));
        return part;
    }

    // Two a pass: more than that the board's receive buffer need not hold.
    private static IEnumerable<(long, byte[])> Flipped(byte[] frame, int first, int count, bool mended)
    {
        for (int i = 0; i < count && first + i < frame.Length * 8; i++)
        {
            byte[] wrong = [.. frame];
            wrong[(first + i) / 8] ^= (byte)(1 << ((first + i) % 8));
            if (mended && (first + i) / 8 < frame.Length - 1)
            {
                wrong[^1] = (byte)wrong[..^1].Sum(one => one);
            }

            yield return (1 + (i * 6_000), wrong);
        }
    }

    private static void Replay(Stage stage, List<(long AtUs, byte[] Frame)> recorded, long lagUs)
    {
        foreach ((long atUs, byte[] frame) in recorded) { stage.Wire.Later(atUs + lagUs, frame); }
    }
}
