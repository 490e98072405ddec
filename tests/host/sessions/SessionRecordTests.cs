using System.Buffers.Binary;
using System.Text.Json;
using Escapement.Host.Tests.Protocols;

namespace Escapement.Host.Tests;

[TestClass]
public class SessionRecordTests
{
    [TestMethod]
    public void A_record_holds_everything_in_the_forms_that_are_promised()
    {
        using var folder = new TestFolder();
        string path = folder.PathOf("session");
        SessionResult result = Record(path, out Bench bench);
        Assert.AreEqual(SessionVerdict.Completed, result.Verdict);
        Assert.IsEmpty(Directory.GetFiles(path, "*.part"));
        JsonElement session = JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "session.json"))).RootElement;
        Assert.AreEqual("completed", session.GetProperty("verdict").GetString());
        Assert.AreEqual(30, session.GetProperty("pulsesCounted").GetInt32());
        Assert.AreEqual(3, session.GetProperty("trainReports").GetArrayLength());
        Assert.AreEqual(JsonValueKind.Null, session.GetProperty("pulsesEmitted").ValueKind);
        Assert.AreEqual(path, session.GetProperty("record").GetString());
        CollectionAssert.AreEqual(new[] { "footSwitch", "coilTemperature" }, session.GetProperty("absentInputs").EnumerateArray().Select(name => name.GetString()).ToArray());
        Assert.AreEqual(InputsReading.Names.Count, session.GetProperty("inputs").GetArrayLength());
        foreach (string line in File.ReadLines(Path.Combine(path, "events.jsonl")))
        {
            JsonElement happened = JsonDocument.Parse(line).RootElement;
            Assert.IsGreaterThanOrEqualTo(0, happened.GetProperty("hostUs").GetInt64());
            Assert.IsNotNull(happened.GetProperty("event").GetString());
        }

        CollectionAssert.AreEqual(DeviceInterface.Yaml.ToArray(), File.ReadAllBytes(Path.Combine(path, "device.yml")));
        Assert.IsNotEmpty(bench.Line.FromHost);
    }

    [TestMethod]
    public void A_record_that_cannot_be_written_to_its_end_is_bad_input_and_never_gets_its_last_name()
    {
        using var folder = new TestFolder();
        string path = folder.PathOf("session");
        using SessionRecord record = SessionRecord.Begin(path);
        InputException error = Assert.ThrowsExactly<InputException>(() => record.Add("edges.csv", _ => throw new IOException("No space left on device.")));
        StringAssert.Contains(error.Message, "could not be finished");
        StringAssert.Contains(error.Message, path);
        record.Discard();
        Assert.IsFalse(Directory.Exists(path));
    }

    [TestMethod]
    public void Two_sessions_that_begin_in_one_folder_do_not_mix()
    {
        using var folder = new TestFolder();
        string path = folder.PathOf("session");
        using SessionRecord first = SessionRecord.Begin(path);
        StringAssert.Contains(Assert.ThrowsExactly<InputException>(() => SessionRecord.Begin(path)).Message, "no other session");
        Assert.IsTrue(File.Exists(Path.Combine(path, "wire.bin.part")), "the first goes on");
        first.Discard();
        Assert.IsFalse(Directory.Exists(path));
    }

    [TestMethod]
    public void Wire_bin_holds_every_byte_with_its_direction_in_the_order_of_time()
    {
        using var folder = new TestFolder();
        string path = folder.PathOf("session");
        Record(path, out Bench bench);
        byte[] wire = File.ReadAllBytes(Path.Combine(path, "wire.bin"));
        var sent = new List<byte>();
        long last = 0;
        int at = 0;
        while (at < wire.Length)
        {
            long timeUs = BinaryPrimitives.ReadInt64LittleEndian(wire.AsSpan(at));
            int count = BinaryPrimitives.ReadUInt16LittleEndian(wire.AsSpan(at + 9));
            Assert.IsGreaterThanOrEqualTo(last, timeUs);
            Assert.IsTrue(wire[at + 8] is 0 or 1);
            if (wire[at + 8] == 0)
            {
                sent.AddRange(wire[(at + 11)..(at + 11 + count)]);
            }

            last = timeUs;
            at += 11 + count;
        }

        Assert.AreEqual(wire.Length, at);
        CollectionAssert.AreEqual(bench.Line.FromHost.SelectMany(frame => frame).ToArray(), sent.ToArray());
    }

    [TestMethod]
    public void Harp_files_hold_timestamped_messages_of_one_register_and_one_length_only()
    {
        using var folder = new TestFolder();
        string path = folder.PathOf("session");
        Record(path, out _);
        string[] files = Directory.GetFiles(path, "Escapement_*.bin");
        Assert.IsGreaterThan(10, files.Length);
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            int address = int.Parse(Path.GetFileNameWithoutExtension(file)["Escapement_".Length..], System.Globalization.CultureInfo.InvariantCulture);
            int length = bytes[1] + 2;
            Assert.AreEqual(0, bytes.Length % length, file);
            for (int at = 0; at < bytes.Length; at += length)
            {
                Assert.AreEqual(length, bytes[at + 1] + 2);
                Assert.AreEqual(address, bytes[at + 2]);
                Assert.AreEqual(0, bytes[at] & 8, "no error replies");
                Assert.AreEqual(0x10, bytes[at + 4] & 0x10, "timestamped");
                Assert.AreEqual((byte)bytes.Skip(at).Take(length - 1).Sum(value => value), bytes[at + length - 1]);
            }
        }

        Assert.AreEqual(3, new FileInfo(Path.Combine(path, "Escapement_40.bin")).Length / 108, "one report a train");
    }

    [TestMethod]
    public void A_bad_line_still_leaves_harp_files_of_one_length()
    {
        for (int seed = 1; seed < 20; seed++)
        {
            using var folder = new TestFolder();
            using SessionRecord record = SessionRecord.Begin(folder.PathOf("r"));
            int mine = seed;
            var bench = new Bench(line: board => new FakeLine(board, mine) { Drop = 0.05, Repeat = 0.1, Damage = 0.1, Swap = 0.1 }, tap: record);
            SessionResult result = bench.Run(600);
            record.Complete(new SessionReport(result));
            foreach (string file in Directory.GetFiles(folder.PathOf("r"), "Escapement_*.bin"))
            {
                byte[] bytes = File.ReadAllBytes(file);
                Assert.AreEqual(0, bytes.Length % (bytes[1] + 2), file);
            }
        }
    }

    [TestMethod]
    public void A_folder_that_cannot_hold_a_record_is_refused_and_nothing_changed()
    {
        using var folder = new TestFolder();
        string file = folder.Write("file", "mine");
        foreach (string name in new[] { file, Path.Combine(file, "below"), "", "bad\0name" })
        {
            Assert.Contains(";", Assert.ThrowsExactly<InputException>(() => SessionRecord.Begin(name)).Message);
        }

        Assert.AreEqual("mine", File.ReadAllText(file));
        Record(folder.PathOf("taken"), out _);
        byte[] before = File.ReadAllBytes(folder.PathOf("taken/session.json"));
        Assert.Contains("already", Assert.ThrowsExactly<InputException>(() => SessionRecord.Begin(folder.PathOf("taken"))).Message);
        CollectionAssert.AreEqual(before, File.ReadAllBytes(folder.PathOf("taken/session.json")));
    }

    [TestMethod]
    public void A_discarded_record_leaves_nothing_and_never_removes_what_was_there()
    {
        using var folder = new TestFolder();
        SessionRecord.Begin(folder.PathOf("new/deep")).Discard();
        Assert.IsFalse(Directory.Exists(folder.PathOf("new/deep")));
        Directory.CreateDirectory(folder.PathOf("old"));
        folder.Write("old/notes.txt", "mine");
        SessionRecord.Begin(folder.PathOf("old")).Discard();
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.PathOf("old")));
    }

    [TestMethod]
    public void A_record_that_cannot_be_written_any_more_stops_the_session()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Inconclusive("Needs /dev/full.");
        }

        using var folder = new TestFolder();
        File.CreateSymbolicLink(folder.PathOf("wire.bin.part"), "/dev/full");
        using SessionRecord record = SessionRecord.Begin(folder.Path);
        var bench = new Bench(new FakeBoard { TransactionUs = 60_000_000 }, tap: record, also: record);
        record.Broken = bench.Runner.RequestStop;
        SessionResult result = bench.Run();
        Assert.AreEqual(SessionVerdict.Aborted, result.Verdict);
        Assert.IsTrue(record.IsBroken);
        Assert.ThrowsExactly<InputException>(() => record.Complete(new SessionReport(result)));
        Assert.IsFalse(File.Exists(folder.PathOf("session.json")));
    }

    [TestMethod]
    public void Completed_with_a_referee_that_disagrees_becomes_faulted()
    {
        SessionResult result = new Bench().Run();
        Assert.AreEqual(SessionVerdict.Completed, new SessionReport(result) { Edges = new EdgeFigures(30, 0, 0) }.Checked().Result.Verdict);
        SessionReport report = new SessionReport(result) { Edges = new EdgeFigures(31, 0, 0) }.Checked();
        Assert.AreEqual(SessionVerdict.Faulted, report.Result.Verdict);
        Assert.AreEqual(4, report.Result.ExitCode);
        Assert.HasCount(1, report.Disagreements);
    }

    [TestMethod]
    public void The_json_line_has_every_promised_field_and_is_one_line()
    {
        string line = new SessionReport(new Bench().Run()).ToJson();
        Assert.IsFalse(line.Contains('\n', StringComparison.Ordinal));
        JsonElement json = JsonDocument.Parse(line).RootElement;
        string[] promised =
        [
            "protocol", "board", "verdict", "pulsesPlanned", "pulsesEmitted", "pulsesCounted", "trains", "durationUs",
            "maxEdgeErrorNs", "maxStartErrorUs", "startBoundUs", "faults", "inhibits", "seed", "record", "digest",
        ];
        foreach (string name in promised)
        {
            Assert.IsTrue(json.TryGetProperty(name, out _), name);
        }

        Assert.AreEqual(JsonValueKind.Null, json.GetProperty("maxEdgeErrorNs").ValueKind, "nothing is measured without a referee");
    }

    private static SessionResult Record(string path, out Bench bench)
    {
        using SessionRecord record = SessionRecord.Begin(path);
        bench = new Bench(tap: record, also: record);
        SessionResult result = bench.Run();
        record.Complete(new SessionReport(result).Checked());
        return result;
    }
}
