using System.Security.Cryptography;

namespace Escapement.Simulation;

/// <summary>A recording in 64 digits: two runs of a seed must agree to the last edge and the last byte.</summary>
public static class Digest
{
    /// <summary>SHA-256 over edges, bytes on the link, and what hosts wrote down.</summary>
    public static string Of(Recording recording)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (WireEdge edge in recording.Edges) { Add(hash, edge.T80, (long)edge.Wire, edge.Level ? 1 : 0); }
        foreach (LinkBytes bytes in recording.Link)
        {
            Add(hash, bytes.AtUs, bytes.ToBoard ? 1 : 0, bytes.Bytes.Length);
            hash.AppendData(bytes.Bytes);
        }

        foreach (HostClaim claim in recording.Claims) { Add(hash, claim.AtUs, claim.Completed ? 1 : 0, claim.Pulses); }
        Add(hash, recording.EndUs, 0, 0);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, long a, long b, long c)
    {
        Span<byte> bytes = stackalloc byte[24];
        BitConverter.TryWriteBytes(bytes, a);
        BitConverter.TryWriteBytes(bytes[8..], b);
        BitConverter.TryWriteBytes(bytes[16..], c);
        hash.AppendData(bytes);
    }
}
