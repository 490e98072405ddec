using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Escapement.Link;

namespace Escapement.Host.Tests;

[TestClass]
public class AppImageTests
{
    private static AppImage Build(WholeProgram program) => AppImage.Build(program.Files(), PinnedAssemblies.Versions);

    private static string Refusal(WholeProgram program) => Assert.Throws<InputException>(() => Build(program)).Message;

    [TestMethod]
    public void Each_assembly_comes_before_those_that_need_it_and_the_class_library_first()
    {
        AppImage image = Build(new WholeProgram());
        string[] names = [.. image.Assemblies.Select(placed => placed.Assembly.Name)];
        Assert.AreEqual("mscorlib", names[0]);
        Assert.AreEqual("Escapement.App", names[^1]);
        CollectionAssert.AreEquivalent(PinnedAssemblies.Versions.Keys.ToArray(), names);
        foreach (PlacedAssembly placed in image.Assemblies)
        {
            foreach (PeReference reference in placed.Assembly.References)
            {
                Assert.IsLessThan(Array.IndexOf(names, placed.Assembly.Name), Array.IndexOf(names, reference.Name), $"{reference.Name} before {placed.Assembly.Name}");
            }
        }
    }

    [TestMethod]
    public void Assemblies_lie_one_after_the_other_at_multiples_of_four()
    {
        AppImage image = Build(new WholeProgram());
        int at = 0;
        foreach (PlacedAssembly placed in image.Assemblies)
        {
            Assert.AreEqual(at, placed.Offset);
            CollectionAssert.AreEqual(placed.Assembly.Bytes.ToArray(), image.Bytes.Slice(at, placed.Assembly.Size).ToArray());
            at = (at + placed.Assembly.Size + 3) / 4 * 4;
        }

        Assert.AreEqual(at, image.Size);
    }

    [TestMethod]
    public void The_same_files_in_any_order_give_the_same_bytes()
    {
        byte[] once = Build(new WholeProgram()).Bytes.ToArray();
        PeFile[] files = [.. new WholeProgram().Files()];
        Gen.Shuffle(files).Sample(order => CollectionAssert.AreEqual(once, AppImage.Build(order, PinnedAssemblies.Versions).Bytes.ToArray()), iter: 50);
    }

