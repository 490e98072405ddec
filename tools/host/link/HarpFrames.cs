using System.Buffers.Binary;
using Escapement.Link;

namespace Escapement.Host;

/// <summary>Frames that a controller sends.</summary>
public static class HarpFrames
{
    /// <summary>Harp payload type of unsigned bytes.</summary>
    public const int U8 = 1;

    /// <summary>Harp payload type of unsigned 16-bit words.</summary>
    public const int U16 = 2;

    /// <summary>Harp payload type of unsigned 32-bit words.</summary>
    public const int U32 = 4;

    /// <summary>Harp payload type of unsigned 64-bit words.</summary>
    public const int U64 = 8;

    /// <summary>Words in the payload of a command register.</summary>
    public const int CommandWords = 12;

    private const int CommandVersion = 1;

    /// <summary>A request for the contents of a register.</summary>
    public static byte[] Read(int address, int type) => Frame(HarpKind.Read, address, type, default);

    /// <summary>A request to change the contents of a register.</summary>
    public static byte[] Write(int address, int type, ReadOnlySpan<byte> payload) => Frame(HarpKind.Write, address, type, payload);

    /// <summary>The payload of a command: version, sequence, nonce, six arguments, issue time, and the CRC-32 over the register's address and all of it.</summary>
    /// <param name="address">The command register.</param>
    /// <param name="sequence">Rises with every command.</param>
    /// <param name="nonce">Nonce of the lease holder.</param>
    /// <param name="issuedUs">Board time at which the command was given, in microseconds.</param>
    /// <param name="arguments">At most six.</param>
    public static byte[] Command(int address, uint sequence, uint nonce, long issuedUs, params ReadOnlySpan<uint> arguments)
    {
        byte[] payload = new byte[CommandWords * 4];
        Put(payload, 0, CommandVersion);
        Put(payload, 1, sequence);
        Put(payload, 2, nonce);
        for (int i = 0; i < arguments.Length; i++)
        {
            Put(payload, 3 + i, arguments[i]);
        }

        Put(payload, 9, (uint)issuedUs);
        Put(payload, 10, (uint)(issuedUs >> 32));
        var crc = new Crc32();
        crc.Add([(byte)address]);
        crc.Add(payload.AsSpan(0, 44));
        Put(payload, 11, crc.Value);
        return payload;
    }

    private static void Put(byte[] payload, int word, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(word * 4), value);

    private static byte[] Frame(HarpKind kind, int address, int type, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[HarpFrame.PlainOverhead + payload.Length];
        return FrameWriter.Plain(frame, 0, (int)kind, address, type, payload.ToArray(), 0, payload.Length) == frame.Length
            ? frame
            : throw new ArgumentException("A Harp frame of this device holds at most 128 bytes.", nameof(payload));
    }
}
