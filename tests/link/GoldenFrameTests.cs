namespace Escapement.Link.Tests;

/// <summary>Frames worked out by hand from the Harp documents, byte for byte.</summary>
[TestClass]
public sealed class GoldenFrameTests
{
    // [REQ] 1 4 Address Port PayloadType Checksum, of R_WHO_AM_I (U16).
    private static readonly byte[] ReadWhoAmI = [0x01, 0x04, 0x00, 0xFF, 0x02, 0x06];

    // [REQ] 2 Length Address Port PayloadType Payload Checksum, R_OPERATION_CTRL = 0xE5 (Active).
    private static readonly byte[] WriteActive = [0x02, 0x05, 0x0A, 0xFF, 0x01, 0xE5, 0xF6];

    // [REP] 1 Length Address Port PayloadType Timestamp Payload Checksum, R_TIMESTAMP_SECOND at 258.000064 s.
    private static readonly byte[] ReplySeconds =
        [0x01, 0x0E, 0x08, 0xFF, 0x14, 0x02, 0x01, 0x00, 0x00, 0x02, 0x00, 0x02, 0x01, 0x00, 0x00, 0x32];

    // [REP] 9 10 Address Port PayloadType Timestamp Checksum: an error reply to a Read, register 200 (U8), at 1.5 s (15625 = 0x3D09).
    private static readonly byte[] ErrorReply = [0x09, 0x0A, 0xC8, 0xFF, 0x11, 0x01, 0x00, 0x00, 0x00, 0x09, 0x3D, 0x32];

    [TestMethod]
    public void The_parser_reads_the_documents_frames()
    {
        var found = Parsing.Feed(new FrameParser(), [.. ReadWhoAmI, .. WriteActive, .. ReplySeconds, .. ErrorReply], 0);
        CollectionAssert.AreEqual(new[]
        {
            new SpecFrame(1, false, 0, 0xFF, 0x02, null, []),
            new SpecFrame(2, false, 10, 0xFF, 0x01, null, [0xE5]),
            new SpecFrame(1, false, 8, 0xFF, 0x04, (258, 2), [2, 1, 0, 0]),
            new SpecFrame(1, true, 200, 0xFF, 0x01, (1, 15625), []),
        }, found);
    }

    [TestMethod]
    public void The_second_codec_agrees_with_the_documents_frames()
    {
        CollectionAssert.AreEqual(ReadWhoAmI, SpecFrame.ReadRequest(0, 2).Encode());
        CollectionAssert.AreEqual(WriteActive, SpecFrame.WriteRequest(10, 1, 0xE5).Encode());
        CollectionAssert.AreEqual(ReplySeconds, new SpecFrame(1, false, 8, 0xFF, 0x04, (258, 2), [2, 1, 0, 0]).Encode());
        CollectionAssert.AreEqual(ErrorReply, new SpecFrame(1, true, 200, 0xFF, 0x01, (1, 15625), []).Encode());
    }

    [TestMethod]
    public void The_writer_makes_the_documents_frames()
    {
        var buffer = new byte[130];
        int length = FrameWriter.Plain(buffer, 1, MessageType.Read, RegisterAddress.WhoAmI, PayloadType.U16, buffer, 0, 0);
        CollectionAssert.AreEqual(ReadWhoAmI, buffer[1..(1 + length)]);
        length = FrameWriter.Plain(buffer, 2, MessageType.Write, RegisterAddress.OperationControl, PayloadType.U8, new byte[] { 7, 0xE5 }, 1, 1);
        CollectionAssert.AreEqual(WriteActive, buffer[2..(2 + length)]);
        length = FrameWriter.Timestamped(buffer, 0, MessageType.Read, RegisterAddress.TimestampSeconds, PayloadType.U32, 258, 2, new byte[] { 2, 1, 0, 0 }, 0, 4);
        CollectionAssert.AreEqual(ReplySeconds, buffer[..length]);
        length = FrameWriter.Timestamped(buffer, 0, MessageType.Read | HarpFrame.ErrorFlag, 200, PayloadType.U8, 1, 15625, null!, 0, 0);
        CollectionAssert.AreEqual(ErrorReply, buffer[..length]);
    }

    [TestMethod]
    public void A_fresh_device_answers_who_am_i_with_the_documents_reply()
    {
        var endpoint = new HarpEndpoint(new FakeOwner());
        endpoint.Receive(ReadWhoAmI, ReadWhoAmI.Length, 1_000_064);
        var buffer = new byte[128];
        int count = endpoint.TakeOutput(buffer);

        // 1 + 12 + 0 + 255 + 18 + 1 + 2 = 289 = 0x121
        CollectionAssert.AreEqual(new byte[] { 1, 12, 0, 0xFF, 0x12, 1, 0, 0, 0, 2, 0, 0, 0, 0x21 }, buffer[..count]);
    }
}
