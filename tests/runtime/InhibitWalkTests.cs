using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Safety;
using Escapement.Runtime.Watch;

namespace Escapement.Runtime.Tests;

/// <summary>
/// Every reason against arming, one after the other: a board that could be armed, then the one cause, then an arming that is refused with just
/// that name; the cause goes, and nothing arms by itself; then it can be armed. A reason without a case fails the walk.
/// </summary>
[TestClass]
public class InhibitWalkTests
{
    // What necessarily stands beside a reason: a fault erases the program, and without a program the state is not Loaded.
    private const int Erased = InhibitReason.NoProgram | InhibitReason.WrongState;
    private const int Faulted = InhibitReason.FaultLatched | Erased;
    private const long HourUs = 3_600_000_000;

    private sealed class Walk(Case row)
    {
        public Bench Bench = New(row, row.Prepare);

        public long Challenge;

        private static Bench New(Case row, Action<FakeBoard>? prepare)
        {
            Bench bench = new(row.Figures, prepare, row.BootPasses);
            bench.Connect();
            return bench;
        }

        /// <summary>Power off and on, with the records that the board had written, and the cause gone.</summary>
        public void Restart()
        {
            byte[]?[] records = Bench.Board.Records;
            Bench = New(row, board =>
            {
                row.Prepare?.Invoke(board);
                board.CollectionCostUs = 0;
                board.RefuseOpen = false;
                board.Records = records;
            });
        }

        public void Press()
        {
            Bench.Board.InputLevels &= ~InputBits.EmergencyStops;
            Bench.RunFor(200_000);
            Bench.Board.InputLevels |= InputBits.EmergencyStops;
            Bench.RunFor(200_000);
        }

        public void Clear() => Assert.AreEqual(0u, Bench.Do(RegisterAddress.Clear, Bench.Ask(RegisterAddress.Faults, 4, 0)));

        public void Stop()
        {
            Bench.Write(RegisterAddress.Stop, 1, 1);
            Bench.RunFor(700_000);
        }

        public void Tested()
        {
            Assert.AreEqual(0u, Bench.Do(RegisterAddress.GateTest, 1));
            Bench.RunFor(1_500_000);
            Bench.Board.ForgetSelfTest();
        }

        /// <summary>The board has stood there for so long, and its host comes back.</summary>
        public void Wait(long us)
        {
            Bench.Board.Advance(us);
            Bench.RunFor(1_000_000);
        }

        public void RequestChallenge()
        {
            Bench.SendCommand(RegisterAddress.RequestChallenge, Bench.Now);
            Bench.RunFor(50_000);
            Challenge = Bench.U64(RegisterAddress.Challenge, 0);
        }
    }

    private sealed record Case(int Bit, Action<Walk> Set, Action<Walk> Clear)
    {
        public int Companions { get; init; }
        public int Result { get; init; } = CommandResults.Inhibited;
        public Action<BoardFigures>? Figures { get; init; }
        public Action<FakeBoard>? Prepare { get; init; }
        public int BootPasses { get; init; } = 200;
        public bool IsLoaded { get; init; } = true;
        public bool IsReady { get; init; } = true;
        public bool Silent { get; init; }
        public byte[] Program { get; init; } = Programs.ShortBursts;
    }

    private static void Level(Walk walk, int bit, bool good) => walk.Bench.Board.InputLevels = good ? walk.Bench.Board.InputLevels | bit : walk.Bench.Board.InputLevels & ~bit;

    private static Case Contact(int reason, int bit) => new(reason, walk => Level(walk, bit, false), walk => Level(walk, bit, true));

    // The sensor's reading at a temperature, by the table itself; the coil warms and cools slowly.
    private static void Warm(Walk walk, int milliCelsius)
    {
        while (true)
        {
            int now = Thermistor.MilliCelsius(walk.Bench.Board.TemperatureReading);
            if (Math.Abs(now - milliCelsius) < 200)
            {
                return;
            }

            walk.Bench.Board.TemperatureReading += Thermistor.MilliCelsius(walk.Bench.Board.TemperatureReading + 5) > now == milliCelsius > now ? 5 : -5;
            walk.Bench.RunFor(300_000);
        }
    }

