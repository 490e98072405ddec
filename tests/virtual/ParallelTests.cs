using Escapement.Host;
using Escapement.Rig;

namespace Escapement.Virtual.Tests;

[TestClass]
public sealed class ParallelTests
{
    [TestMethod]
    public void BoardsOnDifferentThreadsDoNotTouchEachOther()
    {
        string[] ids = ["itbs600", "ctbs600", "imtbs600", "qtbs-200hz", "itbs600", "ctbs300"];
        int[] emitted = new int[ids.Length];
        Parallel.For(0, ids.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            emitted[i] = Outcome.Of(ids[i]).Board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
        CollectionAssert.AreEqual(ids.Select(id => (int)ProtocolLibrary.Find(id).TotalPulses).ToArray(), emitted);
    }
}
