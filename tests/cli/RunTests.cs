using System.Text.Json;

namespace Escapement.Cli.Tests;

[TestClass]
public class RunTests
{
    private const string OddYaml = """
        name: odd
        pulsesPerBurst: 8
        interPulseIntervalUs: 1000000/7
        trains: 3
        interTrainIntervalS: 5
        interTrainConvention: onsetToOnset
        """;

    [TestMethod]
    public void A_library_row_runs_to_completed_with_every_promised_field()
    {
        Cli run = Cli.Run("run", "itbs600", "--json");
        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.IsEmpty(run.Error);
        JsonElement json = run.Json;
        Assert.AreEqual("itbs600", json.GetProperty("protocol").GetString());
        Assert.AreEqual("completed", json.GetProperty("verdict").GetString());
        foreach (string count in new[] { "pulsesPlanned", "pulsesEmitted", "pulsesCounted", "pulsesRaw" })
        {
            Assert.AreEqual(600, json.GetProperty(count).GetInt32(), count);
        }

        Assert.AreEqual(20, json.GetProperty("trains").GetInt32());
        double boundUs = json.GetProperty("startBoundUs").GetDouble();
        Assert.AreEqual(191_840_000, json.GetProperty("durationUs").GetInt64());
        Assert.AreEqual(191_840_000, json.GetProperty("measuredDurationUs").GetDouble(), boundUs, "the last train starts within its bound");
        Assert.IsLessThanOrEqualTo(500, json.GetProperty("maxEdgeErrorNs").GetDouble());
        Assert.IsLessThanOrEqualTo(boundUs, json.GetProperty("maxStartErrorUs").GetDouble());
        Assert.AreEqual(0, json.GetProperty("faults").GetArrayLength());
        Assert.AreEqual(0, json.GetProperty("inhibits").GetArrayLength());
        Assert.AreEqual(1, json.GetProperty("seed").GetInt32());
        Assert.AreEqual(8, json.GetProperty("digest").GetString()!.Length);
    }

    [TestMethod]
    public void A_library_row_runs_on_the_second_board_as_planned_for_it()
    {
        using var folder = new Folder();
        Cli run = Cli.Run("run", "rtms1-600", "--board", "esp32-devkitc", "--json", "--out", folder["r"]);
        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.AreEqual("completed", run.Json.GetProperty("verdict").GetString());
        Assert.AreEqual(600, run.Json.GetProperty("pulsesEmitted").GetInt32());
        Assert.Contains("esp32-devkitc", File.ReadAllText(folder["r/session.json"]));
        JsonElement plan = Cli.Run("plan", "rtms1-600", "--board", "esp32-devkitc", "--json").Json;
        Assert.AreEqual("esp32-devkitc", plan.GetProperty("board").GetString());
        Assert.IsGreaterThan(1, plan.GetProperty("transactions").GetInt32());
        Assert.AreEqual(plan.GetProperty("transactions").GetInt32(), run.Json.GetProperty("trains").GetInt32());
        JsonElement pulses = plan.GetProperty("levels")[0];
        Assert.AreEqual(("pulse", "supervised", 1000), (pulses.GetProperty("name").GetString(), pulses.GetProperty("timing").GetString(), pulses.GetProperty("startBoundUs").GetInt32()));
        JsonElement reference = Cli.Run("plan", "rtms1-600", "--json").Json;
        Assert.AreEqual("esp32-s3-devkitc-1", reference.GetProperty("board").GetString());
        Assert.AreEqual(1, reference.GetProperty("transactions").GetInt32());
    }

    /// <summary>5 Hz without a silence that could be cut.</summary>
    [TestMethod]
    public void A_session_that_does_not_fit_the_board_is_refused_in_the_plans_words_and_runs_on_the_larger_one()
    {
        using var folder = new Folder();
        string file = folder.Write("long.yaml", "name: long\npulsesPerBurst: 1500\ninterPulseIntervalMs: 200\n");
        string sentence = Cli.Run("plan", file, "--board", "esp32-devkitc", "--json").Json.GetProperty("refusals")[0].GetProperty("sentence").GetString()!;
        Assert.Contains("shorten the train", sentence);
        Cli run = Cli.Run("run", file, "--board", "esp32-devkitc", "--json");
        run.Complains(3, "PlanImpossible");
        Assert.Contains(sentence[1..], run.Error);
        Assert.AreEqual(0, Cli.Run("run", file, "--json").ExitCode);
    }

