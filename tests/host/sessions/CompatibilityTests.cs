using System.Text.RegularExpressions;
using System.Xml.Linq;
using Escapement.Host.Tests.Protocols;

namespace Escapement.Host.Tests;

/// <summary>Issue 3, item 7: what does not go together is refused at connect, with everything that differs and what to do.</summary>
[TestClass]
public class CompatibilityTests
{
    public static IEnumerable<object[]> Strangers() =>
    [
        ["register map 2", new FakeBoard { InterfaceVersion = 2 }, null!, "register map: the board has version 2, needed is version 1", "install the host"],
        ["register map 0", new FakeBoard { InterfaceVersion = 0 }, null!, "register map: the board has version 0, needed is version 1", "escapement flash"],
        ["other device.yml", new FakeBoard { InterfaceHash = [.. Enumerable.Repeat((byte)0xAB, 20)] }, null!, "device.yml: the board has SHA-1 abababab, needed is SHA-1 " + DeviceInterface.Sha1[..8], "escapement flash"],
        ["newer firmware", new FakeBoard { Firmware = [0, 2, 0] }, null!, "firmware: the board has 0.2.0, needed is 0.1", "install the host that came with that firmware"],
        ["next major firmware", new FakeBoard { Firmware = [1, 0, 0] }, null!, "firmware: the board has 1.0.0, needed is 0.1", "install the host that came with that firmware"],
        ["older firmware", new FakeBoard { Firmware = [0, 0, 9] }, null!, "firmware: the board has 0.0.9, needed is 0.1", "; flash the firmware that came with this host"],
        ["other Harp", new FakeBoard { Harp = [2, 0, 0] }, null!, "Harp protocol: the board has 2.0.0, needed is 1.13", "install the host"],
        ["unknown board", new FakeBoard { BoardId = 99 }, null!, "board profile: the board has number 99, needed is one of 1 (esp32-s3-devkitc-1), 2 (esp32-devkitc)", "install a host that knows this board"],
        ["coarser tick", new FakeBoard { TickNs = 3125 }, null!, "output tick: the board has 3125 ns, needed is 1000 ns", "escapement flash"],
        ["virtual for real", new FakeBoard(), new BoardExpectation { IsReal = true }, "kind: the board has virtual, needed is real", "name the port of the real one"],
        ["another profile", new FakeBoard { BoardId = 2 }, new BoardExpectation { BoardId = 1 }, "board profile: the board has number 2, needed is esp32-s3-devkitc-1", "connect the board that is meant"],
        ["another build", new FakeBoard(), new BoardExpectation { Tag = "ffff" }, "build tag: the board has 0102030405060708, needed is ffff", "flash it again"],
        ["another board", new FakeBoard(), new BoardExpectation { Uid = "ff" }, "UID: the board has 00000000000000000000000000000000, needed is ff", "connect the right one"],
    ];

    [TestMethod]
    [DynamicData(nameof(Strangers))]
    public void Each_mismatch_is_refused_with_3_named_with_both_sides_and_a_cure_and_nothing_is_written(string name, object stranger, BoardExpectation? asked, string words, string cure)
    {
        var board = (FakeBoard)stranger;
        var bench = new Bench(board, order: order => order with { Expected = asked ?? BoardExpectation.Any });
        SessionResult result = bench.Run();
        Assert.AreEqual(SessionVerdict.Refused, result.Verdict, name);
        Assert.AreEqual(3, result.ExitCode, name);
        Assert.Contains(words, result.Message);
        Assert.Contains(cure, result.Message);
        Assert.AreEqual(1, Regex.Count(result.Message, "the board has"), "one difference, one sentence: " + result.Message);
        Assert.AreEqual(0, board.WritesSeen, name);
        BoardProbe probe = Probe(board, asked);
        Assert.AreEqual(result.Message, probe.Refusal!.Message, "every program says the same");
        Assert.HasCount(1, probe.Refusal.Differences);
    }

