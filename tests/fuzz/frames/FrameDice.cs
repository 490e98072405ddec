namespace Escapement.Fuzz.Frames;

/// <summary>Bytes to feed a link with: frames, damaged frames, garbage. Works in one buffer.</summary>
public sealed class FrameDice(Dice dice)
{
    private static readonly byte[] PayloadTypes = [0x01, 0x02, 0x04, 0x08, 0x81, 0x82, 0x84, 0x88, 0x44];
    private static readonly byte[] Begins = [1, 2, 3, 9, 10, 11];

    public readonly byte[] Buffer = new byte[1024];

    public int Count;

    /// <summary>Appends a frame with a right checksum.</summary>
    public void Frame(int type, int address, int port, int payloadType, bool stamped, ReadOnlySpan<byte> payload)
    {
        int begin = Count;
        Put(type);
        Put(payload.Length + (stamped ? 10 : 4));
        Put(address);
        Put(port);
        Put(payloadType | (stamped ? 0x10 : 0));
        for (int i = 0; stamped && i < 6; i++)
        {
            Put(dice.Byte());
        }

        payload.CopyTo(Buffer.AsSpan(Count));
        Count += payload.Length;
        Seal(begin);
    }

    /// <summary>Appends the checksum of a frame that begins there.</summary>
    public void Seal(int begin)
    {
        byte sum = 0;
        for (int i = begin; i < Count; i++)
        {
            sum += Buffer[i];
        }

        Put(sum);
    }

    /// <summary>A frame of any kind, right in itself.</summary>
    public void AnyFrame(int mostPayload = 116)
    {
        Span<byte> payload = stackalloc byte[122];
        bool stamped = dice.OneIn(4);
        int length = dice.OneIn(3) ? dice.Below(mostPayload + 1) : dice.Below(Math.Min(13, mostPayload + 1));
        for (int i = 0; i < length; i++)
        {
            payload[i] = dice.OneIn(3) ? dice.Of(Begins) : dice.Byte(); // payloads that look like frames are the ones that mislead
        }

        int type = 1 + dice.Below(3) + (dice.OneIn(8) ? 8 : 0);
        Frame(type, dice.Byte(), dice.OneIn(4) ? dice.Byte() : 0xFF, dice.OneIn(8) ? dice.Byte() & ~0x10 : dice.Of(PayloadTypes), stamped, payload[..length]);
    }

    public void Garbage(int most)
    {
        int style = dice.Below(4);
        for (int n = dice.Below(most + 1); n > 0; n--)
        {
            Put(style switch
            {
                0 => dice.Byte(),
                1 => dice.OneIn(3) ? dice.Of(Begins) : 4 + dice.Below(37),
                2 => dice.OneIn(2) ? 1 + dice.Below(3) : dice.Of(Begins),
                _ => 0x10 | dice.Byte(),
            });
        }
    }

    /// <summary>Damages what lies behind this place: bits, bytes, length fields, its end, a piece taken out, doubled or moved.</summary>
    public void Damage(int begin)
    {
        int length = Count - begin;
        if (length < 2)
        {
            return;
        }

        int at = begin + dice.Below(length);
        switch (dice.Below(8))
        {
            case 0 or 1:
                Buffer[at] ^= (byte)(1 << dice.Below(8));
                break;
            case 2:
                Buffer[at] = dice.Byte();
                break;
            case 3:
                Buffer[begin + 1] = dice.OneIn(2) ? dice.Byte() : (byte)(Buffer[begin + 1] + dice.Below(5) - 2);
                break;
            case 4:
                Count = at; // cut off
                break;
            case 5:
                Buffer.AsSpan(at + 1, Count - at - 1).CopyTo(Buffer.AsSpan(at)); // a byte lost
                Count--;
                break;
            case 6:
                Buffer.AsSpan(at, Count - at).CopyTo(Buffer.AsSpan(at + 1)); // a byte more
                Buffer[at] = dice.Byte();
                Count++;
                break;
            default:
                Buffer[at] ^= (byte)(1 << dice.Below(8));
                Count--;
                Seal(begin); // damaged, but the checksum fits: another frame, if a frame at all
                break;
        }
    }

    private void Put(int value) => Buffer[Count++] = (byte)value;
}
