using System.Globalization;
using YamlDotNet.RepresentationModel;
using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>Inhibit reasons, faults and states, held in step with device.yml.</summary>
[TestClass]
public class TableTests
{
    private static Dictionary<string, int> FromYaml(string section, string name, string inner)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Root(), "firmware", "link", "device.yml"));
        stream.Load(reader);
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        var bits = (YamlMappingNode)root[section][name][inner];
        return bits.Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => Number(((YamlScalarNode)pair.Value["value"]).Value!));
    }

    private static int Number(string text)
        => text.StartsWith("0x", StringComparison.Ordinal) ? unchecked((int)uint.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)) : int.Parse(text, CultureInfo.InvariantCulture);

    private static Dictionary<string, int> FromConsts(Type type) => type.GetFields().ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!);

    private static void AreSame(Dictionary<string, int> expected, Dictionary<string, int> actual)
        => CollectionAssert.AreEquivalent(expected.Select(pair => $"{pair.Key} {pair.Value}").ToList(), actual.Select(pair => $"{pair.Key} {pair.Value}").ToList());

    private static void IsComplete(SafetyEntry[] rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            Assert.AreEqual(1 << i, row.Code, row.Name);
            Assert.IsTrue(row.Sentence.Length > 10 && row.Sentence.EndsWith('.') && !row.Sentence.TrimEnd('.').Contains(". "), $"{row.Name}: one sentence");
            Assert.IsTrue(row.Cure.Length > 10 && row.Cure.EndsWith('.'), row.Name);
            Assert.IsTrue(row.Severity is SafetyEntry.SeverityLow or SafetyEntry.SeverityMedium or SafetyEntry.SeverityHigh, row.Name);
            Assert.IsTrue(row.States != 0 && (row.States & ~StateTable.All) == 0, row.Name);
        }

        Assert.AreEqual(rows.Length, rows.Select(row => row.Name).Distinct().Count());
        Assert.AreEqual(rows.Length, rows.Select(row => row.Sentence).Distinct().Count());
    }

    private static SafetyEntry[] Inhibits() => Enumerable.Range(0, InhibitTable.Count).Select(InhibitTable.At).ToArray();

    private static SafetyEntry[] Faults() => Enumerable.Range(0, FaultTable.Count).Select(FaultTable.At).ToArray();

    [TestMethod]
    public void Inhibit_reasons_are_those_of_device_yml()
    {
        var yaml = FromYaml("bitMasks", "InhibitFlags", "bits");
        AreSame(yaml, FromConsts(typeof(InhibitReason)));
        AreSame(yaml, Inhibits().ToDictionary(row => row.Name, row => row.Code));
        IsComplete(Inhibits());
        Assert.AreEqual(yaml.Values.Aggregate((all, bit) => all | bit), InhibitTable.All);
    }

    [TestMethod]
    public void Faults_are_those_of_device_yml()
    {
        var yaml = FromYaml("bitMasks", "FaultFlags", "bits");
        AreSame(yaml, FromConsts(typeof(FaultCode)));
        AreSame(yaml, Faults().ToDictionary(row => row.Name, row => row.Code));
        IsComplete(Faults());
        Assert.AreEqual(yaml.Values.Aggregate((all, bit) => all | bit), FaultTable.All);
    }

    [TestMethod]
    public void States_are_those_of_device_yml()
    {
        var yaml = FromYaml("groupMasks", "SupervisorStates", "values");
        AreSame(yaml, FromConsts(typeof(SupervisorState)));
        AreSame(yaml, Enumerable.Range(0, StateTable.Count).ToDictionary(StateTable.Name, state => state));
        Assert.IsTrue(Enumerable.Range(0, StateTable.Count).All(state => StateTable.Sentence(state).EndsWith('.')));
    }

    [TestMethod]
    public void Every_inhibit_reason_forbids_arming_and_no_other_is_blamed()
    {
        foreach (var row in Inhibits())
        {
            Assert.AreEqual(row.Code, InhibitTable.Blocking(row.Code, SupervisorState.Armed), row.Name);
            Assert.AreSame(row, InhibitTable.ByBit(row.Code));
            foreach (var state in new[] { SupervisorState.Idle, SupervisorState.Fault, SupervisorState.EmergencyStop, SupervisorState.Done, SupervisorState.Held })
            {
                Assert.AreEqual(0, InhibitTable.Blocking(row.Code, state), $"{row.Name} would stand in the way of the safe state {StateTable.Name(state)}");
            }
        }

        Assert.AreEqual(InhibitTable.All, InhibitTable.Blocking(InhibitTable.All, SupervisorState.Armed));
        Assert.AreEqual(0, InhibitTable.Blocking(0, SupervisorState.Armed));
        Assert.AreEqual(0, InhibitTable.Blocking(InhibitReason.ChallengeMissing, SupervisorState.Running), "A challenge serves once, at arming.");
        Assert.AreEqual(InhibitReason.KeyOff, InhibitTable.Blocking(InhibitReason.KeyOff | InhibitReason.ChallengeMissing, SupervisorState.Running));
    }

    [TestMethod]
    public void A_bit_without_a_row_is_on_the_safe_side()
    {
        Assert.AreEqual(1 << 30, InhibitTable.Blocking(1 << 30, SupervisorState.Armed));
        Assert.AreEqual(1 << 30, InhibitTable.Blocking(1 << 30, SupervisorState.Running));
        Assert.AreEqual(1 << 30, FaultTable.Latching(1 << 30, SupervisorState.Idle));
        Assert.IsNull(InhibitTable.ByBit(1 << 30));
        Assert.IsNull(InhibitTable.ByBit(0));
        Assert.IsNull(InhibitTable.ByBit(3));
        Assert.IsNull(FaultTable.ByBit(3));
    }

    [TestMethod]
    public void Every_fault_latches_in_its_states_and_lands_in_a_stopped_one()
    {
        foreach (var row in Faults())
        {
            Assert.AreSame(row, FaultTable.ByBit(row.Code));
            for (var state = 0; state < StateTable.Count; state++)
            {
                Assert.AreEqual((row.States & StateTable.Bit(state)) != 0 ? row.Code : 0, FaultTable.Latching(row.Code, state), row.Name);
            }

            var stop = row.Code == FaultCode.EmergencyStop;
            Assert.AreEqual(stop ? SupervisorState.EmergencyStop : SupervisorState.Fault, FaultTable.LandsIn(row.Code));
            Assert.AreEqual(SupervisorState.EmergencyStop, FaultTable.LandsIn(row.Code | FaultCode.EmergencyStop));
        }

        var live = StateTable.Bit(SupervisorState.Armed) | StateTable.Bit(SupervisorState.Running) | StateTable.Bit(SupervisorState.Held);
        foreach (var fault in new[] { FaultCode.EmergencyStop, FaultCode.InterlockOpened, FaultCode.KeyTurnedOff, FaultCode.CoilLost, FaultCode.LeaseLost, FaultCode.LinkSilenced, FaultCode.GateMismatch })
        {
            Assert.AreEqual(live, FaultTable.ByBit(fault).States & live, FaultTable.ByBit(fault).Name);
        }
    }

    [TestMethod]
    public void A_fault_number_is_its_bit_plus_one()
    {
        Assert.AreEqual(0, FaultTable.Number(0));
        Assert.AreEqual(1, FaultTable.Number(FaultCode.StartLate));
        Assert.AreEqual(25, FaultTable.Number(FaultCode.EmergencyStop));
        Assert.AreEqual(3, FaultTable.Number(FaultCode.GateMismatch | FaultCode.Internal));
    }
}
