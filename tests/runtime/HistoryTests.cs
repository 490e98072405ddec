using CsCheck;
using Escapement.Link;
using Escapement.Runtime.History;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>What survives power-off: the marker of a session under way, the charge of the last hour, the counts. Unknown is never zero.</summary>
[TestClass]
public class HistoryTests
{
    private const int Pulses = 18; // of Programs.ShortBursts

    private static Bench Restarted(Bench before, Action<FakeBoard>? prepare = null)
    {
        Bench bench = new(prepare: board =>
        {
            board.Records = before.Board.Records;
            prepare?.Invoke(board);
        });
        bench.Connect();
        return bench;
    }

    private static (long PowerUps, long Total, long Hour, long AbnormalEnds) Read(Bench bench)
    {
        bench.Ask(RegisterAddress.History, 8, 0);
        return (bench.U64(RegisterAddress.History, 0), bench.U64(RegisterAddress.History, 1), bench.U64(RegisterAddress.History, 2), bench.U64(RegisterAddress.History, 3));
    }

    private static HistoryRecord Newest(FakeBoard board)
    {
        HistoryRecord[] records = [.. board.Records.Where(bytes => bytes != null).Select(bytes =>
        {
            HistoryRecord record = new();
            Assert.IsTrue(record.Take(bytes!, new FakeBoard.PlainCrc()));
            return record;
        })];
        return records.OrderBy(record => record.Sequence).Last();
    }