    [TestMethod]
    public void Everything_that_differs_is_told_at_once()
    {
        var board = new FakeBoard { InterfaceVersion = 2, InterfaceHash = [.. Enumerable.Repeat((byte)9, 20)], Firmware = [3, 1, 4], BoardId = 77, Harp = [9, 0, 0] };
        ConnectRefusal refusal = Probe(board, new BoardExpectation { IsReal = true, Tag = "00", Uid = "11" }).Refusal!;
        CollectionAssert.AreEqual(
            new[] { "register map", "device.yml", "firmware", "Harp protocol", "board profile", "kind", "build tag", "UID" },
            refusal.Differences.Select(difference => difference.What).ToArray());
        foreach (Difference difference in refusal.Differences)
        {
            Assert.Contains(difference.ToString(), refusal.Message);
        }
    }

    [TestMethod]
    public void A_board_that_goes_with_this_host_is_let_in_by_its_newer_builds_too()
    {
        foreach (FakeBoard board in new[] { new FakeBoard(), new FakeBoard { Firmware = [0, 1, 7] }, new FakeBoard { Harp = [1, 9, 0] }, new FakeBoard { InterfaceHash = new byte[20] }, new FakeBoard { BoardId = 2 } })
        {
            BoardProbe probe = Probe(board, null);
            Assert.IsNull(probe.Refusal, probe.Refusal?.Message);
            Assert.AreEqual("000102030405060708"[2..], probe.Board!.Tag);
            Assert.AreEqual(1000, probe.Figures!.TickNs);
        }

        Assert.IsNull(Probe(new FakeBoard { Virtual = false }, new BoardExpectation { IsReal = true, BoardId = 1, Tag = "0102030405060708", Uid = new string('0', 32) }).Refusal);
    }

    [TestMethod]
    public void What_is_no_Escapement_board_is_no_link_for_every_program()
    {
        foreach ((FakeBoard board, string words) in new[]
        {
            (new FakeBoard { Magic = 0x12345678 }, "not an Escapement board"),
            (new FakeBoard { IsOtherHarpDevice = true }, "not an Escapement board"),
            (new FakeBoard { IsSilent = true }, "Nothing answers"),
        })
        {
            BoardProbe probe = Probe(board, null);
            Assert.AreEqual(5, probe.Refusal!.ExitCode);
            Assert.Contains(words, probe.Refusal.Message);
            Assert.IsNull(probe.Board);
            Assert.AreEqual(0, board.WritesSeen);
        }
    }

    [TestMethod]
    public void A_cable_that_is_cut_during_the_handshake_is_no_link()
    {
        var board = new FakeBoard();
        var line = new FakeLine(board) { IsCut = true };
        var probe = new BoardProbe(line);
        probe.Step(0);
        Assert.IsTrue(probe.IsFinished);
        Assert.AreEqual(5, probe.Refusal!.ExitCode);
    }

    [TestMethod]
    public void The_page_shows_the_table_as_it_is()
    {
        string page = File.ReadAllText(Path.Combine(TestFolder.RepositoryRoot, "docs", "compatibility.md"));
        foreach (CompatibilityRule rule in Compatibility.Rules)
        {
            Assert.Contains($"| {rule.What} |", page);
        }

        foreach (KeyValuePair<int, string> known in BoardIdentity.KnownBoards)
        {
            Assert.Contains($"{known.Key} `{known.Value}`", page);
        }

        Assert.Contains($"| host and firmware | {Compatibility.Firmware} |", page);
        Assert.Contains($"| register map | version {BoardIdentity.KnownInterface}, ", page);
        Assert.Contains($"| Harp protocol | {Compatibility.HarpProtocol} |", page);
        Assert.Contains($"| program format | {Kernel.ProgramFormat.Version} |", page);
        foreach (string config in Directory.EnumerateFiles(Path.Combine(TestFolder.RepositoryRoot, "firmware", "device"), "packages.config", SearchOption.AllDirectories))
        {
            foreach (XElement package in XDocument.Load(config).Descendants("package"))
            {
                Assert.Contains($"| {(string)package.Attribute("id")!} | {(string)package.Attribute("version")!} |", page);
            }
        }
    }

    private static BoardProbe Probe(FakeBoard board, BoardExpectation? asked)
    {
        var line = new FakeLine(board);
        var probe = new BoardProbe(line, asked);
        for (long nowUs = 0; !probe.IsFinished; nowUs += FakeBoard.PassUs)
        {
            Assert.IsLessThan(10_000_000, nowUs, "the probe ends");
            line.Pass(nowUs);
            while (probe.Step(nowUs))
            {
            }
        }

        return probe;
    }
}
