using Escapement.Esp32;
using nanoFramework.Hardware.Esp32.Rmt;

namespace Escapement.Chip.Tests;

[TestClass]
public class RmtQuirkTests : BoardTest
{
    private static readonly byte[] Slow = List((true, 100), (false, 30_000), (true, 100), (false, 30_000));

    [TestMethod]
    [DataRow(ChipKind.Esp32S3, 48)]
    [DataRow(ChipKind.Esp32S3, 96)]
    [DataRow(ChipKind.Esp32S3, 480)]
    [DataRow(ChipKind.Esp32, 64)]
    [DataRow(ChipKind.Esp32, 128)]
    public void AListThatFillsTheMemoryExactlySendsNothing(ChipKind chip, int words)
    {
        Boot(new BoardOptions { Chip = chip });
        byte[] list = Pulses(words);
        using TransmitterChannel channel = Channel();
        channel.SendData(list, false);
        SleepUs(1_000_000);
        Assert.IsEmpty(Outside.Of(Trigger));

        // One word more, and all of it comes.
        channel.SendData(list.Concat(List((false, 1), (false, 1))).ToArray(), false);
        SleepUs(1_000_000);
        Assert.HasCount(2 * words, Outside.Of(Trigger));
    }

    [TestMethod]
    public void MoreMemoryBlocksMakeALargerMemoryAndTakeThoseOfOtherChannels()
    {
        Boot();
        TransmitterChannel wide = Channel(Trigger, s => s.NumberOfMemoryBlocks = 3);
        wide.SendData(Pulses(48), false);
        SleepUs(100_000);
        Assert.HasCount(96, Outside.Of(Trigger));
        wide.SendData(Pulses(144), false);
        SleepUs(100_000);
        Assert.HasCount(96, Outside.Of(Trigger));
        Channel(16);
        Assert.ThrowsExactly<InvalidOperationException>(() => Channel(17));
        wide.Dispose();
        Channel(17);
    }

    [TestMethod]
    public void ASecondSendFreezesTheInterpreterUntilTheFirstHasEnded()
    {
        Boot();
        using TransmitterChannel channel = Channel();
        channel.SendData(Slow, false);
        long start = Board.Now80;
        channel.SendData(Slow, false);

        // 60,200 us of the first, and then only the second begins; no sleep happened.
        List<(bool Level, long T80)> edges = Outside.Of(Trigger);
        Assert.AreEqual(0, Board.Sleeps);
        Assert.IsGreaterThanOrEqualTo(start + 60_200 * 80, Board.Now80);
        Assert.HasCount(5, edges);
        Assert.IsGreaterThanOrEqualTo(start + 60_200 * 80, edges[4].T80);
        Assert.HasCount(1, Outside.Pauses);
    }

    [TestMethod]
    public void AskingWhetherTheChannelIsIdleFreezesUntilItIs()
    {
        Boot();
        using TransmitterChannel channel = Channel();
        channel.SendData(Slow, false);
        long start = Board.Now80;
        Assert.IsTrue(channel.IsChannelIdle);
        Assert.AreEqual(start + 60_200 * 80, Board.Now80);
        Assert.IsTrue(channel.IsChannelIdle);
    }

    [TestMethod]
    public void SendingWaitsForTheEndUnlessToldNotTo()
    {
        Boot();
        using TransmitterChannel channel = Channel();
        channel.SendData(Slow);
        Assert.HasCount(4, Outside.Of(Trigger));
        Assert.IsGreaterThanOrEqualTo(60_200, Board.NowUs);
    }

    [TestMethod]
    public void DisposeStopsAtOnceAndLetsThePinGo()
    {
        Boot();
        TransmitterChannel channel = Channel();
        channel.SendData(List((true, 30_000), (true, 30_000), (false, 100), (true, 100)), false);
        SleepUs(20_000);
        Assert.IsTrue(Board.OutputLevel(Trigger));
        channel.Dispose();
        Assert.IsFalse(Board.OutputLevel(Trigger));
        Assert.AreEqual((false, Board.Now80), Outside.Of(Trigger)[1]);
        SleepUs(100_000);
        Assert.HasCount(2, Outside.Of(Trigger));
        channel.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => channel.SendData(Slow, false));

