using CsCheck;
using nanoFramework.Hardware.Esp32.Rmt;

namespace Escapement.Chip.Tests;

[TestClass]
public class RmtEdgeTests : BoardTest
{
    private static readonly Gen<(bool, int)> GenHalf =
        Gen.Select(Gen.Bool, Gen.Frequency((4, Gen.Int[1, 300]), (1, Gen.Int[1, 32767])));

    private static readonly Gen<byte[]> GenList =
        from words in Gen.Int[1, 400].Where(w => w % 48 != 0)
        from halves in GenHalf.Array[2 * words]
        select List(halves);

    private static readonly Gen<byte[]> GenListWithZeros =
        from words in Gen.Int[1, 200].Where(w => w % 48 != 0)
        from halves in Gen.Select(Gen.Bool, Gen.Frequency((30, Gen.Int[1, 3000]), (1, Gen.Const(0)))).Array[2 * words]
        select List(halves);

    [TestMethod]
    public void EveryEdgeOfAnyListIsWhereAnIndependentDecodePutsItToTheTick()
    {
        GenList.Sample(
            list =>
            {
                long start = Play(list);
                AssertEdges(Decode(list), start);
            },
            iter: 200,
            threads: 1);
    }

    [TestMethod]
    public void AZeroHalfStopsTheListAtThatHalf()
    {
        GenListWithZeros.Sample(
            list =>
            {
                long start = Play(list);
                AssertEdges(Decode(list), start);
            },
            iter: 200,
            threads: 1);
    }

    [TestMethod]
    [DataRow(1_000_000, 80)]
    [DataRow(500_000, 160)]
    [DataRow(400_000, 200)]
    [DataRow(100_000, 800)]
    [DataRow(80_000_000, 1)]
    public void TheTickIsAWholeDividerOf80MHz(int resolutionHz, int tick80)
    {
        byte[] list = List((false, 10), (true, 100), (false, 32767), (true, 7));
        long start = Play(list, s => s.ResolutionHz = resolutionHz);
        AssertEdges(Decode(list), start, tick80);
    }

    [TestMethod]
    public void AResolutionThatDoesNotDivideIsRoundedWithoutAWord()
    {
        // 80 MHz / 300 kHz = 266.67: the driver takes 267.
        byte[] list = List((true, 3), (false, 5));
        long start = Play(list, s => s.ResolutionHz = 300_000);
        AssertEdges(Decode(list), start, 267);
    }

    [TestMethod]
    public void ABurstOfThousandsOfWordsDoesNotDrift()
    {
        // 3,000 pulses, 20 ms apart: 60 s. The last edge must be exact, not near.
        var halves = new List<(bool, int)>();
        for (int i = 0; i < 3000; i++)
        {
            halves.Add((true, 100));
            halves.Add((false, 19_900));
        }

        halves.Add((false, 1));
        halves.Add((false, 1));
        long start = Play(List(halves.ToArray()));
        List<(bool Level, long T80)> edges = Outside.Of(Trigger);
        Assert.HasCount(6000, edges);
        Assert.AreEqual(start + 2999L * 20_000 * 80, edges[5998].T80);
        Assert.AreEqual(start + (2999L * 20_000 + 100) * 80, edges[5999].T80);
    }

    [TestMethod]
    [DataRow(40_000)]
    [DataRow(-40_000)]
    [DataRow(1)]
    public void ACrystalThatIsOffMovesEdgesInTrueTimeButNotOnTheBoardsClock(int ppb)
    {
        Boot(new BoardOptions { ClockErrorPpb = ppb });
        SleepUs(1_000_000);
        using TransmitterChannel channel = Channel();
        channel.SendData(List((true, 10_000), (false, 30_000), (true, 100), (false, 1)), false);
        SleepUs(60_000);
        List<(bool Level, long T80)> edges = Outside.Of(Trigger);
        Assert.HasCount(4, edges);
        double scale = 1 + ppb * 1e-9;
        Assert.AreEqual(40_000 * 80 / scale, edges[2].T80 - edges[0].T80, 1.0);
        Assert.AreEqual(100 * 80 / scale, edges[3].T80 - edges[2].T80, 1.0);
    }

    [TestMethod]
    public void AnInvertedChannelRestsHighAndPlaysLow()
    {
        long start = Play(List((false, 50), (true, 100)), s => s.SignalInverterEnabled = true);
        List<(bool Level, long T80)> edges = Outside.Of(Trigger);
        Assert.IsTrue(edges[0].Level);
        Assert.AreEqual((false, start + 50 * 80), edges[1]);
        Assert.AreEqual((true, start + 150 * 80), edges[2]);
    }

    [TestMethod]
    public void TheCarrierIsOffByDefaultAndChopsTheHighLevelWhenAskedFor()
    {
        byte[] list = List((true, 100), (false, 100));
        Play(list);
        Assert.HasCount(2, Outside.Of(Trigger));
        Play(list, s => s.EnableCarrierWave = true);

        // 100 us at 38 kHz: 3.8 periods, so 4 highs, the last not cut short (on for 8.7 us of 21.1).
        Assert.AreEqual(4, Outside.Of(Trigger).Count(e => e.Level));
    }

    [TestMethod]
    public void AHardwareLoopRepeatsTheListWithoutAGapAndStops()
    {
        byte[] list = List((true, 100), (false, 900));
        long start = Play(
            list,
            s =>
            {
                s.EnableLooping = true;
                s.LoopCount = 5;
            });
        byte[] five = Enumerable.Repeat(list, 5).SelectMany(b => b).ToArray();
        AssertEdges(Decode(five), start);
    }

    [TestMethod]
    public void EncodersRepeatTheirBytesAndASecondSendRepeatsTheFirstArrays()
    {
        // Quirk: the first data stays in the driver.
        Boot();
        using var channel = new TransmitterEncodedChannel(new TransmitChannelSettings(Trigger), null!);
        byte[] period = List((true, 100), (false, 900));
        channel.SendWithEncoders(new[] { new EncoderData(period, 100) }, false);
        long start = Board.Now80;
        SleepUs(200_000);
        AssertEdges(Decode(Enumerable.Repeat(period, 100).SelectMany(b => b).ToArray()), start);
        channel.SendWithEncoders(new[] { new EncoderData(List((true, 5), (false, 5)), 1) }, false);
        SleepUs(200_000);
        Assert.HasCount(400, Outside.Of(Trigger));
    }

    [TestMethod]
    public void SymbolsSerializeLikeAListAndKeepTheirBytesUntilTheListItselfChanges()
    {
        // Quirk: changing a symbol inside does not renew the bytes.
        var symbol = new RmtSymbol(100, true, 200, false);
        var symbols = new RmtSymbols { symbol };
        CollectionAssert.AreEqual(List((true, 100), (false, 200)), symbols.Serialize());
        symbol.Duration0 = 5;
        CollectionAssert.AreEqual(List((true, 100), (false, 200)), symbols.Serialize());
        symbols.Add(new RmtSymbol(1, false, 32767, true));
        CollectionAssert.AreEqual(List((true, 5), (false, 200), (false, 1), (true, 32767)), symbols.Serialize());
    }

    private long Play(byte[] list, Action<TransmitChannelSettings>? set = null)
    {
        Boot();
        TransmitterChannel channel = Channel(Trigger, set);
        channel.SendData(list, false);
        long start = Board.Now80;
        long total = 0;
        for (int i = 0; i + 1 < list.Length; i += 2)
        {
            total += (list[i] | list[i + 1] << 8) & 0x7FFF;
        }

        SleepUs(total * 10 + 20_000);
        return start;
    }
}
