using Escapement.Link;

namespace Escapement.Host;

/// <summary>Cuts the board's bytes into messages, with the parser that the board itself uses.</summary>
internal sealed class FrameReader
{
    private readonly FrameParser parser = new();
    private byte[] bytes = [];
    private int taken;
    private int count;
    private long nowUs;

    public long ChecksumErrors => parser.ChecksumErrors;

    public long BytesSkipped => parser.BytesSkipped;

    public long HalfFrames => parser.HalfFrames;

    /// <summary>Gives bytes, all of which the calls of <see cref="Next"/> until null will take.</summary>
    public void Feed(byte[] source, int length, long timeUs)
    {
        bytes = source;
        taken = 0;
        count = length;
        nowUs = timeUs;
    }

    /// <summary>Nothing more has arrived: gives up a frame that stopped in the middle long ago.</summary>
    public void Expire(long timeUs)
    {
        if (parser.Pending > 0)
        {
            parser.Expire(timeUs);
        }
    }

    /// <summary>The next message; null when more bytes are needed.</summary>
    public HarpMessage? Next()
    {
        while (!parser.Next())
        {
            if (taken >= count)
            {
                return null;
            }

            taken += parser.Accept(bytes, taken, count - taken, nowUs);
        }

        return new HarpMessage(
            (HarpKind)parser.MessageType,
            parser.IsError,
            parser.Address,
            parser.PayloadType,
            parser.HasTimestamp,
            parser.TimestampSeconds,
            parser.TimestampTicks,
            parser.Buffer.AsSpan(parser.PayloadOffset, parser.PayloadLength).ToArray(),
            parser.Buffer.AsSpan(parser.FrameOffset, parser.FrameLength).ToArray());
    }
}
