namespace Escapement.Link.Tests;

/// <summary>Requests, refusals, muting, dumps, events and the bounds of the queues.</summary>
[TestClass]
public sealed class EndpointTests
{
    private const int Status = RegisterAddress.Status, Stop = RegisterAddress.Stop, Chunk = RegisterAddress.UploadChunk, Arm = RegisterAddress.Arm;

    private static readonly int[] AllAddresses = [.. Enumerable.Range(0, 256).Where(RegisterTable.Exists)];

    [TestMethod]
    public void An_unknown_register_is_an_error_without_payload()
    {
        var bench = new Bench();
        foreach (int address in Enumerable.Range(0, 256).Except(AllAddresses))
        {
            Assert.AreEqual(new SpecFrame(SpecFrame.Read, true, address, 0xFF, 4, (5, 0), []), bench.Ask(SpecFrame.ReadRequest(address, 4)));
            Assert.AreEqual(new SpecFrame(SpecFrame.Write, true, address, 0xFF, 2, (5, 0), []), bench.Ask(SpecFrame.WriteRequest(address, 2, 1, 2)));
        }

        Assert.IsEmpty(bench.Owner.Writes);
    }

    [TestMethod]
    public void A_wrong_payload_type_is_an_error_in_the_registers_own_type()
    {
        var bench = new Bench();
        foreach (int address in AllAddresses)
        {
            int type = RegisterTable.TypeOf(address);
            foreach (int wrong in Enumerable.Range(0, 256).Where(t => (t & 0x10) == 0 && t != type))
            {
                Assert.AreEqual(new SpecFrame(SpecFrame.Read, true, address, 0xFF, type, (5, 0), []), bench.Ask(SpecFrame.ReadRequest(address, wrong)));
                var write = bench.Ask(SpecFrame.WriteRequest(address, wrong, new byte[RegisterTable.BytesOf(address)]));
                Assert.IsTrue(write.Error && write.Type == SpecFrame.Write && write.PayloadType == type, write.ToString());
            }
        }

        Assert.IsEmpty(bench.Owner.Writes);
    }

    [TestMethod]
    public void A_wrong_length_on_a_write_is_an_error_with_the_content_in_force()
    {
        var bench = new Bench();
        foreach (int address in AllAddresses.Where(RegisterTable.CanWrite))
        {
            byte[] content = bench.Read(address).Payload;
            for (int length = 0; length <= 116; length++)
            {
                if (length != content.Length)
                {
                    var reply = bench.Ask(SpecFrame.WriteRequest(address, RegisterTable.TypeOf(address), new byte[length]));
                    Assert.IsTrue(reply.Error && reply.Payload.SequenceEqual(content), reply.ToString());
                }
            }
        }

        Assert.IsEmpty(bench.Owner.Writes);
    }

    [TestMethod]
    public void A_write_to_a_read_only_application_register_is_an_error_and_never_reaches_the_owner()
    {
        var bench = new Bench();
        bench.Endpoint.Registers.SetU64(Status, 2, 77);
        foreach (int address in AllAddresses.Where(a => a >= 32 && !RegisterTable.CanWrite(a)))
        {
            byte[] content = bench.Read(address).Payload;
            var reply = bench.Write(address, new byte[content.Length]);
            Assert.IsTrue(reply.Error);
            if (address != RegisterAddress.LinkCounters)
            {
                CollectionAssert.AreEqual(content, reply.Payload);
            }
        }

        Assert.IsEmpty(bench.Owner.Writes);
    }

    [TestMethod]
    public void An_out_of_range_value_is_an_error_with_the_content_in_force()
    {
        var bench = new Bench();
        bench.Write(Stop, 7);
        bench.Owner.Accept = (_, payload) => payload[0] < 10;
        Assert.AreEqual(new SpecFrame(SpecFrame.Write, true, Stop, 0xFF, 1, (5, 0), [7]), bench.Write(Stop, 10));
    }

