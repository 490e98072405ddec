namespace Escapement.Rig.Tests;

/// <summary>Faults that can be made on the bench: each does what it says to the wire that it names, and to no other.</summary>
[TestClass]
public sealed class FaultTests
{
    private const long Us = Ticks80.PerUs;
    private const long Ms = 1000 * Us;

    [TestMethod]
    public void Lost_pulses_of_a_counter_wire_are_missing_there_and_nowhere_else()
    {
        Bench bench = new();
        int raw = Rises(bench, RigSignal.RawTrigger, out Func<int> counted);
        bench.LosePulses(RigSignal.RawTrigger, nth: 3, count: 2);
        Pulses(bench, 10, 2 * Ms);
        Assert.AreEqual(0, raw);
        Assert.AreEqual(8, counted());
        Assert.AreEqual(10, bench.Referee.Pulses(RefereeSignal.Trigger));
    }

    [TestMethod]
    public void Added_pulses_follow_the_nth_one_at_their_distance()
    {
        Bench bench = new();
        List<long> rises = [];
        bench.Changed = (signal, level, t80) => { if (signal == RigSignal.RawTrigger && level) { rises.Add(t80); } };
        bench.AddPulses(RigSignal.RawTrigger, nth: 2, count: 1, extra: 2, apart80: 300 * Us, width80: 20 * Us);
        Pulses(bench, 3, 2 * Ms);
        bench.AdvanceTo(10 * Ms);
        CollectionAssert.AreEqual(new[] { 2 * Ms, 4 * Ms, 4 * Ms + 300 * Us, 4 * Ms + 600 * Us, 6 * Ms }, rises);
    }

    [TestMethod]
    public void Coupled_wire_takes_up_each_rising_edge_until_the_coupling_ends()
    {
        Bench bench = new();
        _ = Rises(bench, RigSignal.Heartbeat, out Func<int> counted);
        bench.Couple(RigSignal.Trigger, RigSignal.Heartbeat, 5 * Us, 0);
        Pulses(bench, 4, 2 * Ms);
        Assert.AreEqual(4, counted());
        bench.Couple(RigSignal.Trigger, RigSignal.Heartbeat, 0, bench.Now80);
        Pulses(bench, 4, 2 * Ms);
        Assert.AreEqual(4, counted());
        Assert.IsFalse(bench.Level(RigSignal.Watchdog), "spikes of 5 us do not feed the watchdog");
    }

    [TestMethod]
    public void Spike_on_a_forced_wire_changes_nothing_and_a_force_outlives_a_spike()
    {
        Bench bench = new();
        bench.Force(RigSignal.TriggerOut, false, 0);
        bench.Spike(RigSignal.TriggerOut, true, 10 * Us, 10 * Us);
        bench.AdvanceTo(15 * Us);
        Assert.IsFalse(bench.Level(RigSignal.TriggerOut));
        bench.Release(RigSignal.TriggerOut, 30 * Us);
        bench.Spike(RigSignal.TriggerOut, true, 40 * Us, 10 * Us);
        bench.Force(RigSignal.TriggerOut, true, 45 * Us);
        bench.AdvanceTo(100 * Us);
        Assert.IsTrue(bench.Level(RigSignal.TriggerOut));
    }

    [TestMethod]
    [DataRow(ContactFault.Welded, true)]
    [DataRow(ContactFault.Open, false)]
    public void Broken_contact_stays_whatever_is_done_to_it_and_is_as_operated_when_mended(ContactFault fault, bool conducts)
    {
        Bench bench = new();
        Contact contact = bench.Contact(ContactName.EStopA);
        contact.Fail(fault, 1 * Ms);
        contact.Open(2 * Ms);
        bench.AdvanceTo(3 * Ms);
        Assert.AreEqual(conducts, contact.IsClosed);
        Assert.AreEqual(conducts, bench.Level(RigSignal.EStopA));
        contact.Close(4 * Ms);
        bench.AdvanceTo(5 * Ms);
        Assert.AreEqual(conducts, contact.IsClosed);
        contact.Open(6 * Ms);
        contact.Fail(ContactFault.None, 7 * Ms);
        bench.AdvanceTo(8 * Ms);
        Assert.IsFalse(contact.IsClosed);
    }

    [TestMethod]
    public void Chattering_contact_opens_as_often_as_asked()
    {
        Bench bench = new();
        _ = Rises(bench, RigSignal.Coil, out Func<int> closings);
        bench.Contact(ContactName.Coil).Chatter(10 * Ms, 7, 5 * Ms, 3 * Ms);
        bench.AdvanceTo(200 * Ms);
        Assert.AreEqual(7, closings());
        Assert.IsTrue(bench.Level(RigSignal.Coil));
    }

