using Escapement.Chip;
using Escapement.Runtime.Ports;
using System.Device.Gpio;
using ChipBoard = Escapement.Chip.Board;

namespace Escapement.Esp32.Tests;

/// <summary>Each adapter alone, over the simulated chip: what it asks of the vendor's API and what it keeps from it.</summary>
[TestClass]
public class AdapterTests
{
    private readonly ChipBoard chip = new();
    private readonly Wires wires = new();

    public AdapterTests()
    {
        ChipBoard.Current = chip;
        chip.Outside = wires;
        Pause.SleepMs(1000); // the debugger has chosen its transport
    }

    [TestMethod]
    public void Trigger_plays_a_list_once_with_the_carrier_off_and_rests_low()
    {
        TriggerOutput trigger = new(15);
        Assert.IsTrue(trigger.Allocate(0, 8));
        Write(trigger.Buffer(0), 10, 0x8000 | 100, 50, 1);
        Assert.IsTrue(trigger.Open());
        Assert.IsTrue(trigger.Send(0));
        Pause.SleepMs(50);
        (bool Level, long T80)[] edges = [.. wires.Changes.Where(change => change.Pin == 15).Select(change => (change.Level, change.T80))];
        Assert.HasCount(2, edges);
        Assert.IsTrue(edges[0].Level);
        Assert.AreEqual(100 * 80, edges[1].T80 - edges[0].T80, "one pulse of 100 us, not chopped");
        Assert.IsFalse(chip.OutputLevel(15));
    }

    /// <summary>With the ribbon off nothing outside pulls an input: every contact of every board reads as unsafe, not by chance.</summary>
    [TestMethod]
    public void No_contact_of_any_board_floats()
    {
        foreach (BoardProfile profile in BoardProfiles.All())
        {
            ChipBoard.Current = new ChipBoard(new BoardOptions { Chip = profile.Target.StartsWith("ESP32_REV", StringComparison.Ordinal) ? ChipKind.Esp32 : ChipKind.Esp32S3 });
            GpioController controller = new();
            _ = new Inputs(controller, profile.Pins);
            BoardPins pins = profile.Pins;
            foreach (int pin in new[] { pins.EmergencyStopA, pins.EmergencyStopB, pins.Interlock, pins.Key, pins.Coil, pins.FootSwitch, pins.StimulatorReady })
            {
                Assert.IsTrue(pin == BoardPins.Absent || controller.GetPinMode(pin) == PinMode.InputPullDown, $"{profile.Id}: GPIO {pin}");
            }
        }
    }

    /// <summary>Below the reserve a collection would be due every pass, and one pass later there would be none left.</summary>
    [TestMethod]
    [DataRow(6_000, true)]
    [DataRow(5_999, false)]
    public void List_is_refused_when_it_would_leave_the_passes_no_managed_memory(int freeBytes, bool allowed)
    {
        ChipBoard.Current = new ChipBoard(new BoardOptions { ManagedFreeBytes = freeBytes });
        TriggerOutput trigger = new(15);
        Assert.AreEqual(allowed, trigger.Allocate(0, 8));
        Assert.AreEqual(allowed, trigger.Buffer(0) != null);
    }

    [TestMethod]
    public void Trigger_never_waits_for_the_end_of_what_it_sends()
    {
        TriggerOutput trigger = new(15);
        trigger.Allocate(0, 400);
        byte[] list = trigger.Buffer(0);
        for (int half = 0; half < list.Length / 2; half++)
        {
            list[half * 2] = 0xFF;
            list[(half * 2) + 1] = 0x7F;
        }

        trigger.Open();
        BoardClock clock = new();
        long before = clock.NowUs();
        Assert.IsTrue(trigger.Send(0));
        Assert.IsLessThan(1_000, clock.NowUs() - before);
    }

