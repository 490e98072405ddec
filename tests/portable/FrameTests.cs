using Escapement.Link;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    /// <summary>Frames as docs/link.md prints them, and what the parser does with everything else.</summary>
    [TestClass]
    public class FrameTests
    {
        private const string ReadIdentity = "01 04 20 FF 04 28";
        private const string Identity = "01 1A 20 FF 14 05 00 00 00 02 00 50 43 53 45 01 00 00 00 01 00 00 00 01 00 00 00 83";
        private const string Stop = "02 05 3C FF 01 01 44";
        private const string Refused = "09 0A C8 FF 11 05 00 00 00 02 00 F2";

        [TestMethod]
        [DataRow(ReadIdentity, MessageType.Read, false, 32, PayloadType.U32, 0, 0)]
        [DataRow(Identity, MessageType.Read, false, 32, PayloadType.U32, 16, 2)]
        [DataRow(Stop, MessageType.Write, false, 60, PayloadType.U8, 1, 0)]
        [DataRow(Refused, MessageType.Read, true, 200, PayloadType.U8, 0, 2)]
        public void A_frame_is_read_as_printed(string text, int messageType, bool isError, int address, int payloadType, int payloadLength, int ticks)
        {
            FrameParser parser = new FrameParser();
            byte[] bytes = Hex.Bytes(text);
            Assert.AreEqual(bytes.Length, parser.Accept(bytes, 0, bytes.Length, 0));
            Assert.IsTrue(parser.Next());
            Assert.AreEqual(messageType, parser.MessageType);
            Assert.AreEqual(isError, parser.IsError);
            Assert.AreEqual(address, parser.Address);
            Assert.AreEqual(255, parser.Port);
            Assert.AreEqual(payloadType, parser.PayloadType);
            Assert.AreEqual(payloadLength, parser.PayloadLength);
            Assert.AreEqual(ticks > 0, parser.HasTimestamp);
            Assert.AreEqual(ticks > 0 ? 5U : 0U, parser.TimestampSeconds);
            Assert.AreEqual(ticks, parser.TimestampTicks);
            Assert.AreEqual(bytes.Length, parser.FrameLength);
            Assert.IsFalse(parser.Next());
            Assert.AreEqual(1U, parser.FramesGood);
        }

        [TestMethod]
        public void A_frame_may_come_byte_by_byte()
        {
            FrameParser parser = new FrameParser();
            byte[] bytes = Hex.Bytes(Identity);
            for (int i = 0; i < bytes.Length; i++)
            {
                Assert.IsFalse(parser.Next());
                Assert.AreEqual(1, parser.Accept(bytes, i, 1, i));
            }

            Assert.IsTrue(parser.Next());
            Assert.AreEqual(0x50, (int)parser.Buffer[parser.PayloadOffset]);
        }

        // What is skipped before the good frame, and how often a checksum was wrong where a frame was due.
        [TestMethod]
        [DataRow("00 00 FF", 3, 0)]
        [DataRow("01", 1, 0)]
        [DataRow("02 05 3C FF 01 01 45", 7, 1)]
        [DataRow("02 05 3C FF 01 01 45 02 05 3C FF 01 01 45", 14, 1)]
        [DataRow("01 09 20 FF 14 05 00 00 00 02 44", 11, 0)]
        [DataRow("01 03", 2, 0)]
        [DataRow("01 7F", 2, 0)]
        [DataRow("12 05 3C FF 01 01 54", 7, 0)]
        [DataRow("82 05 3C FF 01 01 C4", 7, 0)]
        [DataRow("08 05 3C FF 01 01 4A", 7, 0)]
        [DataRow("02 05 3C FF 11 01 54", 7, 0)]
        public void A_good_frame_behind_garbage_is_found(string garbage, int skipped, int checksumErrors)
        {
            FrameParser parser = new FrameParser();
            byte[] bytes = Hex.Bytes(garbage + " " + Stop);
            Assert.AreEqual(bytes.Length, parser.Accept(bytes, 0, bytes.Length, 0));
            Assert.IsTrue(Drain(parser), "the good frame was lost");
            Assert.AreEqual(60, parser.Address);
            Assert.AreEqual((uint)skipped, parser.BytesSkipped);
            Assert.AreEqual((uint)checksumErrors, parser.ChecksumErrors);
        }

        // A frame that says 16 bytes and stops after 4; the good one behind it waits until the half one is given up, 50 ms after the last byte.
        [TestMethod]
        [DataRow(49999L, false)]
        [DataRow(50000L, true)]
        public void A_half_frame_is_given_up_in_time(long laterUs, bool found)
        {
            FrameParser parser = new FrameParser();
            byte[] bytes = Hex.Bytes("02 0E 3C FF " + ReadIdentity);
            Assert.AreEqual(bytes.Length, parser.Accept(bytes, 0, bytes.Length, 1000));
            Assert.IsFalse(parser.Next());
            parser.Expire(1000 + laterUs);
            Assert.AreEqual(found, parser.Next());
            Assert.AreEqual(found ? 1U : 0U, parser.HalfFrames);
            Assert.AreEqual(found ? 1U : 0U, parser.FramesGood);
        }

        [TestMethod]
        public void Every_single_flipped_bit_is_noticed()
        {
            byte[] good = Hex.Bytes(Stop);
            for (int bit = 0; bit < 8 * good.Length; bit++)
            {
                byte[] bytes = Hex.Bytes(Stop);
                bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
                FrameParser parser = new FrameParser();
                Assert.AreEqual(bytes.Length, parser.Accept(bytes, 0, bytes.Length, 0));
                Assert.IsFalse(parser.Next());
            }
        }

        [TestMethod]
        public void The_parser_takes_what_it_has_room_for_and_nothing_from_outside_the_array()
        {
            FrameParser parser = new FrameParser();
            byte[] bytes = new byte[600];
            bytes[0] = 1;
            bytes[1] = 126;
            Assert.AreEqual(0, parser.Accept(bytes, 590, 20, 0));
            Assert.AreEqual(0, parser.Accept(bytes, -1, 5, 0));
            Assert.AreEqual(0, parser.Accept(bytes, 0, 0, 0));
            Assert.AreEqual(512, parser.Accept(bytes, 0, 600, 0));
            Assert.AreEqual(0, parser.Room);
            parser.Clear();
            Assert.AreEqual(512, parser.Room);
        }

        [TestMethod]
        public void The_writer_writes_what_is_printed()
        {
            byte[] target = new byte[40];
            byte[] payload = Hex.Bytes("00 50 43 53 45 01 00 00 00 01 00 00 00 01 00 00 00");
            int length = FrameWriter.Timestamped(target, 3, MessageType.Read, 32, PayloadType.U32, 5, 2, payload, 1, 16);
            Assert.AreEqual(Identity, Hex.Text(target, 3, length));
            length = FrameWriter.Plain(target, 0, MessageType.Read, 32, PayloadType.U32, null, 0, 0);
            Assert.AreEqual(ReadIdentity, Hex.Text(target, 0, length));
            length = FrameWriter.Plain(target, 0, MessageType.Write, 60, PayloadType.U8, payload, 5, 1);
            Assert.AreEqual(Stop, Hex.Text(target, 0, length));
            length = FrameWriter.Timestamped(target, 0, MessageType.Read | HarpFrame.ErrorFlag, 200, PayloadType.U8, 5, 2, null, 0, 0);
            Assert.AreEqual(Refused, Hex.Text(target, 0, length));
        }

        [TestMethod]
        [DataRow(122, 128)]
        [DataRow(123, 0)]
        [DataRow(int.MaxValue, 0)]
        [DataRow(-1, 0)]
        public void No_frame_is_longer_than_128_bytes(int payloadLength, int length)
        {
            Assert.AreEqual(length, FrameWriter.Plain(new byte[200], 0, MessageType.Write, 40, PayloadType.U8, new byte[200], 0, payloadLength));
            int stamped = length == 0 ? payloadLength : payloadLength - 6; // a timestamp takes 6 bytes of the 128
            Assert.AreEqual(length, FrameWriter.Timestamped(new byte[200], 0, MessageType.Event, 40, PayloadType.U8, 1, 2, new byte[200], 0, stamped));
        }

        // Frames of 7 bytes with a payload of their own, fed in pieces of 500: the parser's 512 bytes are used over and over, and no frame is lost at the seam.
        [TestMethod]
        public void A_stream_longer_than_the_parser_loses_nothing()
        {
            FrameParser parser = new FrameParser();
            byte[] stream = new byte[300 * 7];
            byte[] payload = new byte[1];
            for (int i = 0; i < 300; i++)
            {
                payload[0] = (byte)i;
                Assert.AreEqual(7, FrameWriter.Plain(stream, 7 * i, MessageType.Write, 60, PayloadType.U8, payload, 0, 1));
            }

            int found = 0;
            for (int at = 0; at < stream.Length;)
            {
                int count = stream.Length - at < 500 ? stream.Length - at : 500;
                Assert.AreEqual(count, parser.Accept(stream, at, count, 0));
                at += count;
                while (parser.Next())
                {
                    Assert.AreEqual(60, parser.Address);
                    Assert.AreEqual(0x02, (int)parser.Buffer[parser.FrameOffset]);
                    Assert.AreEqual(found & 0xFF, (int)parser.Buffer[parser.PayloadOffset]);
                    found++;
                }

                Assert.AreEqual(at % 7, parser.Pending);
            }

            Assert.AreEqual(300, found);
            Assert.AreEqual(0U, parser.BytesSkipped);
        }

        // 2,000 bytes of garbage full of beginnings, with good frames in it, in pieces that go round the parser's memory: found is what a search
        // from each byte finds, the rest is skipped.
        [TestMethod]
        [DataRow(97)]
        [DataRow(100)]
        [DataRow(101)]
        [DataRow(300)]
        public void Garbage_hides_no_frame_wherever_the_memory_ends(int piece)
        {
            byte[] stream = new byte[2000];
            byte[] frame = Hex.Bytes(Stop);
            int seed = 1;
            for (int i = 0; i < stream.Length; i++)
            {
                seed = (seed * 75 + 74) % 65537;
                stream[i] = (byte)(i % 4 == 0 ? 1 + seed % 3 : i % 4 == 1 ? 4 + seed % 60 : seed);
            }

            for (int at = 50; at + frame.Length < stream.Length; at += 130)
            {
                System.Array.Copy(frame, 0, stream, at, frame.Length);
            }

            FrameParser parser = new FrameParser();
            for (int at = 0; at < stream.Length; at += piece)
            {
                int count = stream.Length - at < piece ? stream.Length - at : piece;
                Assert.AreEqual(count, parser.Accept(stream, at, count, 0));
                while (parser.Next())
                {
                }
            }

            parser.Expire(50000);
            while (parser.Next())
            {
            }

            int good = 0;
            int skipped = 0;
            for (int at = 0; at < stream.Length;)
            {
                int length = FrameAt(stream, at);
                good += length > 0 ? 1 : 0;
                skipped += length > 0 ? 0 : 1;
                at += length > 0 ? length : 1;
            }

            Assert.IsTrue(good >= 10);
            Assert.AreEqual((uint)good, parser.FramesGood);
            Assert.AreEqual((uint)skipped, parser.BytesSkipped);
        }

        // After a good frame, the next one is due: when it is damaged, it counts, as it does after a clearing.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void A_damaged_frame_counts_where_one_is_due(bool clears)
        {
            FrameParser parser = new FrameParser();
            byte[] bytes = Hex.Bytes("00 00 " + (clears ? "" : Stop + " ") + "02 05 3C FF 01 01 45");
            int garbage = clears ? 2 : 9;
            Assert.AreEqual(garbage, parser.Accept(bytes, 0, garbage, 0));
            Assert.AreEqual(!clears, parser.Next());
            if (clears)
            {
                parser.Clear();
            }

            Assert.AreEqual(7, parser.Accept(bytes, garbage, 7, 0));
            Assert.IsFalse(parser.Next());
            Assert.AreEqual(1U, parser.ChecksumErrors);
        }

        // The length of the frame that begins there, 0 when none does: type, length, room for a timestamp, sum.
        private static int FrameAt(byte[] bytes, int at)
        {
            int first = bytes[at];
            if ((first & 0xF4) != 0 || (first & 3) == 0 || at + 1 >= bytes.Length)
            {
                return 0;
            }

            int length = bytes[at + 1] + 2;
            if (length < 6 || length > 128 || at + length > bytes.Length || (length < 12 && (bytes[at + 4] & 0x10) != 0))
            {
                return 0;
            }

            int sum = 0;
            for (int i = 0; i < length - 1; i++)
            {
                sum += bytes[at + i];
            }

            return (sum & 0xFF) == bytes[at + length - 1] ? length : 0;
        }

        // Garbage that looks like the beginnings of frames, over the seam of the parser's memory, with a good frame at its end.
        [TestMethod]
        public void A_good_frame_behind_much_garbage_is_found()
        {
            FrameParser parser = new FrameParser();
            byte[] garbage = new byte[400];
            for (int i = 0; i < garbage.Length; i++)
            {
                garbage[i] = (byte)(i % 3 == 0 ? 1 : 20);
            }

            byte[] good = Hex.Bytes(Identity);
            uint skipped = 0;
            for (int round = 0; round < 3; round++)
            {
                Assert.AreEqual(400, parser.Accept(garbage, 0, 400, 0));
                Assert.IsFalse(parser.Next());
                Assert.AreEqual(good.Length, parser.Accept(good, 0, good.Length, 0));
                Assert.IsTrue(parser.Next());
                Assert.AreEqual(32, parser.Address);
                Assert.AreEqual(16, parser.PayloadLength);
                skipped += 400;
                Assert.AreEqual(skipped, parser.BytesSkipped);
            }
        }

        // Too short, too long, or with a timestamp that has no room: nobody waits for the rest of such a frame.
        [TestMethod]
        [DataRow("01 00")]
        [DataRow("01 7F")]
        [DataRow("01 FF")]
        [DataRow("02 05 3C FF 11")]
        [DataRow("00")]
        [DataRow("04")]
        public void What_can_be_no_frame_holds_nothing_up(string garbage)
        {
            FrameParser parser = new FrameParser();
            byte[] bytes = Hex.Bytes(garbage);
            Assert.AreEqual(bytes.Length, parser.Accept(bytes, 0, bytes.Length, 0));
            Assert.IsFalse(parser.Next());
            Assert.AreEqual(0, parser.Pending);
            bytes = Hex.Bytes(Stop);
            Assert.AreEqual(bytes.Length, parser.Accept(bytes, 0, bytes.Length, 0));
            Assert.IsTrue(parser.Next());
        }

        [TestMethod]
        public void The_longest_frame_is_128_bytes()
        {
            byte[] frame = new byte[128];
            Assert.AreEqual(128, FrameWriter.Timestamped(frame, 0, MessageType.Event, 40, PayloadType.U8, 5, 2, new byte[116], 0, 116));
            FrameParser parser = new FrameParser();
            Assert.AreEqual(128, parser.Accept(frame, 0, 128, 0));
            Assert.IsTrue(parser.Next());
            Assert.AreEqual(128, parser.FrameLength);
            Assert.AreEqual(116, parser.PayloadLength);
        }

        [TestMethod]
        public void A_byte_in_the_last_moment_keeps_a_half_frame_alive()
        {
            FrameParser parser = new FrameParser();
            byte[] bytes = Hex.Bytes(Stop);
            Assert.AreEqual(4, parser.Accept(bytes, 0, 4, 0));
            parser.Expire(50000);
            Assert.AreEqual(1, parser.Accept(bytes, 4, 1, 50001));
            Assert.IsFalse(parser.Next());
            Assert.AreEqual(0U, parser.HalfFrames);
            Assert.AreEqual(2, parser.Accept(bytes, 5, 2, 50002));
            Assert.IsTrue(parser.Next());
        }

        // Half frames within a half frame: one silence of the line is one half frame.
        [TestMethod]
        public void One_silence_is_counted_once()
        {
            FrameParser parser = new FrameParser();
            byte[] bytes = Hex.Bytes("02 0E 02 0E 3C FF");
            Assert.AreEqual(6, parser.Accept(bytes, 0, 6, 0));
            Assert.IsFalse(parser.Next());
            parser.Expire(50000);
            Assert.IsFalse(parser.Next());
            Assert.AreEqual(1U, parser.HalfFrames);
            Assert.AreEqual(6U, parser.BytesSkipped);
            Assert.AreEqual(6, parser.Accept(bytes, 0, 6, 60000));
            Assert.IsFalse(parser.Next());
            parser.Expire(110000);
            Assert.IsFalse(parser.Next());
            Assert.AreEqual(2U, parser.HalfFrames);
        }

        // What stands behind a frame without timestamp and payload is no part of it.
        [TestMethod]
        public void A_frame_ends_where_it_says()
        {
            FrameParser parser = new FrameParser();
            byte[] bytes = Hex.Bytes(ReadIdentity + " " + Identity);
            Assert.AreEqual(bytes.Length, parser.Accept(bytes, 0, bytes.Length, 0));
            Assert.IsTrue(parser.Next());
            Assert.AreEqual(0, parser.PayloadLength);
            Assert.IsFalse(parser.HasTimestamp);
            Assert.AreEqual(0U, parser.TimestampSeconds);
            Assert.AreEqual(0, parser.TimestampTicks);
            Assert.IsTrue(parser.Next());
            Assert.AreEqual(6, parser.FrameOffset);
            Assert.AreEqual(2, parser.TimestampTicks);
        }

        [TestMethod]
        public void Only_a_byte_keeps_a_half_frame_alive()
        {
            FrameParser parser = new FrameParser();
            byte[] half = Hex.Bytes("02 0E 3C FF");
            Assert.AreEqual(4, parser.Accept(half, 0, 4, 1000));
            Assert.IsFalse(parser.Next());
            Assert.AreEqual(0, parser.Accept(half, 0, 0, 40000));
            parser.Expire(51000);
            Assert.IsFalse(parser.Next());
            Assert.AreEqual(1U, parser.HalfFrames);
            Assert.AreEqual(0, parser.Pending);
        }

        private static bool Drain(FrameParser parser)
        {
            bool found = parser.Next();
            if (!found)
            {
                parser.Expire(1000000);
                found = parser.Next();
            }

            return found;
        }
    }
}
