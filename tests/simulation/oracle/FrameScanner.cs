namespace Escapement.Simulation;

/// <summary>A frame on the link.</summary>
/// <param name="AtUs">When its last byte had crossed the line, in microseconds.</param>
/// <param name="ToBoard">Which way.</param>
/// <param name="Kind">1 Read, 2 Write, 3 Event; 8 more in an error reply; 0 when it is for another port.</param>
/// <param name="Address">The register.</param>
/// <param name="Type">Harp payload type without the timestamp bit.</param>
/// <param name="Stamp">The board's Harp time in steps of 32 us; -1 without one.</param>
/// <param name="Payload">Its content.</param>
/// <param name="InStep">It followed the frame before it without a byte between.</param>
public sealed record LinkFrame(long AtUs, bool ToBoard, int Kind, int Address, int Type, long Stamp, byte[] Payload, bool InStep)
{
    /// <summary>A 32-bit element; 0 behind the end.</summary>
    public uint U32(int index) => (index * 4) + 4 <= Payload.Length ? BitConverter.ToUInt32(Payload, index * 4) : 0;

    /// <summary>A 64-bit element; 0 behind the end.</summary>
    public long U64(int index) => (index * 8) + 8 <= Payload.Length ? BitConverter.ToInt64(Payload, index * 8) : 0;
}

/// <summary>
/// The oracle's own reading of Harp frames, one direction of the link. After anything that is no frame it looks on from the next byte.
/// </summary>
public sealed class FrameScanner(bool toBoard)
{
    private const int MaxFrame = 128;
    private const int Overhead = 6;
    private const int Stamped = 0x10;
    private const int OwnPort = 0xFF;
    private const long HalfFrameUs = 50_000;

    private readonly List<(byte Value, long AtUs)> _bytes = [];
    private bool _inStep = true;

    /// <summary>Gives bytes; frames that end in them come out.</summary>
    public IEnumerable<LinkFrame> Feed(ReadOnlyMemory<byte> bytes, long atUs)
    {
        if (_bytes.Count > 0 && atUs - _bytes[^1].AtUs > HalfFrameUs)
        {
            // The rest of a frame that stopped in the middle never comes.
            foreach (LinkFrame late in Take(true)) { yield return late; }
        }

        foreach (byte value in bytes.ToArray()) { _bytes.Add((value, atUs)); }
        foreach (LinkFrame frame in Take(false)) { yield return frame; }
    }

    private IEnumerable<LinkFrame> Take(bool expired)
    {
        int at = 0;
        while (at < _bytes.Count)
        {
            int length = at + 1 < _bytes.Count ? _bytes[at + 1].Value + 2 : 0;
            bool possible = (_bytes[at].Value & ~0x0B) == 0 && (_bytes[at].Value & 3) != 0 && length is 0 or (>= Overhead and <= MaxFrame);
            if (possible && (length == 0 || at + length > _bytes.Count))
            {
                if (!expired) { break; }
                possible = false;
            }

            if (possible && Sum(at, length - 1) == _bytes[at + length - 1].Value)
            {
                yield return Make(at, length);
                at += length;
                _inStep = true;
            }
            else
            {
                at++;
                _inStep = false;
            }
        }

        _bytes.RemoveRange(0, at);
    }

    private byte Sum(int at, int count)
    {
        byte sum = 0;
        for (int i = 0; i < count; i++) { sum += _bytes[at + i].Value; }
        return sum;
    }

    private LinkFrame Make(int at, int length)
    {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) { frame[i] = _bytes[at + i].Value; }
        bool stamped = (frame[4] & Stamped) != 0 && length >= Overhead + 6;
        long stamp = stamped ? (BitConverter.ToUInt32(frame, 5) * 31_250L) + BitConverter.ToUInt16(frame, 9) : -1;
        return new LinkFrame(_bytes[at + length - 1].AtUs, toBoard, frame[3] == OwnPort ? frame[0] : 0, frame[2], frame[4] & ~Stamped, stamp, frame[(stamped ? 11 : 5)..^1], _inStep);
    }
}
