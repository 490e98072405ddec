using Escapement.Safety;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    /// <summary>
    /// Before the guard has seen a usual pulse of a list nothing may pass for one. Each list begins with a pulse of two high halves, which is not
    /// usual, and 40 ms on has a word that is low throughout where the plan has a pulse.
    /// </summary>
    [TestClass]
    public class GuardNoPulseTests
    {
        [TestMethod]
        [DataRow(0, 0, GuardVerdict.ZeroHalf)]
        [DataRow(10, 1, GuardVerdict.Count)]
        public void A_low_word_is_never_taken_for_a_pulse(int early, int late, int verdict)
        {
            GuardBench list = Begun();
            list.Half(false, early);
            list.Half(false, late);
            int ticks = early == 0 ? 11 : early + late;
            list.Low(40000 - ticks, 2);
            list.Half(true, 100);
            list.Half(false, 1);
            Assert.AreEqual(verdict, list.JudgeAs(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings(), 3, 80000));
        }

        [TestMethod]
        public void A_low_word_is_not_the_last_pulse_either()
        {
            GuardBench list = Begun();
            list.Half(false, 10);
            list.Half(false, 1);
            Assert.AreEqual(GuardVerdict.Count, list.JudgeAs(GuardBench.Guard(), GuardBench.ClearUs, GuardBench.Ceilings(), 2, 40000));
        }

        private static GuardBench Begun()
        {
            GuardBench list = new GuardBench();
            list.Low(200000, 8);
            list.Half(true, 60);
            list.Half(true, 40);
            list.Low(39900, 2);
            return list;
        }
    }
}
