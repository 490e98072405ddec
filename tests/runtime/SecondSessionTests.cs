using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>A board that is armed anew tells of the session to come, not of the one before.</summary>
[TestClass]
public class SecondSessionTests
{
    private static Bench ArmedAgain()
    {
        Bench bench = Bench.Running(Programs.ShortBursts);
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Done));
        bench.RunFor(300_000);
        Assert.AreEqual(18, bench.U64(RegisterAddress.Status, StatusField.PlannedPulses));
        Assert.AreEqual(3u, (uint)bench.U64(RegisterAddress.Status, StatusField.Transaction));
        bench.Load(Programs.ShortBursts);
        bench.RunFor(5_000_000);
        bench.ArmAndWait();
        return bench;
    }

    [TestMethod]
    public void Between_arm_and_start_the_status_shows_nothing_begun_and_nothing_planned_so_far()
    {
        Bench bench = ArmedAgain();
        bench.RunFor(200_000);
        Assert.AreEqual(0, bench.U64(RegisterAddress.Status, StatusField.PlannedPulses));
        Assert.AreEqual(3L << 32, bench.U64(RegisterAddress.Status, StatusField.Transaction), "none of three begun");
        Assert.AreEqual(0, bench.U64(RegisterAddress.Status, StatusField.RawPulses));
        Assert.AreEqual(0, bench.U64(RegisterAddress.Status, StatusField.GatedPulses));
    }

    [TestMethod]
    public void A_fault_between_arm_and_start_names_no_train_of_the_session_before()
    {
        Bench bench = ArmedAgain();
        bench.RenewLease = false;
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Fault));
        bench.Ask(RegisterAddress.FirstFault, 8, 0);
        Assert.AreEqual(0, bench.U64(RegisterAddress.FirstFault, FirstFaultField.Transaction));
        Assert.AreEqual(0, bench.U64(RegisterAddress.FirstFault, FirstFaultField.Pulse));
    }
}
