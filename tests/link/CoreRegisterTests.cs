using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Escapement.Fit;

namespace Escapement.Link.Tests;

/// <summary>Each core register as Harp's Device.md 1.13.0 describes it for a device without non-volatile storage.</summary>
[TestClass]
public sealed class CoreRegisterTests
{
    private const int WhoAmI = 0, Seconds = 8, Micro = 9, Control = 10, Reset = 11, Name = 12, Serial = 13, Clock = 14, Offset = 15, Uid = 16, Tag = 17, Heartbeat = 18, Version = 19;

    [TestMethod]
    public void Every_core_register_has_its_harp_type_length_and_default()
    {
        byte[] name = [.. Encoding.ASCII.GetBytes("Escapement"), .. new byte[15]];
        byte[] version = [1, 13, 0, 0, 1, 0, 0, 1, 0, (byte)'E', (byte)'S', (byte)'C', .. InterfaceHash()];
        (int Address, int Type, byte[] Content)[] expected =
        [
            (WhoAmI, 2, [0, 0]), (1, 1, [0]), (2, 1, [1]), (3, 1, [0]), (4, 1, [1]), (5, 1, [13]), (6, 1, [0]), (7, 1, [1]),
            (Seconds, 4, [5, 0, 0, 0]), (Micro, 2, [3, 0]), (Control, 1, [0xE4]), (Reset, 1, [0x40]), (Name, 1, name), (Serial, 2, [0, 0]),
            (Clock, 1, [0x40]), (Offset, 1, [0]), (Uid, 1, new byte[16]), (Tag, 1, new byte[8]), (Heartbeat, 2, [0, 0]), (Version, 1, version),
        ];
        var bench = new Bench { NowUs = 5_000_127 };
        foreach (var (address, type, content) in expected)
        {
            var reply = bench.Ask(SpecFrame.ReadRequest(address, type));
            Assert.AreEqual(new SpecFrame(SpecFrame.Read, false, address, 0xFF, type, (5, 3), content), reply);
        }
    }

    [TestMethod]
    public void Version_carries_the_sha1_of_device_yml_last_byte_first() =>
        CollectionAssert.AreEqual(InterfaceHash(), new Bench().Read(Version).Payload[12..]);

    [TestMethod]
    public void Read_only_core_registers_answer_a_write_with_error_and_their_content()
    {
        var bench = new Bench();
        foreach (int address in new[] { 0, 1, 2, 3, 4, 5, 6, 7, 9, 16, 17, 18, 19 })
        {
            byte[] content = bench.Read(address).Payload;
            var reply = bench.Write(address, [.. content.Select(b => (byte)~b)]);
            Assert.AreEqual(new SpecFrame(SpecFrame.Write, true, address, 0xFF, RegisterTable.TypeOf(address), (5, 0), content), reply);
        }
    }

    [TestMethod]
    public void Writes_that_need_non_volatile_storage_are_answered_with_the_default()
    {
        var bench = new Bench();
        foreach (int address in new[] { Name, Serial, Offset })
        {
            byte[] content = bench.Read(address).Payload;
            var reply = bench.Write(address, [.. content.Select(_ => (byte)0xFF)]);
            Assert.IsFalse(reply.Error);
            CollectionAssert.AreEqual(content, reply.Payload);
            CollectionAssert.AreEqual(content, bench.Read(address).Payload);
        }

        Assert.IsFalse(bench.Endpoint.ResetRequested);
    }

