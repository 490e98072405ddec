using Escapement.Fit.Opcodes;
using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>Two opinions: what the kernel writes for every row of the library, judged by the guard under the compiled-in ceilings.</summary>
[TestClass]
public class LibraryTests
{
    private const int StepWords = 32;
    private const long AmortisedOpcodes = 80;

    public static IEnumerable<object[]> Ids => Library.Ids().Select(id => new object[] { id });

    [TestMethod]
    [DynamicData(nameof(Ids))]
    public void Every_list_of_every_library_row_passes_in_its_session(string id)
    {
        var guard = Guard();
        var lists = Library.Lists(id);
        foreach (var list in lists)
        {
            var first = ClearUs + list.FirstOnsetUs;
            var verdict = guard.JudgeBytes(list.Bytes, list.Pulses, list.LastOnsetUs - list.FirstOnsetUs, first);
            Assert.AreEqual(GuardVerdict.None, verdict, $"{GuardTable.At(verdict).Name} at word {guard.Word} of the list at {list.FirstOnsetUs} us");
            Assert.IsTrue(guard.MaySend(first));
            Assert.IsTrue(guard.HeadAgrees(list.Bytes, HeadWords, first - 200_000, first));
            guard.Commit(first);
        }

        Assert.AreEqual(lists.Sum(list => list.Pulses), guard.SessionPulses);
    }

    [TestMethod]
    public void A_judged_word_costs_at_most_80_opcodes_amortised_in_every_row()
    {
        using var counter = OpcodeCounter.InstrumentFirmware(Root());
        var limitsType = counter.Type("Escapement.Safety.Limits");
        var guardType = counter.Type("Escapement.Safety.OutputGuard");
        dynamic limits = Activator.CreateInstance(limitsType)!;
        counter.Type("Escapement.Safety.LimitTable").GetMethod("SetCeilings")!.Invoke(null, [limits]);
        var worst = 0L;
        foreach (var id in Library.Ids())
        {
            var lists = Library.Lists(id);
            dynamic guard = Activator.CreateInstance(guardType, ChannelWords, limits)!;
            guard.Boot(BootUs);
            guard.BeginSession(0);
            counter.Reset();
            foreach (var list in lists)
            {
                guard.Begin(list.Bytes, list.Bytes.Length / 4, HeadWords, ClearUs + list.FirstOnsetUs, list.Pulses, list.LastOnsetUs - list.FirstOnsetUs, limits);
                guard.BodyCrc = 1u;
                while (guard.Step(StepWords) == 0)
                {
                }

                Assert.AreEqual(GuardVerdict.None, (int)guard.Verdict, id);
                guard.MaySend(ClearUs + list.FirstOnsetUs);
                guard.Commit(ClearUs + list.FirstOnsetUs);
            }

            var words = lists.Sum(list => list.Bytes.Length / 4);
            var hundredths = counter.Read() * 100 / words;
            worst = Math.Max(worst, hundredths);
            Console.WriteLine($"{id}: {hundredths / 100}.{hundredths % 100:00} opcodes a judged word, {words} words in {lists.Count} lists");
        }

        Assert.IsTrue(worst <= AmortisedOpcodes * 100, $"{worst / 100} opcodes a judged word.");
    }
}
