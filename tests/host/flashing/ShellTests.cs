using System.Diagnostics;
using CsCheck;

namespace Escapement.Host.Tests;

[TestClass]
public class ShellTests
{
    [TestMethod]
    public void A_shell_gives_back_every_word_as_it_was()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("There is no POSIX shell.");
        }

        Gen.String[Gen.Char[' ', '~'], 0, 20].Array[1, 200].Sample(words =>
        {
            var start = new ProcessStartInfo("/bin/sh", ["-c", Shell.Command("printf", words.Prepend("%s\n"))]) { RedirectStandardOutput = true };
            using Process shell = Process.Start(start)!;
            Assert.AreEqual(string.Join('\n', words) + "\n", shell.StandardOutput.ReadToEnd());
            shell.WaitForExit();
        }, iter: 20);
    }
}