    private static readonly Case[] cases =
    [
        new(InhibitReason.SelfTestMissing, walk => { walk.Clear(); walk.Bench.Board.RefuseOpen = false; walk.Tested(); walk.Bench.Load(Programs.ShortBursts); walk.Bench.RunFor(5_000_000); }, walk => walk.Restart())
            { Prepare = board => board.RefuseOpen = true, IsLoaded = false, IsReady = false },
        new(InhibitReason.EmergencyStopOpen, walk => Level(walk, InputBits.EmergencyStops, false), walk => { Level(walk, InputBits.EmergencyStops, true); walk.Bench.RunFor(200_000); walk.Clear(); }) { Companions = Faulted },
        Contact(InhibitReason.InterlockOpen, InputBits.Interlock),
        Contact(InhibitReason.KeyOff, InputBits.Key),
        Contact(InhibitReason.CoilAbsent, InputBits.Coil),
        Contact(InhibitReason.StimulatorNotReady, InputBits.StimulatorReady),
        new(InhibitReason.GateNotClosed, walk => walk.Bench.Board.GateSticksOpen = true, walk => { walk.Bench.Board.GateSticksOpen = false; walk.Restart(); }) { Companions = Faulted }, // barred until power-off
        new(InhibitReason.TriggerNotQuiet, walk => walk.Bench.Board.StrayRaw = 1, walk => walk.Stop()),
        new(InhibitReason.FaultLatched, walk => { Level(walk, InputBits.EmergencyStops, false); walk.Bench.RunFor(200_000); Level(walk, InputBits.EmergencyStops, true); walk.Bench.RunFor(200_000); }, walk => walk.Clear()) { Companions = Erased },
        new(InhibitReason.NoLease, walk => { walk.Bench.RenewLease = false; walk.Bench.RunFor(700_000); }, walk => walk.Bench.RenewLease = true) { Companions = Erased, Result = CommandResults.NotHolder },
        new(InhibitReason.StandbyMode, walk => walk.Bench.Write(RegisterAddress.OperationControl, 1, 0xE4), walk => walk.Bench.Write(RegisterAddress.OperationControl, 1, 0xE5)),
        new(InhibitReason.RepliesMuted, walk => walk.Bench.Write(RegisterAddress.OperationControl, 1, 0xF5), walk => walk.Bench.Write(RegisterAddress.OperationControl, 1, 0xE5)) { Silent = true },
        new(InhibitReason.NoProgram, _ => { }, walk => walk.Bench.Load(Programs.ShortBursts)) { Companions = InhibitReason.WrongState, IsLoaded = false },
        new(InhibitReason.ProgramNotVerified, Verify, walk => { walk.Bench.Board.CallCostUs = 2; walk.Stop(); }) { Companions = InhibitReason.WrongState, IsLoaded = false, Result = CommandResults.Busy },
        new(InhibitReason.LimitsExceeded, walk => Assert.AreEqual(0u, walk.Bench.Do(RegisterAddress.Limits, 0, 0, 17)), walk => walk.Stop()),
        new(InhibitReason.HistoryFull, _ => { }, walk => walk.Bench.RunFor(5_000_000)) { IsReady = false },
        new(InhibitReason.ChallengeMissing, walk => walk.Challenge = -1, _ => { }),
        new(InhibitReason.DigestMismatch, walk => walk.Challenge = -2, _ => { }),
        new(InhibitReason.WrongState, walk => walk.Bench.ArmAndWait(), walk => { walk.Bench.Write(RegisterAddress.Disarm, 1, 1); walk.Bench.RunFor(700_000); }),
        new(InhibitReason.MemoryLow, walk => walk.Bench.Board.RefuseMemory = true, walk => walk.Bench.Board.RefuseMemory = false),
        new(InhibitReason.PlanImpossible, _ => { }, walk => { walk.Stop(); walk.Bench.Load(Programs.ShortBursts); })
            { Program = Programs.Repeats(0, 100, (60, 250_000)), Figures = figures => (figures.FirstListWords, figures.ListWords) = (200, 100) },
        new(InhibitReason.UptimeTooLong, walk => { walk.Wait(InhibitWatch.UptimeLimitUs); walk.Tested(); walk.Bench.Load(Programs.ShortBursts); }, walk => walk.Restart()),
        new(InhibitReason.EmergencyStopUntested, walk => { walk.Tested(); walk.Bench.Load(Programs.ShortBursts); walk.Bench.RunFor(5_000_000); }, walk => { walk.Press(); walk.Clear(); }) { BootPasses = 0, IsLoaded = false, IsReady = false },
        new(InhibitReason.FootSwitchNotReady, walk => Level(walk, InputBits.FootSwitch, true), walk => Level(walk, InputBits.FootSwitch, false)) { Prepare = board => board.Present |= InputBits.FootSwitch },
        new(InhibitReason.CoilWarm, walk => Warm(walk, 40_300), walk => { Warm(walk, 34_000); walk.Stop(); walk.Clear(); }) { Prepare = board => board.Present |= InputBits.CoilTemperature },
        new(InhibitReason.TemperatureUnknown, walk => walk.Bench.Board.TemperatureReading = 4_095, walk => { walk.Bench.Board.TemperatureReading = 2_048; walk.Bench.RunFor(2_000_000); }) { Prepare = board => board.Present |= InputBits.CoilTemperature },
        new(InhibitReason.GateUntested, walk => { walk.Wait(25 * HourUs); walk.Bench.Load(Programs.ShortBursts); }, walk => { walk.Stop(); walk.Tested(); }),
        new(InhibitReason.StoreUnsafe, walk => walk.Bench.Board.RefuseRecords = true, walk => { walk.Bench.Board.RefuseRecords = false; walk.Restart(); }),
        new(InhibitReason.HourFull, walk => Assert.AreEqual(0u, walk.Bench.Do(RegisterAddress.FurtherLimits, 0, 0, 0, 17)), walk => walk.Stop()),
        new(InhibitReason.CollectionTooLong, walk => walk.Bench.RunFor(5_000_000), walk => walk.Restart()) { Prepare = board => board.CollectionCostUs = 100_001, IsReady = false },
    ];

