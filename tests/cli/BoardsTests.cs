using System.Text.Json;

namespace Escapement.Cli.Tests;

[TestClass]
public class BoardsTests
{
    /// <summary>A good board file that is not one of this version's.</summary>
    public static string OwnBoard { get; } = File.ReadAllText(Path.Combine(Folder.Root, "boards", "esp32-devkitc", "board.yml"))
        .Replace("id: esp32-devkitc", "id: my-board", StringComparison.Ordinal).Replace("number: 2", "number: 4", StringComparison.Ordinal);

    [TestMethod]
    public void List_names_every_board_and_the_reference()
    {
        Cli list = Cli.Run("boards");
        Assert.AreEqual(0, list.ExitCode);
        Assert.AreEqual(list.Out, Cli.Run("boards", "list").Out);
        Assert.Contains("esp32-devkitc", list.Out);
        Assert.Contains("reference", list.Out);
        JsonElement json = Cli.Run("boards", "list", "--json").Json;
        CollectionAssert.AreEqual(new[] { "esp32-s3-devkitc-1", "esp32-devkitc", "esp32-s3-devkitc-1-bench" }, json.EnumerateArray().Select(board => board.GetProperty("id").GetString()).ToArray());
        Assert.AreEqual(json.GetRawText(), Cli.Run("boards", "--json").Json.GetRawText());
    }

    [TestMethod]
    public void Wiring_draws_what_is_in_the_repository_and_a_board_of_ones_own()
    {
        string kept = File.ReadAllText(Path.Combine(Folder.Root, "boards", "esp32-devkitc", "wiring.svg")).ReplaceLineEndings("\n");
        Assert.AreEqual(kept, Cli.Run("boards", "wiring", "esp32-devkitc").Out.ReplaceLineEndings("\n"));
        using var folder = new Folder();
        folder.Write("my-board.yml", OwnBoard.Replace("trigger: 25", "trigger: 19", StringComparison.Ordinal).Replace("stimulatorReady: 19", "stimulatorReady: 25", StringComparison.Ordinal));
        Cli own = Cli.Run("boards", "wiring", folder["my-board.yml"], "--out", folder["own.svg"]);
        Assert.AreEqual(0, own.ExitCode, own.Error);
        Assert.Contains("data-signal=\"trigger\" data-gpio=\"19\"", File.ReadAllText(folder["own.svg"]));
    }

    [TestMethod]
    public void Show_gives_every_pin_its_direction_and_a_reason()
    {
        JsonElement json = Cli.Run("boards", "show", "esp32-s3-devkitc-1", "--json").Json;
        var pins = json.GetProperty("pins").EnumerateArray().ToDictionary(pin => pin.GetProperty("signal").GetString()!);
        Assert.HasCount(18, pins);
        Assert.AreEqual(15, pins["trigger"].GetProperty("gpio").GetInt32());
        Assert.AreEqual("out", pins["trigger"].GetProperty("way").GetString());
        Assert.StartsWith("quiet at reset", pins["trigger"].GetProperty("reason").GetString());
        Assert.AreEqual("in", pins["interlock"].GetProperty("way").GetString());
        Assert.AreEqual(JsonValueKind.Null, pins["footSwitch"].GetProperty("gpio").ValueKind);
        Assert.IsTrue(pins.Values.All(pin => pin.GetProperty("reason").GetString()!.Length > 0));

        string[] lines = Cli.Run("boards", "show", "esp32-s3-devkitc-1").Out.Split('\n');
        foreach ((string signal, JsonElement pin) in pins)
        {
            string line = lines.Single(one => one.StartsWith(signal + " ", StringComparison.Ordinal));
            Assert.Contains(pin.GetProperty("reason").GetString()!, line);
        }
    }

    [TestMethod]
    public void Check_accepts_a_good_file_and_the_boards_of_this_version()
    {
        using var folder = new Folder();
        Assert.AreEqual(0, Cli.Run("boards", "check").ExitCode);
        Cli own = Cli.Run("boards", "check", folder.Write("my.yml", OwnBoard));
        Assert.AreEqual(0, own.ExitCode, own.Error);
        Assert.Contains("no problem", own.Out);
        Assert.AreEqual(0, Cli.Run("boards", "check", folder["my.yml"], "--json").Json.GetProperty("problems").GetArrayLength());
    }

