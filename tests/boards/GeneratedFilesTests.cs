using Escapement.Fit.Boards;

namespace Escapement.Boards.Tests;

/// <summary>What is generated from the board files is committed, current, and reproduced by its command.</summary>
[TestClass]
public class GeneratedFilesTests
{
    private static readonly IReadOnlyList<GeneratedFile> Generated = GeneratedFiles.Of(BoardLibrary.All);

    [TestMethod]
    public void Every_generated_file_is_committed_byte_for_byte()
    {
        foreach (GeneratedFile file in Generated)
        {
            string path = Path.Combine(BoardText.Root, file.Path);
            Assert.IsTrue(File.Exists(path), $"{file.Path} is missing; run: dotnet run --project tools/fit -- boards");
            Assert.AreEqual(file.Text, File.ReadAllText(path), $"{file.Path}; run: dotnet run --project tools/fit -- boards");
        }
    }

    [TestMethod]
    public void The_same_boards_give_the_same_files_and_end_their_lines_with_lf()
    {
        var again = GeneratedFiles.Of([.. BoardLibrary.Files.Select(file => file.ToBoard()).OrderBy(board => board.Number)]);
        CollectionAssert.AreEqual(Generated.ToList(), again.ToList());
        foreach (GeneratedFile file in Generated)
        {
            Assert.DoesNotContain("\r", file.Text, file.Path);
            Assert.EndsWith("\n", file.Text, file.Path);
            Assert.IsFalse(file.Text.EndsWith("\n\n", StringComparison.Ordinal), file.Path);
        }
    }

    [TestMethod]
    public void The_profile_says_what_the_board_file_says()
    {
        foreach (Board board in BoardLibrary.All)
        {
            string source = Generated.Single(file => file.Path.EndsWith("/" + board.ClassName + ".g.cs", StringComparison.Ordinal)).Text;
            foreach (BoardSignal signal in BoardSignal.All)
            {
                Assert.Contains($"profile.Pins.{signal.Property} = {board.Pin(signal.Name) ?? -1};\n", source);
            }

            foreach (string line in new[]
            {
                $"Id = \"{board.Id}\"", $"Target = \"{board.Runtime.Target}\"", $"LinkPort = \"{board.Link.Port}\"", $"Figures.BoardId = {board.Number}",
                $"Figures.ChannelWords = {board.Trigger.ChannelWords}", $"Figures.FirstListWords = {board.Trigger.FirstListWords}", $"Figures.ListWords = {board.Trigger.ListWords}",
                $"Figures.HeadWords = {board.Trigger.HeadWords}", $"Figures.LeadInUs = {board.Trigger.LeadInUs}", $"Figures.LeadInMinUs = {board.Trigger.LeadInMinUs}",
                $"Figures.StartBoundUs = {board.Trigger.StartBoundUs}", $"Figures.LongStartBoundUs = {board.Trigger.LongStartBoundUs}", $"Figures.MinCutGapUs = {board.Trigger.MinCutGapUs}",
                $"Figures.GateMarginUs = {board.Trigger.GateMarginUs}", $"Figures.PassUs = {board.PassUs}",
                $"Figures.MinGapUs = {board.Stimulator.MinGapUs}", $"Figures.MinWidthUs = {board.Stimulator.MinWidthUs}", $"Figures.MaxWidthUs = {board.Stimulator.MaxWidthUs}",
                $"Figures.MaxHourPulses = {board.Stimulator.MaxHourPulses}", $"Figures.MaxHighUs = {board.Stimulator.MaxHighUs}",
            })
            {
                Assert.Contains($"profile.{line};\n", source);
            }
        }
    }

    [TestMethod]
    public void Check_tells_a_stale_file_from_a_current_one_and_writing_mends_it_and_says_what_changed()
    {
        using var copy = new Copy();
        Assert.AreEqual((1, string.Empty), copy.Run(check: true, out string errors));
        Assert.Contains("Esp32S3Devkitc1.g.cs does not fit", errors);
        Assert.IsFalse(Directory.Exists(copy["firmware"]), "checking writes nothing");

        (int exitCode, string output) = copy.Run(check: false, out _);
        Assert.AreEqual(0, exitCode);
        Assert.Contains("wrote firmware/esp32/profiles/BoardProfiles.g.cs", output);
        Assert.AreEqual(0, copy.Run(check: true, out _).ExitCode);
        Assert.Contains("all were current", copy.Run(check: false, out _).Output);

        string board = copy["boards/esp32-devkitc/board.yml"];
        File.WriteAllText(board, File.ReadAllText(board).ReplaceLineEndings("\n").With("pins.lamp", "14"));
        Assert.AreEqual(1, copy.Run(check: true, out errors).ExitCode, "one board has another lamp now");
        Assert.Contains("Esp32Devkitc.g.cs", errors);
        Assert.DoesNotContain("Esp32S3Devkitc1.g.cs", errors);
    }

    [TestMethod]
    public void The_profile_of_a_board_that_is_gone_is_stale_and_removed()
    {
        using var copy = new Copy();
        copy.Run(check: false, out _);
        File.WriteAllText(copy["firmware/esp32/profiles/Gone.g.cs"], "x");
        Assert.AreEqual(1, copy.Run(check: true, out string errors).ExitCode);
        Assert.Contains("Gone.g.cs", errors);
        Assert.Contains("removed firmware/esp32/profiles/Gone.g.cs", copy.Run(check: false, out _).Output);
    }

    [TestMethod]
    public void A_board_file_with_a_problem_generates_nothing()
    {
        using var copy = new Copy();
        File.AppendAllText(copy["boards/esp32-devkitc/board.yml"], "extra: 1\n");
        Assert.AreEqual((1, string.Empty), copy.Run(check: false, out string errors));
        Assert.Contains("there is no field 'extra'", errors);
        Assert.IsFalse(Directory.Exists(copy["firmware"]));
    }

    /// <summary>The board files and the gate's, in a folder of their own.</summary>
    private sealed class Copy : IDisposable
    {
        private readonly string root = Directory.CreateTempSubdirectory("boards-").FullName;

        public Copy()
        {
            foreach (string id in new[] { BoardText.Reference, BoardText.Classic })
            {
                Directory.CreateDirectory(this[$"boards/{id}"]);
                File.WriteAllText(this[$"boards/{id}/board.yml"], BoardText.Of(id));
            }

            Directory.CreateDirectory(this["boards/gate"]);
            File.Copy(Path.Combine(BoardText.Root, "boards/gate/gate.yml"), this["boards/gate/gate.yml"]);
        }

        public string this[string path] => Path.Combine(root, path);

        public (int ExitCode, string Output) Run(bool check, out string errors)
        {
            var output = new StringWriter();
            var error = new StringWriter();
            int exitCode = BoardsGenerator.Run(root, check, output, error);
            errors = error.ToString();
            return (exitCode, output.ToString());
        }

        public void Dispose() => Directory.Delete(root, recursive: true);
    }
}