    [TestMethod]
    public void The_reply_to_a_write_carries_the_content_afterwards_and_not_the_request()
    {
        var bench = new Bench();
        bench.Owner.Endpoint = null; // the owner keeps nothing of what is written
        bench.Endpoint.Registers.SetU32(Arm, 1, 42);
        var reply = bench.Write(Arm, Enumerable.Repeat((byte)9, 48).ToArray());
        Assert.IsFalse(reply.Error);
        Assert.AreEqual(42u, reply.U32(1));
        Assert.AreEqual(0u, reply.U32(0));
        CollectionAssert.AreEqual(Enumerable.Repeat((byte)9, 48).ToArray(), bench.Owner.Writes.Single().Payload);
        Assert.AreEqual(bench.NowUs, bench.Owner.Writes.Single().NowUs);
    }

    [TestMethod]
    public void The_owner_refreshes_what_is_read_and_is_not_asked_about_core_registers()
    {
        var bench = new Bench();
        bench.Owner.BeforeRead = address => bench.Endpoint.Registers.SetU64(address, 0, 123);
        Assert.AreEqual(123u, bench.Read(Status).U32(0));
        bench.Read(10);
        CollectionAssert.AreEqual(new[] { Status }, bench.Owner.Reads);
    }

    [TestMethod]
    public void A_timestamp_in_a_request_is_accepted_and_ignored()
    {
        var bench = new Bench();
        Assert.AreEqual((5u, 0), bench.Ask(SpecFrame.ReadRequest(0, 2) with { Timestamp = (99, 5) }).Timestamp);
        bench.Ask(SpecFrame.WriteRequest(Stop, 1, 3) with { Timestamp = (99, 5) });
        CollectionAssert.AreEqual(new byte[] { 3 }, bench.Owner.Writes.Single().Payload);
    }

    [TestMethod]
    public void A_payload_in_a_read_request_is_ignored()
    {
        var bench = new Bench();
        Assert.AreEqual(bench.Read(10), bench.Ask(SpecFrame.ReadRequest(10, 1) with { Payload = [0x10, 1, 2] }));
        Assert.IsFalse(bench.Endpoint.IsMuted);
    }

    [TestMethod]
    public void Other_ports_events_and_error_bits_are_ignored_and_counted()
    {
        var bench = new Bench();
        var write = SpecFrame.WriteRequest(Stop, 1, 1);
        SpecFrame[] ignored = [write with { Port = 0 }, write with { Port = 0xFE }, write with { Type = SpecFrame.Event }, write with { Error = true },
            SpecFrame.ReadRequest(0, 2) with { Error = true }, SpecFrame.ReadRequest(0, 2) with { Port = 1 }];
        foreach (var frame in ignored)
        {
            Assert.IsEmpty(bench.Send(frame));
        }

        Assert.IsEmpty(bench.Owner.Writes);
        Assert.AreEqual((uint)ignored.Length, bench.Counter(LinkCountersField.FramesIgnored));
        Assert.AreEqual((uint)ignored.Length + 2, bench.Counter(LinkCountersField.FramesGood));
    }

    [TestMethod]
    public void Muted_means_no_reply_no_error_and_no_dump()
    {
        var bench = new Bench();
        Assert.IsEmpty(bench.Send(SpecFrame.WriteRequest(10, 1, 0x18)), "The request that mutes is not answered either.");
        Assert.IsTrue(bench.Endpoint.IsMuted);
        Assert.IsEmpty(bench.Send(SpecFrame.ReadRequest(0, 2)));
        Assert.IsEmpty(bench.Send(SpecFrame.ReadRequest(200, 2)));
        Assert.IsEmpty(bench.Send(SpecFrame.WriteRequest(10, 1, 0x13)));
        Assert.IsEmpty(bench.Send(SpecFrame.WriteRequest(Stop, 1, 1)));
        Assert.HasCount(1, bench.Owner.Writes, "Muted requests are carried out.");
        for (int pass = 0; pass < 100; pass++)
        {
            Assert.IsEmpty(bench.Pass());
        }

        CollectionAssert.AreEqual(new byte[] { 0 }, bench.Write(10, 0).Payload, "The request that ends it is answered.");
        Assert.AreEqual(0u, bench.Counter(LinkCountersField.ErrorReplies));
        Assert.IsEmpty(bench.Pass(), "A dump asked for while muted is not made up for.");
    }

