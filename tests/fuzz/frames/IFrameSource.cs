using Escapement.Link;

namespace Escapement.Fuzz.Frames;

/// <summary>A frame parser as the properties see it; the firmware's, or a broken one that they must find.</summary>
public interface IFrameSource
{
    int Accept(byte[] bytes, int offset, int count, long nowUs);

    bool Next();

    void Expire(long nowUs);

    ReadOnlySpan<byte> Frame { get; }

    /// <summary>What the parser says of the frame: type, error, address, port, payload type, stamped, timestamp, payload.</summary>
    FrameParser View { get; }

    long Good => View.FramesGood;

    long Skipped => View.BytesSkipped;

    long WrongChecksums => View.ChecksumErrors;

    long GivenUp => View.HalfFrames;

    int Pending => View.Pending;
}

/// <summary>The firmware's parser.</summary>
public sealed class FirmwareFrames : IFrameSource
{
    public FrameParser View { get; } = new();

    public ReadOnlySpan<byte> Frame => View.Buffer.AsSpan(View.FrameOffset, View.FrameLength);

    public int Accept(byte[] bytes, int offset, int count, long nowUs) => View.Accept(bytes, offset, count, nowUs);

    public bool Next() => View.Next();

    public void Expire(long nowUs) => View.Expire(nowUs);
}
