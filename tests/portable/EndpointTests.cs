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
            Assert.AreEqual(1U, endpoint.Registers.GetU32(RegisterAddress.LinkCounters, LinkCountersField.FramesIgnored));
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
            Assert.AreEqual(request.Length, endpoint.Receive(request, request.Length, NowUs));
            Assert.IsTrue(endpoint.ResetRequested);
            Assert.IsFalse(endpoint.ResetReplied);
            Assert.IsTrue(Output(endpoint).Length > 0);
            Assert.IsTrue(endpoint.ResetReplied);
            Assert.AreEqual("", Ask(endpoint, "01 04 00 FF 02"));
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

            public bool OnWrite(int address, byte[] payload, int offset, int length, long nowUs)
            {
                Writes++;
                LastAddress = address;
                LastValue = payload[offset];
                return Answer;
            }

            public void OnRead(int address, long nowUs)
            {
            }
        }
    }
}
