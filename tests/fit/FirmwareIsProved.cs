using Escapement.Fit.Compile;
using Escapement.Fit.Proof;

namespace Escapement.Fit.Tests;

[TestClass]
public class FirmwareIsProved
{
    [TestMethod]
    public void No_firmware_line_that_the_board_could_not_take()
    {
        IReadOnlyList<Finding> findings = IlProof.Check(Firmware.Rooms, Firmware.Literal, [IlProof.SupervisorPass]);
        Assert.IsEmpty(findings, "\n" + string.Join("\n", findings));
    }

    /// <summary>So that the proof above is not one about nothing.</summary>
    [TestMethod]
    public void Walk_of_a_pass_comes_through_all_four_rooms()
    {
        IReadOnlyList<string> reached = IlProof.ReachedByPass(Firmware.Rooms, [IlProof.SupervisorPass]);
        foreach (FirmwareRoom room in FirmwareRoom.All.Where(room => room.IsPure))
            Assert.IsTrue(reached.Any(method => method.Contains($" {room.AssemblyName}.")), $"A pass reaches nothing of {room.Folder}.");
    }

    /// <summary>The list of the first issue: each, added to the real kernel, fails and says where and why.</summary>
    [TestMethod]
    [DataRow("CS0246", "public System.Collections.Generic.List<int> A;")]
    [DataRow("CS0246", "public List<int> A;")]
    [DataRow("generic", "public System.Func<int> A;")]
    [DataRow("volatile", "public volatile int A;")]
    [DataRow("multi-dimensional-array", "public int[,] A;")]
    [DataRow("checked", "public int A(int b) { return checked(b + 1); }")]
    [DataRow("CS0246", "public void A(System.Span<byte> b) { }")]
    [DataRow("floating-point", "public double A;")]
    [DataRow("CS1061", "public string A(string s) { return s.Replace('a', 'b'); }")]
    public void Added_to_the_kernel_it_fails_and_says_where_and_why(string rule, string member)
    {
        var added = new SourceFile("firmware/kernel/Added.cs", $"namespace Escapement.Kernel\n{{\n    public class Added\n    {{\n        {member}\n    }}\n}}\n");
        List<SourceFile> sources = [.. SourceFile.OfRoom(RepositoryRoot.Find(), FirmwareRoom.Kernel), added];
        CompiledRoom Compile(CompileSettings settings) => FirmwareCompiler.Compile(FirmwareRoom.Kernel, sources, [], settings);
        IReadOnlyList<Finding> findings = IlProof.Check([Compile(CompileSettings.Board)], [Compile(CompileSettings.Literal)], []);
        Assert.IsTrue(findings.Any(one => (one.Rule == rule || rule == "CS0246" && one.Rule == "CS0234") && one is { Line: 5, File: "firmware/kernel/Added.cs" }),
            $"Expected {added.Name}(5): {rule}; found:\n{string.Join("\n", findings)}");
    }
}
