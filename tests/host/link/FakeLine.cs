namespace Escapement.Host.Tests;

/// <summary>The line between a host and a fake board, which may lose, repeat, damage and swap frames in both directions.</summary>
internal sealed class FakeLine(FakeBoard board, int seed = 0) : ITransport
{
    private readonly Random random = new(seed);
    private readonly Queue<byte> toHost = new();
    private readonly List<byte[]> toBoard = [];
    private byte[]? late;

    public double Drop { get; init; }

    public double Repeat { get; init; }

    public double Damage { get; init; }

    public double Swap { get; init; }

    /// <summary>Decides for each frame whether it passes: direction, address, kind.</summary>
    public Func<bool, int, int, bool>? Passes { get; set; }

    public bool IsCut { get; set; }

    public string Name => "fake line";

    public List<byte[]> FromHost { get; } = [];

    public int Read(Span<byte> buffer)
    {
        ThrowIfCut();
        int count = 0;
        while (count < buffer.Length && toHost.TryDequeue(out byte value))
        {
            buffer[count++] = value;
        }

        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        ThrowIfCut();
        FromHost.Add(bytes.ToArray());
        toBoard.Add(bytes.ToArray());
    }

    public bool WaitReadable(TimeSpan atMost) => toHost.Count > 0;

    public void Dispose()
    {
    }

    /// <summary>One pass of the board with what lies on the line.</summary>
    public void Pass(long nowUs)
    {
        foreach (byte[] frame in Spoil(true, toBoard))
        {
            board.Receive(frame);
        }

        toBoard.Clear();
        board.Pass(nowUs);
        foreach (byte[] frame in Spoil(false, board.Out))
        {
            foreach (byte value in frame)
            {
                toHost.Enqueue(value);
            }
        }

        board.Out.Clear();
    }

    private void ThrowIfCut()
    {
        if (IsCut)
        {
            throw new TransportException("The cable was cut; join it.");
        }
    }

    private IEnumerable<byte[]> Spoil(bool up, List<byte[]> frames)
    {
        foreach (byte[] original in frames)
        {
            if (Passes is not null && !Passes(up, original[2], original[0] & 3))
            {
                continue;
            }

            if (random.NextDouble() < Drop)
            {
                continue;
            }

            byte[] frame = [.. original];
            if (random.NextDouble() < Damage)
            {
                frame[random.Next(frame.Length)] ^= (byte)(1 << random.Next(8));
                if (random.Next(3) == 0)
                {
                    frame = frame[..random.Next(1, frame.Length)];
                }
            }

            if (late is null && random.NextDouble() < Swap)
            {
                late = up ? null : frame;
                if (late is not null)
                {
                    continue;
                }
            }

            yield return frame;
            if (random.NextDouble() < Repeat)
            {
                yield return frame;
            }

            if (!up && late is not null)
            {
                byte[] held = late;
                late = null;
                yield return held;
            }
        }
    }
}