    // A board so slow that it is still verifying when the arm command comes.
    private static void Verify(Walk walk)
    {
        byte[] program = Programs.LongList;
        walk.Bench.Upload(program);
        walk.Bench.RunFor(1_000_000);
        walk.RequestChallenge();
        walk.Bench.Board.CallCostUs = 5_000;
        walk.Bench.SendCommand(RegisterAddress.Seal, walk.Bench.Now, (uint)program.Length, FakeBoard.Crc(program, 0, program.Length));
        walk.Bench.Pass();
        walk.Bench.Pass();
    }

    public static IEnumerable<object[]> Names => Enumerable.Range(0, InhibitTable.Count).Select(bit => new object[] { InhibitTable.At(bit).Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Set_alone_arming_is_refused_with_just_that_name_and_nothing_arms_by_itself_when_it_goes(string name)
    {
        SafetyEntry entry = Enumerable.Range(0, InhibitTable.Count).Select(InhibitTable.At).Single(one => one.Name == name);
        Case row = cases.SingleOrDefault(one => one.Bit == entry.Code) ?? throw new AssertFailedException($"{name} has no case in this walk");
        Walk walk = new(row);
        if (row.IsLoaded)
        {
            walk.Bench.Load(row.Program);
        }

        if (row.IsReady)
        {
            walk.Bench.RunFor(5_000_000);
            Assert.AreEqual((uint)(InhibitReason.ChallengeMissing | (row.IsLoaded ? 0 : Erased)), walk.Bench.U32(RegisterAddress.InhibitReasons, 0), "before");
        }

        row.Set(walk);
        walk.Bench.RunFor(50_000);
        AssertRefused(walk, row);
        row.Clear(walk);
        AssertNothingArms(walk);
        ArmAtLast(walk);
    }

    [TestMethod]
    public void Every_reason_has_its_case() => CollectionAssert.AreEquivalent(Enumerable.Range(0, InhibitTable.Count).Select(bit => InhibitTable.At(bit).Code).ToList(), cases.Select(row => row.Bit).ToList());

    private static void AssertRefused(Walk walk, Case row)
    {
        Bench bench = walk.Bench;
        int state = bench.State;
        bool lacksChallenge = walk.Challenge == -1, wrongDigest = walk.Challenge == -2;
        if (walk.Challenge <= 0 && !lacksChallenge)
        {
            bench.SendCommand(RegisterAddress.RequestChallenge, bench.Now);
            bench.RunFor(40_000);
            walk.Challenge = row.Silent ? bench.U64(RegisterAddress.Challenge, 0) : Long(bench, RegisterAddress.Challenge);
        }

        uint digest = bench.U32(RegisterAddress.Digest, 0) ^ (wrongDigest ? 1u : 0);
        uint sequence = bench.Sequence;
        bench.SendCommand(RegisterAddress.Arm, bench.Now, (uint)walk.Challenge, (uint)(walk.Challenge >> 32), digest);
        bench.RunFor(row.Result == CommandResults.Inhibited && row.Bit is InhibitReason.StoreUnsafe or InhibitReason.MemoryLow or InhibitReason.PlanImpossible ? 1_000_000 : 40_000);
        uint[] result = [.. Enumerable.Range(1, 3).Select(element => row.Silent ? bench.U32(RegisterAddress.CommandResult, element) : bench.Ask(RegisterAddress.CommandResult, 4, element))];
        Assert.AreEqual(sequence, result[0], "another command's result");
        Assert.AreEqual((uint)row.Result, result[1]);
        uint told = row.Result == CommandResults.Inhibited ? result[2] : bench.Ask(RegisterAddress.InhibitReasons, 4, 0);
        int ignored = row.Bit == InhibitReason.ChallengeMissing ? 0 : InhibitReason.ChallengeMissing; // just spent
        Assert.AreEqual(Named(row.Bit | row.Companions), Named((int)told & ~ignored));
        Assert.AreEqual(state, bench.State);
        Assert.IsEmpty(bench.Board.Edges);
    }

    private static long Long(Bench bench, int address)
    {
        bench.Ask(address, 8, 0);
        return bench.U64(address, 0);
    }

    private static void AssertNothingArms(Walk walk)
    {
        walk.Bench.Board.ForgetSelfTest();
        long untilUs = walk.Bench.Now + 3_000_000;
        while (walk.Bench.Now < untilUs)
        {
            walk.Bench.Pass();
            Assert.IsLessThan(SupervisorState.Armed, walk.Bench.State, "armed by itself");
        }

        Assert.IsEmpty(walk.Bench.Board.Edges);
        Assert.AreEqual(0, walk.Bench.Board.Feeds);
    }

    private static void ArmAtLast(Walk walk)
    {
        if (walk.Bench.State != SupervisorState.Loaded)
        {
            walk.Bench.Load(Programs.ShortBursts);
        }

        walk.Bench.ArmAndWait();
    }

    private static string Named(int reasons) => string.Join(' ', Enumerable.Range(0, 32).Where(bit => (reasons & (1 << bit)) != 0).Select(bit => bit < InhibitTable.Count ? InhibitTable.At(bit).Name : $"bit {bit}"));
}