    [TestMethod]
    public void Uid_and_tag_are_the_owners_and_the_serial_number_repeats_the_uid()
    {
        var bench = new Bench();
        byte[] uid = [.. Enumerable.Range(0x31, 16).Select(i => (byte)i)];
        byte[] tag = [1, 2, 3, 4, 5, 6, 7, 8];
        Assert.IsTrue(bench.Endpoint.SetUid(uid));
        Assert.IsTrue(bench.Endpoint.SetTag(tag));
        Assert.IsFalse(bench.Endpoint.SetUid(new byte[15]));
        Assert.IsFalse(bench.Endpoint.SetTag(new byte[9]));
        CollectionAssert.AreEqual(uid, bench.Read(Uid).Payload);
        CollectionAssert.AreEqual(tag, bench.Read(Tag).Payload);
        CollectionAssert.AreEqual(new byte[] { 0x31, 0x32 }, bench.Read(Serial).Payload);
    }

    [TestMethod]
    public void Writing_the_seconds_moves_only_the_offset()
    {
        var bench = new Bench { NowUs = 7_999_999 };
        var reply = bench.Write(Seconds, 0xFF, 0xFF, 0xFF, 0xFF);
        Assert.AreEqual((uint.MaxValue, 31249), reply.Timestamp);
        Assert.AreEqual(uint.MaxValue, reply.U32(0));
        bench.NowUs++;
        Assert.AreEqual(new SpecFrame(1, false, Seconds, 0xFF, 4, (0, 0), new byte[4]), bench.Read(Seconds));
        Assert.AreEqual(3u, bench.Write(Seconds, 3, 0, 0, 0).U32(0));
        bench.NowUs += 1_500_000;
        Assert.AreEqual((4u, 15625), bench.Read(WhoAmI).Timestamp);
        Assert.AreEqual(15625, BinaryPrimitives.ReadUInt16LittleEndian(bench.Read(Micro).Payload));
    }

    [TestMethod]
    public void A_locked_clock_answers_a_write_with_the_seconds_in_force()
    {
        var bench = new Bench();
        CollectionAssert.AreEqual(new byte[] { 0x80 }, bench.Write(Clock, 0x80).Payload);
        var reply = bench.Write(Seconds, 99, 0, 0, 0);
        Assert.IsFalse(reply.Error, "A refusal for the state of another register is no Error.");
        Assert.AreEqual(5u, reply.U32(0));
        CollectionAssert.AreEqual(new byte[] { 0x40 }, bench.Write(Clock, 0x40).Payload);
        Assert.AreEqual(99u, bench.Write(Seconds, 99, 0, 0, 0).U32(0));
    }

    [TestMethod]
    public void Clock_bits_of_a_connector_that_is_not_there_have_no_effect()
    {
        var bench = new Bench();
        foreach (byte value in new byte[] { 0, 1, 2, 3, 4, 8, 0x10, 0x20, 0x3F })
        {
            CollectionAssert.AreEqual(new byte[] { 0x40 }, bench.Write(Clock, value).Payload);
        }

        CollectionAssert.AreEqual(new byte[] { 0x80 }, bench.Write(Clock, 0xC0).Payload, "Both bits: locked.");
        CollectionAssert.AreEqual(new byte[] { 0x80 }, bench.Write(Clock, 0x01).Payload);
    }

    [TestMethod]
    public void While_the_owner_locks_the_clock_no_host_can_write_or_unlock_it()
    {
        var bench = new Bench();
        bench.Endpoint.LockTimestamp = true;
        CollectionAssert.AreEqual(new byte[] { 0x80 }, bench.Read(Clock).Payload);
        CollectionAssert.AreEqual(new byte[] { 0x80 }, bench.Write(Clock, 0x40).Payload);
        Assert.AreEqual(5u, bench.Write(Seconds, 99, 0, 0, 0).U32(0));
        bench.Endpoint.LockTimestamp = false;
        CollectionAssert.AreEqual(new byte[] { 0x40 }, bench.Read(Clock).Payload);

        bench.Endpoint.LockTimestamp = true;
        bench.Write(Clock, 0x80);
        bench.Endpoint.LockTimestamp = false;
        CollectionAssert.AreEqual(new byte[] { 0x80 }, bench.Read(Clock).Payload, "The host's own lock outlives the owner's.");

        bench.Endpoint.LockTimestamp = true;
        bench.Write(Clock, 0x40);
        bench.Endpoint.LockTimestamp = false;
        CollectionAssert.AreEqual(new byte[] { 0x80 }, bench.Read(Clock).Payload, "What was refused does not happen later.");
    }

