using Escapement.Boards.Wiring;

namespace Escapement.Rig.Tests.Circuit;

/// <summary>Every single fault of the built gate: closed, or on the list with what finds it.</summary>
[TestClass]
public sealed class FaultTests
{
    private static readonly GateCircuit Gate = GateCircuit.Own();

    [TestMethod]
    public void TheDrawnGateHoldsInEveryScenario()
    {
        foreach (Scenario scenario in Scenario.All) { Assert.IsTrue(scenario.Holds(Gate, null), scenario.Name); }
    }

    [TestMethod]
    public void TheDrawnGateFires()
    {
        Scenario.Worked rig = new(Gate, null);
        rig.Open();
        rig.Fire(3);
        Assert.AreEqual(3, rig.Edges);
        Assert.AreEqual(100, rig.LongestUs);
    }

    [TestMethod]
    public void WhatEverySingleFaultLosesIsExactlyWhatTheDescriptionLists()
    {
        Dictionary<string, SortedSet<string>> found = [];
        object key = new();
        Parallel.ForEach(Fault.All(Gate), fault =>
        {
            foreach (Scenario scenario in Scenario.All.Where(scenario => !scenario.Holds(Gate, fault)))
            {
                lock (key)
                {
                    if (!found.TryGetValue(fault.Net, out SortedSet<string>? lost)) { found[fault.Net] = lost = new(StringComparer.Ordinal); }
                    lost.Add(scenario.Name);
                }
            }
        });
        string listed = Text(Gate.Description.Residual.ToDictionary(fault => fault.Net, fault => (IEnumerable<string>)fault.Loses));
        Assert.AreEqual(listed, Text(found.ToDictionary(net => net.Key, net => (IEnumerable<string>)net.Value)));
    }

    [TestMethod]
    public void NoSingleFaultOfANetTakesTheEmergencyStopAwaySilently()
    {
        string[] beyondTheLastGate = ["GATED", "DRIVE", "LINE", "LINE_5V"];
        foreach (ResidualFault fault in Gate.Description.Residual.Where(fault => fault.Loses.Contains("emergencyStop")))
        {
            CollectionAssert.Contains(beyondTheLastGate, fault.Net);
        }
    }

    private static string Text(Dictionary<string, IEnumerable<string>> nets) =>
        string.Join("\n", nets.OrderBy(net => net.Key, StringComparer.Ordinal).Select(net => $"{net.Key}: {string.Join(", ", net.Value.Order(StringComparer.Ordinal))}"));
}
