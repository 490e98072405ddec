using BenchmarkDotNet.Attributes;
using Escapement.Link;

namespace Escapement.Benchmarks.Speed;

/// <summary>The frame codec: status events, the frame that travels most.</summary>
public class FrameBenchmarks
{
    public const int Frames = 100;
    const int Write = 2;
    const int PayloadBytes = 48;

    readonly byte[] payload = new byte[PayloadBytes];
    readonly byte[] wire = new byte[Frames * HarpFrame.MaxBytes];
    readonly FrameParser parser = new();
    int wireBytes;

    [GlobalSetup]
    public void Setup()
    {
        new Random(1).NextBytes(payload);
        wireBytes = WriteFrames();
        if (ParseFrames() != Frames)
            throw new InvalidOperationException("The parser does not find the frames.");
    }

    [Benchmark]
    public int WriteFrames()
    {
        int at = 0;
        for (int i = 0; i < Frames; i++)
            at += FrameWriter.Plain(wire, at, Write, RegisterAddress.Status, 1, payload, 0, PayloadBytes);
        return at;
    }

    [Benchmark]
    public int ParseFrames()
    {
        int found = 0;
        int at = 0;
        while (at < wireBytes)
        {
            at += parser.Accept(wire, at, wireBytes - at, 0);
            while (parser.Next())
                found++;
        }
        return found;
    }
}
