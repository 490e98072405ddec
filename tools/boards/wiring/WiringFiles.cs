namespace Escapement.Boards.Wiring;

/// <summary>Everything that is generated from the gate's description, and from it and the boards.</summary>
public static class WiringFiles
{
    /// <summary>The files, in a fixed order.</summary>
    public static IEnumerable<GeneratedFile> Of(IReadOnlyList<Board> boards, GateCircuit circuit)
    {
        yield return new(RigSource.Path, RigSource.Write(circuit));
    }
}
