using Escapement.Link;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    /// <summary>Requests in, replies out, at 5.000064 s of the board's clock.</summary>
    [TestClass]
    public class EndpointTests
    {
        private const long NowUs = 5000064;
        private const string Stamp = " 05 00 00 00 02 00";

        // A request and its reply, both without their checksums.
        [TestMethod]
        [DataRow("01 04 00 FF 02", "01 0C 00 FF 12 05 00 00 00 02 00 00 00")]
        [DataRow("01 04 0A FF 01", "01 0B 0A FF 11 05 00 00 00 02 00 E4")]
        [DataRow("01 04 0B FF 01", "01 0B 0B FF 11 05 00 00 00 02 00 40")]
        [DataRow("01 04 08 FF 04", "01 0E 08 FF 14 05 00 00 00 02 00 05 00 00 00")]
        [DataRow("01 04 0E FF 01", "01 0B 0E FF 11 05 00 00 00 02 00 40")]
        [DataRow("01 04 C8 FF 01", "09 0A C8 FF 11 05 00 00 00 02 00")]
        [DataRow("01 04 00 FF 01", "09 0A 00 FF 12 05 00 00 00 02 00")]
        [DataRow("02 05 0A FF 01 01", "02 0B 0A FF 11 05 00 00 00 02 00 01")]
        [DataRow("02 05 0A FF 01 03", "0A 0B 0A FF 11 05 00 00 00 02 00 E4")]
        [DataRow("02 06 00 FF 02 01 00", "0A 0C 00 FF 12 05 00 00 00 02 00 00 00")]
        [DataRow("02 06 0A FF 01 01 01", "0A 0B 0A FF 11 05 00 00 00 02 00 E4")]
        [DataRow("02 08 08 FF 04 E8 03 00 00", "02 0E 08 FF 14 E8 03 00 00 02 00 E8 03 00 00")]
        [DataRow("02 05 3C FF 01 01", "02 0B 3C FF 11 05 00 00 00 02 00 00")]
        [DataRow("01 04 20 FF 04", "01 1A 20 FF 14 05 00 00 00 02 00 50 43 53 45 01 00 00 00 00 00 00 00 00 00 00 00")]
        [DataRow("01 04 09 FF 02", "01 0C 09 FF 12 05 00 00 00 02 00 02 00")]
        [DataRow("01 04 12 FF 02", "01 0C 12 FF 12 05 00 00 00 02 00 00 00")]
        [DataRow("02 05 0E FF 01 80", "02 0B 0E FF 11 05 00 00 00 02 00 80")]
        [DataRow("02 05 0E FF 01 C0", "02 0B 0E FF 11 05 00 00 00 02 00 80")]
        [DataRow("02 05 0E FF 01 40", "02 0B 0E FF 11 05 00 00 00 02 00 40")]
        [DataRow("02 05 0E FF 01 00", "02 0B 0E FF 11 05 00 00 00 02 00 40")]
        [DataRow("02 06 0D FF 02 34 12", "02 0C 0D FF 12 05 00 00 00 02 00 00 00")]
        [DataRow("02 05 0F FF 01 07", "02 0B 0F FF 11 05 00 00 00 02 00 00")]
        [DataRow("02 05 0B FF 01 00", "02 0B 0B FF 11 05 00 00 00 02 00 40")]
        [DataRow("02 05 0B FF 01 02", "0A 0B 0B FF 11 05 00 00 00 02 00 40")]
        [DataRow("02 05 0B FF 01 04", "0A 0B 0B FF 11 05 00 00 00 02 00 40")]
        [DataRow("02 05 0B FF 01 81", "0A 0B 0B FF 11 05 00 00 00 02 00 40")]
        [DataRow("02 05 C8 FF 01 01", "0A 0A C8 FF 11 05 00 00 00 02 00")]
        [DataRow("02 05 12 FF 01 01", "0A 0C 12 FF 12 05 00 00 00 02 00 00 00")]
        [DataRow("02 06 3C FF 02 01 00", "0A 0B 3C FF 11 05 00 00 00 02 00 00")]
        [DataRow("01 0A 00 FF 12 07 00 00 00 09 00", "01 0C 00 FF 12 05 00 00 00 02 00 00 00")]
        public void A_request_is_answered_as_harp_says(string request, string reply)
        {
            Assert.AreEqual(reply, Ask(new HarpEndpoint(new Owner()), request));
        }

        [TestMethod]
        [DataRow("03 04 00 FF 02")]
        [DataRow("09 04 00 FF 02")]
        [DataRow("01 04 00 01 02")]
        public void What_is_no_request_to_this_device_is_ignored_and_counted(string request)
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            Assert.AreEqual("", Ask(endpoint, request));
            Ask(endpoint, "01 04 2D FF 04");
            Assert.AreEqual(1U, Counter(endpoint, LinkCountersField.FramesIgnored));
        }

        [TestMethod]
        public void A_write_reaches_the_owner_once_and_a_refused_one_is_an_error()
        {
            Owner owner = new Owner();
            HarpEndpoint endpoint = new HarpEndpoint(owner);
            Ask(endpoint, "02 05 3C FF 01 07");
            Assert.AreEqual(1, owner.Writes);
            Assert.AreEqual(RegisterAddress.Stop, owner.LastAddress);
            Assert.AreEqual(7, owner.LastValue);
            owner.Answer = false;
            Assert.AreEqual("0A 0B 3C FF 11" + Stamp + " 00", Ask(endpoint, "02 05 3C FF 01 08"));
        }

        [TestMethod]
        public void Events_leave_in_active_mode_only()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            Assert.IsTrue(endpoint.IsStandby);
            Assert.IsFalse(endpoint.QueueEvent(RegisterAddress.SupervisorState, NowUs));
            Ask(endpoint, "02 05 0A FF 01 01");
            Assert.IsFalse(endpoint.IsStandby);
            Assert.IsTrue(endpoint.QueueEvent(RegisterAddress.SupervisorState, NowUs));
            Assert.AreEqual("03 0B 23 FF 11" + Stamp + " 00", Output(endpoint));
            Assert.IsFalse(endpoint.QueueEvent(RegisterAddress.Stop, NowUs));
        }

        [TestMethod]
        public void The_heartbeat_comes_once_a_second()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            endpoint.Pass(NowUs);
            Ask(endpoint, "02 05 0A FF 01 05");
            endpoint.Pass(5990000);
            Assert.AreEqual("", Output(endpoint));
            endpoint.Pass(6000000);
            Assert.AreEqual("03 0C 12 FF 12 06 00 00 00 00 00 01 00", Output(endpoint));
            endpoint.Pass(6010000);
            Assert.AreEqual("", Output(endpoint));
        }

        // What is reported each second in Active mode: the heartbeat, else the older alive event, else nothing.
        [TestMethod]
        [DataRow("85", "03 0C 12 FF 12 06 00 00 00 00 00 01 00")]
        [DataRow("81", "03 0E 08 FF 14 06 00 00 00 00 00 06 00 00 00")]
        [DataRow("01", "")]
        [DataRow("84", "")]
        public void The_event_of_the_second_is_the_one_asked_for(string control, string output)
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            endpoint.Pass(NowUs);
            Assert.AreEqual("02 0B 0A FF 11" + Stamp + " " + control, Ask(endpoint, "02 05 0A FF 01 " + control));
            endpoint.Pass(6000000);
            Assert.AreEqual(output, Output(endpoint));
        }

        [TestMethod]
        public void Every_refused_request_is_counted_as_an_error_reply()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            Ask(endpoint, "01 04 C8 FF 01");
            Ask(endpoint, "02 05 0B FF 01 02");
            Ask(endpoint, "01 04 2D FF 04");
            Assert.AreEqual(2U, Counter(endpoint, LinkCountersField.ErrorReplies));
            Assert.AreEqual(3U, Counter(endpoint, LinkCountersField.FramesGood));
        }

        // A wrong checksum (7 bytes), a byte of garbage, half a frame (4 bytes) given up after 50 ms, and an event from the host.
        [TestMethod]
        public void The_link_counts_what_went_wrong()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            byte[] bytes = Hex.Bytes("02 05 3C FF 01 01 45 00 02 0E 3C FF");
            Assert.AreEqual(12, endpoint.Receive(bytes, 12, NowUs));
            endpoint.Pass(NowUs + 50000);
            Ask(endpoint, "03 04 00 FF 02");
            Ask(endpoint, "02 06 00 FF 02 01 00");
            Ask(endpoint, "01 04 2D FF 04");
            Assert.AreEqual(3U, Counter(endpoint, LinkCountersField.FramesGood));
            Assert.AreEqual(1U, Counter(endpoint, LinkCountersField.ChecksumErrors));
            Assert.AreEqual(12U, Counter(endpoint, LinkCountersField.BytesSkipped));
            Assert.AreEqual(1U, Counter(endpoint, LinkCountersField.HalfFrames));
            Assert.AreEqual(1U, Counter(endpoint, LinkCountersField.FramesIgnored));
            Assert.AreEqual(1U, Counter(endpoint, LinkCountersField.ErrorReplies));
            Assert.AreEqual(0U, Counter(endpoint, LinkCountersField.EventsDropped));
        }

        [TestMethod]
        public void A_read_lets_the_owner_refresh_its_register_and_a_write_does_not()
        {
            Owner owner = new Owner();
            HarpEndpoint endpoint = new HarpEndpoint(owner);
            Ask(endpoint, "01 04 23 FF 01");
            Assert.AreEqual(1, owner.Reads);
            Assert.AreEqual(RegisterAddress.SupervisorState, owner.LastRead);
            Ask(endpoint, "02 05 3C FF 01 07");
            Assert.AreEqual(1, owner.Reads);
            Ask(endpoint, "01 04 0A FF 01");
            Ask(endpoint, "02 05 C8 FF 01 01");
            Assert.AreEqual(1, owner.Reads);
        }

        [TestMethod]
        public void Uid_and_tag_are_set_whole_and_the_serial_number_is_the_uids_beginning()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            Assert.IsFalse(endpoint.SetUid(new byte[15]));
            Assert.IsFalse(endpoint.SetTag(new byte[9]));
            Assert.IsTrue(endpoint.SetUid(Hex.Bytes("01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10")));
            Assert.IsTrue(endpoint.SetTag(Hex.Bytes("61 62 63 64 65 66 67 68")));
            Assert.AreEqual("01 1A 10 FF 11" + Stamp + " 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10", Ask(endpoint, "01 04 10 FF 01"));
            Assert.AreEqual("01 0C 0D FF 12" + Stamp + " 01 02", Ask(endpoint, "01 04 0D FF 02"));
            Assert.AreEqual("01 12 11 FF 11" + Stamp + " 61 62 63 64 65 66 67 68", Ask(endpoint, "01 04 11 FF 01"));
        }

        // There is no non-volatile storage: 25 bytes of another name are accepted, and the reply has the one it keeps, "Escapement".
        [TestMethod]
        public void The_device_keeps_its_name()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            string write = "02 1D 0C FF 01";
            string kept = " 45 73 63 61 70 65 6D 65 6E 74";
            for (int i = 0; i < 25; i++)
            {
                write += " 58";
                kept += i < 15 ? " 00" : "";
            }

            Assert.AreEqual("02 23 0C FF 11" + Stamp + kept, Ask(endpoint, write));
        }

        [TestMethod]
        public void Muted_nothing_is_answered_until_it_is_lifted()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            Assert.AreEqual("", Ask(endpoint, "02 05 0A FF 01 11"));
            Assert.IsTrue(endpoint.IsMuted);
            Assert.AreEqual("", Ask(endpoint, "01 04 00 FF 02"));
            Assert.AreEqual("02 0B 0A FF 11" + Stamp + " 01", Ask(endpoint, "02 05 0A FF 01 01"));
        }

        [TestMethod]
        public void A_reset_is_answered_and_then_nothing_more_is_taken()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            byte[] request = Seal("02 05 0B FF 01 01");
            Assert.IsFalse(endpoint.ResetReplied);
            Assert.AreEqual(request.Length, endpoint.Receive(request, request.Length, NowUs));
            Assert.IsTrue(endpoint.ResetRequested);
            Assert.IsFalse(endpoint.ResetReplied);
            Assert.IsTrue(Output(endpoint).Length > 0);
            Assert.IsTrue(endpoint.ResetReplied);
            Assert.AreEqual("", Ask(endpoint, "01 04 00 FF 02"));
        }

        // Registers to defaults, the name to its default, or both; a write of 0 asks for nothing.
        [TestMethod]
        [DataRow("00", false)]
        [DataRow("01", true)]
        [DataRow("08", true)]
        [DataRow("09", true)]
        [DataRow("10", false)]
        public void Only_what_this_board_can_do_resets_it(string value, bool resets)
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            Ask(endpoint, "02 05 0B FF 01 " + value);
            Assert.AreEqual(resets, endpoint.ResetRequested);
        }

        [TestMethod]
        public void What_came_with_a_reset_and_behind_it_is_forgotten()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            byte[] bytes = Hex.Bytes("02 05 0B FF 01 01 13 01 04 00 FF 02 06 01 04");
            Assert.AreEqual(15, endpoint.Receive(bytes, 15, NowUs));
            Assert.AreEqual(13, endpoint.OutputCount);
            Assert.AreEqual(512, endpoint.InputRoom);
            Assert.IsFalse(endpoint.QueueEvent(RegisterAddress.SupervisorState, NowUs));
        }

        [TestMethod]
        public void While_locked_the_harp_seconds_stay()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            endpoint.LockTimestamp = true;
            Assert.AreEqual("02 0E 08 FF 14" + Stamp + " 05 00 00 00", Ask(endpoint, "02 08 08 FF 04 E8 03 00 00"));
            Assert.AreEqual("01 0B 0E FF 11" + Stamp + " 80", Ask(endpoint, "01 04 0E FF 01"));
        }

        [TestMethod]
        public void A_flood_waits_for_the_next_pass()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            byte[] request = Seal("01 04 00 FF 02");
            byte[] buffer = new byte[128];
            int replies = 0;
            for (int i = 0; i < 20; i++)
            {
                endpoint.Receive(request, request.Length, NowUs);
                replies += endpoint.TakeOutput(buffer) / 14;
            }

            Assert.AreEqual(16, replies);
            endpoint.Pass(NowUs); // ends this pass
            Assert.AreEqual(0, endpoint.TakeOutput(buffer));
            endpoint.Pass(NowUs + 10000);
            Assert.AreEqual(4 * 14, endpoint.TakeOutput(buffer));
        }

        // 16 requests of 7 bytes fill a pass; what follows fills the parser's 512 bytes, and the rest is the caller's.
        [TestMethod]
        public void A_flood_is_taken_as_far_as_there_is_room()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            byte[] flood = new byte[100 * 7];
            byte[] request = Seal("02 05 3C FF 01 01");
            for (int i = 0; i < flood.Length; i++)
            {
                flood[i] = request[i % 7];
            }

            Assert.AreEqual(512, endpoint.InputRoom);
            int taken = endpoint.Receive(flood, flood.Length, NowUs);
            Assert.AreEqual(16 * 7 + 512, taken + endpoint.InputRoom);
            Assert.IsTrue(taken < flood.Length);
            Assert.AreEqual(16 * 13, endpoint.OutputCount);
            Assert.AreEqual(0, endpoint.Receive(flood, flood.Length, NowUs));
        }

        // Events of 76 bytes in a queue of 2,048: after 24 there are 224 left, enough for one more and the 128 of a reply; after 25 there are not.
        [TestMethod]
        public void An_event_without_room_is_dropped_and_counted()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            Ask(endpoint, "02 05 0A FF 01 01");
            int queued = 0;
            while (endpoint.QueueEvent(RegisterAddress.Status, NowUs))
            {
                Assert.IsTrue(queued < 100, "it never fills");
                queued++;
            }

            Assert.AreEqual(25, queued);
            Assert.AreEqual(25 * 76, endpoint.OutputCount);
            byte[] buffer = new byte[128];
            while (endpoint.TakeOutput(buffer) > 0)
            {
            }

            Ask(endpoint, "01 04 2D FF 04");
            Assert.AreEqual(1U, Counter(endpoint, LinkCountersField.EventsDropped));
        }

        [TestMethod]
        public void A_dump_brings_every_register_once_in_ascending_order_one_a_pass()
        {
            Owner owner = new Owner();
            HarpEndpoint endpoint = new HarpEndpoint(owner);
            Assert.AreEqual("02 0B 0A FF 11" + Stamp + " 00", Ask(endpoint, "02 05 0A FF 01 08"));
            byte[] buffer = new byte[128];
            int reads = 0;
            for (int address = 0; address < 256; address++)
            {
                if (!RegisterTable.Exists(address))
                {
                    continue;
                }

                Assert.AreEqual(0, endpoint.TakeOutput(buffer));
                endpoint.Pass(NowUs);
                Assert.AreEqual(12 + RegisterTable.BytesOf(address), endpoint.TakeOutput(buffer));
                Assert.AreEqual(MessageType.Read, (int)buffer[0]);
                Assert.AreEqual(address, (int)buffer[2]);
                Assert.AreEqual(RegisterTable.TypeOf(address) | 0x10, (int)buffer[4]);
                Assert.AreEqual(Hex.Text(endpoint.Registers.Store, endpoint.Registers.OffsetOf(address), RegisterTable.BytesOf(address)),
                    Hex.Text(buffer, 11, RegisterTable.BytesOf(address)));
                reads += address >= RegisterTable.FirstApplicationAddress ? 1 : 0;
                Assert.AreEqual(reads, owner.Reads);
                if (address == RegisterAddress.TimestampSeconds)
                {
                    Assert.AreEqual("05 00 00 00", Hex.Text(buffer, 11, 4));
                }
            }

            endpoint.Pass(NowUs);
            Assert.AreEqual(0, endpoint.TakeOutput(buffer));
        }

        // A dump is a reply: mute or reset end it. A reset's own reply comes, and nothing after it.
        [TestMethod]
        [DataRow("02 05 0A FF 01 10")]
        [DataRow("02 05 0B FF 01 01")]
        public void A_dump_ends_when_replies_do(string request)
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            Ask(endpoint, "02 05 0A FF 01 08");
            endpoint.Pass(NowUs);
            Assert.IsTrue(Output(endpoint).Length > 0);
            Ask(endpoint, request);
            endpoint.Pass(NowUs);
            Assert.AreEqual("", Output(endpoint));
            Ask(endpoint, "02 05 0A FF 01 00");
            endpoint.Pass(NowUs);
            Assert.AreEqual("", Output(endpoint));
        }

        [TestMethod]
        public void A_dump_waits_for_room_and_loses_nothing()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            Ask(endpoint, "02 05 0A FF 01 09");
            while (endpoint.QueueEvent(RegisterAddress.SupervisorState, NowUs))
            {
            }

            int waiting = endpoint.OutputCount;
            endpoint.Pass(NowUs);
            Assert.AreEqual(waiting, endpoint.OutputCount);
            byte[] buffer = new byte[128];
            while (endpoint.TakeOutput(buffer) > 0)
            {
            }

            endpoint.Pass(NowUs);
            Assert.AreEqual("01 0C 00 FF 12" + Stamp + " 00 00", Output(endpoint));
        }

        // While replies wait for the host to read, it is not the line that is slow: the half frame behind them is kept.
        [TestMethod]
        public void A_half_frame_is_kept_while_the_board_itself_is_busy()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            byte[] request = Seal("01 04 00 FF 02");
            for (int i = 0; i < 17; i++)
            {
                endpoint.Receive(request, i < 16 ? 6 : 3, NowUs);
            }

            endpoint.Pass(NowUs + 40000); // the pass is full: the time-out begins here
            byte[] buffer = new byte[128];
            while (endpoint.TakeOutput(buffer) > 0)
            {
            }

            endpoint.Pass(NowUs + 80000);
            byte[] rest = { request[3], request[4], request[5] };
            endpoint.Receive(rest, 3, NowUs + 81000);
            Assert.AreEqual(14, endpoint.TakeOutput(buffer));
        }

        [TestMethod]
        public void The_host_locks_and_unlocks_the_timestamp()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            Assert.AreEqual("02 0B 0E FF 11" + Stamp + " 80", Ask(endpoint, "02 05 0E FF 01 80"));
            Assert.AreEqual("02 0E 08 FF 14" + Stamp + " 05 00 00 00", Ask(endpoint, "02 08 08 FF 04 E8 03 00 00"));
            Assert.AreEqual("02 0B 0E FF 11" + Stamp + " 80", Ask(endpoint, "02 05 0E FF 01 00"));
            Assert.AreEqual("02 0B 0E FF 11" + Stamp + " 40", Ask(endpoint, "02 05 0E FF 01 40"));
        }

        // Harp 1.13, firmware 0.1, hardware 0.1, each by itself and together with the patch numbers, the core's name and the hash of device.yml.
        [TestMethod]
        public void Versions_are_told_both_ways()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            int[] versions = { 0, 1, 0, 1, 13, 0, 1 };
            for (int i = 0; i < 7; i++)
            {
                Assert.AreEqual(versions[i], endpoint.Registers.GetU8(i + 1, 0));
            }

            string hash = Hex.Text(LinkIdentity.InterfaceHash, 0, 20);
            Assert.AreEqual("01 2A 13 FF 11" + Stamp + " 01 0D 00 00 01 00 00 01 00 45 53 43 " + hash, Ask(endpoint, "01 04 13 FF 01"));
        }

        [TestMethod]
        public void The_owners_lock_of_the_timestamp_can_be_seen()
        {
            HarpEndpoint endpoint = new HarpEndpoint(new Owner());
            Assert.IsFalse(endpoint.LockTimestamp);
            endpoint.LockTimestamp = true;
            Assert.IsTrue(endpoint.LockTimestamp);
            Assert.AreEqual("02 0B 0E FF 11" + Stamp + " 80", Ask(endpoint, "02 05 0E FF 01 40"));
            endpoint.LockTimestamp = false;
            Assert.AreEqual("01 0B 0E FF 11" + Stamp + " 40", Ask(endpoint, "01 04 0E FF 01"));
        }

        private static uint Counter(HarpEndpoint endpoint, int field)
        {
            return endpoint.Registers.GetU32(RegisterAddress.LinkCounters, field);
        }

        private static string Ask(HarpEndpoint endpoint, string request)
        {
            byte[] bytes = Seal(request);
            endpoint.Receive(bytes, bytes.Length, NowUs);
            return Output(endpoint);
        }

        /// <summary>What is to be sent: one frame at most, its checksum checked and left out.</summary>
        private static string Output(HarpEndpoint endpoint)
        {
            byte[] buffer = new byte[128];
            int count = endpoint.TakeOutput(buffer);
            if (count == 0)
            {
                return "";
            }

            Assert.AreEqual(count, buffer[1] + 2, "more than one frame");
            Assert.AreEqual(Sum(buffer, count - 1), (int)buffer[count - 1]);
            return Hex.Text(buffer, 0, count - 1);
        }

        private static byte[] Seal(string request)
        {
            byte[] bytes = Hex.Bytes(request + " 00");
            bytes[bytes.Length - 1] = (byte)Sum(bytes, bytes.Length - 1);
            return bytes;
        }

        private static int Sum(byte[] bytes, int count)
        {
            int sum = 0;
            for (int i = 0; i < count; i++)
            {
                sum += bytes[i];
            }

            return sum & 0xFF;
        }

        /// <summary>Answers writes as told and changes no register, so the replies carry what was there.</summary>
        private sealed class Owner : IRegisterWrites
        {
            public bool Answer = true;
            public int Writes;
            public int LastAddress;
            public int LastValue;
            public int Reads;
            public int LastRead;

            public bool OnWrite(int address, byte[] payload, int offset, int length, long nowUs)
            {
                Writes++;
                LastAddress = address;
                LastValue = payload[offset];
                return Answer;
            }

            public void OnRead(int address, long nowUs)
            {
                Reads++;
                LastRead = address;
            }
        }
    }
}
