using CsCheck;

namespace Escapement.Link.Tests;

[TestClass]
public sealed class FrameWriterTests
{
    [TestMethod]
    public void The_writer_equals_the_second_codec() =>
        Gen.Select(Gens.Frame, Gen.Int[0, 5]).Sample((frame, offset) =>
        {
            var buffer = new byte[140];
            int type = frame.Type | (frame.Error ? 8 : 0);
            int length = frame.Timestamp is var (seconds, ticks)
                ? FrameWriter.Timestamped(buffer, offset, type, frame.Address, frame.PayloadType, seconds, ticks, frame.Payload, 0, frame.Payload.Length)
                : FrameWriter.Plain(buffer, offset, type, frame.Address, frame.PayloadType, frame.Payload, 0, frame.Payload.Length);
            return buffer.AsSpan(offset, length).SequenceEqual((frame with { Port = 0xFF }).Encode())
                && buffer.AsSpan(offset + length).IndexOfAnyExcept((byte)0) < 0;
        }, iter: 20_000);

    [TestMethod]
    public void A_frame_beyond_128_bytes_is_not_built()
    {
        var buffer = new byte[300];
        Assert.AreEqual(128, FrameWriter.Timestamped(buffer, 0, 1, 40, 1, 0, 0, new byte[117], 0, 116));
        Assert.AreEqual(128, FrameWriter.Plain(buffer, 0, 1, 40, 1, new byte[123], 0, 122));
        Array.Clear(buffer);
        Assert.AreEqual(0, FrameWriter.Timestamped(buffer, 0, 1, 40, 1, 0, 0, new byte[117], 0, 117));
        Assert.AreEqual(0, FrameWriter.Plain(buffer, 0, 1, 40, 1, new byte[123], 0, 123));
        Assert.AreEqual(0, FrameWriter.Plain(buffer, 0, 1, 40, 1, new byte[1], 0, -1));
        Assert.IsTrue(buffer.All(b => b == 0));
    }
}
