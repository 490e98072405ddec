namespace Escapement.Link.Tests;

/// <summary>Drives the firmware's parser and reports what it found in the second codec's terms.</summary>
internal static class Parsing
{
    public static SpecFrame Current(FrameParser parser) => new(
        parser.MessageType, parser.IsError, parser.Address, parser.Port, parser.PayloadType,
        parser.HasTimestamp ? (parser.TimestampSeconds, parser.TimestampTicks) : null,
        parser.Buffer.AsSpan(parser.PayloadOffset, parser.PayloadLength).ToArray());

    public static List<SpecFrame> Drain(FrameParser parser)
    {
        var found = new List<SpecFrame>();
        while (parser.Next())
        {
            found.Add(Current(parser));
        }

        return found;
    }

    public static List<SpecFrame> Feed(FrameParser parser, ReadOnlySpan<byte> data, long nowUs)
    {
        var found = new List<SpecFrame>();
        byte[] bytes = data.ToArray();
        for (int at = 0; at < bytes.Length;)
        {
            int taken = parser.Accept(bytes, at, bytes.Length - at, nowUs);
            Assert.IsGreaterThan(0, taken, "A drained parser must take bytes.");
            at += taken;
            found.AddRange(Drain(parser));
        }

        return found;
    }

    /// <summary>Feeds in chunks of these sizes (over and over), then lets the time-out pass.</summary>
    public static List<SpecFrame> FeedAll(FrameParser parser, byte[] data, IReadOnlyList<int> chunks)
    {
        var found = new List<SpecFrame>();
        long nowUs = 0;
        for (int at = 0, k = 0; at < data.Length; k++)
        {
            int count = Math.Min(Math.Max(1, chunks[k % chunks.Count]), data.Length - at);
            found.AddRange(Feed(parser, data.AsSpan(at, count), nowUs += 1000));
            at += count;
        }

        parser.Expire(nowUs + HarpFrame.HalfFrameTimeoutUs);
        found.AddRange(Drain(parser));
        return found;
    }
}
