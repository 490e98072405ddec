using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>
/// Every abort goes one way, seen at the ports: enable low, nothing fed any more, transmission disposed, both counters looked at, then the new
/// state, the read-back, and only then the report. What follows when counter or read-back disagree afterwards:
/// <see cref="FaultTests.Gate_that_stays_open_after_an_abort_bars_feeding_until_power_off"/> and
/// <see cref="FaultTests.Pulses_that_go_on_after_a_stop_bar_feeding_until_power_off"/>.
/// </summary>
[TestClass]
public class AbortOrderTests
{
    private sealed record Abort(string Name, Action<Bench> Cause, int Fault, int LandsIn, bool OnlyArmed = false);

    private static readonly Abort[] aborts =
    [
        new("stop", bench => bench.Write(RegisterAddress.Stop, 1, 1), 0, SupervisorState.Idle),
        new("fault", bench => bench.Board.InputLevels &= ~InputBits.Interlock, FaultCode.InterlockOpened, SupervisorState.Fault),
        new("emergency stop", bench => bench.Board.InputLevels &= ~InputBits.EmergencyStops, FaultCode.EmergencyStop, SupervisorState.EmergencyStop),
        new("lease lost", bench => bench.RenewLease = false, FaultCode.LeaseLost, SupervisorState.Fault),
        new("lease released", bench => bench.Write(RegisterAddress.ReleaseLease, 4, BitConverter.GetBytes(bench.Nonce)), FaultCode.LeaseLost, SupervisorState.Fault),
        new("pass overrun", bench => bench.Board.Advance(200_000), FaultCode.PassOverrun, SupervisorState.Fault),
        new("counter failed", bench => bench.Board.StrayGated = -1, FaultCode.CounterFailed, SupervisorState.Fault),
        new("disarm", bench => bench.Write(RegisterAddress.Disarm, 1, 1), 0, SupervisorState.Loaded, true),
    ];

    public static IEnumerable<object[]> Cases =>
        from abort in aborts
        from state in new[] { SupervisorState.Armed, SupervisorState.Running, SupervisorState.Held }
        where state == SupervisorState.Armed || !abort.OnlyArmed
        select new object[] { abort.Name, StateTable.Name(state) };

    private sealed record Call(string Name, int State, int Edges);

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_abort_closes_the_gate_feeds_no_more_disposes_the_list_looks_at_the_counters_and_then_latches_and_reports(string name, string from)
    {
        Abort abort = aborts.Single(one => one.Name == name);
        Bench bench = Brought(from);
        int live = bench.State, frames = bench.Frames.Count, aborted = -1, reported = -1;
        List<Call> calls = [];
        bench.Board.OnCall = call => calls.Add(new(call, bench.State, bench.Board.Edges.Count));
        abort.Cause(bench);
        for (int i = 0; i < 60 && aborted < 0; i++)
        {
            frames = bench.Frames.Count;
            bench.Pass();
            aborted = calls.FindIndex(call => call.Name == "Disable");
        }

        Assert.IsGreaterThanOrEqualTo(0, aborted, "nothing happened");
        Assert.AreEqual(abort.LandsIn, bench.State);
        List<Call> after = calls[aborted..];
        AssertOrder(after, live, abort.LandsIn);
        Assert.IsTrue(calls.Take(aborted).All(call => call.State == live), "left its state before the gate was closed");
        if (abort.Fault != 0)
        {
            Assert.IsFalse(Told(bench.Frames.Take(frames)), "told before it was safe");
            Assert.IsTrue(bench.RunUntil(() => Told(bench.Frames.Skip(frames)), 100_000), "not told");
            Assert.AreEqual((uint)abort.Fault, bench.Faults);
            reported = bench.Frames.FindIndex(frames, frame => frame.Address == RegisterAddress.FirstFault);
        }

        Assert.IsTrue(bench.RunUntil(() => bench.Seen[RegisterAddress.SupervisorState][0] == abort.LandsIn, 200_000), "its state is not told");
        bool open = live == SupervisorState.Running;
        int train = bench.Frames.FindIndex(frames, frame => frame.Type == 3 && frame.Address == RegisterAddress.TrainReport);
        Assert.AreEqual(open, train >= 0, "the train that was cut short is reported, and no other");
        Assert.IsTrue(!open || reported < 0 || train < reported, "the train it cut short comes first");
        bench.RenewLease = true;
        bench.RunFor(2_000_000);
        after = calls[aborted..];
        Assert.IsFalse(after.Any(call => call.Name is "Feed" or "Enable" or "Send"), "fed, opened or sent after the abort");
        Assert.AreEqual(after[0].Edges, bench.Board.Edges.Count, "a pulse after the abort");
        bench.Board.StrayGated = 0;
    }

    // The calls of the pass in which it happened, from enable low on.
    private static void AssertOrder(List<Call> calls, int live, int landsIn)
    {
        string[] named = [.. calls.Where(call => call.Name != "NowUs").Select(call => call.Name)];
        int raw = Array.IndexOf(named, "RawPulses"), gated = Array.IndexOf(named, "GatedPulses"), back = Array.IndexOf(named, "IsOpen"), told = Array.IndexOf(named, "Write");
        string all = string.Join(' ', named);
        Assert.AreEqual("Disable", named[0], all);
        Assert.AreEqual("Abort", named[1], all);
        Assert.AreEqual(2, Math.Min(raw, gated), all);
        Assert.AreEqual(3, Math.Max(raw, gated), all);
        Assert.IsGreaterThan(3, back, $"the read-back was not looked at in this pass: {all}");
        Assert.IsTrue(told < 0 || told > back, $"told before the read-back was looked at: {all}");
        int latched = calls.FindIndex(call => call.State == landsIn);
        Assert.IsTrue(calls.Take(latched).All(call => call.State == live));
        Assert.IsGreaterThan(calls.FindIndex(call => call.Name == "GatedPulses"), latched, $"latched before it was safe: {all}");
        Assert.IsTrue(told < 0 || calls.FindIndex(call => call.Name == "Write") >= latched, all);
    }

    private static bool Told(IEnumerable<(int Type, int Address, byte[] Payload)> frames) => frames.Any(frame => frame.Type == 3 && frame.Address is RegisterAddress.Faults or RegisterAddress.FirstFault);

    private static Bench Brought(string state)
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.Repeats(1, 100, (3, 4_000_000), (60, 25_000))); // trains that outlast a lease
        bench.ArmAndWait();
        if (state != StateTable.Name(SupervisorState.Armed))
        {
            bench.StartSession();
            Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        }

        if (state == StateTable.Name(SupervisorState.Held))
        {
            bench.Write(RegisterAddress.Hold, 1, 1);
            Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Held));
            bench.RunFor(200_000);
        }

        bench.Frames.RemoveAll(frame => frame.Type == 3 && frame.Address is RegisterAddress.Faults or RegisterAddress.FirstFault); // told when listening began
        return bench;
    }
}
