using Escapement.Esp32;
using nanoFramework.Hardware.Esp32.Rmt;
using nanoFramework.Runtime.Native;
using File = Escapement.Esp32.File;
using FileStream = Escapement.Esp32.FileStream;

namespace Escapement.Chip.Tests;

/// <summary>Files on the simulated flash: what survives what, and what a write costs.</summary>
[TestClass]
public class FlashTests : BoardTest
{
    private const string One = @"I:\one";
    private const string Two = @"I:\two";

    [TestMethod]
    public void WhatWasClosedIsThereAfterEveryKindOfReset()
    {
        Boot();
        Write(One, 1, 2, 3);
        Assert.ThrowsExactly<BoardHalted>(() => Power.RebootDevice());
        Board.Restart();
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, Read(One));
        Assert.ThrowsExactly<BoardHalted>(Board.PowerOff);
        Board.Restart();
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, Read(One));
    }

    [TestMethod]
    public void WhatWasWrittenAndFlushedButNotClosedIsLostAndTheOldContentStands()
    {
        Boot();
        Write(One, 1);
        var file = new FileStream(One, FileMode.Create, FileAccess.Write);
        file.Write([9, 9], 0, 2);
        file.Flush();
        Assert.ThrowsExactly<BoardHalted>(Board.PowerOff);
        Board.Restart();
        file.Close();
        CollectionAssert.AreEqual(new byte[] { 1 }, Read(One));
        Assert.ThrowsExactly<ObjectDisposedException>(() => file.Write([9], 0, 1));
    }

    /// <summary>The supply fails every 3 ms of a replacement: what is left is always the old content or the new.</summary>
    [TestMethod]
    public void SupplyThatFailsInAWriteLeavesTheOldContentOrTheNew()
    {
        int olds = 0;
        int news = 0;
        for (long cutUs = 0; cutUs < 120_000; cutUs += 3_000)
        {
            Boot();
            Write(One, 1, 1);
            Outside.At(Board.Now80 + (cutUs * 80), _ => Board.PowerOff());
            Board.Refresh();
            try
            {
                Write(One, 2, 2, 2);
                Pause.SleepMs(200);
            }
            catch (BoardHalted)
            {
                Board.Restart();
            }

            byte[] left = Read(One);
            bool isNew = left.SequenceEqual(new byte[] { 2, 2, 2 });
            Assert.IsTrue(isNew || left.SequenceEqual(new byte[] { 1, 1 }), $"cut after {cutUs} us: {Convert.ToHexString(left)}");
            olds += isNew ? 0 : 1;
            news += isNew ? 1 : 0;
        }

        Assert.IsGreaterThan(5, olds);
        Assert.IsGreaterThan(5, news);
    }

    [TestMethod]
    public void AfterAFormatEveryFileIsMissingAndThatIsAnErrorOfOpeningOnly()
    {
        Boot();
        Write(One, 1);
        Board.Flash.Format();
        Assert.IsFalse(File.Exists(One));
        Assert.ThrowsExactly<FileNotFoundException>(() => new FileStream(One, FileMode.Open));
        File.Delete(One);
        Assert.ThrowsExactly<IOException>(() => File.Exists(@"D:\one"));
    }

    [TestMethod]
    public void AWriteStopsTheInterpreterAndTheRefillsSoThatStaleWordsGoOut()
    {
        Boot(new BoardOptions { FlashWriteUs = 400_000 });
        using TransmitterChannel channel = Channel();

        // 100 words of 1 ms: without the write 100 pulses.
        channel.SendData(List([.. Enumerable.Repeat(new[] { (true, 100), (false, 900) }, 100).SelectMany(word => word)]), false);
        long before = Board.NowUs;
        Write(One, 1);
        Assert.IsGreaterThanOrEqualTo(2 * 400_000, Board.NowUs - before);
        Assert.IsGreaterThan(300, Outside.Of(Trigger).Count(edge => edge.Level), "a list of 100 pulses: the rest is stale");
    }

    [TestMethod]
    public void ModesDoWhatTheyAreCalled()
    {
        Boot();
        Write(One, 1, 2, 3);
        Assert.ThrowsExactly<IOException>(() => new FileStream(One, FileMode.CreateNew));
        Assert.ThrowsExactly<ArgumentException>(() => new FileStream(One, FileMode.Create, FileAccess.Read));
        Assert.ThrowsExactly<FileNotFoundException>(() => new FileStream(Two, FileMode.Truncate));
        using (var file = new FileStream(One, FileMode.Append))
        {
            file.Write([4], 0, 1);
        }

        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4 }, Read(One));
        using (var file = new FileStream(One, FileMode.Open, FileAccess.Read))
        {
            Assert.ThrowsExactly<NotSupportedException>(() => file.Write([1], 0, 1));
        }

        File.Move(One, Two);
        Assert.IsFalse(File.Exists(One));
        Assert.ThrowsExactly<FileNotFoundException>(() => File.Move(One, Two));
        Write(One, 7);
        Assert.ThrowsExactly<IOException>(() => File.Move(One, Two));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4 }, Read(Two));
    }

    private static void Write(string path, params byte[] content)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(content, 0, content.Length);
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        var content = new byte[file.Length];
        Assert.AreEqual(content.Length, file.Read(content, 0, content.Length));
        return content;
    }
}