        // Only a new channel plays again.
        using TransmitterChannel next = Channel();
        next.SendData(Slow, false);
        SleepUs(100_000);
        Assert.HasCount(6, Outside.Of(Trigger));
    }

    [TestMethod]
    public void OnTheClassicChipDisposeWaitsOutTheCurrentWordWithTheInterpreterStandingStill()
    {
        Boot(new BoardOptions { Chip = ChipKind.Esp32 });
        TransmitterChannel channel = Channel();
        channel.SendData(List((true, 30_000), (true, 32_000), (false, 100), (true, 100)), false);
        long start = Board.Now80;
        SleepUs(10_000);
        channel.Dispose();
        Assert.AreEqual(start + 62_000 * 80, Board.Now80);
        Assert.AreEqual((false, start + 62_000 * 80), Outside.Of(Trigger)[1]);
        SleepUs(100_000);
        Assert.HasCount(2, Outside.Of(Trigger), "nothing of the next word");
    }

    [TestMethod]
    public void WhileRefillsAreBlockedTheHardwareSendsStaleWordsAgain()
    {
        Boot();
        using TransmitterChannel channel = Channel();

        // 200 words of 1 ms each: the list itself ends after 200 ms.
        channel.SendData(Pulses(200, 900), false);
        long start = Board.Now80;
        Board.BlockRefills(Board.NowUs, 1_000_000);
        SleepUs(900_000);

        // Nothing in memory ends it: a pulse every millisecond for as long as the block lasts.
        List<(bool Level, long T80)> edges = Outside.Of(Trigger);
        Assert.HasCount(edges.Count, edges.Where((e, i) => e.T80 == start + (i / 2 * 1000 + i % 2 * 100) * 80L).ToList());
        Assert.IsGreaterThan(2 * 880, edges.Count);
        SleepUs(1_000_000);
        Assert.IsGreaterThan(2 * 1000, Outside.Of(Trigger).Count);
        int ended = Outside.Of(Trigger).Count;
        SleepUs(1_000_000);
        Assert.HasCount(ended, Outside.Of(Trigger));
    }

    [TestMethod]
    public void ABlockShorterThanAHalfOfTheMemoryIsMadeUpFor()
    {
        Boot();
        using TransmitterChannel channel = Channel();
        byte[] list = Pulses(200, 900);
        channel.SendData(list, false);
        long start = Board.Now80;
        Board.BlockRefills(Board.NowUs + 20_000, 20_000);
        SleepUs(500_000);
        AssertEdges(Decode(list), start);
    }

    [TestMethod]
    public void AfterTheEndThePinRestsAtTheIdleLevelOrStaysWhereItIs()
    {
        Boot();
        using (TransmitterChannel channel = Channel())
        {
            channel.SendData(List((false, 10), (true, 10)), false);
            SleepUs(10_000);
            Assert.IsFalse(Board.OutputLevel(Trigger));
        }

        using (TransmitterChannel channel = Channel(Trigger, s => s.EnableIdleLevelOutput = false))
        {
            channel.SendData(List((false, 10), (true, 10)), false);
            SleepUs(10_000);
            Assert.IsTrue(Board.OutputLevel(Trigger));
        }
    }

    [TestMethod]
    public void AnEmptyListOrALoopThatDoesNotFitIsDroppedWithoutAWord()
    {
        Boot();
        using TransmitterChannel channel = Channel(
            Trigger,
            s =>
            {
                s.EnableLooping = true;
                s.LoopCount = 2;
            });
        channel.SendData(Array.Empty<byte>(), false);
        channel.SendData(Pulses(60), false);
        SleepUs(100_000);
        Assert.IsEmpty(Outside.Of(Trigger));
        Assert.ThrowsExactly<ArgumentException>(() => channel.SendData(new byte[6], false));
        Assert.ThrowsExactly<ArgumentNullException>(() => channel.SendData(null!, false));
    }

    [TestMethod]
    public void WithoutNativeMemoryForTheCopyTheBoardPanics()
    {
        Boot(new BoardOptions { NativeFreeBytes = 1000 });
        using TransmitterChannel channel = Channel();
        channel.SendData(new byte[1000], false);
        BoardHalted halted = Assert.ThrowsExactly<BoardHalted>(() => channel.SendData(new byte[1004], false));
        Assert.AreEqual(HaltReason.Panic, halted.Reason);
        Board.Restart();
    }

    [TestMethod]
    public void WhatIsSentIsWhatWasThereAtTheCall()
    {
        Boot();
        using TransmitterChannel channel = Channel();
        byte[] list = Pulses(500);
        List<(bool, long)> expected = Decode(list);
        channel.SendData(list, false);
        long start = Board.Now80;
        Array.Clear(list);
        SleepUs(1_000_000);
        AssertEdges(expected, start);
    }

    [TestMethod]
    public void ThePinOfARunningChannelIsOnlyStored()
    {
        Boot();
        using TransmitterChannel channel = Channel();
        channel.Pin = 17;
        channel.SendData(Slow, false);
        SleepUs(100_000);
        Assert.HasCount(4, Outside.Of(Trigger));
        Assert.IsEmpty(Outside.Of(17));
    }

    private static byte[] Pulses(int words, int low = 300)
    {
        return List(Enumerable.Range(0, words).SelectMany(_ => new[] { (true, 100), (false, low) }).ToArray());
    }
}