    [TestMethod]
    public void A_dry_run_emits_nothing_and_counts_the_trigger_line()
    {
        JsonElement json = Cli.Run("run", "ctbs300", "--dry", "--json").Json;
        Assert.AreEqual("completed", json.GetProperty("verdict").GetString());
        Assert.AreEqual(0, json.GetProperty("pulsesEmitted").GetInt32());
        Assert.AreEqual(0, json.GetProperty("pulsesCounted").GetInt32());
        Assert.AreEqual(300, json.GetProperty("pulsesRaw").GetInt32());
        Assert.IsLessThanOrEqualTo(500, json.GetProperty("maxEdgeErrorNs").GetDouble());
    }

    [TestMethod]
    public void A_protocol_of_ones_own_with_odd_intervals_runs()
    {
        using var folder = new Folder();
        Cli run = Cli.Run("run", folder.Write("odd.yaml", OddYaml), "--json");
        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.AreEqual(24, run.Json.GetProperty("pulsesEmitted").GetInt32());
        Assert.AreEqual(428.571, run.Json.GetProperty("maxEdgeErrorNs").GetDouble(), "3/7 us");
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_record_to_the_byte_and_another_seed_other_bytes()
    {
        using var folder = new Folder();
        foreach ((string name, string seed) in new[] { ("a", "5"), ("b", "5"), ("c", "6") })
        {
            Assert.AreEqual(0, Cli.Run("run", "ctbs300", "--out", folder[name], "--seed", seed, "--pause-ms", "80", "--json").ExitCode);
        }

        foreach (string file in new[] { "wire.bin", "edges.csv", "events.jsonl" })
        {
            CollectionAssert.AreEqual(File.ReadAllBytes(folder["a/" + file]), File.ReadAllBytes(folder["b/" + file]), file);
        }

        CollectionAssert.AreNotEqual(File.ReadAllBytes(folder["a/wire.bin"]), File.ReadAllBytes(folder["c/wire.bin"]));
    }

    [TestMethod]
    public void A_record_is_whole_and_every_file_in_it_and_every_field_is_documented()
    {
        using var folder = new Folder();
        Cli run = Cli.Run("run", "itbs600", "--out", folder["session"], "--json");
        Assert.AreEqual(folder["session"], run.Json.GetProperty("record").GetString());
        string page = File.ReadAllText(Path.Combine(Folder.Root, "docs", "session-records.md"));
        foreach (string file in Directory.GetFiles(folder["session"]).Select(path => Path.GetFileName(path)))
        {
            string known = file.StartsWith("Escapement_", StringComparison.Ordinal) ? "Escapement_<address>.bin" : file;
            Assert.Contains($"| `{known}` |", page);
        }

        JsonElement session = JsonDocument.Parse(File.ReadAllText(folder["session/session.json"])).RootElement;
        foreach (JsonProperty property in session.EnumerateObject())
        {
            Assert.Contains($"`{property.Name}`", page);
        }

        foreach (JsonProperty property in File.ReadLines(folder["session/events.jsonl"]).SelectMany(line => JsonDocument.Parse(line).RootElement.EnumerateObject().ToArray()))
        {
            Assert.Contains($"`{property.Name}`", page);
        }

        Assert.AreEqual(600, File.ReadLines(folder["session/edges.csv"]).Count(line => line.EndsWith("stimulator,1", StringComparison.Ordinal)));
        Assert.AreEqual("time_ns,signal,level", File.ReadLines(folder["session/edges.csv"]).First());
    }

    [TestMethod]
    public void A_pause_beyond_what_the_gate_allows_is_faulted_and_the_counts_agree()
    {
        Cli run = Cli.Run("run", "itbs600", "--json", "--pause-ms", "900", "--seed", "2");
        run.Complains(4, "latched a fault");
        JsonElement json = run.Json;
        Assert.AreEqual("faulted", json.GetProperty("verdict").GetString());
        Assert.AreEqual(json.GetProperty("pulsesCounted").GetInt32(), json.GetProperty("pulsesEmitted").GetInt32());
        Assert.IsLessThan(600, json.GetProperty("pulsesEmitted").GetInt32());
        Assert.AreEqual(0, json.GetProperty("disagreements").GetArrayLength());
    }

    [TestMethod]
    public void What_the_board_refuses_is_exit_3_with_every_reason_in_the_json()
    {
        using var folder = new Folder();
        Cli run = Cli.Run("run", "ctbs300", "--pulse-width-us", "5000", "--json", "--out", folder["r"]);
        run.Complains(3, "LimitsExceeded");
        Assert.AreEqual("refused", run.Json.GetProperty("verdict").GetString());
        JsonElement reason = run.Json.GetProperty("inhibits").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "LimitsExceeded");
        Assert.IsNotEmpty(reason.GetProperty("cure").GetString()!);
        Assert.AreEqual(0, run.Json.GetProperty("pulsesEmitted").GetInt32());
        Assert.IsTrue(File.Exists(folder["r/session.json"]), "a refusal of the board is worth a record");
    }

