using Escapement.Link;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    [TestClass]
    public class RegisterTests
    {
        [TestMethod]
        public void Numbers_go_in_and_come_out_little_endian()
        {
            RegisterFile file = new RegisterFile();
            Assert.IsTrue(file.SetU32(RegisterAddress.Digest, 1, 0xFEDCBA98));
            Assert.AreEqual(0xFEDCBA98, file.GetU32(RegisterAddress.Digest, 1));
            int at = file.OffsetOf(RegisterAddress.Digest) + 4;
            Assert.AreEqual("98 BA DC FE", Hex.Text(file.Store, at, 4));
            Assert.IsTrue(file.SetU64(RegisterAddress.Challenge, 0, 0x0123456789ABCDEF));
            Assert.AreEqual(0x0123456789ABCDEF, file.GetU64(RegisterAddress.Challenge, 0));
            Assert.AreEqual("EF CD AB 89 67 45 23 01", Hex.Text(file.Store, file.OffsetOf(RegisterAddress.Challenge), 8));
            Assert.IsTrue(file.SetU8(RegisterAddress.SupervisorState, 0, 0x105));
            Assert.AreEqual(5, file.GetU8(RegisterAddress.SupervisorState, 0));
            Assert.IsTrue(file.SetU16(RegisterAddress.Heartbeat, 0, 0x1234));
            Assert.AreEqual(0x1234, file.GetU16(RegisterAddress.Heartbeat, 0));
            Assert.AreEqual(0, file.OffsetOf(RegisterAddress.WhoAmI));
            Assert.IsTrue(file.SetU16(RegisterAddress.WhoAmI, 0, 0xABCD));
            Assert.AreEqual(0xABCD, file.GetU16(RegisterAddress.WhoAmI, 0));
        }

        // Digest is U32[4], SupervisorState U8, Challenge U64; 34 is no register.
        [TestMethod]
        [DataRow(RegisterAddress.Digest, 4)]
        [DataRow(RegisterAddress.Digest, -1)]
        [DataRow(RegisterAddress.SupervisorState, 0)]
        [DataRow(RegisterAddress.Challenge, 0)]
        [DataRow(34, 0)]
        [DataRow(-1, 0)]
        [DataRow(256, 0)]
        public void An_element_that_is_not_there_changes_nothing(int address, int element)
        {
            RegisterFile file = new RegisterFile();
            Assert.IsFalse(file.SetU32(address, element, 0xFFFFFFFF));
            Assert.IsFalse(file.SetU32(address, element, -1));
            Assert.AreEqual(0U, file.GetU32(address, element));
            int other = address == RegisterAddress.SupervisorState ? RegisterAddress.Digest : address;
            Assert.IsFalse(file.SetU8(other, element, 0xFF));
            Assert.AreEqual(0, file.GetU8(other, element));
            Assert.IsFalse(file.SetU16(address, element, 0xFFFF));
            Assert.AreEqual(0, file.GetU16(address, element));
            other = address == RegisterAddress.Challenge ? RegisterAddress.Digest : address;
            Assert.IsFalse(file.SetU64(other, element, -1));
            Assert.AreEqual(0L, file.GetU64(other, element));
            Assert.AreEqual(RegisterTable.Exists(address), file.OffsetOf(address) >= 0);
            for (int i = 0; i < file.Store.Length; i++)
            {
                Assert.AreEqual(0, (int)file.Store[i]);
            }
        }

        [TestMethod]
        [DataRow(RegisterAddress.WhoAmI, PayloadType.U16, 1, 2, false, false)]
        [DataRow(RegisterAddress.Status, PayloadType.U64, 8, 64, false, true)]
        [DataRow(RegisterAddress.Stop, PayloadType.U8, 1, 1, true, false)]
        [DataRow(RegisterAddress.UploadChunk, PayloadType.U8, 68, 68, true, false)]
        [DataRow(RegisterAddress.TimestampSeconds, PayloadType.U32, 1, 4, true, true)]
        [DataRow(34, 0, 0, 0, false, false)]
        [DataRow(200, 0, 0, 0, false, false)]
        [DataRow(-1, 0, 0, 0, false, false)]
        public void The_table_knows_each_register(int address, int type, int length, int bytes, bool canWrite, bool canEvent)
        {
            Assert.AreEqual(type != 0, RegisterTable.Exists(address));
            Assert.AreEqual(type, RegisterTable.TypeOf(address));
            Assert.AreEqual(length, RegisterTable.LengthOf(address));
            Assert.AreEqual(bytes, RegisterTable.BytesOf(address));
            Assert.AreEqual(canWrite, RegisterTable.CanWrite(address));
            Assert.AreEqual(canEvent, RegisterTable.CanEvent(address));
        }

        // The numbers of Harp's binary protocol.
        [TestMethod]
        [DataRow(0x01, PayloadType.U8)]
        [DataRow(0x02, PayloadType.U16)]
        [DataRow(0x04, PayloadType.U32)]
        [DataRow(0x08, PayloadType.U64)]
        [DataRow(0x81, PayloadType.S8)]
        [DataRow(0x82, PayloadType.S16)]
        [DataRow(0x84, PayloadType.S32)]
        [DataRow(0x88, PayloadType.S64)]
        [DataRow(0x44, PayloadType.Float)]
        [DataRow(1, MessageType.Read)]
        [DataRow(2, MessageType.Write)]
        [DataRow(3, MessageType.Event)]
        [DataRow(0x08, HarpFrame.ErrorFlag)]
        [DataRow(0x10, HarpFrame.TimestampFlag)]
        [DataRow(255, HarpFrame.DevicePort)]
        [DataRow(32, HarpFrame.TickUs)]
        public void The_protocols_numbers_are_harps(int harp, int ours)
        {
            Assert.AreEqual(harp, ours);
        }

        [TestMethod]
        public void A_register_is_set_whole_or_not_at_all()
        {
            RegisterFile file = new RegisterFile();
            byte[] tag = Hex.Bytes("01 02 03 04 05 06 07 08 09");
            Assert.IsFalse(file.SetBytes(RegisterAddress.Tag, tag, 0, 9));
            Assert.IsFalse(file.SetBytes(34, tag, 0, 0));
            Assert.IsTrue(file.SetBytes(RegisterAddress.Tag, tag, 1, 8));
            byte[] read = new byte[10];
            Assert.AreEqual(8, file.GetBytes(RegisterAddress.Tag, read, 2));
            Assert.AreEqual("00 00 02 03 04 05 06 07 08 09", Hex.Text(read, 0, 10));
            Assert.AreEqual(0, file.GetBytes(34, read, 0));
        }

        [TestMethod]
        public void The_harp_clock_is_the_boards_clock_and_whole_seconds()
        {
            HarpClock clock = new HarpClock();
            Assert.AreEqual(5U, clock.Seconds(5000064));
            Assert.AreEqual(2, clock.Ticks(5000064));
            Assert.AreEqual(31249, clock.Ticks(5999999));
            clock.SetSeconds(1000, 5000064);
            Assert.AreEqual(1000U, clock.Seconds(5000064));
            Assert.AreEqual(2, clock.Ticks(5000064));
            Assert.AreEqual(1001U, clock.Seconds(6000000));
        }

        [TestMethod]
        public void A_locked_clock_keeps_its_time_and_only_its_owner_lifts_the_owners_lock()
        {
            HarpClock clock = new HarpClock();
            clock.LockedByOwner = true;
            clock.Unlock();
            clock.SetSeconds(1000, 5000000);
            Assert.IsTrue(clock.IsLocked);
            Assert.AreEqual(5U, clock.Seconds(5000000));
            clock.LockedByOwner = false;
            clock.Lock();
            clock.SetSeconds(1000, 5000000);
            Assert.AreEqual(5U, clock.Seconds(5000000));
            clock.Unlock();
            clock.SetSeconds(1000, 5000000);
            Assert.AreEqual(1000U, clock.Seconds(5000000));
        }

        // 150 frames of six lengths, 262 bytes together: they come to lie over the ring's end of 2,048 bytes in many ways.
        [TestMethod]
        public void The_queue_goes_round_and_keeps_every_frame_whole()
        {
            TransmitQueue queue = new TransmitQueue();
            int[] lengths = { 13, 16, 76, 17, 128, 12 };
            byte[] frame = new byte[128];
            byte[] target = new byte[128];
            int added = 0;
            int taken = 0;
            while (taken < 150)
            {
                int length = lengths[added % 6];
                Fill(frame, length, added);
                if (added < 150 && queue.Add(frame, length))
                {
                    added++;
                    continue;
                }

                int count = queue.Take(target);
                for (int at = 0; at < count; taken++)
                {
                    length = lengths[taken % 6];
                    Fill(frame, length, taken);
                    for (int i = 0; i < length; i++)
                    {
                        Assert.AreEqual((int)frame[i], (int)target[at + i]);
                    }

                    at += length;
                }

                Assert.IsTrue(count > 0);
            }

            Assert.AreEqual(150, added);
            Assert.AreEqual(0, queue.Count);
        }

        [TestMethod]
        public void The_queue_gives_whole_frames_in_order_and_takes_none_too_many()
        {
            TransmitQueue queue = new TransmitQueue();
            byte[] frame = new byte[128];
            frame[1] = 126;
            for (int i = 0; i < 16; i++)
            {
                frame[2] = (byte)i;
                Assert.IsTrue(queue.Add(frame, 128));
            }

            Assert.IsFalse(queue.Add(frame, 128));
            byte[] target = new byte[300];
            for (int i = 0; i < 16; i += 2)
            {
                Assert.AreEqual(256, queue.Take(target));
                Assert.AreEqual(i, (int)target[2]);
                Assert.AreEqual(i + 1, (int)target[130]);
            }

            Assert.AreEqual(0, queue.Take(target));
            Assert.AreEqual(2048, queue.Room);
        }

        // The second byte is the frame's length: here the first is the ring's last byte and the second its first.
        [TestMethod]
        public void A_frame_that_begins_on_the_rings_last_byte_is_whole()
        {
            TransmitQueue queue = new TransmitQueue();
            byte[] frame = new byte[128];
            byte[] target = new byte[128];
            for (int i = 0; i < 16; i++)
            {
                int length = i < 15 ? 128 : 127;
                Fill(frame, length, i);
                Assert.IsTrue(queue.Add(frame, length));
                Assert.AreEqual(length, queue.Take(target));
            }

            Fill(frame, 100, 77);
            Assert.IsTrue(queue.Add(frame, 100));
            Assert.AreEqual(100, queue.Take(target));
            Assert.AreEqual(Hex.Text(frame, 0, 100), Hex.Text(target, 0, 100));
        }

        private static void Fill(byte[] frame, int length, int number)
        {
            for (int i = 0; i < length; i++)
            {
                frame[i] = (byte)(i * 7 + number);
            }

            frame[1] = (byte)(length - 2);
        }
    }
}
