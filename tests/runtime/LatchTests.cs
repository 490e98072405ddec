using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>What is latched stays latched, is named after its cause, and is not forgotten.</summary>
[TestClass]
public class LatchTests
{
    [TestMethod]
    [DataRow(InputBits.Key, SupervisorState.Fault)]
    [DataRow(InputBits.EmergencyStopA, SupervisorState.EmergencyStop)]
    public void Stop_does_not_clear_what_is_latched(int input, int state)
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        bench.Board.InputLevels &= ~input;
        bench.RunFor(50_000);
        bench.Board.InputLevels = InputBits.Levels;
        for (int i = 0; i < 3; i++)
        {
            bench.Write(RegisterAddress.Stop, 1, 1);
            bench.RunFor(400_000);
            Assert.AreEqual(state, bench.State);
            Assert.AreEqual(state, bench.Seen[RegisterAddress.Stop][0], "the reply to Stop tells another state");
        }

        Assert.AreNotEqual(0u, bench.U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.FaultLatched);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Clear, bench.Faults));
        Assert.AreEqual(SupervisorState.Idle, bench.State);
    }

    [TestMethod]
    public void Board_whose_self_test_failed_never_arms_until_it_is_restarted()
    {
        Bench bench = new(prepare: board => board.RefuseOpen = true);
        bench.Connect();
        Assert.AreEqual(SupervisorState.Fault, bench.State);
        bench.Board.RefuseOpen = false;
        bench.RunFor(200_000);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Clear, FaultCode.SendFailed)); // latched in Standby: no event said so
        bench.Load(Programs.ShortBursts);
        Assert.AreEqual((uint)CommandResults.Inhibited, bench.Arm());
        Assert.AreEqual((uint)(InhibitReason.SelfTestMissing | InhibitReason.GateUntested), bench.U32(RegisterAddress.CommandResult, 3));
    }

    [TestMethod]
    public void Stop_during_the_self_test_does_not_skip_it()
    {
        Bench bench = new(prepare: board => board.RefuseOpen = true, bootPasses: 1);
        bench.Board.InputLevels = InputBits.Levels;
        Assert.AreEqual(SupervisorState.SelfTest, bench.State);
        bench.Write(RegisterAddress.Stop, 1, 1);
        bench.RunFor(100_000);
        Assert.AreEqual(SupervisorState.Fault, bench.State);
    }

    [TestMethod]
    [DataRow(InputBits.Interlock, FaultCode.InterlockOpened, SupervisorState.Fault)]
    [DataRow(InputBits.EmergencyStops, FaultCode.EmergencyStop, SupervisorState.EmergencyStop)]
    public void Contact_that_opens_just_after_the_inputs_were_read_is_the_fault_that_is_named(int input, int fault, int state)
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Board.Edges.Count == 2));
        OpenAt(bench, "GatedPulses", input);
        bench.RunFor(500_000);
        Assert.AreEqual(state, bench.State);
        Assert.AreEqual((uint)fault, bench.Faults);
        Assert.AreEqual(Bit(fault), bench.U64(RegisterAddress.FirstFault, 0));
    }

    [TestMethod]
    public void Contact_that_opens_while_the_gate_is_about_to_open_is_the_fault_that_is_named()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.Trains.Any()));
        OpenAt(bench, "Enable", InputBits.Interlock);
        bench.RunFor(3_000_000);
        Assert.AreEqual(SupervisorState.Fault, bench.State);
        Assert.AreEqual((uint)FaultCode.InterlockOpened, bench.Faults);
        Assert.AreEqual(6, bench.Board.Edges.Count);
    }

    [TestMethod]
    public void Faults_whose_cause_has_gone_are_no_longer_shown_as_current()
    {
        Bench bench = new();
        bench.Connect();
        bench.Board.InputLevels &= ~InputBits.EmergencyStops;
        bench.RunFor(200_000);
        Assert.AreEqual((uint)FaultCode.EmergencyStop, bench.U32(RegisterAddress.Faults, 1));
        bench.Board.InputLevels = InputBits.Levels;
        bench.RunFor(200_000);
        Assert.AreEqual((uint)FaultCode.EmergencyStop, bench.U32(RegisterAddress.Faults, 0));
        Assert.AreEqual(0u, bench.U32(RegisterAddress.Faults, 1));
    }

    // The latch drops with the contact, without software.
    private static void OpenAt(Bench bench, string call, int input) => bench.Board.OnCall = name =>
    {
        if (name == call)
        {
            bench.Board.InputLevels &= ~input;
            bench.Board.GateSticksClosed = true;
        }
    };

    private static long Bit(int mask) => System.Numerics.BitOperations.TrailingZeroCount(mask) + 1;
}