    [TestMethod]
    public void The_build_mark_gets_a_digest_of_the_image_and_every_other_byte_but_the_checksums_stays()
    {
        var program = new WholeProgram();
        AppImage image = Build(program);
        byte[] zeroed = image.Bytes.ToArray();
        int mark = zeroed.AsSpan().IndexOf("ESCAPEMENT-BUILD"u8) + 16;
        string written = Convert.ToHexStringLower(zeroed.AsSpan(mark, 8));
        Assert.AreEqual(image.Tag, written);

        zeroed.AsSpan(mark, 8).Clear();
        int library = image.Assemblies.Single(placed => placed.Assembly.Name == "Escapement.Firmware").Offset;
        int size = image.Assemblies.Single(placed => placed.Assembly.Name == "Escapement.Firmware").Assembly.Size;
        byte[] part = zeroed[library..(library + size)];
        PeBytes.Sign(part);
        part.CopyTo(zeroed, library);
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(zeroed)[..8]), image.Tag, "SHA-256 of the image with a tag of zeros");

        program.Part("Escapement.Firmware").Code = WholeProgram.Marked("\0\0\0\0\0\0\0\0");
        Assert.AreEqual(image.Tag, Build(program).Tag, "what stood in the tag before does not matter");
        program.Part("Escapement.App").Code = [9, 9, 9];
        Assert.AreNotEqual(image.Tag, Build(program).Tag, "another program has another tag");
    }

    [TestMethod]
    public void The_firmware_holds_the_marker_that_is_looked_for_and_its_version_behind_it()
    {
        byte[] tag = new byte[BuildMark.TagBytes];
        BuildMark.CopyTag(tag);
        byte[] marker = [.. Enumerable.Range(0, BuildMark.MarkerBytes).Select(BuildMark.MarkerByte)];
        Assert.AreEqual("ESCAPEMENT-BUILD", Encoding.ASCII.GetString(marker));
        Assert.AreEqual(typeof(AppImage).Assembly.GetName().Version!.ToString(3), Encoding.ASCII.GetString(tag).TrimEnd('\0'));
        byte[] compiled = File.ReadAllBytes(typeof(BuildMark).Assembly.Location);
        int at = compiled.AsSpan().IndexOf([.. marker, .. tag]);
        Assert.IsGreaterThan(0, at, "the compiler lays marker and tag behind each other");
        Assert.AreEqual(-1, compiled.AsSpan(at + 1).IndexOf(marker), "once");
    }

    [TestMethod]
    public void An_image_without_a_build_mark_has_no_tag_and_two_marks_are_refused()
    {
        var program = new WholeProgram();
        program.Part("Escapement.Firmware").Code = [1];
        Assert.IsNull(Build(program).Tag);
        program.Part("Escapement.Firmware").Code = [.. WholeProgram.Marked("12345678"), .. WholeProgram.Marked("12345678")];
        Assert.Contains("there 2 times", Refusal(program));
        program = new WholeProgram();
        program.Part("Escapement.App").Code = WholeProgram.Marked("12345678");
        Assert.Contains("there 2 times", Refusal(program));
    }

    [TestMethod]
    public void What_is_missing_is_named_with_who_needs_it_all_at_once()
    {
        var program = new WholeProgram();
        program.Remove("System.Device.Gpio");
        program.Remove("mscorlib");
        string message = Refusal(program);
        Assert.Contains("System.Device.Gpio is missing (needed by Escapement.App)", message);
        Assert.Contains("mscorlib is missing (needed by ", message);
        program = new WholeProgram();
        program.Remove("Escapement.App");
        Assert.Contains("Escapement.App is missing (needed by a board)", Refusal(program));
    }

    [TestMethod]
    public void Duplicates_other_versions_strays_and_circles_are_refused()
    {
        PeFile[] files = [.. new WholeProgram().Files()];
        Assert.Contains("mscorlib is there 2 times", Assert.Throws<InputException>(() => AppImage.Build([.. files, PeFile.Read("again.pe", new PeBytes("mscorlib", "1.17.11.0").Make())], PinnedAssemblies.Versions)).Message);

        var program = new WholeProgram();
        program.Replace(new PeBytes("nanoFramework.Hardware.Esp32.Rmt", "2.0.53.0").Needs("mscorlib", "1.17.11.0"));
        string message = Refusal(program);
        Assert.Contains("nanoFramework.Hardware.Esp32.Rmt is of version 2.0.53.0, this firmware takes 3.0.1.0", message);
        Assert.Contains("Escapement.App needs nanoFramework.Hardware.Esp32.Rmt 3.0, here is 2.0.53.0", message);

        program = new WholeProgram();
        program.Replace(new PeBytes("NFUnitTest", "1.0.0.0").Needs("mscorlib", "1.17.11.0"));
        Assert.Contains("NFUnitTest is needed by nothing", Refusal(program));

        program = new WholeProgram();
        program.Part("nanoFramework.Runtime.Events").Needs("System.Device.Gpio", "1.1.0.0");
        Assert.Contains("needs itself", Refusal(program));
    }

    [TestMethod]
    public void The_loader_takes_a_reference_to_another_build_of_the_same_minor_version_and_so_does_this()
    {
        var program = new WholeProgram();
        program.Part("System.IO.Ports").Needs("nanoFramework.Runtime.Events", "1.12.0.0");
        Assert.Contains("System.IO.Ports needs nanoFramework.Runtime.Events 1.12", Refusal(program));
        program = new WholeProgram();
        program.Part("System.IO.Ports").Needs("nanoFramework.Runtime.Events", "1.11.9999.5");
        Build(program);
    }

    [TestMethod]
    public void An_image_reads_back_and_one_made_otherwise_is_refused()
    {
        AppImage image = Build(new WholeProgram());
        Assert.AreEqual(image.Tag, AppImage.Read("app.bin", image.Bytes, PinnedAssemblies.Versions).Tag);

        byte[] joined = [.. new WholeProgram().Files().Reverse().SelectMany(file => file.Bytes.ToArray())];
        Assert.Contains("not made by 'escapement image'", Assert.Throws<InputException>(() => AppImage.Read("app.bin", joined, PinnedAssemblies.Versions)).Message);
        byte[] damaged = image.Bytes.ToArray();
        damaged[200] ^= 1;
        Assert.Contains("checksum", Assert.Throws<InputException>(() => AppImage.Read("app.bin", damaged, PinnedAssemblies.Versions)).Message);
    }

    [TestMethod]
    public void The_pinned_assemblies_are_the_apps_references_and_our_own()
    {
        Assert.AreEqual(new Version(1, 17, 11, 0), PinnedAssemblies.Versions["mscorlib"]);
        Assert.AreEqual(new Version(3, 0, 1, 0), PinnedAssemblies.Versions["nanoFramework.Hardware.Esp32.Rmt"]);
        Assert.AreEqual(typeof(AppImage).Assembly.GetName().Version, PinnedAssemblies.Versions["Escapement.App"]);
        Assert.AreEqual(typeof(AppImage).Assembly.GetName().Version, PinnedAssemblies.Versions["Escapement.Firmware"]);
    }
}
