using Escapement.Boards.Wiring;

namespace Escapement.Boards.Tests.Wiring;

[TestClass]
public sealed class GateCircuitTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Root(), GateCircuit.Path));
    private static readonly GateCircuit Gate = GateCircuit.Read(Text);

    [TestMethod]
    public void EveryPinOfEveryPartIsInOneNetOrOpenOnPurpose()
    {
        var pins = Gate.Parts.SelectMany(part => Gate.PinsOf(part.Key)).Select(pin => pin.ToString()).ToList();
        var placed = Gate.Nets.SelectMany(net => net.Pins).Select(pin => pin.ToString()).Concat(Gate.Description.Unconnected).ToList();
        CollectionAssert.AreEquivalent(pins, placed);
    }

    [TestMethod]
    public void EveryOutputOfAPartIsTheOnlyOneOfItsNet()
    {
        var outputs = Gate.Parts.SelectMany(part => Gate.TypeOf(part.Key).Units.SelectMany(unit => new[] { unit.Out, unit.OutInverted }.Where(pin => pin.Length > 0).Select(pin => Gate.NetOf(part.Key, pin)))).Where(net => net is not null).ToList();
        CollectionAssert.AllItemsAreUnique(outputs);
    }

    [TestMethod]
    public void NoInputOfAPartHangsInTheAir()
    {
        foreach ((string part, _) in Gate.Parts)
        {
            foreach (PartUnit unit in Gate.TypeOf(part).Units)
            {
                foreach (string pin in new[] { unit.Data, unit.Clock, unit.Set, unit.Reset, unit.Falling, unit.Rising, unit.Enable }.Concat(unit.In).Where(pin => pin.Length > 0))
                {
                    Assert.IsNotNull(Gate.NetOf(part, pin), $"{part}.{pin}");
                }
            }
        }
    }

    [TestMethod]
    [DataRow("trigger")]
    [DataRow("enable")]
    [DataRow("heartbeat")]
    public void WhatTheBoardDrivesIsHeldLowByAtMost4700Ohms(string signal)
    {
        Part pull = Gate.Between("resistor", Gate.NetOf("J1", signal), "GND").Single().Value;
        Assert.IsLessThanOrEqualTo(4700, pull.Value);
    }

    [TestMethod]
    public void FiguresFollowFromThePartsByHand()
    {
        var figures = new GateFigures(Gate);
        Assert.AreEqual(805_000, figures["deadUs"].Ns, "0.7 x 115 kohm x 10 nF");
        Assert.AreEqual(100_100, figures["pulseUs"].Ns, "0.7 x 143 kohm x 1 nF");
        Assert.AreEqual(249_900_000, figures["watchdogUs"].Ns, "0.7 x 357 kohm x 1 uF");
        Assert.AreEqual(805_000 * 84 / 100, figures["deadUs"].LeastNs, "10 % + 1 % + 5 %");
        Assert.AreEqual(805_000 * 116 / 100, figures["deadUs"].MostNs);
        Assert.AreEqual(4_020_000 * Math.Log(3300.0 / (3300 - 1902)), figures["heartbeatRiseUs"].Ns, 1.0, "40.2 kohm x 100 nF");
        Assert.AreEqual(200_000 * Math.Log(5000.0 * 2 / 3 / 1142), figures["contactOpenUs"].Ns, 1.0, "2 kohm x 100 nF from two thirds of 5 V");
        Assert.AreEqual(270 * 1_100 * Math.Log(5000.0 / 1650), figures["keyOffUs"].Ns, 1.0, "270 ohm x 1.1 uF");
    }

    [TestMethod]
    [DataRow("  DEAD: [U7.1Q, U7.2B, U7.2RD]", "  DEAD: [U7.1Q, U7.2B]", "U7.2RD is neither in a net nor unconnected")]
    [DataRow("  DEAD: [U7.1Q, U7.2B, U7.2RD]", "  DEAD: [U7.1Q, U7.2B, U7.2RD, U4.1A]", "U4.1A is in DEAD already")]
    [DataRow("  DEAD: [U7.1Q,", "  DEAD: [U7.3Q, U7.1Q,", "nets: DEAD: there is no pin U7.3Q")]
    [DataRow("type: resistor, part: RC0805FR-07115KL, value: 115000", "type: resistor, part: RC0805FR-07115KL, value: 150000", "deadUs: 882000 to 1218000 ns leaves 650000 to 960000 ns")]
    [DataRow("type: resistor, part: RC0805FR-07115KL, value: 115000", "type: resister, part: RC0805FR-07115KL, value: 115000", "parts: R4: there is no kind 'resister'")]
    [DataRow("answers: \"dead processor\"}", "}", "says neither why it is there nor which fault it answers")]
    [DataRow("revision: A", "revision: A\ncolour: red", "line 11, column 1")]
    [DataRow("  - net: CLEAR_N", "  - net: CLEAR", "residual: there is no net CLEAR")]
    public void ADescriptionThatIsWrongIsRefusedWithItsReason(string from, string to, string reason)
    {
        StringAssert.Contains(Text, from);
        string message = Assert.ThrowsExactly<FormatException>(() => GateCircuit.Read(Text.Replace(from, to, StringComparison.Ordinal))).Message;
        StringAssert.Contains(message, reason);
    }

    [TestMethod]
    public void WhatWasNotReadInASourceIsMarkedWhereverItIsShown()
    {
        string bom = NetListFiles.BillOfMaterials(Gate), page = GatePage.Write(Gate), circuit = CircuitDrawing.Write(Gate);
        foreach ((string name, PartType type) in Gate.Description.Types.Where(type => type.Value.Source == "recalled" && type.Value.Units.Count > 0))
        {
            StringAssert.Contains(page, $"| {name}, {type.Maker} | recalled |");
            StringAssert.Contains(circuit, $"{type.Title} (recalled)");
        }
        foreach (string line in bom.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)) { Assert.IsTrue(line.EndsWith(",read", StringComparison.Ordinal) || line.EndsWith(",recalled", StringComparison.Ordinal), line); }
        foreach (Cable cable in CablePage.Own().Cables.Where(cable => cable.Source == "recalled")) { StringAssert.Contains(CablePage.Own().Write(), $"## {cable.Name}\n\n**Recalled"); }
    }

    [TestMethod]
    public void EveryCableEndsAtATerminalOfTheGate()
    {
        Assert.AreEqual("", string.Join("; ", CablePage.Own().Problems(Gate)));
        Cable magstim = CablePage.Own().Cables[0];
        CollectionAssert.Contains(magstim.LeaveOpen.Select(open => open.Pin).ToArray(), "24", "edge mode");
    }

    [TestMethod]
    public void BillOfMaterialsAndNetListsHoldEveryPartAndPinOnce()
    {
        string[] bom = Lines(NetListFiles.BillOfMaterials(Gate)), list = Lines(NetListFiles.NetList(Gate));
        CollectionAssert.AreEquivalent(Gate.Parts.Select(part => part.Key).ToArray(), bom.SelectMany(line => line.Split(',')[1].Split(' ')).ToArray());
        Assert.HasCount(Gate.Parts.Sum(part => Gate.TypeOf(part.Key).Pins.Count), list);
        string kicad = NetListFiles.KiCad(Gate);
        Assert.AreEqual(kicad.Count(c => c == '('), kicad.Count(c => c == ')'));
        foreach (Net net in Gate.Nets) { StringAssert.Contains(kicad, $"(name \"{net.Name}\")"); }

        static string[] Lines(string csv) => [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
    }

    [TestMethod]
    public void EveryGeneratedFileIsReproducedByteForByte()
    {
        foreach (GeneratedFile file in WiringFiles.Of(BoardLibrary.All, Gate))
        {
            Assert.AreEqual(file.Text, File.ReadAllText(Path.Combine(Root(), file.Path)).ReplaceLineEndings("\n"), $"{file.Path}: run dotnet run --project tools/fit -- boards");
            Assert.DoesNotContain("\r", file.Text);
        }
    }

    [TestMethod]
    public void TheGatesPageStatesTheFiguresOfTheCircuit()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs/gate.md"));
        var figures = new GateFigures(Gate);
        StringAssert.Contains(page, Us(figures["contactOpenUs"]));
        StringAssert.Contains(page, Us(figures["deadUs"]));
        StringAssert.Contains(page, $"| {figures["watchdogUs"].LeastNs / 1e6:0} ms | {figures["watchdogUs"].Ns / 1e6:0} ms | {figures["watchdogUs"].MostNs / 1e6:0} ms |");
        StringAssert.Contains(page, FormattableString.Invariant($"| {figures["enableDelayNs"].LeastNs / 1e3:0.0} us | {figures["enableDelayNs"].Ns / 1e3:0.0} us | {figures["enableDelayNs"].MostNs / 1e3:0.0} us |"));

        static string Us(GateFigure figure) => FormattableString.Invariant($"{figure.LeastNs / 1e3:0} us | {figure.Ns / 1e3:0} us | {figure.MostNs / 1e3:0} us |");
    }

    private static string Root()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "nf.sln"))) { folder = folder.Parent!; }
        return folder.FullName;
    }
}