    [TestMethod]
    public void Speed_and_the_reserved_mode_are_errors_and_change_nothing()
    {
        var bench = new Bench();
        foreach (int value in Enumerable.Range(0, 256).Where(v => (v & 3) > 1))
        {
            var reply = bench.Write(Control, (byte)value);
            Assert.AreEqual(new SpecFrame(SpecFrame.Write, true, Control, 0xFF, 1, (5, 0), [0xE4]), reply);
        }

        Assert.IsTrue(bench.Endpoint.IsStandby);
        Assert.IsFalse(bench.Endpoint.IsMuted);
        Assert.IsEmpty(bench.Pass(), "An Error starts no dump.");
    }

    [TestMethod]
    public void Every_allowed_operation_control_is_kept_without_its_dump_bit()
    {
        foreach (int value in Enumerable.Range(0, 256).Where(v => (v & 3) <= 1 && (v & 0x10) == 0))
        {
            var bench = new Bench();
            CollectionAssert.AreEqual(new[] { (byte)(value & ~8) }, bench.Write(Control, (byte)value).Payload);
            CollectionAssert.AreEqual(new[] { (byte)(value & ~8) }, bench.Read(Control).Payload);
            Assert.AreEqual((value & 3) == 0, bench.Endpoint.IsStandby);
            CollectionAssert.AreEqual(new[] { (byte)(value & 1), (byte)0 }, bench.Read(Heartbeat).Payload);
        }
    }

    [TestMethod]
    [DataRow(0x04, Heartbeat)]
    [DataRow(0x84, Heartbeat)]
    [DataRow(0x80, Seconds)]
    [DataRow(0x00, -1)]
    public void In_active_mode_the_heartbeat_goes_before_the_alive_event(int enables, int expected)
    {
        var bench = new Bench { NowUs = 5_000_000 };
        bench.Pass();
        bench.Write(Control, (byte)(enables | 1));
        var events = new List<SpecFrame>();
        for (int pass = 0; pass < 300; pass++)
        {
            events.AddRange(bench.Pass());
        }

        Assert.HasCount(expected < 0 ? 0 : 3, events);
        for (int i = 0; i < events.Count; i++)
        {
            // At a pass on each full second the event carries exactly that second.
            uint second = (uint)(6 + i);
            byte[] content = expected == Seconds ? BitConverter.GetBytes(second) : [1, 0];
            Assert.AreEqual(new SpecFrame(SpecFrame.Event, false, expected, 0xFF, expected == Seconds ? 4 : 2, (second, 0), content), events[i]);
        }
    }

    [TestMethod]
    public void Standby_wins_over_every_periodic_event()
    {
        foreach (byte control in new byte[] { 0xE4, 0x84, 0x04, 0x80 })
        {
            var bench = new Bench();
            bench.Write(Control, control);
            Assert.IsFalse(bench.Endpoint.QueueEvent(RegisterAddress.Status, bench.NowUs));
            for (int pass = 0; pass < 400; pass++)
            {
                Assert.IsEmpty(bench.Pass());
            }

            Assert.AreEqual(0u, bench.Counter(LinkCountersField.EventsDropped), "Silence on request is no loss.");
        }
    }

    [TestMethod]
    public void The_heartbeat_stays_in_step_with_the_second_after_the_clock_was_set()
    {
        var bench = new Bench { NowUs = 5_700_000 };
        bench.Pass();
        bench.Write(Control, 0xE5);
        bench.Write(Seconds, 0x00, 0x01, 0x00, 0x00);
        var events = new List<SpecFrame>();
        for (int pass = 0; pass < 200; pass++)
        {
            events.AddRange(bench.Pass(7_001));
        }

        CollectionAssert.AreEqual(new uint[] { 257, 258 }, events.Select(e => e.Timestamp!.Value.Seconds).ToArray());
        Assert.IsTrue(events.All(e => e.Timestamp!.Value.Ticks * 32 < 7_001), "Within a pass of the turn of the second.");
    }

