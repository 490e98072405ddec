using System.Buffers.Binary;

namespace Escapement.Link.Tests;

/// <summary>
/// A second frame codec, written from the text of Harp's "Binary Protocol 8-bit" and sharing nothing with the firmware's.
/// </summary>
public sealed record SpecFrame(int Type, bool Error, int Address, int Port, int PayloadType, (uint Seconds, int Ticks)? Timestamp, byte[] Payload)
{
    public const int Read = 1, Write = 2, Event = 3;

    public static SpecFrame ReadRequest(int address, int payloadType) => new(Read, false, address, 0xFF, payloadType, null, []);

    public static SpecFrame WriteRequest(int address, int payloadType, params byte[] payload) => new(Write, false, address, 0xFF, payloadType, null, payload);

    public byte[] Encode()
    {
        var bytes = new List<byte> { (byte)(Type | (Error ? 0x08 : 0)), 0, (byte)Address, (byte)Port, (byte)(PayloadType | (Timestamp is null ? 0 : 0x10)) };
        if (Timestamp is var (seconds, ticks))
        {
            bytes.AddRange(BitConverter.GetBytes(seconds));
            bytes.AddRange(BitConverter.GetBytes((ushort)ticks));
        }

        bytes.AddRange(Payload);
        bytes[1] = (byte)(bytes.Count - 2 + 1); // what follows the length field, checksum included
        bytes.Add((byte)bytes.Sum(b => b));
        return [.. bytes];
    }

    /// <summary>Decodes the frame that begins here and ends inside the span; null when there is none.</summary>
    public static SpecFrame? Decode(ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        if (data.Length < 6 || data[0] is not (1 or 2 or 3 or 9 or 10 or 11))
        {
            return null;
        }

        int total = data[1] + 2;
        bool stamped = (data[4] & 0x10) != 0;
        if (total < (stamped ? 12 : 6) || total > 128 || total > data.Length)
        {
            return null;
        }

        int sum = 0;
        foreach (byte b in data[..(total - 1)])
        {
            sum += b;
        }

        if (sum % 256 != data[total - 1])
        {
            return null;
        }

        length = total;
        (uint, int)? timestamp = stamped
            ? (BinaryPrimitives.ReadUInt32LittleEndian(data[5..]), BinaryPrimitives.ReadUInt16LittleEndian(data[9..]))
            : null;
        return new SpecFrame(data[0] & 3, (data[0] & 8) != 0, data[2], data[3], data[4] & ~0x10, timestamp, data[(stamped ? 11 : 5)..(total - 1)].ToArray());
    }

    /// <summary>All frames of a finished recording: at each byte take a whole valid frame, else go on by one byte.</summary>
    public static List<SpecFrame> Scan(ReadOnlySpan<byte> data)
    {
        var found = new List<SpecFrame>();
        int at = 0;
        while (at < data.Length)
        {
            if (Decode(data[at..], out int length) is { } frame)
            {
                found.Add(frame);
                at += length;
            }
            else
            {
                at++;
            }
        }

        return found;
    }

    public uint U32(int element) => BinaryPrimitives.ReadUInt32LittleEndian(Payload.AsSpan(4 * element));

    public bool Equals(SpecFrame? other) =>
        other is not null && Type == other.Type && Error == other.Error && Address == other.Address && Port == other.Port
        && PayloadType == other.PayloadType && Timestamp == other.Timestamp && Payload.AsSpan().SequenceEqual(other.Payload);

    public override int GetHashCode() => HashCode.Combine(Type, Address, Payload.Length);

    public override string ToString() =>
        $"{(Type == Read ? "Read" : Type == Write ? "Write" : "Event")}{(Error ? "!" : "")} {Address}:{Port:X2} type {PayloadType:X2} at {Timestamp} [{Convert.ToHexString(Payload)}]";
}