    [TestMethod]
    public void Aborted_trigger_falls_silent_at_once_and_plays_again_after_open()
    {
        TriggerOutput trigger = new(15);
        trigger.Allocate(0, 8);
        Write(trigger.Buffer(0), 20_000, 0x8000 | 100, 20_000, 0x8000 | 100);
        trigger.Open();
        trigger.Send(0);
        trigger.Abort();
        trigger.Abort();
        Pause.SleepMs(100);
        Assert.IsFalse(wires.Changes.Any(change => change.Pin == 15 && change.Level));
        Assert.IsFalse(trigger.Send(0), "a stopped channel plays nothing");
        Assert.IsTrue(trigger.Open());
        Assert.IsTrue(trigger.Send(0));
        Pause.SleepMs(100);
        Assert.AreEqual(2, wires.Changes.Count(change => change.Pin == 15 && change.Level));
    }

    [TestMethod]
    public void Gate_starts_disabled_and_reads_back_a_wire_not_its_own_output()
    {
        Gate gate = new(new GpioController(), 16, 21, 6);
        Assert.IsFalse(chip.OutputLevel(16));
        gate.Enable();
        Assert.IsTrue(chip.OutputLevel(16));
        Assert.IsFalse(gate.IsOpen(), "the latch decides, not the pin");
        chip.DriveInput(6, true, chip.Now80);
        Assert.IsTrue(gate.IsOpen());
        gate.Disable();
        Assert.IsFalse(chip.OutputLevel(16));
    }

    [TestMethod]
    public void Every_feed_is_one_edge_of_the_heartbeat()
    {
        Gate gate = new(new GpioController(), 16, 21, 6);
        for (int i = 0; i < 5; i++)
        {
            gate.Feed();
        }

        Assert.AreEqual(5, wires.Changes.Count(change => change.Pin == 21));
    }

    [TestMethod]
    public void Counters_count_rising_edges_of_their_own_wires()
    {
        Counters counters = new(4, 5, BoardPins.Absent);
        Assert.AreEqual(0, counters.RawPulses());
        Pulse(4);
        Pulse(4);
        Pulse(5);
        Assert.AreEqual(2, counters.RawPulses());
        Assert.AreEqual(1, counters.GatedPulses());
        chip.DriveInput(4, true, chip.Now80);
        Assert.AreEqual(3, counters.RawPulses(), "a line stuck high has risen once");
    }

    [TestMethod]
    public void Open_wire_of_any_input_reads_as_unsafe()
    {
        BoardPins pins = Esp32S3Devkitc1.Make().Pins;
        pins.FootSwitch = 1;
        Inputs inputs = new(new GpioController(), pins);
        Assert.AreEqual(0, inputs.Read());
        (int Pin, int Bit)[] all =
        [
            (pins.EmergencyStopA, InputBits.EmergencyStopA), (pins.EmergencyStopB, InputBits.EmergencyStopB), (pins.Interlock, InputBits.Interlock),
            (pins.Key, InputBits.Key), (pins.Coil, InputBits.Coil), (pins.StimulatorReady, InputBits.StimulatorReady), (pins.FootSwitch, InputBits.FootSwitch),
        ];
        foreach ((int pin, int bit) in all)
        {
            chip.DriveInput(pin, true, chip.Now80);
            Assert.AreEqual(bit, inputs.Read());
            chip.DriveInput(pin, false, chip.Now80);
        }
    }

    [TestMethod]
    public void Absent_input_is_not_monitored_and_inhibits_nothing()
    {
        BoardPins pins = Esp32S3Devkitc1.Make().Pins;
        pins.Key = pins.Coil = pins.StimulatorReady = BoardPins.Absent;
        Inputs inputs = new(new GpioController(), pins);
        int absent = InputBits.Key | InputBits.Coil | InputBits.StimulatorReady | InputBits.FootSwitch;
        Assert.AreEqual(InputBits.EmergencyStops | InputBits.Interlock | InputBits.TriggerOut, inputs.Present);
        Assert.AreEqual(absent, inputs.Read());
        chip.DriveInput(pins.Interlock, true, chip.Now80);
        Assert.AreEqual(absent | InputBits.Interlock, inputs.Read());
        Assert.AreEqual(-1, inputs.ReadTemperature());
    }