    [TestMethod]
    public void Muting_ends_a_dump_and_leaves_events()
    {
        var bench = new Bench();
        bench.Write(10, 0x09);
        Assert.HasCount(1, bench.Pass());
        bench.Send(SpecFrame.WriteRequest(10, 1, 0x11));
        Assert.IsEmpty(bench.Pass());
        Assert.IsTrue(bench.Endpoint.QueueEvent(Status, bench.NowUs));
        Assert.AreEqual(SpecFrame.Event, bench.Output().Single().Type);
    }

    [TestMethod]
    [DataRow(0x08)]
    [DataRow(0x09)]
    public void A_dump_sends_every_register_by_rising_address_one_a_pass(int control)
    {
        var bench = new Bench();
        for (int i = 0; i < 8; i++)
        {
            bench.Endpoint.Registers.SetU64(Status, i, 1000 + i);
        }

        var reply = bench.Write(10, (byte)control);
        CollectionAssert.AreEqual(new[] { (byte)(control & 1) }, reply.Payload);
        var dumped = new List<SpecFrame>();
        foreach (int address in AllAddresses)
        {
            var frame = bench.Pass(10).Single();
            dumped.Add(frame);
            if (address != RegisterAddress.LinkCounters) // counts the Read itself
            {
                Assert.AreEqual(bench.Read(address), frame, "Content as a Read gives it.");
            }
        }

        Assert.IsEmpty(bench.Pass(10));
        CollectionAssert.AreEqual(AllAddresses, dumped.Select(f => f.Address).ToArray());
    }

    [TestMethod]
    public void A_second_dump_request_begins_anew()
    {
        var bench = new Bench();
        bench.Write(10, 0x08);
        bench.Pass(10);
        bench.Pass(10);
        bench.Write(10, 0x08);
        CollectionAssert.AreEqual(AllAddresses, Enumerable.Range(0, AllAddresses.Length + 3).SelectMany(_ => bench.Pass(10)).Select(f => f.Address).ToArray());
    }

    [TestMethod]
    public void Every_register_can_be_read_without_side_effect()
    {
        var bench = new Bench();
        byte[] before = bench.Endpoint.Registers.Store.ToArray();
        foreach (int address in AllAddresses.Except([8, 9, 14, RegisterAddress.LinkCounters]))
        {
            bench.Read(address);
        }

        CollectionAssert.AreEqual(before, bench.Endpoint.Registers.Store);
        Assert.IsTrue(bench.Endpoint.IsStandby && !bench.Endpoint.ResetRequested && bench.Owner.Writes.Count == 0);
    }

    [TestMethod]
    public void An_event_carries_the_register_and_the_clock()
    {
        var bench = new Bench();
        bench.Write(10, 1);
        bench.Endpoint.Registers.SetU32(RegisterAddress.Faults, 0, 0xDEADBEEF);
        Assert.IsTrue(bench.Endpoint.QueueEvent(RegisterAddress.Faults, 6_000_064));
        Assert.AreEqual(new SpecFrame(SpecFrame.Event, false, 37, 0xFF, 4, (6, 2), [0xEF, 0xBE, 0xAD, 0xDE, 0, 0, 0, 0]), bench.Output().Single());
    }

    [TestMethod]
    public void A_register_without_events_sends_none()
    {
        var bench = new Bench();
        bench.Write(10, 1);
        foreach (int address in Enumerable.Range(-1, 300).Where(a => !RegisterTable.CanEvent(a)))
        {
            Assert.IsFalse(bench.Endpoint.QueueEvent(address, bench.NowUs));
        }

        Assert.IsEmpty(bench.Output());
    }