    [TestMethod]
    public void Check_lists_every_problem_with_place_reason_and_cure_and_ends_with_2()
    {
        using var folder = new Folder();
        string file = folder.Write("my.yml", OwnBoard.Replace("trigger: 25", "trigger: 12", StringComparison.Ordinal).Replace("tickNs: 1000", "tickNs: 10", StringComparison.Ordinal));
        Cli check = Cli.Run("boards", "check", file).Complains(2, "2 problems in " + file);
        string[] lines = check.Out.TrimEnd().Split('\n');
        Assert.HasCount(2, lines);
        Assert.StartsWith($"{file}(", lines[0]);
        Assert.Contains("strapping pin", lines[1]);
        Assert.Contains("use GPIO25, which is free", lines[1]);

        Cli json = Cli.Run("boards", "check", file, "--json").Complains(2, "2 problems");
        JsonElement pin = json.Json.GetProperty("problems")[1];
        Assert.AreEqual("pins.trigger", pin.GetProperty("field").GetString());
        Assert.AreEqual(lines[1], $"{file}({pin.GetProperty("line")},{pin.GetProperty("column")}): {pin.GetProperty("what").GetString()}: {pin.GetProperty("why").GetString()}; {pin.GetProperty("cure").GetString()}.");
    }

    [TestMethod]
    public void Files_that_are_checked_together_must_differ_in_id_and_number()
    {
        using var folder = new Folder();
        string one = folder.Write("one.yml", OwnBoard);
        string two = folder.Write("two.yml", OwnBoard);
        Assert.Contains("one.yml has it too", Cli.Run("boards", "check", one, two).Complains(2, "one problem").Out);
        folder.Write("two.yml", OwnBoard.Replace("id: my-board", "id: your-board", StringComparison.Ordinal));
        Assert.Contains("my-board has it", Cli.Run("boards", "check", one, two).Complains(2, "problems in").Out);
    }

    [TestMethod]
    [DataRow(2, "did you mean 'esp32-devkitc'", "boards", "show", "esp32-devkit")]
    [DataRow(2, "did you mean 'check'", "boards", "chek")]
    [DataRow(2, "cannot be read", "boards", "check", "/nowhere/board.yml")]
    [DataRow(2, "cannot be read", "boards", "check", "/")]
    [DataRow(2, "cannot be read", "boards", "show", "/nowhere/board.yml")]
    [DataRow(2, "needs something to work on", "boards", "show")]
    [DataRow(2, "what was measured is missing", "boards", "calibrate")]
    [DataRow(2, "what was measured is missing", "boards", "calibrate", "--board", "esp32-devkitc", "--measured-us", "5")]
    [DataRow(2, "is not a time above zero", "boards", "calibrate", "--board", "esp32-devkitc", "--expected-us", "5", "--measured-us", "NaN")]
    [DataRow(2, "is not a time above zero", "boards", "calibrate", "--board", "esp32-devkitc", "--expected-us", "0", "--measured-us", "5")]
    [DataRow(2, "is not a time above zero", "boards", "calibrate", "--board", "esp32-devkitc", "--expected-us", "-5", "--measured-us", "5")]
    [DataRow(2, "differ by more than 1 %", "boards", "calibrate", "--board", "esp32-devkitc", "--expected-us", "600", "--measured-us", "500")]
    [DataRow(2, "belongs to a board behind", "boards", "calibrate", "--board", "esp32-devkitc", "--expected-us", "5", "--measured-us", "5", "--seconds", "3")]
    [DataRow(2, "the folder does not exist", "boards", "calibrate", "--board", "esp32-devkitc", "--expected-us", "5", "--measured-us", "5", "--out", "/nowhere/c.json")]
    [DataRow(5, "Nobody listens", "boards", "calibrate", "--tcp", "127.0.0.1:1", "--seconds", "1")]
    public void Bad_usage_is_one_sentence_and_an_exit_code(int exitCode, string words, params string[] args) => Cli.Run(args).Complains(exitCode, words);

    [TestMethod]
    public void An_instruments_figures_give_error_uncertainty_and_verdict_by_exact_arithmetic()
    {
        using var folder = new Folder();
        Cli run = Cli.Run("boards", "calibrate", "--board", "esp32-devkitc", "--expected-us", "500002000", "--measured-us", "500000000", "--uncertainty-us", "4", "--uid", "00ff", "--out", folder["c.json"], "--json");
        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.AreEqual(4.0, run.Json.GetProperty("errorPpm").GetDouble());
        Assert.AreEqual(0.01, run.Json.GetProperty("uncertaintyPpm").GetDouble());
        Assert.AreEqual("within", run.Json.GetProperty("verdict").GetString());
        JsonElement file = JsonDocument.Parse(File.ReadAllText(folder["c.json"])).RootElement;
        Assert.AreEqual("esp32-devkitc", file.GetProperty("board").GetString());
        Assert.AreEqual("00ff", file.GetProperty("uid").GetString());
        Assert.AreEqual(4.0, file.GetProperty("errorPpm").GetDouble());

        Cli slow = Cli.Run("boards", "calibrate", "--board", "esp32-devkitc", "--expected-us", "500000000", "--measured-us", "500010000");
        slow.Complains(4, "outside the board's tolerance of 10 ppm");
        Assert.Contains("-20 ppm", slow.Out);
        Assert.AreEqual("undecided", Cli.Run("boards", "calibrate", "--board", "esp32-devkitc", "--expected-us", "100000", "--measured-us", "100000", "--json").Json.GetProperty("verdict").GetString());
    }
}
