using System.CommandLine;
using Escapement.Fit.Compile;
using Escapement.Fit.Proof;

namespace Escapement.Fit.Verbs;

/// <summary>Compiles every firmware room for the board and proves its IL.</summary>
public static class CheckVerb
{
    public static Command Create()
    {
        Option<DirectoryInfo?> root = Verb.RootOption();
        var pass = new Option<string[]>("--pass")
        {
            Description = "A method from which nothing may allocate, besides one pass of the supervisor; may be given several times.",
        };
        var command = new Command("check", "Compile every firmware room for the board and prove its IL.") { root, pass };
        command.SetAction(parsed => Run(Verb.Root(parsed.GetValue(root)), parsed.GetValue(pass) ?? []));
        return command;
    }

    static int Run(string root, string[] pass)
    {
        string[] roots = [IlProof.SupervisorPass, .. pass];
        IReadOnlyList<CompiledRoom> shipped = FirmwareCompiler.CompileAll(root, CompileSettings.Board);
        IReadOnlyList<Finding> findings = IlProof.Check(shipped, FirmwareCompiler.CompileAll(root, CompileSettings.Literal), roots);
        foreach (Finding finding in findings)
            Console.WriteLine(finding);
        int reached = IlProof.ReachedByPass(shipped, roots).Count;
        Console.WriteLine(findings.Count == 0
            ? $"The firmware fits the board; nothing allocates in the {reached} methods that a pass reaches."
            : $"{findings.Count} findings: the firmware does not fit the board.");
        return findings.Count == 0 ? 0 : 1;
    }
}
