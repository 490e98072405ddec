using System.Buffers.Binary;
using Escapement.Fuzz.Programs;

namespace Escapement.Fuzz.Tests;

/// <summary>The firmware's verifier, broken in one way.</summary>
public sealed class BrokenJudge : IJudge
{
    private readonly FirmwareJudge judge = new();
    private int stated;
    private int length;

    /// <summary>An error that it does not know: such programs it accepts.</summary>
    public int Believes;

    public bool RefusesLong, NeverEnds;

    public int Error => judge.Error == Believes && Believes != 0 ? 0 : RefusesLong && length > 200 ? 8 : judge.Error;

    public int Pulses => judge.Error == 0 ? judge.Pulses : stated;

    public void Begin(byte[] image, int length)
    {
        this.length = length;
        stated = image.Length >= 16 ? BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(12)) : 0;
        judge.Begin(image, length);
    }

    public int Step(int budget)
    {
        int result = judge.Step(budget);
        return NeverEnds && length > 200 ? 0 : result == 0 ? 0 : Error == 0 ? 1 : -1;
    }
}