    [TestMethod]
    public void Each_power_up_counts_and_a_session_leaves_its_pulses_and_no_marker()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done, 30_000_000));
        bench.RunFor(1_000_000);
        Assert.AreEqual((1, Pulses, Pulses, 0), Read(bench));
        Assert.AreEqual(HistoryRecord.Resting, Newest(bench.Board).Marker);
        Bench again = Restarted(bench);
        Assert.AreEqual((2, Pulses, Pulses, 0), Read(again));
        Assert.AreEqual(SupervisorState.Idle, again.State);
    }

    [TestMethod]
    public void Nothing_is_ever_written_while_armed_or_running()
    {
        Bench bench = new();
        bench.Board.BeforeWrite = () => Assert.IsFalse(bench.State is SupervisorState.Armed or SupervisorState.Running or SupervisorState.Held, $"written in state {bench.State}");
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        int writes = bench.Board.Writes;
        bench.StartSession();
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done, 30_000_000));
        bench.RunFor(100_000);
        Assert.AreEqual(writes + 1, bench.Board.Writes);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Power_lost_while_armed_or_running_is_a_latched_fault_and_the_whole_program_is_charged(bool started)
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        if (started)
        {
            bench.StartSession();
            Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count >= 2));
        }

        Bench again = Restarted(bench);
        Assert.AreEqual(SupervisorState.Fault, again.State);
        Assert.AreEqual(FaultCode.AbnormalEnd, (int)(again.U64(RegisterAddress.Status, 7) >> 32));
        Assert.AreEqual((2, 0, Pulses, 1), Read(again));

        Bench unexplained = Restarted(again);
        Assert.AreEqual(SupervisorState.Fault, unexplained.State, "only an operator explains it");
        Assert.AreEqual((3, 0, Pulses, 1), Read(unexplained));
        Assert.AreEqual(0u, unexplained.Do(RegisterAddress.Clear, unchecked((uint)FaultCode.AbnormalEnd)));
        Bench explained = Restarted(unexplained);
        Assert.AreEqual(SupervisorState.Idle, explained.State);
        Assert.AreEqual((4, 0, Pulses, 1), Read(explained));
    }

    [TestMethod]
    public void Abnormal_end_is_told_though_the_self_test_fails_too()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        Bench again = Restarted(bench, board => board.GateSticksClosed = true);
        Assert.AreEqual(SupervisorState.Fault, again.State);
        Assert.AreEqual(FaultCode.AbnormalEnd | FaultCode.GateMismatch, (int)(again.U64(RegisterAddress.Status, 7) >> 32), "else Clear would forget it untold");
    }

    [TestMethod]
    [DataRow("stop")]
    [DataRow("fault")]
    [DataRow("disarm")]
    public void An_end_that_the_board_saw_is_no_abnormal_one(string end)
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        if (end == "disarm")
        {
            bench.Write(RegisterAddress.Disarm, 1, 1);
        }
        else
        {
            bench.StartSession();
            Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count >= 2));
        }

        if (end == "stop")
        {
            bench.Write(RegisterAddress.Stop, 1, 1);
        }
        else if (end == "fault")
        {
            bench.Board.InputLevels = 0;
        }

        bench.RunFor(500_000);
        Assert.AreEqual(HistoryRecord.Resting, Newest(bench.Board).Marker);
        int left = bench.Board.Edges.Count(edge => edge.Gated);
        Assert.AreEqual(left, Newest(bench.Board).TotalPulses);
        Assert.IsGreaterThanOrEqualTo(left, Newest(bench.Board).HourPulses);
    }

    [TestMethod]
    public void Without_a_record_the_last_hour_counts_as_full()
    {
        Bench bench = new(prepare: board => board.Records = [null, null]);
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        Assert.AreEqual((uint)InhibitReason.HourFull, bench.U32(RegisterAddress.CommandResult, 3));
    }

    [TestMethod]
    public void A_store_that_cannot_be_written_arms_nothing()
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.Board.RefuseRecords = true;
        Assert.AreEqual(0u, bench.Arm());
        bench.RunFor(200_000);
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
        Assert.AreEqual((uint)InhibitReason.StoreUnsafe, bench.U32(RegisterAddress.CommandResult, 3) & (uint)InhibitReason.StoreUnsafe);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.CommandResult, 3) & (uint)InhibitReason.StoreUnsafe);
    }

    [TestMethod]
    public void A_torn_record_leaves_the_one_before_it()
    {
        FakeBoard board = new();
        HistoryKeeper keeper = new(board, board);
        keeper.Boot(0);
        for (int i = 1; i <= 4; i++)
        {
            Assert.IsTrue(keeper.Settle(10, 10, i));
        }

        byte[][] whole = [.. board.Records.Select(bytes => bytes!)];
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, HistoryRecord.Bytes - 1], Gen.Int[0, 7]).Sample((slot, at, bit) =>
        {
            FakeBoard torn = new() { Records = [.. whole.Select(bytes => (byte[])bytes.Clone())] };
            torn.Records[slot]![at] ^= (byte)(1 << bit);
            HistoryKeeper again = new(torn, torn);
            again.Boot(0);
            return again.Record.TotalPulses is 40 or 30 && again.IsSafe;
        });
        FakeBoard both = new() { Records = [whole[0][..20], []] };
        HistoryKeeper unknown = new(both, both);
        unknown.Boot(0);
        Assert.AreEqual(LimitTable.MaxHourPulses, unknown.Hour.Now(0));
    }

    [TestMethod]
    public void The_charge_of_the_hour_is_never_too_small_and_forgets_within_65_minutes() =>
        Gen.Select(Gen.Int[0, 900], Gen.Long[0, 1_200_000_000]).Array[1, 60].Sample(sessions =>
        {
            HourCharge charge = new();
            long now = 0;
            List<(long At, int Pulses)> all = [];
            foreach ((int pulses, long gapUs) in sessions)
            {
                now += gapUs;
                charge.Add(pulses, now);
                all.Add((now, pulses));
                long least = all.Where(one => one.At > now - 3_600_000_000).Sum(one => one.Pulses);
                long most = all.Where(one => one.At > now - 3_900_000_000).Sum(one => one.Pulses);
                long shown = charge.Now(now);
                if (shown < Math.Min(least, LimitTable.MaxHourPulses) || shown > most)
                {
                    return false;
                }
            }

            return true;
        });

    [TestMethod]
    public void A_program_that_would_overfill_the_hour_is_refused()
    {
        Bench bench = new();
        HistoryRecord record = new() { HourPulses = LimitTable.MaxHourPulses - Pulses + 1, Sequence = 9 };
        byte[] bytes = new byte[HistoryRecord.Bytes];
        record.Put(bytes, new FakeBoard.PlainCrc());
        bench.Board.Records = [bytes, null];
        Bench full = Restarted(bench);
        full.Load(Programs.ShortBursts);
        Assert.AreEqual((uint)CommandResults.Inhibited, full.Arm());
        Assert.AreEqual((uint)InhibitReason.HourFull, full.U32(RegisterAddress.CommandResult, 3));

        record.HourPulses--;
        record.Put(bytes, new FakeBoard.PlainCrc());
        bench.Board.Records = [bytes, null];
        Bench fits = Restarted(bench);
        fits.Load(Programs.ShortBursts);
        fits.ArmAndWait();
    }
}