    [TestMethod]
    public void A_pause_over_several_seconds_gives_one_heartbeat_and_none_late()
    {
        var bench = new Bench();
        bench.Pass();
        bench.Write(Control, 0xE5);
        Assert.HasCount(1, bench.Pass(3_600_000));
        Assert.IsEmpty(bench.Pass());
    }

    [TestMethod]
    public void Reset_bits_that_this_board_cannot_serve_are_errors()
    {
        var bench = new Bench();
        // RST_EE, SAVE, reserved, UPDATE_FIRMWARE, BOOT_DEF, BOOT_EE, alone and with what would be accepted.
        foreach (int value in Enumerable.Range(0, 256).Where(v => (v & ~0x09) != 0))
        {
            var reply = bench.Write(Reset, (byte)value);
            Assert.AreEqual(new SpecFrame(SpecFrame.Write, true, Reset, 0xFF, 1, (5, 0), [0x40]), reply);
        }

        Assert.IsFalse(bench.Endpoint.ResetRequested);
        CollectionAssert.AreEqual(new byte[] { 0x40 }, bench.Read(Reset).Payload);
    }

    [TestMethod]
    public void A_reset_register_without_a_bit_is_answered_and_resets_nothing()
    {
        var bench = new Bench();
        CollectionAssert.AreEqual(new byte[] { 0x40 }, bench.Write(Reset, 0).Payload);
        Assert.IsFalse(bench.Endpoint.ResetRequested);
    }

    [TestMethod]
    [DataRow(0x01)]
    [DataRow(0x08)]
    [DataRow(0x09)]
    public void An_accepted_reset_is_replied_first_and_nothing_more_is_taken(int value)
    {
        var bench = new Bench();
        bench.Write(Control, 0xE5);
        byte[] requests = [.. SpecFrame.WriteRequest(Reset, 1, (byte)value).Encode(), .. SpecFrame.ReadRequest(WhoAmI, 2).Encode()];
        bench.Endpoint.Receive(requests, requests.Length, bench.NowUs);
        Assert.IsTrue(bench.Endpoint.ResetRequested);
        Assert.IsFalse(bench.Endpoint.ResetReplied, "The reply has not left yet.");
        var reply = bench.Output().Single();
        Assert.AreEqual(new SpecFrame(SpecFrame.Write, false, Reset, 0xFF, 1, (5, 0), [0x40]), reply);
        Assert.IsTrue(bench.Endpoint.ResetReplied);
        Assert.IsEmpty(bench.Send(SpecFrame.WriteRequest(60, 1, 1)));
        Assert.IsEmpty(bench.Owner.Writes);
        Assert.IsFalse(bench.Endpoint.QueueEvent(RegisterAddress.Status, bench.NowUs));
        Assert.IsEmpty(bench.Pass(2_000_000), "Neither a heartbeat, though in Active mode.");
    }

    [TestMethod]
    public void A_muted_reset_happens_without_a_reply()
    {
        var bench = new Bench();
        bench.Send(SpecFrame.WriteRequest(Control, 1, 0x10));
        Assert.IsEmpty(bench.Send(SpecFrame.WriteRequest(Reset, 1, 1)));
        Assert.IsTrue(bench.Endpoint.ResetReplied);
    }

    private static byte[] InterfaceHash()
    {
        byte[] committed = File.ReadAllBytes(Path.Combine(RepositoryRoot.Find(), "firmware/link/device.yml"));
        return [.. SHA1.HashData(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(committed).Replace("\r\n", "\n"))).Reverse()];
    }
}
