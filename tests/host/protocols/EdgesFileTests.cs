using CsCheck;

namespace Escapement.Host.Tests.Protocols;

[TestClass]
public class EdgesFileTests
{
    public static IEnumerable<object[]> Rows => ProtocolLibrary.All.Select(protocol => new object[] { protocol.Id });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Every_row_lists_its_onsets_on_the_boards_tick(string id)
    {
        using var folder = new TestFolder();
        var protocol = ProtocolLibrary.Find(id);
        EdgesFile.Write(folder.PathOf("edges.csv"), protocol);
        var lines = File.ReadAllLines(folder.PathOf("edges.csv"));
        Assert.AreEqual("index,onset_ns", lines[0]);
        Assert.HasCount((int)protocol.TotalPulses + 1, lines);
        Assert.AreEqual("0,0", lines[1]);
        Assert.AreEqual($"{protocol.TotalPulses - 1},{protocol.LastPulseOnsetUs.RoundHalfUp() * 1000}", lines[^1]);
    }

    [TestMethod]
    public void Rows_are_whole_ticks_from_the_session_origin_rounded_once()
    {
        using var folder = new TestFolder();
        EdgesFile.Write(folder.PathOf("edges.csv"), ProtocolLibrary.Find("dtms-h1-18hz"));
        var lines = File.ReadAllLines(folder.PathOf("edges.csv"));

        // 1/18 s, 2/18 s and 3/18 s: 55555.55.., 111111.11.., 166666.66.. us.
        CollectionAssert.AreEqual(new[] { "1,55556000", "2,111111000", "3,166667000" }, lines[2..5]);
    }

    [TestMethod]
    public void Nothing_is_left_behind_where_nothing_can_be_written()
    {
        using var folder = new TestFolder();
        var protocol = ProtocolLibrary.Find("itbs600");
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => EdgesFile.Write(folder.Path, protocol)).Message, "not a file name");
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => EdgesFile.Write("", protocol)).Message, "not a file name");
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => EdgesFile.Write(Path.Combine(folder.Path, "no", "edges.csv"), protocol)).Message, "folder does not exist");
        var file = folder.Write("file", "");
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => EdgesFile.Write(Path.Combine(file, "edges.csv"), protocol)).Message, "folder does not exist");
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => EdgesFile.Write("/proc/edges.csv", protocol)).Message, "/proc/edges.csv");
        CollectionAssert.AreEqual(new[] { file }, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public void Devices_are_not_replaced_by_files_and_links_keep_pointing()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TestFolder();
        var protocol = ProtocolLibrary.Find("itbs600");
        File.CreateSymbolicLink(folder.PathOf("device.csv"), "/dev/null");
        File.CreateSymbolicLink(folder.PathOf("link.csv"), folder.PathOf("target.csv"));
        foreach (var path in new[] { "/dev/null", "/dev/stdout", folder.PathOf("device.csv") })
        {
            StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => EdgesFile.Write(path, protocol)).Message, "name a file");
        }

        EdgesFile.Write(folder.PathOf("link.csv"), protocol);
        Assert.IsNotNull(new FileInfo(folder.PathOf("link.csv")).LinkTarget);
        Assert.HasCount(601, File.ReadAllLines(folder.PathOf("target.csv")));
        Assert.HasCount(3, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public void A_writer_that_fails_leaves_the_old_file_as_it_was()
    {
        using var folder = new TestFolder();
        var path = folder.Write("edges.csv", "old");
        Assert.ThrowsExactly<InputException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("The disk is full.");
        }));
        Assert.AreEqual("old", File.ReadAllText(path));
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public void Ticks_are_within_half_a_microsecond_and_never_go_back()
    {
        RandomProtocol.Nests.Sample(
            protocol =>
            {
                var schedule = new ExactSchedule(protocol);
                var before = -1L;
                foreach (var pulse in schedule.Pulses())
                {
                    var error = schedule.OnsetUs(pulse) - pulse.TickUs;
                    Assert.IsTrue(error < new Rational(1, 2) && error >= new Rational(-1, 2));
                    Assert.IsGreaterThan(before, pulse.TickUs);
                    before = pulse.TickUs;
                }

                Assert.AreEqual(protocol.LastPulseOnsetUs.RoundHalfUp(), before);
            },
            iter: 200);
    }
}
