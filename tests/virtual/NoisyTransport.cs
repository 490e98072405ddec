using Escapement.Host;

namespace Escapement.Virtual.Tests;

/// <summary>A line that flips bits, drops, doubles and swaps what passes, in both directions, from a seed.</summary>
internal sealed class NoisyTransport(ITransport inner, int seed) : ITransport
{
    private readonly Random random = new(seed);
    private readonly byte[] scratch = new byte[4096];
    private readonly Queue<byte[]> late = new();

    public string Name => inner.Name;

    public int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        if (count > 0 && random.Next(25) == 0)
        {
            buffer[random.Next(count)] ^= (byte)(1 << random.Next(8));
        }

        return count > 0 && random.Next(60) == 0 ? count - 1 : count;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        byte[] frame = bytes.ToArray();
        switch (random.Next(40))
        {
            case 0: // a bit
                frame[random.Next(frame.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1: // a lost byte
                frame = frame[..^1];
                break;
            case 2: // lost altogether
                return;
            case 3: // twice
                inner.Write(frame);
                break;
            case 4: // behind a later one
                late.Enqueue(frame);
                return;
            case 5: // an old one again
                inner.Write(scratch.AsSpan(1, scratch[0]));
                break;
        }

        inner.Write(frame);
        scratch[0] = (byte)Math.Min(frame.Length, 127);
        frame.AsSpan(0, scratch[0]).CopyTo(scratch.AsSpan(1));
        while (late.TryDequeue(out byte[]? delayed))
        {
            inner.Write(delayed);
        }
    }

    public bool WaitReadable(TimeSpan atMost) => inner.WaitReadable(atMost);

    public void Dispose() => inner.Dispose();
}
