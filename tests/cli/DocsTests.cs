using System.Text.RegularExpressions;
using Escapement.Host.Tests;

namespace Escapement.Cli.Tests;

[TestClass]
public class DocsTests
{
    [TestMethod]
    [DataRow("cli.md", 25)]
    [DataRow("boards.md", 6)]
    [DataRow("flashing.md", 3)]
    public void Every_command_of_a_page_does_what_the_page_says(string name, int least)
    {
        string page = File.ReadAllText(Path.Combine(Folder.Root, "docs", name)).ReplaceLineEndings("\n");
        var commands = Regex.Matches(page, "^```sh\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)
            .SelectMany(block => block.Groups[1].Value.TrimEnd().Split('\n')).ToList();
        Assert.IsGreaterThanOrEqualTo(least, commands.Count);
        using var folder = new Folder();
        folder.Write("my-board.yml", BoardsTests.OwnBoard);
        new WholeProgram().WriteTo(Directory.CreateDirectory(folder["release"]).FullName);
        foreach (string command in commands)
        {
            Match parts = Regex.Match(command, "^escapement (.*?)(?: # exit (\\d))?$");
            Assert.IsTrue(parts.Success, command);
            int expected = parts.Groups[2].Success ? parts.Groups[2].Value[0] - '0' : 0;
            Cli run = Cli.Run([.. parts.Groups[1].Value.Split(' ').Select(word => IsFileName(word) ? folder[word] : word)]);
            Assert.AreEqual(expected, run.ExitCode, command + ": " + run.Error);
        }
    }

    [TestMethod]
    public void Every_option_is_on_the_page()
    {
        string page = File.ReadAllText(Path.Combine(Folder.Root, "docs", "cli.md"));
        foreach (string verb in new[] { "protocols", "plan", "run", "virtual", "monitor", "selftest", "gate-test", "doctor", "boards", "boards calibrate", "boards wiring", "image", "flash" })
        {
            string[] words = verb.Split(' ');
            Assert.Contains($"| `{words[0]}` |", page);
            foreach (Match option in Regex.Matches(Cli.Run([.. words, "--help"]).Out, "--[a-z-]+"))
            {
                Assert.IsTrue(option.Value is "--help" or "--version" || page.Contains(option.Value, StringComparison.Ordinal), $"{verb} {option.Value}");
            }
        }
    }

    [TestMethod]
    public void The_page_on_flashing_names_the_boards_and_the_pinned_versions()
    {
        string page = File.ReadAllText(Path.Combine(Folder.Root, "docs", "flashing.md"));
        Assert.Contains(Host.Nanoff.Install, page);
        foreach (Boards.Board board in Boards.BoardLibrary.All)
        {
            Assert.Contains($"`{board.Id}`", page);
            Assert.Contains(board.Runtime.Version, page);
            Assert.Contains(FormattableString.Invariant($"0x{board.Runtime.DeployAddress:X}"), page);
        }
    }

    // Files that the examples read and write belong into the test's own folder.
    private static bool IsFileName(string word) => Path.GetExtension(word) is ".csv" or ".svg" or ".png" or ".bin" or ".yml" or ".json" or ".rules" || word is "session" or "twice" or "release";
}
