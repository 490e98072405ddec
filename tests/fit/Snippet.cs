using Escapement.Fit.Compile;
using Escapement.Fit.Proof;

namespace Escapement.Fit.Tests;

/// <summary>One offence a compile: a small source, where it offends (the line that holds <c>/*!*/</c>) and what is found.</summary>
static class Snippet
{
    const string Mark = "/*!*/";
    const string File = "snippet.cs";

    /// <summary>Members of a class of the kernel.</summary>
    public static string InKernel(string members) =>
        $$"""
        using System;
        using System.Collections;
        using System.Threading;
        namespace Escapement.Kernel
        {
            public sealed class Snippet
            {
        {{members}}
            }
        }
        """;

    /// <summary>Members of the supervisor; its Pass is where the walk starts.</summary>
    public static string InSupervisor(string members) =>
        $$"""
        using System;
        using System.Collections;
        namespace Escapement.Runtime.Ports
        {
            public interface IPort { int Read(); }
        }
        namespace Escapement.Runtime
        {
            public struct Pair { public int A; public int B; }
            public enum Colour { Red, Green }
            public class Supervisor
            {
        {{members}}
            }
        }
        """;

    public static IReadOnlyList<Finding> Check(FirmwareRoom room, string text, bool allowUnsafe = false)
    {
        SourceFile[] sources = [new SourceFile(File, text)];
        CompiledRoom Compile(bool optimize) => FirmwareCompiler.Compile(room, sources, [], new CompileSettings(optimize, allowUnsafe));
        return IlProof.Check([Compile(true)], [Compile(false)], [IlProof.SupervisorPass]);
    }

    /// <summary>There is such a finding, and it names the marked line.</summary>
    public static void AssertFound(IReadOnlyList<Finding> findings, string rule, string text)
    {
        int line = Array.FindIndex(text.Split('\n'), one => one.Contains(Mark)) + 1;
        Assert.IsGreaterThan(0, line, "The snippet marks no line.");
        Assert.IsTrue(findings.Any(one => one.Rule == rule && one.Line == line && one.File == File),
            $"Expected {File}({line}): {rule}; found:\n{string.Join("\n", findings)}");
    }

    public static void AssertClean(IReadOnlyList<Finding> findings) =>
        Assert.IsEmpty(findings, "\n" + string.Join("\n", findings));
}
