using CsCheck;
using Escapement.Link;
using Escapement.Runtime.Host;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>The board's clock against the host's: a wrong one is found within a minute, a slow link never looks like one.</summary>
[TestClass]
public class ClockCompareTests
{
    /// <summary>Board time at which the comparison says so; null when it never does.</summary>
    private static long? Trips(int hostPpm, Random random, int maxDelayUs, int seconds)
    {
        ClockCompare compare = new();
        compare.Begin();
        long lastHostUs = 0;
        for (long statusUs = 1_000_000; statusUs < 1_000_000 + (seconds * 1_000_000L); statusUs += 100_000)
        {
            long sentUs = statusUs + 1_000 + random.Next(maxDelayUs);
            long arrivedUs = sentUs + 1_000 + random.Next(10_000) + random.Next(maxDelayUs);
            long hostUs = 5_000_000 + sentUs + (sentUs * hostPpm / 1_000_000);
            if (hostUs <= lastHostUs || arrivedUs - statusUs > Lease.LifeUs)
            {
                continue; // not sent, or refused as expired
            }

            lastHostUs = hostUs;
            if (!compare.Take(statusUs, hostUs, arrivedUs))
            {
                return arrivedUs - 1_000_000;
            }
        }

        return null;
    }

    [TestMethod]
    [DataRow(600)]
    [DataRow(-600)]
    [DataRow(1_000)]
    [DataRow(-1_000)]
    [DataRow(100_000)]
    [DataRow(-100_000)]
    public void A_clock_that_is_wrong_by_more_than_500_ppm_is_found_within_a_minute(int ppm) =>
        Gen.Int[0, 1_000_000].Sample(seed => Trips(ppm, new Random(seed), 1_000, 60) <= 60_000_000);

    [TestMethod]
    public void Good_clocks_never_disagree_however_the_link_delays() =>
        Gen.Select(Gen.Int[-140, 140], Gen.Int[1, 240_000], Gen.Int[0, 1_000_000]).Sample((ppm, delayUs, seed) => Trips(ppm, new Random(seed), delayUs, 300) == null);

    [TestMethod]
    public void A_host_whose_clock_runs_apart_is_a_latched_fault_and_a_cleared_one_begins_anew()
    {
        Bench bench = new();
        bench.HostPpm = 800;
        bench.Connect();
        Assert.IsTrue(bench.RunUntil(() => bench.State == SupervisorState.Fault, 61_000_000));
        bench.RunFor(100_000);
        Assert.AreEqual((uint)FaultCode.ClockDisagrees, bench.Faults);
        bench.RunFor(1_000_000);
        Assert.AreEqual(0u, bench.Do(RegisterAddress.Clear, (uint)FaultCode.ClockDisagrees));
        bench.RunFor(3_000_000);
        Assert.AreEqual(SupervisorState.Idle, bench.State);
    }

    [TestMethod]
    public void A_lease_whose_host_clock_is_missing_or_stands_still_is_refused()
    {
        Bench bench = new();
        bench.Connect();
        bench.RenewLease = false;
        Assert.AreEqual((uint)CommandResults.BadArgument, bench.Do(RegisterAddress.Lease, (uint)bench.Now, (uint)(bench.Now >> 32), 0, 0));
        Assert.AreEqual(2u, bench.U32(RegisterAddress.CommandResult, 3));
        Assert.AreEqual((uint)CommandResults.BadArgument, bench.Do(RegisterAddress.Lease, (uint)bench.Now, (uint)(bench.Now >> 32), 1, 0));
    }
}
