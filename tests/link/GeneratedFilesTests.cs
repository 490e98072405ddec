using Escapement.Fit;
using Escapement.Fit.Registers;

namespace Escapement.Link.Tests;

/// <summary>device.yml, the firmware's constants and the page are one thing.</summary>
[TestClass]
public sealed class GeneratedFilesTests
{
    private static readonly string Root = RepositoryRoot.Find();
    private static readonly RegisterGenerator Generator = new(Root);

    [TestMethod]
    public void Registers_g_cs_is_what_device_yml_gives() =>
        Assert.AreEqual(Generator.Source, Text(RegisterGenerator.SourcePath), "Run: dotnet run --project tools/fit -- registers");

    [TestMethod]
    public void Registers_md_is_what_device_yml_gives() =>
        Assert.AreEqual(Generator.Page, Text(RegisterGenerator.PagePath), "Run: dotnet run --project tools/fit -- registers");

    [TestMethod]
    public void Generated_files_end_their_lines_with_lf_and_end_with_one()
    {
        foreach (string text in new[] { Generator.Source, Generator.Page })
        {
            Assert.DoesNotContain("\r", text);
            Assert.EndsWith("\n", text);
            Assert.IsFalse(text.EndsWith("\n\n", StringComparison.Ordinal));
        }
    }

    [TestMethod]
    public void Check_tells_a_stale_file_from_a_current_one_and_writing_mends_it()
    {
        string root = Directory.CreateTempSubdirectory("registers").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "firmware/link"));
            File.Copy(Path.Combine(Root, RegisterGenerator.DevicePath), Path.Combine(root, RegisterGenerator.DevicePath));
            var errors = new StringWriter();
            Assert.AreEqual(1, RegisterGenerator.Run(root, check: true, TextWriter.Null, errors));
            Assert.Contains(RegisterGenerator.SourcePath, errors.ToString());
            Assert.Contains(RegisterGenerator.PagePath, errors.ToString());
            Assert.IsFalse(File.Exists(Path.Combine(root, RegisterGenerator.SourcePath)), "Checking writes nothing.");
            Assert.AreEqual(0, RegisterGenerator.Run(root, check: false, TextWriter.Null, errors));
            Assert.AreEqual(0, RegisterGenerator.Run(root, check: true, TextWriter.Null, errors));
            File.AppendAllText(Path.Combine(root, RegisterGenerator.DevicePath), "# a comment changes the hash\n");
            Assert.AreEqual(1, RegisterGenerator.Run(root, check: true, TextWriter.Null, errors));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [TestMethod]
    public void The_compiled_table_says_what_device_yml_says()
    {
        Assert.HasCount(Generator.Registers.Count, Enumerable.Range(0, 256).Where(RegisterTable.Exists).ToList());
        foreach (var register in Generator.Registers)
        {
            Assert.AreEqual(register.PayloadType, RegisterTable.TypeOf(register.Address), register.Name);
            Assert.AreEqual(register.Length, RegisterTable.LengthOf(register.Address), register.Name);
            Assert.AreEqual(register.Bytes, RegisterTable.BytesOf(register.Address), register.Name);
            Assert.AreEqual(register.CanWrite, RegisterTable.CanWrite(register.Address), register.Name);
            Assert.AreEqual(register.CanEvent, RegisterTable.CanEvent(register.Address), register.Name);
            Assert.AreEqual(register.Address, typeof(RegisterAddress).GetField(register.Name)?.GetRawConstantValue(), register.Name);
        }

        CollectionAssert.AreEqual(Generator.InterfaceHash, LinkIdentity.InterfaceHash);
    }

    [TestMethod]
    public void The_core_registers_are_harps_twenty()
    {
        // Name, type, length and read-only column of the table in Device.md, by address.
        (string Type, int Length, bool ReadOnly)[] harp =
        [
            ("U16", 1, true), ("U8", 1, true), ("U8", 1, true), ("U8", 1, true), ("U8", 1, true), ("U8", 1, true), ("U8", 1, true), ("U8", 1, true),
            ("U32", 1, false), ("U16", 1, true), ("U8", 1, false), ("U8", 1, false), ("U8", 25, false), ("U16", 1, false), ("U8", 1, false),
            ("U8", 1, false), ("U8", 16, true), ("U8", 8, true), ("U16", 1, true), ("U8", 32, true),
        ];
        CollectionAssert.AreEqual(harp, CoreRegisters.All.Select(r => (r.Type, r.Length, !r.CanWrite)).ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(0, 20).ToArray(), CoreRegisters.All.Select(r => r.Address).ToArray());
    }

    [TestMethod]
    public void A_missing_key_is_refused_with_its_line()
    {
        var refusal = Assert.ThrowsExactly<InvalidDataException>(() => DeviceFile.Parse("device: X\nwhoAmI: 0\nregisters:\n  A: {address: 32, access: Read, type: U8}\n"));
        Assert.Contains("description", refusal.Message);
        Assert.Contains("line 4", refusal.Message);
    }

    private static string Text(string path) => File.ReadAllText(Path.Combine(Root, path)).Replace("\r\n", "\n");
}
