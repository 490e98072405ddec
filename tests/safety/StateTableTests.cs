namespace Escapement.Safety.Tests;

/// <summary>The state table allows exactly the transitions that the design names.</summary>
[TestClass]
public class StateTableTests
{
    private static readonly string[] allowed =
    [
        "Boot SelfTest", "SelfTest Idle", "Idle Loaded", "Loaded Armed", "Armed Running", "Running Done",
        "Running Held", "Held Running",
        "Armed Loaded", "Loaded Idle", "Done Idle",
        "Armed Idle", "Running Idle", "Held Idle",
        "Fault Idle", "EmergencyStop Idle",
    ];

    [TestMethod]
    public void Exactly_the_named_transitions_are_allowed()
    {
        var expected = new HashSet<string>(allowed);
        for (var from = 0; from < StateTable.Count; from++)
        {
            foreach (var stopped in new[] { SupervisorState.Fault, SupervisorState.EmergencyStop })
            {
                if (from != stopped)
                {
                    expected.Add($"{StateTable.Name(from)} {StateTable.Name(stopped)}");
                }
            }
        }

        var actual = new HashSet<string>();
        for (var from = 0; from < StateTable.Count; from++)
        {
            for (var to = 0; to < StateTable.Count; to++)
            {
                if (StateTable.Allows(from, to))
                {
                    actual.Add($"{StateTable.Name(from)} {StateTable.Name(to)}");
                }
            }
        }

        CollectionAssert.AreEquivalent(expected.ToList(), actual.ToList());
    }

    [TestMethod]
    public void Only_armed_and_held_lead_to_running_and_only_loaded_to_armed()
    {
        for (var from = 0; from < StateTable.Count; from++)
        {
            Assert.AreEqual(from is SupervisorState.Armed or SupervisorState.Held, StateTable.Allows(from, SupervisorState.Running));
            Assert.AreEqual(from == SupervisorState.Loaded, StateTable.Allows(from, SupervisorState.Armed));
            Assert.IsFalse(StateTable.Allows(from, from));
            Assert.IsFalse(StateTable.Allows(from, SupervisorState.Boot));
        }
    }

    [TestMethod]
    public void Numbers_that_are_no_state_are_allowed_nothing()
    {
        foreach (var odd in new[] { -1, StateTable.Count, 32, int.MinValue, int.MaxValue })
        {
            Assert.IsFalse(StateTable.Allows(odd, SupervisorState.Idle));
            Assert.IsFalse(StateTable.Allows(SupervisorState.Running, odd));
            Assert.AreEqual(0, StateTable.Bit(odd));
            Assert.AreEqual("Unknown", StateTable.Name(odd));
        }
    }
}
