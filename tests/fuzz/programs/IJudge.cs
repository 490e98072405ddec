using Escapement.Kernel;

namespace Escapement.Fuzz.Programs;

/// <summary>A program verifier as the properties see it; the firmware's, or a broken one that they must find.</summary>
public interface IJudge
{
    void Begin(byte[] image, int length);

    int Step(int budget);

    int Error { get; }

    int Pulses { get; }
}

/// <summary>The firmware's verifier.</summary>
public sealed class FirmwareJudge : IJudge
{
    private readonly ProgramVerifier verifier = new();

    public int Error => verifier.Error;

    public int Pulses => verifier.Pulses;

    public void Begin(byte[] image, int length) => verifier.Begin(image, length);

    public int Step(int budget) => verifier.Step(budget);
}
