namespace Escapement.Boards.Wiring;

/// <summary>Everything that is generated from the gate's description, and from it and the boards.</summary>
public static class WiringFiles
{
    /// <summary>The files, in a fixed order.</summary>
    public static IEnumerable<GeneratedFile> Of(IReadOnlyList<Board> boards, GateCircuit circuit)
    {
        yield return new(RigSource.Path, RigSource.Write(circuit));
        foreach (Board board in boards) { yield return new($"boards/{board.Id}/wiring.svg", WiringDrawing.Write(board, circuit, HeaderFile.Of(board.Id))); }
        yield return new("boards/gate/circuit.svg", CircuitDrawing.Write(circuit));
        yield return new("boards/gate/bom.csv", NetListFiles.BillOfMaterials(circuit));
        yield return new("boards/gate/netlist.csv", NetListFiles.NetList(circuit));
        yield return new("boards/gate/gate.net", NetListFiles.KiCad(circuit));
        yield return new("boards/gate/README.md", GatePage.Write(circuit));
        yield return new("boards/gate/CABLES.md", CablePage.Own().Write());
    }
}