    [TestMethod]
    public void A_contact_that_opened_for_a_moment_between_two_looks_counts_as_open_once()
    {
        BoardPins pins = Esp32S3Devkitc1.Make().Pins;
        Inputs inputs = new(new GpioController(), pins);
        chip.DriveInput(pins.Interlock, true, chip.Now80);
        Pause.SleepMs(10);
        Assert.AreEqual(InputBits.Interlock, inputs.Read() & InputBits.Interlock);
        chip.DriveInput(pins.Interlock, false, chip.Now80);
        chip.DriveInput(pins.Interlock, true, chip.Now80 + 80_000);
        Pause.SleepMs(10);
        Assert.AreEqual(0, inputs.Read() & InputBits.Interlock, "what happened is not forgotten because it is over");
        Assert.AreEqual(InputBits.Interlock, inputs.Read() & InputBits.Interlock);
    }

    [TestMethod]
    [DataRow(1, 0)]
    [DataRow(10, 9)]
    [DataRow(32, 4)]
    [DataRow(35, 7)]
    [DataRow(36, 0)]
    [DataRow(39, 3)]
    [DataRow(0, -1)]
    [DataRow(15, -1)]
    [DataRow(40, -1)]
    public void The_coil_s_sensor_is_read_on_the_channel_of_its_pin_and_on_no_other(int pin, int channel)
    {
        Assert.AreEqual(channel, CoilSensor.ChannelOf(pin));
        if (channel >= 0)
        {
            chip.DriveAnalog(channel, 1234);
        }

        Assert.AreEqual(channel < 0 ? -1 : 1234, new CoilSensor(pin).Read());
    }

    [TestMethod]
    public void Records_come_back_as_written_and_what_is_missing_or_of_another_length_is_not_there()
    {
        RecordFiles files = new();
        byte[] back = new byte[48];
        Assert.IsFalse(files.Read(0, back));
        byte[] record = [.. Enumerable.Range(1, 48).Select(i => (byte)i)];
        Assert.IsTrue(files.Write(0, record));
        Assert.IsTrue(files.Read(0, back));
        CollectionAssert.AreEqual(record, back);
        Assert.IsFalse(files.Read(1, back));
        Assert.IsFalse(files.Read(0, new byte[47]));
    }

    [TestMethod]
    public void Absent_lamp_is_no_error()
    {
        BoardSystem system = new(new GpioController(), BoardPins.Absent);
        system.Lamp(true);
        Assert.IsEmpty(wires.Changes);
    }

    [TestMethod]
    public void Link_reads_exactly_what_is_there_and_never_waits()
    {
        LinkPort link = new("COM1", 43, 44);
        byte[] buffer = new byte[8];
        Assert.AreEqual(0, link.Read(buffer));
        chip.SerialIn([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        Pause.SleepMs(10);
        Assert.AreEqual(8, link.Read(buffer));
        Assert.AreEqual(2, link.Read(buffer));
        Assert.AreEqual(9, buffer[0]);
        Assert.AreEqual(0, link.Read(buffer));
    }

    [TestMethod]
    public void Link_holds_forty_milliseconds_of_a_line_that_never_pauses()
    {
        LinkPort link = new("COM1", 43, 44);
        chip.SerialIn(new byte[4000]);
        Pause.SleepMs(60);
        byte[] buffer = new byte[4096];
        Assert.AreEqual(4000, link.Read(buffer));
        Assert.AreEqual(0, chip.SerialBytesLost);
    }

    [TestMethod]
    public void Crc_is_the_one_of_the_standard()
    {
        Assert.AreEqual(0xCBF43926u, new NativeCrc32().Compute("x123456789x"u8.ToArray(), 1, 9));
    }

    private void Pulse(int pin)
    {
        chip.DriveInput(pin, true, chip.Now80);
        Pause.SleepMs(10);
        chip.DriveInput(pin, false, chip.Now80);
        Pause.SleepMs(10);
    }

    private static void Write(byte[] list, params int[] halves)
    {
        for (int i = 0; i < halves.Length; i++)
        {
            list[i * 2] = (byte)halves[i];
            list[(i * 2) + 1] = (byte)(halves[i] >> 8);
        }
    }

    private sealed class Wires : IOutside
    {
        public List<(int Pin, bool Level, long T80)> Changes { get; } = [];

        public long NextEvent80 => long.MaxValue;

        public void AdvanceTo(long t80)
        {
        }

        public void PinChanged(int pin, bool level, long t80) => Changes.Add((pin, level, t80));

        public void OnPause(long nowUs)
        {
        }
    }
}