    [TestMethod]
    public void Events_beyond_the_queue_are_dropped_and_counted_and_the_rest_arrive_in_order()
    {
        var bench = new Bench();
        bench.Write(10, 1);
        int queued = 0;
        for (int i = 0; i < 100; i++)
        {
            bench.Endpoint.Registers.SetU64(Status, 0, i);
            queued += bench.Endpoint.QueueEvent(Status, bench.NowUs) ? 1 : 0;
        }

        // 76 bytes each; 128 stay free for a reply: n events fit while 2048 - 76 (n - 1) >= 204.
        Assert.AreEqual(25, queued);
        CollectionAssert.AreEqual(Enumerable.Range(0, 25).Select(i => (uint)i).ToArray(), bench.Output().Select(e => e.U32(0)).ToArray());
        Assert.AreEqual(75u, bench.Counter(LinkCountersField.EventsDropped));
    }

    [TestMethod]
    public void Events_out_of_a_write_cannot_push_its_reply_out()
    {
        var bench = new Bench();
        bench.Write(10, 1);
        bench.Owner.Accept = (_, _) =>
        {
            for (int i = 0; i < 300; i++)
            {
                bench.Endpoint.QueueEvent(i < 100 ? Status : RegisterAddress.SupervisorState, bench.NowUs);
            }

            return true;
        };
        var output = bench.Send(SpecFrame.WriteRequest(Chunk, 1, new byte[68]));
        Assert.AreEqual(Chunk, output[^1].Address, "First in, first out: the reply comes last.");
        Assert.AreEqual(SpecFrame.Write, output[^1].Type);
    }

    [TestMethod]
    public void A_flood_of_requests_is_held_back_and_every_one_is_answered_in_order()
    {
        var bench = new Bench();
        int[] asked = [.. Enumerable.Range(0, 2000).Select(i => AllAddresses[i % AllAddresses.Length])];
        byte[] flood = [.. asked.SelectMany(a => SpecFrame.ReadRequest(a, RegisterTable.TypeOf(a)).Encode())];
        var answered = new List<SpecFrame>();
        var port = new byte[128];
        for (int at = 0, pass = 0; answered.Count < asked.Length; pass++)
        {
            Assert.IsLessThan(5000, pass, "The flood must end.");
            byte[] rest = flood[at..];
            at += bench.Endpoint.Receive(rest, rest.Length, bench.NowUs += 10_000);
            bench.Endpoint.Pass(bench.NowUs);
            Assert.IsLessThanOrEqualTo(TransmitQueue.Capacity, bench.Endpoint.OutputCount);
            answered.AddRange(SpecFrame.Scan(port.AsSpan(0, bench.Endpoint.TakeOutput(port))));
        }

        CollectionAssert.AreEqual(asked, answered.Select(f => f.Address).ToArray());
        Assert.IsFalse(answered.Any(f => f.Error));
    }

    [TestMethod]
    public void One_pass_handles_a_bounded_number_of_requests()
    {
        var bench = new Bench();
        byte[] flood = [.. Enumerable.Range(0, 40).SelectMany(_ => SpecFrame.WriteRequest(Stop, 1, 1).Encode())];
        Assert.AreEqual(flood.Length, bench.Endpoint.Receive(flood, flood.Length, bench.NowUs));
        Assert.HasCount(HarpEndpoint.RequestsPerPass, bench.Owner.Writes);
        bench.Pass();
        bench.Endpoint.Receive([], 0, bench.NowUs);
        Assert.HasCount(HarpEndpoint.RequestsPerPass, bench.Owner.Writes);
        bench.Pass();
        bench.Pass();
        Assert.HasCount(40, bench.Owner.Writes);
    }

    [TestMethod]
    public void With_the_queue_full_no_request_is_taken_and_input_room_says_so()
    {
        var bench = new Bench();
        byte[] request = SpecFrame.WriteRequest(Chunk, 1, new byte[68]).Encode();
        int offered = 0, taken = 0;
        for (int i = 0; i < 100; i++)
        {
            offered += request.Length;
            int room = bench.Endpoint.InputRoom;
            int now = bench.Endpoint.Receive(request, request.Length, bench.NowUs);
            Assert.AreEqual(Math.Min(room, request.Length), now);
            taken += now;
            if (now < request.Length)
            {
                break;
            }

            bench.Endpoint.Pass(bench.NowUs);
        }

        Assert.AreEqual(0, bench.Endpoint.InputRoom);
        Assert.HasCount(25, bench.Owner.Writes, "80 bytes a reply, and none is handled below 128 bytes of room.");
        Assert.IsLessThan(offered, taken);
        bench.Output();
        bench.Pass();
        Assert.IsGreaterThan(25, bench.Owner.Writes.Count);
    }

