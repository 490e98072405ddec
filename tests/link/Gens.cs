using CsCheck;

namespace Escapement.Link.Tests;

/// <summary>Random frames and garbage.</summary>
internal static class Gens
{
    public static readonly int[] PayloadTypes = [0x01, 0x02, 0x04, 0x08, 0x81, 0x82, 0x84, 0x88, 0x44];

    private static readonly byte[] FirstBytes = [1, 2, 3, 9, 10, 11];

    public static readonly Gen<SpecFrame> Frame =
        from type in Gen.Int[1, 3]
        from error in Gen.Int[0, 7]
        from address in Gen.Int[0, 255]
        from port in Gen.Frequency((3, Gen.Const(255)), (1, Gen.Int[0, 255]))
        from payloadType in Gen.Int[0, PayloadTypes.Length - 1].Select(i => PayloadTypes[i])
        from stamped in Gen.Bool
        from seconds in Gen.UInt
        from ticks in Gen.Int[0, 31249]
        from payload in Gen.Byte.Array[0, 116]
        select new SpecFrame(type, error == 0, address, port, payloadType, stamped ? (seconds, ticks) : null, payload);

    /// <summary>Bytes of every kind, with many that could begin a frame.</summary>
    public static readonly Gen<byte[]> Garbage = Gen.Frequency(
        (3, Gen.Byte),
        (1, Gen.Int[0, 5].Select(i => FirstBytes[i])),
        (1, Gen.Byte[4, 40])).Array[0, 40];

    /// <summary>Bytes none of which can begin a frame.</summary>
    public static readonly Gen<byte[]> HarmlessGarbage = Gen.Byte[0x10, 0xFF].Array[0, 40];

    public static readonly Gen<int[]> Chunks = Gen.Int[1, 200].Array[1, 8];
}
