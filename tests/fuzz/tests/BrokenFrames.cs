using Escapement.Fuzz.Frames;
using Escapement.Link;

namespace Escapement.Fuzz.Tests;

/// <summary>The firmware's parser, broken in one way.</summary>
public sealed class BrokenFrames : IFrameSource
{
    private readonly byte[] copy = new byte[512];
    private long bad;

    public bool RepairsChecksums, DropsRest, ForgetsBetweenChunks, NeverExpires, Allocates, Throws;

    public FrameParser View { get; } = new();

    public ReadOnlySpan<byte> Frame => View.Buffer.AsSpan(View.FrameOffset, View.FrameLength);

    public int Accept(byte[] bytes, int offset, int count, long nowUs)
    {
        if (ForgetsBetweenChunks)
        {
            View.Clear();
        }

        if (Throws && count == 17)
        {
            _ = bytes[offset + 2000];
        }

        int length = Math.Min(count, copy.Length);
        Array.Copy(bytes, offset, copy, 0, length);
        if (RepairsChecksums)
        {
            Healing.Checksum(copy, length);
        }

        return View.Accept(copy, 0, length, nowUs);
    }

    public bool Next()
    {
        bool found = View.Next();
        GC.KeepAlive(Allocates && found ? new byte[1] : null);
        if (DropsRest && View.ChecksumErrors > bad)
        {
            bad = View.ChecksumErrors;
            View.Clear();
        }

        return found;
    }

    public void Expire(long nowUs)
    {
        if (!NeverExpires)
        {
            View.Expire(nowUs);
        }
    }
}
