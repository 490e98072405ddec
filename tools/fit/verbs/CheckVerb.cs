using Escapement.Fit.Compile;

namespace Escapement.Fit.Verbs;

/// <summary>Compiles every firmware room for the board and proves its IL.</summary>
public static class CheckVerb
{
    public static int Run(string root)
    {
        List<Finding> findings = FirmwareCompiler.CompileAll(root, CompileSettings.Board).SelectMany(room => room.Findings).ToList();
        foreach (Finding finding in findings)
            Console.WriteLine(finding);
        Console.WriteLine(findings.Count == 0 ? "The firmware fits the board." : $"{findings.Count} findings.");
        return findings.Count == 0 ? 0 : 1;
    }
}