    [TestMethod]
    public void A_half_frame_that_the_device_itself_keeps_waiting_does_not_time_out()
    {
        var bench = new Bench();
        byte[] fill = [.. Enumerable.Range(0, 26).SelectMany(_ => SpecFrame.WriteRequest(Chunk, 1, new byte[68]).Encode())];
        byte[] last = SpecFrame.WriteRequest(Stop, 1, 9).Encode();
        int at = 0;
        byte[] both = [.. fill, .. last];
        for (int pass = 0; pass < 200 && at < both.Length - 3; pass++)
        {
            byte[] rest = both[at..^3];
            int taken = bench.Endpoint.Receive(rest, rest.Length, bench.NowUs);
            bench.Endpoint.Pass(bench.NowUs += 10_000);
            at += taken;
        }

        for (int pass = 0; pass < 100; pass++)
        {
            bench.Endpoint.Pass(bench.NowUs += 10_000);
        }

        bench.Output();
        bench.Endpoint.Receive(both[at..], 3, bench.NowUs += 10_000);
        bench.Pass();
        Assert.AreEqual(Stop, bench.Owner.Writes[^1].Address);
        bench.Output();
        Assert.AreEqual(0u, bench.Counter(LinkCountersField.HalfFrames));
    }

    [TestMethod]
    public void Half_frames_are_given_up_in_passes_and_counted()
    {
        var bench = new Bench();
        byte[] half = [.. SpecFrame.WriteRequest(Arm, 4, new byte[48]).Encode().AsSpan(0, 30)];
        bench.Endpoint.Receive(half, half.Length, bench.NowUs);
        for (int pass = 0; pass < 4; pass++)
        {
            bench.Pass();
        }

        Assert.AreEqual(FrameParser.Capacity - half.Length, bench.Endpoint.InputRoom);
        bench.Pass();
        Assert.AreEqual(FrameParser.Capacity, bench.Endpoint.InputRoom);
        Assert.AreEqual(1u, bench.Counter(LinkCountersField.HalfFrames));
        Assert.AreEqual((uint)half.Length, bench.Counter(LinkCountersField.BytesSkipped));
        Assert.IsEmpty(bench.Owner.Writes);
    }

    [TestMethod]
    public void The_owners_counter_in_the_link_counters_is_left_alone()
    {
        var bench = new Bench();
        bench.Endpoint.Registers.SetU32(RegisterAddress.LinkCounters, LinkCountersField.CommandsRefused, 12);
        bench.Read(0);
        bench.Ask(SpecFrame.ReadRequest(200, 1));
        var counters = bench.Read(RegisterAddress.LinkCounters);
        CollectionAssert.AreEqual(new uint[] { 3, 0, 0, 0, 0, 1, 12, 0 }, Enumerable.Range(0, 8).Select(counters.U32).ToArray());
    }

    [TestMethod]
    public void A_buffer_of_128_bytes_takes_every_frame_this_device_can_send()
    {
        foreach (int address in AllAddresses)
        {
            Assert.IsLessThanOrEqualTo(HarpFrame.MaxBytes, RegisterTable.BytesOf(address) + HarpFrame.TimestampedOverhead);
        }
    }

    [TestMethod]
    public void Identity_says_what_the_device_is_from_the_first_byte()
    {
        var identity = new Bench().Read(RegisterAddress.Identity);
        Assert.AreEqual(0x45534350u, identity.U32(IdentityField.Magic));
        Assert.AreEqual(1u, identity.U32(IdentityField.InterfaceVersion));
    }
}
