using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>The interpreter stands still at every call that the supervisor makes around a train, one after the other.</summary>
[TestClass]
public class PauseTests
{
    // From the pass before the second train is sent until it has been closed.
    private const long FromUs = 2_000_000 - 215_000, UntilUs = 2_000_000 + 280_000;

    [TestMethod]
    [DataRow(10_000)]
    [DataRow(20_000)]
    [DataRow(150_000)]
    public void Pause_of_at_most_150_ms_at_any_call_spoils_nothing_but_the_start_it_falls_into(int pauseUs)
    {
        List<string> faults = [];
        int calls = CallsAround();
        for (int call = 0; call < calls; call++)
        {
            Bench bench = RunWithPause(call, pauseUs, out string name);
            AssertOnlyThePlanLeft(bench, $"pause of {pauseUs} us at call {call}, {name}");
            if (bench.State == SupervisorState.Done)
            {
                Assert.HasCount(18, bench.Board.Edges, $"call {call}, {name}");
            }
            else if (bench.Faults != FaultCode.StartLate)
            {
                faults.Add($"{call} {name}: {bench.Faults:x}");
            }
        }

        Assert.IsEmpty(faults, string.Join("; ", faults));
    }

    [TestMethod]
    [DataRow(200_000)]
    [DataRow(215_000)]
    [DataRow(235_000)]
    [DataRow(300_000)]
    [DataRow(1_000_000)]
    public void Longer_pause_at_any_call_lets_nothing_leave_but_the_plan_from_its_beginning(int pauseUs)
    {
        int calls = CallsAround();
        for (int call = 0; call < calls; call++)
        {
            Bench bench = RunWithPause(call, pauseUs, out string name);
            AssertOnlyThePlanLeft(bench, $"pause of {pauseUs} us at call {call}, {name}");
            Assert.IsTrue(bench.State is SupervisorState.Done or SupervisorState.Fault, $"call {call}, {name}: state {bench.State}");
        }
    }

    [TestMethod]
    public void Gate_that_would_be_opened_too_late_is_not_opened_at_all()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Trains.Any()));
        bool sent = false, opened = false;
        bench.Board.OnCall = name =>
        {
            opened |= name == "Enable";
            if (name == "GatedPulses" && sent)
            {
                sent = false;
                bench.Board.Advance(196_000);
            }

            sent |= name == "Send";
        };
        bench.RunFor(3_000_000);
        Assert.AreEqual((uint)FaultCode.GateLate, bench.Faults);
        Assert.IsFalse(opened);
    }

    [TestMethod]
    [DataRow(200_000)]
    [DataRow(450_000)]
    public void A_stop_that_waited_through_a_long_pause_is_carried_out_and_nothing_is_latched(int pauseUs)
    {
        foreach (int state in new[] { SupervisorState.Armed, SupervisorState.Running, SupervisorState.Held })
        {
            Bench bench = Live(state);
            bench.Write(RegisterAddress.Stop, 1, 1);
            bench.Board.Advance(pauseUs);
            bench.Pass();
            Assert.AreEqual(SupervisorState.Idle, bench.State);
            Assert.IsFalse(bench.Board.IsLatched);
            AssertQuiet(bench, 0);
        }
    }

    [TestMethod]
    public void A_disarm_that_waited_through_a_long_pause_is_carried_out_and_nothing_is_latched()
    {
        Bench bench = Live(SupervisorState.Armed);
        bench.Write(RegisterAddress.Disarm, 1, 1);
        bench.Board.Advance(200_000);
        bench.Pass();
        Assert.AreEqual(SupervisorState.Loaded, bench.State);
        AssertQuiet(bench, 0);
    }

    [TestMethod]
    [DataRow(SupervisorState.Armed, RegisterAddress.Start)]
    [DataRow(SupervisorState.Held, RegisterAddress.Resume)]
    public void A_start_or_resume_that_waited_through_a_long_pause_is_a_pass_overrun_and_nothing_leaves(int state, int command)
    {
        Bench bench = Live(state);
        bench.SendCommand(command, bench.Now, bench.U32(RegisterAddress.Digest, 0));
        bench.Board.Advance(200_000);
        bench.Pass();
        Assert.AreEqual(SupervisorState.Fault, bench.State);
        AssertQuiet(bench, FaultCode.PassOverrun);
    }

    private static Bench Live(int state)
    {
        Bench bench = new();
        bench.Connect();
        bench.Load(Programs.ShortBursts);
        bench.ArmAndWait();
        if (state != SupervisorState.Armed)
        {
            bench.StartSession();
            Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        }

        if (state == SupervisorState.Held)
        {
            bench.Write(RegisterAddress.Hold, 1, 1);
            Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Held));
        }

        return bench;
    }

    private static void AssertQuiet(Bench bench, int faults)
    {
        int edges = bench.Board.Edges.Count, feeds = bench.Board.Feeds;
        bench.RunFor(3_000_000);
        Assert.AreEqual((uint)faults, bench.Ask(RegisterAddress.Faults, 4, 0));
        Assert.HasCount(edges, bench.Board.Edges);
        Assert.AreEqual(feeds, bench.Board.Feeds);
    }

    private static int CallsAround()
    {
        int calls = 0;
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count > 0));
        long originUs = bench.Board.Edges[0].TimeUs;
        bench.Board.OnCall = _ => calls += IsAround(bench, originUs) ? 1 : 0;
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done));
        return calls;
    }

    private static Bench RunWithPause(int call, int pauseUs, out string name)
    {
        int calls = 0;
        string at = "";
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count > 0));
        long originUs = bench.Board.Edges[0].TimeUs;
        bench.Board.OnCall = now =>
        {
            if (IsAround(bench, originUs) && calls++ == call)
            {
                at = now;
                bench.Board.Advance(pauseUs);
            }
        };
        bench.RunUntil(() => bench.State is SupervisorState.Done or SupervisorState.Fault, 8_000_000);
        bench.RunFor(100_000);
        name = at;
        return bench;
    }

    private static bool IsAround(Bench bench, long originUs) => bench.Now - originUs > FromUs && bench.Now - originUs < UntilUs;

    // Behind the gate: the plan's pulses from the first on, none left out, none at another time.
    private static void AssertOnlyThePlanLeft(Bench bench, string when)
    {
        long[] left = [.. bench.Board.Edges.Where(edge => edge.Gated).Select(edge => edge.TimeUs)];
        Assert.IsLessThanOrEqualTo(18, left.Length, when);
        for (int i = 0; i < left.Length; i++)
        {
            Assert.IsInRange(-5, 5, left[i] - left[0] - Programs.ShortBurstOnsets[i], $"{when}: pulse {i}");
        }
    }
}
