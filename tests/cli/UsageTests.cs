namespace Escapement.Cli.Tests;

[TestClass]
public class UsageTests
{
    [TestMethod]
    [DataRow(2, "did you mean 'run'", "rum", "itbs600")]
    [DataRow(2, "a verb is missing")]
    [DataRow(2, "needs a protocol", "run")]
    [DataRow(2, "needs a protocol", "plan", "--json")]
    [DataRow(2, "did you mean 'itbs600'", "run", "itbs60")]
    [DataRow(2, "did you mean 'itbs600'", "plan", "itsb600")]
    [DataRow(2, "did you mean '--seed'", "run", "itbs600", "--sed", "1")]
    [DataRow(2, "'-1' is not a whole number", "run", "itbs600", "--seed", "-1")]
    [DataRow(2, "'99999999999999999999999' is not a whole number", "run", "itbs600", "--seed", "99999999999999999999999")]
    [DataRow(2, "'NaN' is not a whole number", "run", "itbs600", "--pause-ms", "NaN")]
    [DataRow(2, "'0' is not a whole number", "run", "itbs600", "--pulse-width-us", "0")]
    [DataRow(2, "'1.5' is not a whole number", "plan", "itbs600", "--pulse-width-us", "1.5")]
    [DataRow(2, "there is no argument 'twice'", "run", "itbs600", "twice")]
    [DataRow(2, "one of them", "run", "itbs600", "--port", "x", "--tcp", "1")]
    [DataRow(2, "belong to the virtual board", "run", "itbs600", "--tcp", "1", "--seed", "3")]
    [DataRow(2, "of this machine", "run", "itbs600", "--tcp", "10.0.0.1:4000")]
    [DataRow(2, "not a TCP address", "run", "itbs600", "--tcp", "localhost:x")]
    [DataRow(2, ".png or .svg", "run", "itbs600", "--plot", "picture.gif")]
    [DataRow(2, "folder does not exist", "plan", "itbs600", "--plot", "nowhere/here/x.png")]
    [DataRow(2, "folder does not exist", "plan", "itbs600", "--edges", "nowhere/here/x.csv")]
    [DataRow(2, "a board is missing", "monitor")]
    [DataRow(2, "one of them", "virtual", "--pty", "--tcp", "0")]
    [DataRow(2, "'70000' is not a whole number", "virtual", "--tcp", "70000")]
    [DataRow(5, "Nobody listens", "monitor", "--tcp", "127.0.0.1:1")]
    [DataRow(2, "did you mean 'esp32-devkitc'", "run", "itbs600", "--board", "esp32-devkit")]
    [DataRow(2, "did you mean 'esp32-s3-devkitc-1'", "plan", "itbs600", "--board", "esp32-s3-devkitc")]
    [DataRow(2, "there is no board 'x'", "virtual", "--board", "x")]
    [DataRow(2, "'--out'", "run", "itbs600", "--out")]
    [DataRow(2, "--plot: the name", "plan", "itbs600", "--plot", "")]
    [DataRow(2, "'escapement protocols show' needs a protocol", "protocols", "show")]
    public void Bad_usage_is_one_sentence_and_an_exit_code(int exitCode, string words, params string[] args) => Cli.Run(args).Complains(exitCode, words);

    [TestMethod]
    public void Bad_files_and_folders_are_refused_before_anything_starts_and_left_as_they_are()
    {
        using var folder = new Folder();
        string file = folder.Write("notes.txt", "mine");
        Cli.Run("run", folder.Path).Complains(2, "this is a folder");
        Cli.Run("run", folder["gone.yaml"]).Complains(2, "no such file");
        Cli.Run("run", folder.Write("bad.yaml", "name: x\npulsesPerBurst: -3\n")).Complains(2, "bad.yaml(2,");
        Cli.Run("run", "itbs600", "--out", file).Complains(2, "this is a file");
        Cli.Run("run", "itbs600", "--out", Path.Combine(file, "below")).Complains(2, "cannot be written");
        Cli.Run("run", "itbs600", "--out", "").Complains(2, "empty");
        Assert.AreEqual("mine", File.ReadAllText(file));
        Assert.AreEqual(0, Cli.Run("run", "ctbs300", "--out", folder["taken"], "--json").ExitCode);
        Cli.Run("run", "ctbs300", "--out", folder["taken"]).Complains(2, "holds a session already");
    }

    [TestMethod]
    public void A_bad_protocol_leaves_no_record_folder_behind()
    {
        using var folder = new Folder();
        Cli.Run("run", "itbs60", "--out", folder["r"]).Complains(2, "itbs600");
        Cli.Run("run", "itbs600", "--plot", "x.gif", "--out", folder["r"]).Complains(2, ".png");
        Assert.IsFalse(Directory.Exists(folder["r"]));
    }

    [TestMethod]
    public void Something_unexpected_is_a_sentence_and_a_hint_and_no_stack_trace()
    {
        using var error = new StringWriter();
        using var closed = new StringWriter();
        closed.Close();
        int exitCode = App.Run(["protocols"], new Streams(closed, error, false));
        new Cli(exitCode, string.Empty, error.ToString()).Complains(2, "ESCAPEMENT_TRACE=1");
    }

    [TestMethod]
    public void Stdout_that_cannot_be_written_is_said_at_the_end_and_stops_no_session()
    {
        using var folder = new Folder();
        using var error = new StringWriter();
        int exitCode = App.Run(["run", "ctbs300", "--out", folder["r"]], Streams.Of(new FullDisk(), error, false));
        new Cli(exitCode, string.Empty, error.ToString()).Complains(2, "standard output could not be written");
        Assert.Contains("\"verdict\": \"completed\"", File.ReadAllText(folder["r/session.json"]));
    }

    [TestMethod]
    public void Stderr_that_cannot_be_written_leaves_the_exit_code()
    {
        using var error = new StreamWriter(new FullDisk()) { AutoFlush = true };
        Assert.AreEqual(2, App.Run(["run", "itbs60"], new Streams(TextWriter.Null, error, false)));
        error.AutoFlush = false;
    }

    [TestMethod]
    public void Protocols_lists_all_rows_and_shows_one()
    {
        Assert.AreEqual(35, Cli.Run("protocols", "--json").Json.GetArrayLength());
        Assert.AreEqual(36, Cli.Run("protocols").Out.TrimEnd().Split('\n').Length);
        Assert.AreEqual(600, Cli.Run("protocols", "show", "itbs600", "--json").Json.GetProperty("totalPulses").GetInt32());
        Assert.Contains("20 trains", Cli.Run("protocols", "show", "itbs600").Out);
    }

    [TestMethod]
    public void Help_goes_to_stdout_and_is_no_error()
    {
        Cli help = Cli.Run("run", "--help");
        Assert.AreEqual(0, help.ExitCode);
        Assert.Contains("--dry", help.Out);
        Assert.IsEmpty(help.Error);
    }
}
