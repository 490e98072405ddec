using System.Text.Json;
using Escapement.Host;
using Escapement.Host.Tests;

namespace Escapement.Cli.Tests;

[TestClass]
public class ImageTests
{
    [TestMethod]
    public void An_image_is_made_of_a_folder_listed_and_written_and_the_same_from_files_in_another_order()
    {
        using var folder = new Folder();
        new WholeProgram().WriteTo(folder.Path);
        Cli image = Cli.Run("image", folder.Path, "--board", "esp32-s3-devkitc-1", "--out", folder["app.bin"], "--json");
        Assert.AreEqual(0, image.ExitCode, image.Error);
        byte[] bytes = File.ReadAllBytes(folder["app.bin"]);
        Assert.AreEqual(bytes.Length, image.Json.GetProperty("bytes").GetInt32());
        Assert.AreEqual(0x2E0000, image.Json.GetProperty("partitionBytes").GetInt32());
        Assert.AreEqual(Math.Round(100.0 * bytes.Length / 0x2E0000, 1), image.Json.GetProperty("percent").GetDouble());
        JsonElement[] parts = [.. image.Json.GetProperty("assemblies").EnumerateArray()];
        Assert.HasCount(PinnedAssemblies.Versions.Count, parts);
        Assert.AreEqual("mscorlib", parts[0].GetProperty("name").GetString());
        Assert.AreEqual(new FileInfo(folder["mscorlib.pe"]).Length, parts[0].GetProperty("bytes").GetInt64());
        string tag = image.Json.GetProperty("buildTag").GetString()!;
        Assert.IsGreaterThan(0, bytes.AsSpan().IndexOf([.. "ESCAPEMENT-BUILD"u8, .. Convert.FromHexString(tag)]), "the tag stands behind the marker");

        string[] files = [.. Directory.GetFiles(folder.Path, "*.pe").Reverse()];
        Assert.AreEqual(0, Cli.Run(["image", .. files, "--board", "esp32-s3-devkitc-1", "--out", folder["again.bin"]]).ExitCode);
        CollectionAssert.AreEqual(bytes, File.ReadAllBytes(folder["again.bin"]));
    }

    [TestMethod]
    public void The_table_names_every_assembly_with_its_size_and_the_share_of_the_partition()
    {
        using var folder = new Folder();
        new WholeProgram().WriteTo(folder.Path);
        Cli image = Cli.Run("image", folder.Path, "--board", "esp32-devkitc");
        foreach ((string name, Version version) in PinnedAssemblies.Versions)
        {
            Assert.IsTrue(image.Out.Split('\n').Any(line => line.StartsWith(name + " ", StringComparison.Ordinal) && line.Contains($" {version} ", StringComparison.Ordinal) && line.Contains($" {new FileInfo(folder[name + ".pe"]).Length} ", StringComparison.Ordinal)), name + "\n" + image.Out);
        }

        int bytes = AppImage.Build(new WholeProgram().Files(), PinnedAssemblies.Versions).Size;
        Assert.Contains(FormattableString.Invariant($"image: {bytes} bytes of the 1835008 that esp32-devkitc has for it ({bytes / 18350.08:0.0} %)"), image.Out);
    }

    [TestMethod]
    public void Whatever_cannot_become_an_image_is_refused_and_the_old_file_stays()
    {
        using var folder = new Folder();
        string image = folder.Write("app.bin", "mine");
        void Refused(string words, params string[] files) => Cli.Run(["image", .. files, "--board", "esp32-devkitc", "--out", image]).Complains(2, words);
        Refused("no .pe file in this folder", folder.Path);
        Refused("no such file", folder["none.pe"]);
        Refused("is empty", "");
        new WholeProgram().WriteTo(folder.Path);
        Refused("there 2 times", folder.Path, folder["mscorlib.pe"]);
        Refused("is missing (needed by Escapement.App)", [.. Directory.GetFiles(folder.Path, "*.pe").Where(file => !file.EndsWith("System.IO.Ports.pe", StringComparison.Ordinal))]);
        Refused("not a .pe file", folder.Path, image);
        var large = new WholeProgram();
        large.Part("mscorlib").Code = new byte[1_835_008];
        large.WriteTo(folder.Path);
        Refused("has room for 1835008", folder.Path);
        Assert.AreEqual("mine", File.ReadAllText(image));
        Assert.AreEqual(0, Cli.Run("image", folder.Path, "--board", "esp32-s3-devkitc-1", "--out", folder["other.bin"]).ExitCode, "the other board has room for it");
        Assert.AreEqual(0, Directory.GetFiles(folder.Path, ".*").Length, "nothing half written is left");
    }

    [TestMethod]
    public void An_image_exactly_as_large_as_the_partition_fits_and_four_bytes_more_do_not()
    {
        using var folder = new Folder();
        var program = new WholeProgram();
        AppImage small = AppImage.Build(program.Files(), PinnedAssemblies.Versions);
        int code = program.Part("mscorlib").Code.Length;
        int room = 1_835_008 - small.Size + ((code + 3) / 4 * 4);
        program.Part("mscorlib").Code = new byte[room];
        program.WriteTo(folder.Path);
        Assert.AreEqual(1_835_008, Cli.Run("image", folder.Path, "--board", "esp32-devkitc", "--json").Json.GetProperty("bytes").GetInt32());
        program.Part("mscorlib").Code = new byte[room + 1];
        program.WriteTo(folder.Path);
        Cli.Run("image", folder.Path, "--board", "esp32-devkitc").Complains(2, "4 too many");
    }

    [TestMethod]
    public void A_board_that_is_not_there_is_refused_with_the_nearest()
    {
        Cli.Run("image", "x.pe", "--board", "esp32-devkit").Complains(2, "esp32-devkitc");
        Cli.Run("image", "x.pe", "--board", "nowhere.yml").Complains(2, "cannot be read");
        Cli.Run("image", "x.pe").Complains(2, "--board");
        Cli.Run("image").Complains(2, "escapement image");
    }
}
