namespace Escapement.Fuzz.Frames;

/// <summary>
/// The second implementation of Harp's framing, from the text of Binary Protocol 8-bit and "Getting back in step" of docs/link.md: at each place
/// either a whole frame with a right checksum begins, or the search goes on at the next byte; a frame that could still become whole is waited for,
/// until the line has been silent. Keeps the whole stream of a session; shares no code with the firmware.
/// </summary>
public sealed class FrameScanner
{
    private byte[] stream = new byte[4096];
    private int at;
    private int end;
    private bool due = true;
    private bool givenUpNow;

    public byte[] Stream => stream;

    /// <summary>Where the last frame found begins, and its length.</summary>
    public int Offset, Length;

    public long Good, Skipped, WrongChecksums, GivenUp;

    /// <summary>Bytes of a frame that could still become whole.</summary>
    public int Pending => end - at;

    public int Type => stream[Offset] & 3;

    public bool IsError => (stream[Offset] & 8) != 0;

    public int Address => stream[Offset + 2];

    public int Port => stream[Offset + 3];

    public int PayloadType => stream[Offset + 4] & ~0x10;

    public bool IsStamped => (stream[Offset + 4] & 0x10) != 0;

    public int PayloadOffset => Offset + (IsStamped ? 11 : 5);

    public int PayloadLength => Offset + Length - 1 - PayloadOffset;

    /// <summary>The timestamp in units of 32 us.</summary>
    public long Ticks => (BitConverter.ToUInt32(stream, Offset + 5) * 31250L) + BitConverter.ToUInt16(stream, Offset + 9);

    public ReadOnlySpan<byte> Frame => stream.AsSpan(Offset, Length);

    public ReadOnlySpan<byte> Payload => stream.AsSpan(PayloadOffset, PayloadLength);

    public void Clear()
    {
        at = 0;
        end = 0;
        due = true;
        givenUpNow = false;
        Good = Skipped = WrongChecksums = GivenUp = 0;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (end + bytes.Length > stream.Length)
        {
            // What was found is not looked at again once more comes.
            stream.AsSpan(at, end - at).CopyTo(stream);
            end -= at;
            at = 0;
            if (end + bytes.Length > stream.Length)
            {
                Array.Resize(ref stream, 2 * (end + bytes.Length));
            }
        }

        bytes.CopyTo(stream.AsSpan(end));
        end += bytes.Length;
    }

    /// <summary>Finds the next frame.</summary>
    /// <param name="silent">The line has been silent: what is not whole will never be.</param>
    public bool Next(bool silent)
    {
        for (; at < end; at++, Skipped++, due = false)
        {
            int kind = Judge(out int length);
            if (kind == Whole)
            {
                Offset = at;
                Length = length;
                at += length;
                Good++;
                due = true;
                return true;
            }

            if (kind == Unfinished && !silent)
            {
                return false;
            }

            if (kind == Unfinished && !givenUpNow)
            {
                givenUpNow = true;
                GivenUp++;
            }

            if (kind == Wrong && due)
            {
                WrongChecksums++;
            }
        }

        givenUpNow = false;
        return false;
    }

    private const int None = 0, Unfinished = 1, Wrong = 2, Whole = 3;

    private int Judge(out int length)
    {
        length = 0;
        int first = stream[at], held = end - at;
        if ((first & 0xF4) != 0 || (first & 3) == 0)
        {
            return None; // message type: bits 0, 1 a type of 1 to 3, bit 3 the error flag, all others zero
        }

        if (held < 2)
        {
            return Unfinished;
        }

        length = stream[at + 1] + 2;
        bool stamped = held >= 5 && (stream[at + 4] & 0x10) != 0;
        if (length < (stamped ? 12 : 6) || length > 128)
        {
            return None; // address, port, payload type, checksum, and the timestamp where there is one; this device's limit
        }

        if (held < length)
        {
            return Unfinished;
        }

        byte sum = 0;
        for (int i = at; i < at + length - 1; i++)
        {
            sum += stream[i];
        }

        return sum == stream[at + length - 1] ? Whole : Wrong;
    }
}