    [TestMethod]
    public void Stimulator_that_charges_too_long_loses_the_trigger_that_comes_meanwhile()
    {
        Bench bench = Open();
        bench.Stimulator.RechargeUs = 3_000;
        long from = bench.Now80;
        foreach (long us in new long[] { 1_000, 3_000, 5_000 }) { Pulse(bench, from + us * Us); }
        Assert.AreEqual(2, bench.Stimulator.Discharges);
        Assert.AreEqual(1, bench.Stimulator.EdgesNotReady);
    }

    /// <summary>By the data sheet's table: 10 kOhm at 25 degrees, 5,330 at 40, 5,120 at 41 to a per cent; the divider's other half has 10 kOhm.</summary>
    [TestMethod]
    [DataRow(25_000, 10_000.0)]
    [DataRow(40_000, 5_280.0)]
    [DataRow(0, 33_900.0)]
    public void Coil_sensor_divides_as_its_thermistor_does(int milliCelsius, double ohms)
    {
        Bench bench = new(new BenchOptions { CoilMilliCelsius = milliCelsius });
        double mean = Enumerable.Range(0, 300).Average(_ => bench.CoilSensor.Level(0));
        Assert.AreEqual(ohms / (ohms + 10_000), mean, 0.01);
    }

    [TestMethod]
    public void Coil_warms_at_its_rate_and_stays_where_it_was_to_end()
    {
        Bench bench = new();
        bench.CoilSensor.Ramp(41_000, 500, 1000 * Ms);
        bench.AdvanceTo(1000 * Ms);
        Assert.AreEqual(25_000, bench.CoilSensor.MilliCelsius(bench.Now80));
        Assert.AreEqual(26_000, bench.CoilSensor.MilliCelsius(3000 * Ms));
        Assert.AreEqual(41_000, bench.CoilSensor.MilliCelsius(100_000 * Ms));
        bench.CoilSensor.Ramp(30_000, 1_000, 50_000 * Ms);
        bench.AdvanceTo(50_000 * Ms);
        Assert.AreEqual(40_000, bench.CoilSensor.MilliCelsius(51_000 * Ms));
        Assert.AreEqual(30_000, bench.CoilSensor.MilliCelsius(70_000 * Ms));
    }

    [TestMethod]
    public void Sensor_that_is_whole_never_stands_still_and_a_frozen_one_does()
    {
        Bench bench = new();
        Assert.IsGreaterThan(1, Enumerable.Range(0, 50).Select(_ => bench.CoilSensor.Level(0)).Distinct().Count());
        bench.CoilSensor.Fail(SensorFault.Frozen, 0);
        bench.CoilSensor.Set(60_000, 0);
        Assert.AreEqual(1, Enumerable.Range(0, 50).Select(_ => bench.CoilSensor.Level(0)).Distinct().Count());
        bench.CoilSensor.Fail(SensorFault.Open, 0);
        Assert.AreEqual(1.0, bench.CoilSensor.Level(0));
        bench.CoilSensor.Fail(SensorFault.Short, 0);
        Assert.AreEqual(0.0, bench.CoilSensor.Level(0));
    }

    [TestMethod]
    public void Nobody_stands_on_the_foot_switch_at_the_start()
    {
        Bench bench = new();
        Assert.IsFalse(bench.Level(RigSignal.FootSwitch));
        bench.Contact(ContactName.FootSwitch).Close(0);
        bench.AdvanceTo(10 * Ms);
        Assert.IsTrue(bench.Level(RigSignal.FootSwitch));
    }

    private static int Rises(Bench bench, RigSignal watched, out Func<int> counted)
    {
        int rises = 0;
        bench.Changed = (signal, level, _) => { if (signal == watched && level) { rises++; } };
        counted = () => rises;
        return rises;
    }

    private static void Pulses(Bench bench, int count, long apart80)
    {
        long from = bench.Now80;
        for (int i = 1; i <= count; i++) { Pulse(bench, from + i * apart80); }
    }

    private static void Pulse(Bench bench, long t80)
    {
        bench.SetTrigger(true, t80);
        bench.SetTrigger(false, t80 + 100 * Us);
    }

    /// <summary>A bench with its gate open, fed once.</summary>
    private static Bench Open()
    {
        Bench bench = new();
        bench.SetHeartbeat(true, 1 * Ms);
        bench.SetEnable(true, 20 * Ms);
        bench.AdvanceTo(21 * Ms);
        Assert.IsTrue(bench.Level(RigSignal.Latch));
        return bench;
    }
}
