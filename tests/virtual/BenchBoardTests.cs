using Escapement.Host;
using Escapement.Link;
using Escapement.Rig;

namespace Escapement.Virtual.Tests;

/// <summary>The board with a foot switch and a coil sensor: what these inputs do, seen through a whole session.</summary>
[TestClass]
public sealed class BenchBoardTests
{
    private const string Id = "esp32-s3-devkitc-1-bench";
    private const int U32 = 4, S32 = 132;

    private static VirtualBoardOptions Options => new() { BoardId = Id };

    [TestMethod]
    public void Session_runs_to_its_end_with_the_foot_on_the_switch_and_a_cool_coil()
    {
        Outcome run = Outcome.Of("itbs600", Options);
        Assert.AreEqual(SessionVerdict.Completed, run.Result.Verdict, run.Result.Message);
        Assert.HasCount(600, run.Onsets80);
    }

    [TestMethod]
    public void Board_says_that_it_has_a_foot_switch_and_a_sensor_and_shows_the_coils_temperature()
    {
        VirtualBoard board = new(Options with { Bench = new BenchOptions { CoilMilliCelsius = 31_500 } });
        RegisterHost host = new(board.Connect(), 8_000_000, (RegisterAddress.Inputs, U32), (RegisterAddress.CoilTemperature, S32));
        board.RunLockStep(host, 20_000_000);
        Assert.AreEqual(0u, ~host.Answers[0].Reply!.U32(0) & 0x1FFu, "nothing absent");
        int milliCelsius = (int)host.Answers[1].Reply!.U32(0);
        Assert.AreEqual(31_500, milliCelsius, 100);
        Assert.AreEqual(4095 * 7_507.0 / 17_507.0, (int)host.Answers[1].Reply!.U32(1), 15, "10 kOhm at 25 degrees fall to some 7.5 kOhm");
        Assert.AreEqual((uint)TemperatureStates.Normal, host.Answers[1].Reply!.U32(2));
        Assert.IsGreaterThan(2_000u, host.Answers[1].Reply!.U32(3));
    }

    [TestMethod]
    [DataRow(40_200, "CoilWarm")]
    [DataRow(41_500, "CoilTemperature")]
    public void Coil_that_is_hot_before_arming_is_refused(int milliCelsius, string name)
    {
        Outcome run = Outcome.Of("itbs600", Options with { Bench = new BenchOptions { CoilMilliCelsius = milliCelsius } });
        Assert.AreEqual(SessionVerdict.Refused, run.Result.Verdict, run.Result.Message);
        Assert.IsTrue(Names(run.Result).Contains(name) || name == "CoilTemperature" && Names(run.Result).Contains("CoilWarm"), string.Join(' ', Names(run.Result)));
        Assert.IsEmpty(run.Onsets80);
    }

    [TestMethod]
    [DataRow(SensorFault.Open, 3)]
    [DataRow(SensorFault.Short, 3)]
    [DataRow(SensorFault.Frozen, 62)]
    public void Sensor_that_breaks_in_a_run_ends_it(SensorFault fault, int seconds)
    {
        VirtualBoard board = new(Options);
        SessionResult result = RunWith(board, "itbs600", () => board.Bench.CoilSensor.Fail(fault, board.Bench.Now80), out long at80);
        Assert.AreEqual(SessionVerdict.Faulted, result.Verdict, result.Message);
        Assert.Contains("CoilTemperature", Names(result));
        Assert.IsLessThan(at80 + Ticks80.FromMs(seconds * 1000L), LastPulse80(board));
    }

    [TestMethod]
    public void Coil_that_reaches_41_degrees_in_a_run_trips_and_one_that_warms_too_fast_does_so_at_once()
    {
        foreach ((int perSecond, int seconds) in new[] { (500, 34), (5_000, 3) })
        {
            VirtualBoard board = new(Options);
            SessionResult result = RunWith(board, "itbs600", () => board.Bench.CoilSensor.Ramp(60_000, perSecond, board.Bench.Now80), out long at80);
            Assert.AreEqual(SessionVerdict.Faulted, result.Verdict, result.Message);
            Assert.Contains("CoilTemperature", Names(result));
            Assert.IsLessThan(at80 + Ticks80.FromMs(seconds * 1000L), LastPulse80(board), $"{perSecond} a second");
        }
    }

    [TestMethod]
    public void Foot_that_leaves_the_switch_in_a_run_ends_it()
    {
        VirtualBoard board = new(Options);
        SessionResult result = RunWith(board, "itbs600", () => board.Bench.Contact(ContactName.FootSwitch).Fail(ContactFault.Open, board.Bench.Now80), out long at80);
        Assert.AreEqual(SessionVerdict.Faulted, result.Verdict, result.Message);
        Assert.Contains("FootSwitchReleased", Names(result));
        Assert.IsLessThan(at80 + Ticks80.FromMs(50), LastPulse80(board));
    }

    [TestMethod]
    public void Foot_switch_that_is_taped_down_cannot_arm()
    {
        VirtualBoard board = new(Options with { Foot = false });
        board.Bench.Contact(ContactName.FootSwitch).Close(0);
        SessionRunner host = new(board.Connect(), Order("itbs600"));
        board.RunLockStep(host, 200_000_000);
        Assert.AreEqual(SessionVerdict.Refused, host.Result!.Verdict, host.Result.Message);
        Assert.Contains("FootSwitchNotReady", Names(host.Result));
    }

    [TestMethod]
    public void Nobody_on_the_foot_switch_leaves_the_session_refused_when_armed_expires()
    {
        VirtualBoard board = new(Options with { Foot = false });
        SessionRunner host = new(board.Connect(), Order("itbs600"));
        board.RunLockStep(host, 200_000_000);
        Assert.AreEqual(SessionVerdict.Refused, host.Result!.Verdict, host.Result.Message);
        Assert.Contains("foot switch was not held", host.Result.Message);
        Assert.AreEqual(0, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
    }

    [TestMethod]
    public void Converter_that_throws_counts_as_a_sensor_that_is_open()
    {
        VirtualBoard board = new(Options);
        SessionResult result = RunWith(board, "itbs600", () => board.Faults.ThrowAtCall(FirmwareCall.AnalogRead, 1, new InvalidOperationException("as ordered")), out _);
        Assert.AreEqual(SessionVerdict.Faulted, result.Verdict, result.Message);
        Assert.Contains("CoilTemperature", Names(result));
    }

    private static SessionResult RunWith(VirtualBoard board, string id, Action fault, out long at80)
    {
        SessionRunner host = new(board.Connect(), Order(id));
        long at = 0;
        board.RunLockStep(new During(host, _ => board.Bench.Referee.Pulses(RefereeSignal.Stimulator) > 20, () =>
        {
            at = board.Bench.Now80;
            fault();
        }));
        at80 = at;
        return host.Result!;
    }

    private static SessionOrder Order(string id) => new(id, ProgramBuilder.Build(ProtocolLibrary.Find(id))) { InVirtualTime = true };

    private static List<string> Names(SessionResult result) => [.. result.Faults.Concat(result.Inhibits).Select(one => one.Name)];

    private static long LastPulse80(VirtualBoard board) => Analysis.Onsets80(board.Bench.Referee.Span, RefereeSignal.Stimulator)[^1];
}