    [TestMethod]
    public void A_refusal_for_the_limits_names_every_figure_that_is_beyond_them()
    {
        using var folder = new Folder();
        string many = folder.Write("many.yaml", "name: many\npulsesPerBurst: 7000\ninterPulseIntervalUs: 333.25\npulseWidthUs: 9\n");
        JsonElement plan = Cli.Run("plan", many, "--json").Json.GetProperty("refusals");
        Cli run = Cli.Run("run", many, "--json");
        run.Complains(3, "LimitsExceeded");
        JsonElement refusals = run.Json.GetProperty("refusals");
        CollectionAssert.AreEquivalent(
            new[] { "PulseWidth", "MaxTrainPulses", "MaxSessionPulses", "MinGapUs", "Window1", "Window2", "Window3" },
            refusals.EnumerateArray().Select(one => one.GetProperty("limit").GetString()).ToArray());
        Assert.AreEqual(plan.GetRawText(), refusals.GetRawText(), "the board's limits are the ceilings that a plan knows");
        Assert.Contains("7000 pulses in the session are more than the board's 6000", run.Error);
        Assert.Contains("333 us is shorter than the board's 1000 us", run.Error);
        Assert.AreEqual(0, Cli.Run("run", "ctbs300", "--json").Json.GetProperty("refusals").GetArrayLength());
    }

    [TestMethod]
    public void A_picture_that_cannot_be_written_is_refused_before_anything_starts()
    {
        using var folder = new Folder();
        Directory.CreateDirectory(folder["x.png"]);
        string device = OperatingSystem.IsWindows() ? folder["x.png"] : "/proc/x.png";
        foreach (string picture in new[] { folder["x.png"], device, folder["none/x.png"] })
        {
            Cli run = Cli.Run("run", "ctbs300", "--plot", picture, "--out", folder["r"]);
            run.Complains(2, picture);
            Assert.IsEmpty(run.Out);
            Assert.IsFalse(Directory.Exists(folder["r"]));
        }

        Assert.AreEqual(0, Cli.Run("plan", "ctbs300", "--plot", folder["good.svg"]).ExitCode);
        Assert.HasCount(2, Directory.GetFileSystemEntries(folder.Path), "a trial leaves nothing behind");
    }

    [TestMethod]
    public void No_board_leaves_none_of_the_folders_that_were_made_for_the_record()
    {
        using var folder = new Folder();
        Cli.Run("run", "itbs600", "--tcp", "127.0.0.1:1", "--json", "--out", folder["a/b/c"]).Complains(5, "Nobody listens");
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    [DataRow("device.yml")]
    [DataRow("Escapement_39.bin")]
    public void A_folder_with_a_file_that_a_record_would_overwrite_is_refused_before_anything_starts(string name)
    {
        using var folder = new Folder();
        folder.Write(name, "mine");
        Cli run = Cli.Run("run", "ctbs300", "--out", folder.Path);
        run.Complains(2, name);
        Assert.IsEmpty(run.Out);
        Assert.AreEqual("mine", File.ReadAllText(folder[name]));
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public void No_board_is_exit_5_with_json_and_leaves_no_folder()
    {
        using var folder = new Folder();
        Cli run = Cli.Run("run", "itbs600", "--tcp", "127.0.0.1:1", "--json", "--out", folder["r"]);
        run.Complains(5, "Nobody listens");
        Assert.AreEqual("refused", run.Json.GetProperty("verdict").GetString());
        Assert.AreEqual(JsonValueKind.Null, run.Json.GetProperty("board").ValueKind);
        Assert.IsFalse(Directory.Exists(folder["r"]));
    }

    [TestMethod]
    public void A_picture_is_drawn_of_the_plan_and_of_the_record()
    {
        using var folder = new Folder();
        Assert.AreEqual(0, Cli.Run("plan", "ctbs300", "--plot", folder["plan.svg"]).ExitCode);
        Assert.Contains("<svg", File.ReadAllText(folder["plan.svg"]));
        Assert.AreEqual(0, Cli.Run("run", "ctbs300", "--plot", folder["run.png"], "--json").ExitCode);
        CollectionAssert.AreEqual(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, File.ReadAllBytes(folder["run.png"])[..4]);
    }

    [TestMethod]
    public void Plain_progress_names_the_states_and_ends_with_the_verdict()
    {
        Cli run = Cli.Run("run", "ctbs300");
        foreach (string state in new[] { "state Idle", "state Loaded", "state Armed", "state Running", "state Done", "completed", "300 planned, 300 raw, 300 gated, emitted: 300" })
        {
            Assert.Contains(state, run.Out);
        }
    }
}
