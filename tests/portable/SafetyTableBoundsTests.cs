using Escapement.Safety;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    /// <summary>Corners of the tables that no register shows.</summary>
    [TestClass]
    public class SafetyTableBoundsTests
    {
        [TestMethod]
        public void A_verdict_names_no_state_and_none_is_the_least_grave()
        {
            for (int verdict = 0; verdict < GuardTable.Count; verdict++)
            {
                Assert.AreEqual(0, GuardTable.At(verdict).States, GuardTable.At(verdict).Name);
            }

            Assert.AreEqual(SafetyEntry.SeverityLow, GuardTable.At(GuardVerdict.None).Severity);
        }

        // A known reason that forbids only Armed forbids nothing else; an unknown one forbids both.
        [TestMethod]
        [DataRow(SupervisorState.Armed, InhibitReason.HistoryFull, InhibitReason.HistoryFull)]
        [DataRow(SupervisorState.Running, InhibitReason.HistoryFull, 0)]
        [DataRow(SupervisorState.Running, InhibitReason.KeyOff, InhibitReason.KeyOff)]
        [DataRow(SupervisorState.Loaded, InhibitReason.KeyOff, 0)]
        [DataRow(SupervisorState.Running, 1 << 30, 1 << 30)]
        [DataRow(SupervisorState.Armed, 1 << 30, 1 << 30)]
        [DataRow(SupervisorState.Loaded, 1 << 30, 0)]
        public void A_reason_blocks_the_states_of_its_row(int state, int reasons, int blocking)
        {
            Assert.AreEqual(blocking, InhibitTable.Blocking(reasons, state));
        }
    }
}
